"""The questions about TLV's that end, as the school answers them: the list, the task, the page and the way on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Min, QuerySet
from django.urls import reverse

from ondersteuning.domain.overstap import DEFINITIEF
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.radar import ANTWOORDNAMEN, Antwoord
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Aanvraag, Radarvraag
from ondersteuning.queries.radar import terugplaatsingen_na, tlvnummer_bij, tlvnummer_van
from swv_portal.common.dates import datum, datum_met_afstand
from swv_portal.common.money import dutch_count
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Status
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak

TAKEN_HOOGSTENS = 200

VRAAGKOLOMMEN = ("TLV-nummer", "Leerling", "School", "TLV geldig tot en met", "Afgesproken", "Antwoord")
_VRAAGVELDEN = (
    "pk",
    "nummer",
    "school_id",
    "school__naam",
    "aanvraag__geldig_tot",
    "aanvraag__terugkeer_moment",
    "antwoord",
    "uiterlijk",
)
_NAAM = ("aanvraag__leerling__voornamen", "aanvraag__leerling__achternaam")


def open_vragen(bereik: Bereik) -> int:
    """How many questions within reach wait for an answer."""
    return Radarvraag.objects.visible_to(bereik).open().count()


def vragenblad(bereik: Bereik, plek: Plek, vandaag: date) -> Blad:
    """The questions to the own schools; what waits for an answer says so.  Two queries."""
    own = bereik.plaatsen(*SCHOOLROLLEN)

    def rows(cut: "QuerySet[Any]") -> list[tuple[int, list[Cel | Status | str]]]:
        found = Radarvraag.objects.filter(pk__in=cut.values("pk")).annotate(nummer=tlvnummer_bij("aanvraag__"))
        values = found.values_list(*_VRAAGVELDEN, *_NAAM)
        return [(value[0], _vraagrij(value, own, vandaag)) for value in values]

    return blader(Radarvraag.objects.visible_to(bereik), plek, rows)


def _vraagrij(value: tuple[Any, ...], own: frozenset[int], vandaag: date) -> list[Cel | Status | str]:
    pk, number, school_id, school, until, moment, answer, last, first_names, last_name = value
    name = f"{first_names} {last_name}".strip() if school_id in own else "–"
    state = (
        Status(ANTWOORDNAMEN[answer], "goed")
        if answer
        else Status(f"uiterlijk {datum_met_afstand(last, vandaag)}", "let_op" if last < vandaag else "bezig")
    )
    agreed = f"terugkeer mogelijk op {datum(moment)}" if moment else "geen moment van terugkeer"
    return [Cel(number, reverse("ondersteuning:radarvraag", args=[pk])), name, school, datum(until), agreed, state]


def vraag_radar(bereik: Bereik) -> Iterator[Taakvraag]:
    """A task per school with questions to answer; for the SWV how many it waits for."""
    own = bereik.plaatsen(*SCHOOLROLLEN)
    is_swv = bereik.heeft(*SWV_DOSSIER)
    if not own and not is_swv:
        return
    rows = Radarvraag.objects.visible_to(bereik).open().order_by().values(naam=F("school__naam"), van=F("school_id"))
    rows = rows.annotate(hoeveel=Count("pk"), eerste=Min("uiterlijk")).order_by("eerste", "naam")

    def taken(found: Rijen) -> Iterator[Taak]:
        for name, school, number, first in found:
            what, mine = dutch_count(number, "TLV die afloopt", "TLV's die aflopen"), school in own
            yield Taak(
                f"Zeg wat er gebeurt na {what}" if mine else f"Antwoord over {what}",
                reverse("ondersteuning:radarvragen"),
                first,
                wacht_op=None if mine else name,
                soort="TLV's die aflopen",
            )

    yield Taakvraag(rows, ("naam", "van", "hoeveel", "eerste"), taken, TAKEN_HOOGSTENS, frozenset({"eerste"}))


def vragen_met_alles(bereik: Bereik) -> "QuerySet[Radarvraag]":
    """The questions within reach, with what their page shows."""
    return Radarvraag.objects.visible_to(bereik).select_related(
        "school", "aanvraag__leerling", "aanvraag__tlvnummer", "aanvraag__verwijzende_school"
    )


def vraaggegevens(vraag: Radarvraag, vandaag: date) -> list[tuple[str, str]]:
    """The facts on the page of a question: label and text."""
    row = vraag.aanvraag
    facts = [
        ("Leerling", row.leerling.naam or "–"),
        ("TLV-nummer", tlvnummer_van(row)),
        ("Categorie", CATEGORIENAMEN.get(row.categorie, "–")),
        ("School", vraag.school.naam),
        ("Kwam van", row.verwijzende_school.naam if row.verwijzende_school else "geen school"),
        ("TLV geldig tot en met", datum(row.geldig_tot) if row.geldig_tot else "–"),
        ("Afgesproken bij de start", _afgesproken(row)),
        ("Gevraagd op", datum(vraag.gevraagd_op)),
    ]
    if vraag.beantwoord_op is not None:
        return [*facts, ("Antwoord", f"{ANTWOORDNAMEN[vraag.antwoord]}, op {datum(vraag.beantwoord_op)}")]
    return [*facts, ("Antwoord uiterlijk", datum_met_afstand(vraag.uiterlijk, vandaag))]


def _afgesproken(row: Aanvraag) -> str:
    if row.terugkeer_moment is not None:
        return f"terugkeer mogelijk op {datum(row.terugkeer_moment)}"
    return f"geen moment van terugkeer: {row.geen_terugkeer_reden}" if row.geen_terugkeer_reden else "–"


@dataclass(frozen=True)
class Vervolg:
    """The way on after an answer.  ``begin``: a button that starts it; ``url``: where it is, or starts."""

    zin: str
    label: str = ""
    url: str = ""
    begin: bool = False


def vervolg(vraag: Radarvraag, bereik: Bereik) -> Vervolg | None:
    """What comes after the answer that was given, for this person."""
    mine = bool(bereik.rollen_bij(school=vraag.school_id) & SCHOOLROLLEN)
    if vraag.antwoord == Antwoord.VERLENGING:
        return _verlenging(vraag, bereik, mine)
    if vraag.antwoord == Antwoord.TERUGKEER:
        return _terugkeer(vraag, bereik, mine)
    return None


def _verlenging(vraag: Radarvraag, bereik: Bereik, mine: bool) -> Vervolg:
    rows = Aanvraag.objects.visible_to(bereik).filter(vorige_id=vraag.aanvraag_id).order_by("-pk")
    found = rows.values_list("pk", "kenmerk").first()
    if found is not None:
        pk, reference = found
        url = reverse("ondersteuning:dossier", args=[pk])
        return Vervolg("De verlenging is begonnen.", f"Naar aanvraag {reference}", url)
    if not vraag.aanvraag.de_route.met_nummer:
        return Vervolg(
            "Het andere samenwerkingsverband verlengt deze TLV. Met de nieuwe TLV maakt de school een nieuw "
            "plaatsingsakkoord."
        )
    if not mine:
        return Vervolg("De school begint de aanvraag voor de verlenging.")
    return Vervolg(
        "Begin de aanvraag voor de verlenging. Wat wij al weten, staat er dan in.", "Begin de verlenging", begin=True
    )


def _terugkeer(vraag: Radarvraag, bereik: Bereik, mine: bool) -> Vervolg:
    rows = terugplaatsingen_na(vraag.aanvraag_id).visible_to(bereik)
    found = rows.values_list("pk", "kenmerk", "staat").first()
    if found is not None:
        pk, reference, state = found
        said = "De terugplaatsing is definitief." if state == DEFINITIEF else "De terugplaatsing is begonnen."
        return Vervolg(said, f"Naar terugplaatsing {reference}", reverse("ondersteuning:overstap", args=[pk]))
    if not mine:
        return Vervolg("De school begint de terugplaatsing.")
    url = f"{reverse('ondersteuning:terugplaatsing_nieuw')}?{urlencode({'tlv': tlvnummer_van(vraag.aanvraag)})}"
    return Vervolg(
        "Begin de terugplaatsing. Met het TLV-nummer vinden wij de leerling.", "Begin de terugplaatsing", url
    )
