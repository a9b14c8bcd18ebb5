"""The calls with parents: which ones are still to be made, the list of them, and what came out, as counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.domain.evaluatiegesprek import (
    AFLOOPNAMEN,
    ANTWOORDNAMEN,
    BEL_WEKEN,
    ROUTES_MET_GESPREK,
    VRAGEN,
    Afloop,
    bekend_vanaf,
    bel_uiterlijk,
    mag_vastleggen,
    toonbaar,
)
from ondersteuning.models import Aanvraag, Evaluatiegesprek, Gespreksantwoord, Tlvinstellingen
from ondersteuning.queries.stand import instellingen
from swv_portal.common.dates import Schooljaar, datum, datum_met_afstand
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Status, Toon
from swv_portal.common.taskqueries import Rijen, Taakvraag
from swv_portal.common.tasks import Taak
from swv_portal.common.workflow import Refusal

TE_BELLEN = "te_bellen"
STANDEN = {TE_BELLEN: "Nog te bellen", **AFLOOPNAMEN}
KOLOMMEN = ("Aanvraag", "School", "Ontvangende school", "Besluit bekend op", "Bellen uiterlijk", "Stand")
TONEN: dict[str, Toon] = {Afloop.GESPROKEN: "goed", Afloop.NIET_BEREIKT: "let_op", Afloop.WIL_NIET: "neutraal"}
_VELDEN = (
    "pk",
    "kenmerk",
    "verwijzende_school__naam",
    "ontvangende_school__naam",
    "bekendgemaakt_op",
    "evaluatiegesprek__afloop",
    "evaluatiegesprek__op",
)


def te_bellen(bereik: Bereik, vandaag: date) -> "QuerySet[Aanvraag]":
    """The grants within reach after which a pupil changes school, and nobody called the parents yet."""
    if not bereik.heeft(*SWV_DOSSIER):
        return Aanvraag.objects.none()
    rows = Aanvraag.objects.visible_to(bereik).filter(
        staat=TOEGEKEND,
        route__in=sorted(ROUTES_MET_GESPREK),
        bekendgemaakt_op__gte=bekend_vanaf(vandaag),
        evaluatiegesprek__isnull=True,
    )
    return rows.exclude(verwijzende_school=F("ontvangende_school"))


def gesprek_weigering(aanvraag: Aanvraag) -> Refusal | None:
    """Why there is no call to record about this application; ``None`` when there is."""
    known = aanvraag.bekendgemaakt_op is not None
    return mag_vastleggen(aanvraag.staat, aanvraag.route, eigen_school=aanvraag.blijft_op_school, bekend=known)


def gefilterd(bereik: Bereik, stand: str, vandaag: date) -> "QuerySet[Aanvraag]":
    """The applications of the list: still to be called about, or with a call that ended like this."""
    if stand == TE_BELLEN:
        return te_bellen(bereik, vandaag)
    calls = Evaluatiegesprek.objects.visible_to(bereik).filter(afloop=stand)
    return Aanvraag.objects.filter(pk__in=calls.values("aanvraag"))


def bladzijde(bereik: Bereik, stand: str, plek: Plek, vandaag: date) -> Blad:
    """One page of the list, the newest application first.  Three queries, however many rows."""
    weeks = instellingen().bel_weken
    return blader(gefilterd(bereik, stand, vandaag), plek, lambda cut: _rijen(cut.values("pk"), weeks, vandaag))


def _rijen(sleutels: "QuerySet[Any, Any]", weken: int, vandaag: date) -> list[tuple[int, list[Cel | Status | str]]]:
    base = reverse("ondersteuning:evaluatiegesprek", args=[0])
    rows = Aanvraag.objects.filter(pk__in=sleutels).order_by("-pk").values_list(*_VELDEN)
    found: list[tuple[int, list[Cel | Status | str]]] = []
    for pk, kenmerk, van, naar, known, ended, called in rows:
        until = bel_uiterlijk(known, weken)
        late = until < vandaag
        state = (
            Status(f"{AFLOOPNAMEN[ended]}, {datum(called)}", TONEN[ended])
            if ended
            else Status("te laat" if late else "nog te bellen", "let_op" if late else "bezig")
        )
        last = "–" if ended else datum_met_afstand(until, vandaag)
        url = base.replace("/0/", f"/{pk}/")
        found.append((pk, [Cel(kenmerk, url), van or "–", naar or "–", datum(known), last, state]))
    return found


def vraag_gesprekken(bereik: Bereik, vandaag: date) -> Iterator[Taakvraag]:
    """One task for all calls that are still to be made, with the first last day."""
    if not bereik.heeft(*SWV_DOSSIER):
        return
    chosen = Tlvinstellingen.objects.values("bel_weken")[:1]
    rows = te_bellen(bereik, vandaag).order_by().values(weken=Coalesce(Subquery(chosen), Value(BEL_WEKEN)))
    counted = rows.annotate(hoeveel=Count("pk"), eerste=Min("bekendgemaakt_op")).order_by("weken")

    def taken(found: Rijen) -> Iterator[Taak]:
        for weeks, number, first in found:
            yield Taak(
                f"Bel ouders over de overstap ({number})",
                reverse("ondersteuning:evaluatiegesprekken"),
                bel_uiterlijk(first, weeks),
                soort="Ouders bellen",
            )

    yield Taakvraag(counted, ("weken", "hoeveel", "eerste"), taken, 1, frozenset({"eerste"}))


@dataclass(frozen=True)
class Uitkomsten:
    """What came out of the calls of a school year, as counts; ``None``: too few to show to this reader."""

    schooljaar: Schooljaar
    aflopen: dict[str, int] | None
    antwoorden: dict[str, dict[str, int] | None]

    @property
    def gesproken(self) -> int:
        return (self.aflopen or {}).get(Afloop.GESPROKEN, 0)


def uitkomsten(bereik: Bereik, jaar: Schooljaar) -> Uitkomsten:
    """The counts of one school year, by the day of the call.  Two queries; no names and no words.

    Who handles dossiers at the SWV sees every count; of others a table with a count below five is kept back.
    """
    calls = Evaluatiegesprek.objects.filter(op__range=(jaar.eerste_dag, jaar.laatste_dag))
    endings = dict.fromkeys(AFLOOPNAMEN, 0) | dict(calls.order_by().values_list("afloop").annotate(n=Count("pk")))
    answers = {question: dict.fromkeys(ANTWOORDNAMEN, 0) for question in VRAGEN}
    given = Gespreksantwoord.objects.filter(gesprek__in=calls, vraag__in=list(VRAGEN)).order_by()
    for question, answer, number in given.values_list("vraag", "antwoord").annotate(n=Count("pk")):
        answers[question][answer] = number
    if bereik.heeft(*SWV_DOSSIER):
        return Uitkomsten(jaar, endings, dict(answers))
    return Uitkomsten(jaar, toonbaar(endings), {code: toonbaar(counts) for code, counts in answers.items()})


def schooljaren(vandaag: date) -> list[tuple[str, str]]:
    """The school years with a call, and the present one, the newest first."""
    first = Evaluatiegesprek.objects.aggregate(eerste=Min("op"))["eerste"] or vandaag
    last = Schooljaar.van(vandaag).begin
    names = [str(Schooljaar(year)) for year in range(last, Schooljaar.van(first).begin - 1, -1)]
    return [(name, name) for name in names]
