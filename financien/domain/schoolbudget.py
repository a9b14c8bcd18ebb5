"""The lumpsum budget of one regular school for one calendar year.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.2 to 8.1.5.  The choices that the plan leaves
open (the day on which places are counted, the whole-euro amount of the deduction) are in docs/besluiten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from financien.domain.perioden import actief_op, dws_plaatsen, instroommaanden, tlv_bao_maanden
from financien.domain.regels import VOLGORDE, Regel, Regelcode
from financien.domain.tarieven import PER_CATEGORIE, Tariefcode, Tarieven
from ondersteuning.domain.plaatsing import Categorie, Kostendrager, Soort
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import ZERO, cents, half_up

_TLV_REGEL = {
    Categorie.SBO: Regelcode.TLV_SBO,
    Categorie.LAAG: Regelcode.TLV_1,
    Categorie.MIDDEN: Regelcode.TLV_2,
    Categorie.HOOG: Regelcode.TLV_3,
}
_TLV_PLAATS = {
    Kostendrager.SCHOOL: Regelcode.INHOUDING,
    Kostendrager.VORIGE_SCHOOL: Regelcode.INHOUDING_VORIGE,
    Kostendrager.SWV: Regelcode.INHOUDING_SWV,
    Kostendrager.ANDER_SWV: Regelcode.INHOUDING_ANDER,
}

GEEN_TELLING = "Er is geen telling van leerlingen op de teldatum."
MINDER_DAN_VIJF = "De telling is 'minder dan 5'. Met dit aantal kan het budget niet worden berekend."


@dataclass(frozen=True, slots=True)
class Plaats:
    """Places of one school that are alike: same kind, category, payer and period; ``verwijzingen`` names each one."""

    soort: str
    categorie: str | None
    kostendrager: str
    begin: date
    einde: date | None
    verwijzingen: tuple[str, ...]


@dataclass(frozen=True)
class Kader:
    """What is the same for all schools of a calendar year."""

    jaar: int
    teldatum: date
    peildatum: date
    tarieven: Tarieven


@dataclass(frozen=True, slots=True)
class Schoolinvoer:
    """``leerlingen`` is ``None`` when there is no exact count; ``minder_dan_vijf`` says why."""

    school_id: int
    bestuur_id: int
    leerlingen: int | None
    minder_dan_vijf: bool = False
    plaatsen: Sequence[Plaats] = ()


@dataclass(frozen=True, slots=True)
class Schoolbudget:
    """``totaal`` is the sum of ``regels`` in euros, or ``None`` with the reason why it can not be calculated."""

    school_id: int
    bestuur_id: int
    leerlingen: int | None
    regels: tuple[Regel, ...]
    totaal: Decimal | None
    reden: str = ""


@lru_cache(maxsize=4096)
def _maal(aantal: int, tarief: Decimal) -> Decimal:
    return cents(aantal * tarief)


@lru_cache(maxsize=1024)
def _jaren(maanden: int) -> Decimal:
    """Months as years, to eight digits, so that years times a yearly amount is right to the cent."""
    return half_up(Decimal(maanden) / 12, 8)


@lru_cache(maxsize=1024)
def _per_maand(maanden: int, jaarbedrag: Decimal) -> Decimal:
    return cents(maanden * jaarbedrag / 12)


def _namen(plaatsen: Iterable[Plaats]) -> list[str]:
    return sorted(name for plaats in plaatsen for name in plaats.verwijzingen)


def _plaatsregel(code: str, aantal: int, tarief: Decimal, teken: int, plaatsen: Iterable[Plaats]) -> Regel:
    amount = teken * _maal(aantal, tarief) if teken else ZERO
    return Regel(code, Decimal(aantal), tarief if teken else ZERO, amount, None, {"verwijzingen": _namen(plaatsen)})


def _maandregel(code: str, jaarbedrag: Decimal, gevonden: Sequence[tuple[Plaats, int]]) -> Regel:
    months = sum(count * len(plaats.verwijzingen) for plaats, count in gevonden)
    detail: list[dict[str, Any]] = [
        {"verwijzing": name, "maanden": count} for plaats, count in gevonden for name in plaats.verwijzingen
    ]
    return Regel(
        code,
        _jaren(months),
        jaarbedrag,
        _per_maand(months, jaarbedrag),
        months,
        {"maanden": sorted(detail, key=lambda one: one["verwijzing"])},
    )


def _inhoudingen(plaatsen: Sequence[Plaats], kader: Kader) -> list[Regel]:
    """Places on SBO, IKC and SO: every place that is active on the peildatum counts for the whole year."""
    per_code: dict[str, list[Plaats]] = {}
    for plaats in plaatsen:
        if actief_op(plaats.begin, plaats.einde, kader.peildatum):
            per_code.setdefault(_TLV_PLAATS[Kostendrager(plaats.kostendrager)], []).append(plaats)
    found = []
    for code, mine in per_code.items():
        pays = code in {Regelcode.INHOUDING, Regelcode.INHOUDING_VORIGE}
        number = sum(len(plaats.verwijzingen) for plaats in mine)
        found.append(_plaatsregel(code, number, kader.tarieven[Tariefcode.INHOUDING], -1 if pays else 0, mine))
    return found


def _dws(plaatsen: Sequence[Plaats], kader: Kader) -> list[Regel]:
    """DWS places are bought per school year: that of the peildatum counts."""
    year = Schooljaar.van(kader.peildatum)
    found = []
    for pays in (True, False):
        mine = [
            plaats
            for plaats in plaatsen
            if (plaats.kostendrager in {Kostendrager.SCHOOL, Kostendrager.VORIGE_SCHOOL}) is pays
            and plaats.begin <= year.laatste_dag
            and (plaats.einde is None or plaats.einde >= year.eerste_dag)
        ]
        number = dws_plaatsen([(p.begin, p.einde) for p in mine for _ in p.verwijzingen], year)
        if number:
            code = Regelcode.DWS if pays else Regelcode.DWS_SWV
            found.append(_plaatsregel(code, number, kader.tarieven[Tariefcode.DWS], -1 if pays else 0, mine))
    return found


def _per_maand_betaald(plaatsen: Sequence[Plaats], kader: Kader) -> list[Regel]:
    """TLV on a regular school, entry and return budget: money for the school, in months."""
    per_code: dict[str, list[tuple[Plaats, int]]] = {}
    price: dict[str, Decimal] = {}
    elsewhere: list[Plaats] = []
    for plaats in plaatsen:
        months = (tlv_bao_maanden if plaats.soort == Soort.TLV_BAO else instroommaanden)(
            plaats.begin, plaats.einde, kader.jaar
        )
        if not months:
            continue
        if plaats.kostendrager == Kostendrager.ANDER_SWV:
            elsewhere.append(plaats)
            continue
        code, tarief = _maandprijs(plaats)
        price[code] = kader.tarieven[tarief]
        per_code.setdefault(code, []).append((plaats, months))
    found = [_maandregel(code, price[code], mine) for code, mine in per_code.items()]
    if elsewhere:
        number = sum(len(plaats.verwijzingen) for plaats in elsewhere)
        found.append(_plaatsregel(Regelcode.VERGOED_ANDER, number, ZERO, 0, elsewhere))
    return found


def _maandprijs(plaats: Plaats) -> tuple[str, str]:
    if plaats.soort == Soort.TLV_BAO:
        category = Categorie(plaats.categorie or Categorie.LAAG)
        return _TLV_REGEL[category], PER_CATEGORIE[category]
    code = Regelcode.INSTROOM if plaats.soort == Soort.INSTROOMBUDGET else Regelcode.TERUGPLAATSING
    return code, Tariefcode.INSTROOM


def bereken_school(invoer: Schoolinvoer, kader: Kader) -> Schoolbudget:
    """The budget of one school with every line; amounts in euros, in cents.

    Number of pupils on the teldatum times the amount per pupil, minus the places on SBO, IKC, SO (active on the
    peildatum) and DWS (school year of the peildatum) that the school pays, plus TLV on a regular school and the budgets
    for entry and return, in months.  Places that somebody else pays are a line of zero with the reason.  Without an
    exact count nothing is calculated: ``totaal`` is ``None``.  A budget may be negative.
    """
    if invoer.leerlingen is None:
        reason = MINDER_DAN_VIJF if invoer.minder_dan_vijf else GEEN_TELLING
        return Schoolbudget(invoer.school_id, invoer.bestuur_id, None, (), None, reason)
    price = kader.tarieven[Tariefcode.BAO_PER_LEERLING]
    lines = [Regel(Regelcode.LEERLINGEN, Decimal(invoer.leerlingen), price, _maal(invoer.leerlingen, price), None, {})]
    if invoer.plaatsen:
        by_kind: dict[str, list[Plaats]] = {}
        for plaats in invoer.plaatsen:
            kind = plaats.soort if plaats.soort in {Soort.TLV, Soort.DWS} else "maanden"
            by_kind.setdefault(kind, []).append(plaats)
        lines += _inhoudingen(by_kind.get(Soort.TLV, ()), kader)
        lines += _dws(by_kind.get(Soort.DWS, ()), kader)
        lines += _per_maand_betaald(by_kind.get("maanden", ()), kader)
        lines.sort(key=lambda line: VOLGORDE[line.code])
    total = sum((line.bedrag for line in lines), ZERO)
    return Schoolbudget(invoer.school_id, invoer.bestuur_id, invoer.leerlingen, tuple(lines), total)


def betalende_school(soort: str) -> bool:
    """Does a place of this kind belong to the budget of the referring school?  The others go to the receiving one.

    A place elsewhere is paid by the school that refers; money for a pupil goes to the school where the pupil is.
    """
    return soort in {Soort.TLV, Soort.DWS}
