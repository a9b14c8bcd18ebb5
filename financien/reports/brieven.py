"""The letters: a beschikking for a school with every line explained, and one for a board with all its schools."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from financien.models import Beschikking
from financien.queries.budget import (
    KOPVELDEN,
    Bestuurstotaal,
    Budgetkop,
    Regelbeeld,
    Schoolrij,
    bestuurstotalen,
    regels_van,
    regels_van_school,
    vaste_uitleg,
)
from kernen.domain.scholen import adresregels
from kernen.models import Samenwerkingsverband
from swv_portal.common.dates import dag_van
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
    school: str
    vestigingscode: str
    regels: list[Regelbeeld]
    bronnen: list[str]

    @property
    def totaal(self) -> Decimal:
        return sum((regel.bedrag for regel in self.regels), ZERO)

    @property
    def swv_naam(self) -> str:
        return self.brief.afzender.naam

    @property
    def bestandsnaam(self) -> str:
        return f"Beschikking {self.kop.jaar} {self.brief.kenmerk} v{self.brief.uitgave} {self.vestigingscode}"


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
    def swv_naam(self) -> str:
        return self.brief.afzender.naam

    @property
    def bestandsnaam(self) -> str:
        return f"Beschikking {self.kop.jaar} {self.brief.kenmerk} v{self.brief.uitgave} bestuur"


Brief = Schoolbrief | Bestuursbrief


def _afzender() -> Afzender:
    fields = ("naam", "ondertekenaar", "bezwaaradres", "straat", "huisnummer", "postcode", "plaats")
    row = Samenwerkingsverband.objects.values_list(*fields).first()
    if row is None:
        return Afzender("", (), "directeur-bestuurder", "")
    naam, ondertekenaar, bezwaaradres, *adres = row
    return Afzender(naam, adresregels(*adres), ondertekenaar, bezwaaradres)


@dataclass(frozen=True)
class Briefgegevens:
    """A letter as it is stored: number, budget, and whom it goes to.  A letter to a board has no ``school``."""

    kenmerk: str
    uitgave: int
    bestuur: int
    school: int | None
    vestigingscode: str | None
    kop: Budgetkop
    aan: tuple[str, ...]


_ADRES = ("naam", "straat", "huisnummer", "postcode", "plaats")
_NODIG = (
    *("kenmerk", "uitgave", "bestuur_id", "school_id", "school__vestigingscode"),
    *(f"budget__{field}" for field in KOPVELDEN),
    *(f"{ontvanger}__{field}" for ontvanger in ("school", "bestuur") for field in _ADRES),
)


def _bronnen(regels: list[Regelbeeld]) -> list[str]:
    return list(dict.fromkeys(regel.bron for regel in regels))


def lees_beschikking(bereik: Bereik, pk: int) -> Briefgegevens:
    """What the text of a letter needs, or a 404 when it is not there for this person.  One query."""
    row = Beschikking.objects.visible_to(bereik).filter(pk=pk).values_list(*_NODIG).first()
    if row is None:
        raise NotVisible("niet gevonden")
    kenmerk, uitgave, bestuur, school, vestigingscode, *rest = row
    kop, aan_wie = rest[: len(KOPVELDEN)], rest[len(KOPVELDEN) :]
    to_board = school is None
    naam, *adres = aan_wie[len(_ADRES) :] if to_board else aan_wie[: len(_ADRES)]
    aan = (naam, "T.a.v. het bestuur" if to_board else "T.a.v. de schooldirecteur", *adresregels(*adres))
    return Briefgegevens(kenmerk, uitgave, bestuur, school, vestigingscode, Budgetkop(*kop), aan)


def bouw_brief(bereik: Bereik, params: dict[str, Any]) -> Brief:
    """The letter ``params["beschikking"]`` as it is established; everything in it comes from the stored budget."""
    letter = lees_beschikking(bereik, params["beschikking"])
    kop = letter.kop
    established = dag_van(kop.vastgesteld_op or kop.berekend_op)
    brief = Briefkop(letter.kenmerk, letter.uitgave, established, letter.aan, _afzender())
    uitleg = vaste_uitleg(kop.pk, kop.berekend_op)
    if letter.school is not None:
        lines = regels_van_school(bereik, kop.pk, letter.school, uitleg)
        return Schoolbrief(brief, kop, letter.aan[0], letter.vestigingscode or "", lines, _bronnen(lines))
    board = bestuurstotalen(bereik, kop.pk, bestuur=letter.bestuur)[0]
    per_school = regels_van([rij.pk for rij in board.scholen], uitleg)
    parts = [Schooldeel(rij, per_school.get(rij.pk, [])) for rij in board.scholen]
    every = [regel for part in parts for regel in part.regels] + board.regels
    return Bestuursbrief(brief, kop, board, parts, _bronnen(every))


def bestandsnaam(brief: Brief) -> str:
    return brief.bestandsnaam
