"""The texts of letters: which one holds now, which one a letter was made with, and the versions as people read them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse

from ondersteuning.domain.briefsoorten import SOORTEN, Blokken, schoon
from ondersteuning.domain.briefversie import BRIEFVERSIE, CONCEPT, GELDEND, STANDAARD, VERVANGEN, WEGGELEGD
from ondersteuning.models import Brief, Briefversie
from swv_portal.common.dates import datum_met_tijd
from swv_portal.common.paging import Blad, Gevonden, Plek, blader
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Cel, Gegeven, Status, Toon

TONEN: dict[str, Toon] = {CONCEPT: "bezig", GELDEND: "goed", VERVANGEN: "neutraal", WEGGELEGD: "neutraal"}
VERSIEKOLOMMEN = ("Versie", "Status", "Gewijzigd", "Geldend sinds", "Begonnen met")
SOORTKOLOMMEN = ("Brief", "Tekst die nu geldt", "Concept")
#: As many versions are offered to compare with.
TE_VERGELIJKEN = 25


@dataclass(frozen=True)
class Brieftekst:
    """The texts of a letter, and where they come from: the key of a version, or ``None`` for the house's."""

    blokken: Blokken
    versie_pk: int | None


def brieftekst(aanvraag_pk: int, soort: str, dag: date) -> Brieftekst:
    """The texts for a letter of this day: those with which it was made before, else what is geldend.  One query."""
    sent = Brief.objects.filter(aanvraag_id=aanvraag_pk, soort=soort, dag=dag).values_list(
        Value(0), "sjabloonversie_id", Coalesce("sjabloonversie__blokken", "standaardtekst")
    )
    now = Briefversie.objects.geldend().filter(sjabloon__soort=soort).values_list(Value(1), "pk", "blokken")
    found = sorted(sent.union(now, all=True), key=lambda row: row[0])
    if not found:
        return Brieftekst(SOORTEN[soort].standaard, None)
    _, key, texts = found[0]
    return Brieftekst(schoon(texts), key)


@dataclass(frozen=True)
class Versie:
    """One version of a letter, the house's own (number 0) among them.  ``rij`` is its row, when it has one."""

    soort: str
    nummer: int
    blokken: Blokken
    staat: str
    rij: Briefversie | None = None

    @property
    def titel(self) -> str:
        return f"{SOORTEN[self.soort].naam}, {versienaam(self.nummer)}"

    @property
    def status(self) -> Status:
        return Status(BRIEFVERSIE.staten[self.staat], TONEN[self.staat])

    @property
    def pad(self) -> str:
        return reverse("ondersteuning:briefversie", args=[self.soort, self.nummer])


def versienaam(nummer: int) -> str:
    return f"versie {nummer}" if nummer else "de tekst van het portaal"


def rijen_van(bereik: Bereik, soort: str) -> "QuerySet[Briefversie]":
    """The own versions of this kind of letter, as far as this person reads them."""
    rows = Briefversie.objects.visible_to(bereik).filter(sjabloon__soort=soort)
    return rows.select_related("sjabloon", "gewijzigd_door", "geldend_door")


def vind_versie(bereik: Bereik, soort: str, nummer: int) -> Versie:
    """Version ``nummer``; ``Http404`` when it is not there.  The house's text is geldend as long as no own one is."""
    if soort not in SOORTEN:
        raise Http404
    rows = rijen_van(bereik, soort)
    if nummer == STANDAARD:
        return _standaard(soort, is_vervangen=rows.filter(staat=GELDEND).exists())
    row = rows.filter(nummer=nummer).first()
    if row is None:
        raise Http404
    return _versie(row)


def geldende_en_concept(bereik: Bereik, soort: str) -> tuple[Versie, Versie | None]:
    """What letters of this kind are made with now, and the concept when there is one.  One query."""
    if soort not in SOORTEN:
        raise Http404
    found = {row.staat: _versie(row) for row in rijen_van(bereik, soort).filter(staat__in=[GELDEND, CONCEPT])}
    return found.get(GELDEND) or _standaard(soort, is_vervangen=False), found.get(CONCEPT)


def _versie(row: Briefversie) -> Versie:
    return Versie(row.soort, row.nummer, schoon(row.blokken), row.staat, row)


def _standaard(soort: str, *, is_vervangen: bool) -> Versie:
    return Versie(soort, STANDAARD, SOORTEN[soort].standaard, VERVANGEN if is_vervangen else GELDEND)


def soortenlijst(bereik: Bereik) -> list[list[Cel | str]]:
    """Every kind of letter with what holds now and the concept, as cells of a table.  One query."""
    rows = Briefversie.objects.visible_to(bereik).filter(staat__in=[GELDEND, CONCEPT])
    found = {(row.soort, row.staat): row for row in rows.select_related("sjabloon")}
    lines: list[list[Cel | str]] = []
    for code, soort in SOORTEN.items():
        now, concept = found.get((code, GELDEND)), found.get((code, CONCEPT))
        since = f" sinds {datum_met_tijd(now.geldend_sinds)}" if now and now.geldend_sinds else ""
        lines.append(
            [
                Cel(soort.naam, reverse("ondersteuning:briefsjabloon", args=[code])),
                f"{versienaam(now.nummer if now else STANDAARD).capitalize()}{since}",
                Cel(versienaam(concept.nummer).capitalize(), _versie(concept).pad) if concept else "",
            ]
        )
    return lines


def versielijst(bereik: Bereik, soort: str, plek: Plek) -> Blad:
    """A page of the own versions of this kind of letter, newest first.  Two queries."""
    return blader(rijen_van(bereik, soort), plek, _lijstrijen)


def _lijstrijen(rows: "QuerySet[Briefversie]") -> list[Gevonden]:
    return [
        (
            row.pk,
            [
                Cel(versienaam(row.nummer).capitalize(), _versie(row).pad),
                _versie(row).status,
                _wanneer_en_wie(row.gewijzigd_op, row.gewijzigd_door),
                _wanneer_en_wie(row.geldend_sinds, row.geldend_door),
                versienaam(row.herkomst).capitalize(),
            ],
        )
        for row in rows
    ]


def _wanneer_en_wie(moment: datetime | None, wie: object) -> str:
    from_whom = f", door {wie}" if wie is not None else ""
    return f"{datum_met_tijd(moment)}{from_whom}" if moment is not None else ""


def gegevens_van(versie: Versie) -> list[Gegeven]:
    """Who did what when with this version."""
    row = versie.rij
    if row is None:
        return []
    facts = [
        Gegeven("Gewijzigd", _wanneer_en_wie(row.gewijzigd_op, row.gewijzigd_door)),
        Gegeven("Begonnen met", versienaam(row.herkomst).capitalize()),
    ]
    if row.geldend_sinds is not None:
        facts.append(Gegeven("Geldend gemaakt", _wanneer_en_wie(row.geldend_sinds, row.geldend_door)))
    return facts


def te_vergelijken(bereik: Bereik, versie: Versie) -> list[tuple[int, str]]:
    """Number and name of the versions with which this one can be compared, newest first.  One query."""
    numbers = rijen_van(bereik, versie.soort).order_by("-nummer").values_list("nummer", "staat")[:TE_VERGELIJKEN]
    others = [(number, f"versie {number} ({BRIEFVERSIE.staten[staat]})") for number, staat in numbers]
    offered = [*others, (STANDAARD, versienaam(STANDAARD))]
    return [(number, name) for number, name in offered if number != versie.nummer]
