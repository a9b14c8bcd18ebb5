"""The letters: a beschikking for a school with every line explained, and one for a board with all its schools."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from financien.models import Beschikking
from financien.queries.budget import (
    Bestuurstotaal,
    Budgetkop,
    Regelbeeld,
    Schoolrij,
    bestuurstotalen,
    kop_van,
    regels_van,
    schoolrijen,
    uitleg_van,
)
from kernen.models import Samenwerkingsverband
from swv_portal.common.money import ZERO
from swv_portal.common.scoping import Bereik
from swv_portal.common.writing import NotVisible

SCHOOLBRIEF = "financien.beschikking_school"
BESTUURSBRIEF = "financien.beschikking_bestuur"


@dataclass(frozen=True)
class Afzender:
    """What the letter says of the SWV."""

    naam: str
    adres: tuple[str, ...]
    ondertekenaar: str
    bezwaaradres: str


@dataclass(frozen=True)
class Briefkop:
    """Whom the letter goes to, and under which number."""

    kenmerk: str
    uitgave: int
    dagtekening: date
    aan: tuple[str, ...]
    afzender: Afzender


@dataclass(frozen=True)
class Schoolbrief:
    """Feeds ``reports/financien_beschikking_school.html``.  ``bronnen`` are the sources of the lines, each once."""

    brief: Briefkop
    kop: Budgetkop
    school: Schoolrij
    regels: list[Regelbeeld]
    bronnen: list[str]

    @property
    def totaal(self) -> Decimal:
        return self.school.totaal or ZERO

    @property
    def bestandsnaam(self) -> str:
        return f"Beschikking {self.kop.jaar} {self.brief.kenmerk} v{self.brief.uitgave} {self.school.vestigingscode}"


@dataclass(frozen=True)
class Schooldeel:
    """One school in the letter of its board."""

    school: Schoolrij
    regels: list[Regelbeeld]


@dataclass(frozen=True)
class Bestuursbrief:
    """Feeds ``reports/financien_beschikking_bestuur.html``."""

    brief: Briefkop
    kop: Budgetkop
    bestuur: Bestuurstotaal
    scholen: list[Schooldeel]
    bronnen: list[str]

    @property
    def bestandsnaam(self) -> str:
        return f"Beschikking {self.kop.jaar} {self.brief.kenmerk} v{self.brief.uitgave} bestuur"


Brief = Schoolbrief | Bestuursbrief


def _afzender() -> Afzender:
    swv = Samenwerkingsverband.objects.first()
    if swv is None:
        return Afzender("", (), "directeur-bestuurder", "")
    return Afzender(swv.naam, tuple(swv.adresregels), swv.ondertekenaar, swv.bezwaaradres)


def _adres(beschikking: Beschikking) -> tuple[str, ...]:
    if beschikking.school is not None:
        return (beschikking.school.naam, "T.a.v. de schooldirecteur", *beschikking.school.adresregels)
    board = beschikking.bestuur
    lines = [f"{board.straat} {board.huisnummer}".strip(), f"{board.postcode} {board.plaats}".strip()]
    return (board.naam, "T.a.v. het bestuur", *(line for line in lines if line))


def _bronnen(regels: list[Regelbeeld]) -> list[str]:
    return list(dict.fromkeys(regel.bron for regel in regels))


def lees_beschikking(bereik: Bereik, pk: int) -> Beschikking:
    """The letter with all that its text needs, or a 404 when it is not there for this person."""
    rows = Beschikking.objects.visible_to(bereik).select_related("budget__budgetjaar", "school", "bestuur")
    beschikking = rows.filter(pk=pk).first()
    if beschikking is None:
        raise NotVisible("niet gevonden")
    return beschikking


def bouw_brief(bereik: Bereik, params: dict[str, Any]) -> Brief:
    """The letter ``params["beschikking"]`` as it is established; everything in it comes from the stored budget."""
    beschikking = lees_beschikking(bereik, params["beschikking"])
    budget = beschikking.budget
    established = timezone.localtime(budget.vastgesteld_op or budget.berekend_op).date()
    brief = Briefkop(beschikking.kenmerk, beschikking.uitgave, established, _adres(beschikking), _afzender())
    kop, uitleg = kop_van(budget), uitleg_van(budget.pk)
    if beschikking.school_id is not None:
        school = schoolrijen(bereik, budget.pk, school=beschikking.school_id)[0]
        lines = regels_van([school.pk], uitleg).get(school.pk, [])
        return Schoolbrief(brief, kop, school, lines, _bronnen(lines))
    board = bestuurstotalen(bereik, budget.pk, bestuur=beschikking.bestuur_id)[0]
    per_school = regels_van([rij.pk for rij in board.scholen], uitleg)
    parts = [Schooldeel(rij, per_school.get(rij.pk, [])) for rij in board.scholen]
    every = [regel for part in parts for regel in part.regels] + board.regels
    return Bestuursbrief(brief, kop, board, parts, _bronnen(every))


def bestandsnaam(brief: Brief) -> str:
    return brief.bestandsnaam
