"""The lumpsum budget of one regular school for one calendar year.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.2 to 8.1.5.  The choices that the plan leaves
open (the day on which places are counted, the whole-euro amount of the deduction) are in docs/besluiten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from financien.domain.perioden import actief_op, dws_plaatsen, overlapt, tlv_bao_maanden
from financien.domain.regels import VOLGORDE, Regel, Regelcode
from financien.domain.tarieven import PER_CATEGORIE, Tariefcode, Tarieven
from ondersteuning.domain.budgetperiode import instroommaanden
from ondersteuning.domain.plaatsing import Categorie, Kostendrager, Plaats, Soort
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import ZERO, cents, half_up

# Plain texts: an enum member costs a lookup at every use, and there are tens of thousands of places.
_TLV, _DWS, _TLV_BAO = str(Soort.TLV.value), str(Soort.DWS.value), str(Soort.TLV_BAO.value)
_ANDER_SWV = str(Kostendrager.ANDER_SWV.value)
_LEERLINGEN, _VERGOED_ANDER = Regelcode.LEERLINGEN.value, Regelcode.VERGOED_ANDER.value
_TLV_REGEL: dict[str, str] = {
    Categorie.SBO: Regelcode.TLV_SBO.value,
    Categorie.LAAG: Regelcode.TLV_1.value,
    Categorie.MIDDEN: Regelcode.TLV_2.value,
    Categorie.HOOG: Regelcode.TLV_3.value,
}
_MAANDREGEL: dict[str, str] = {
    Soort.INSTROOMBUDGET: Regelcode.INSTROOM.value,
    Soort.TERUGPLAATSING: Regelcode.TERUGPLAATSING.value,
}
_TLV_PLAATS: dict[str, str] = {
    Kostendrager.SCHOOL: Regelcode.INHOUDING.value,
    Kostendrager.VORIGE_SCHOOL: Regelcode.INHOUDING_VORIGE.value,
    Kostendrager.SWV: Regelcode.INHOUDING_SWV.value,
    Kostendrager.ANDER_SWV: Regelcode.INHOUDING_ANDER.value,
}
_DWS_PLAATS: dict[str, str] = {
    Kostendrager.SCHOOL: Regelcode.DWS.value,
    Kostendrager.VORIGE_SCHOOL: Regelcode.DWS.value,
    Kostendrager.SWV: Regelcode.DWS_SWV.value,
    Kostendrager.ANDER_SWV: Regelcode.DWS_SWV.value,
}
#: Lines that the school pays, and their tariff.
_BETAALT: dict[str, str] = {
    Regelcode.INHOUDING: Tariefcode.INHOUDING.value,
    Regelcode.INHOUDING_VORIGE: Tariefcode.INHOUDING.value,
    Regelcode.DWS: Tariefcode.DWS.value,
}
#: Lines in months, and the tariff of a year.
_MAANDPRIJS: dict[str, str] = {
    **{code: PER_CATEGORIE[Categorie(categorie)].value for categorie, code in _TLV_REGEL.items()},
    **dict.fromkeys(_MAANDREGEL.values(), Tariefcode.INSTROOM.value),
}

#: A place elsewhere is paid by the school that refers; money for a pupil goes to the school where the pupil is.
BETALENDE_SCHOOL = frozenset({_TLV, _DWS})

GEEN_TELLING = "Er is geen telling van leerlingen op de teldatum."
MINDER_DAN_VIJF = "De telling is 'minder dan 5'. Met dit aantal kan het budget niet worden berekend."


@dataclass(frozen=True)
class Kader:
    """What is the same for all schools of a calendar year."""

    jaar: int
    teldatum: date
    peildatum: date
    tarieven: Tarieven

    @cached_property
    def schooljaar(self) -> Schooljaar:
        """The school year of the peildatum: that of the DWS places."""
        return Schooljaar.van(self.peildatum)


@dataclass(slots=True)
class Schoolinvoer:
    """``leerlingen`` is ``None`` when there is no exact count; ``minder_dan_vijf`` says why."""

    school_id: int
    bestuur_id: int
    leerlingen: int | None
    minder_dan_vijf: bool = False
    plaatsen: Sequence[Plaats] = ()


@dataclass(slots=True)
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


#: References of places by code of the line; for DWS the places, for what is paid in months (reference, months).
_Gesorteerd = tuple[dict[str, list[str]], dict[str, list[Plaats]], dict[str, list[tuple[str, int]]]]


def _sorteer(plaatsen: Sequence[Plaats], kader: Kader) -> _Gesorteerd:
    """Put every place that counts this year under the code of its line; the others are left out."""
    per_plaats: dict[str, list[str]] = {}
    dws: dict[str, list[Plaats]] = {}
    per_maand: dict[str, list[tuple[str, int]]] = {}
    for plaats in plaatsen:
        kind = plaats.soort
        if kind == _TLV:
            if actief_op(plaats.begin, plaats.einde, kader.peildatum):
                per_plaats.setdefault(_TLV_PLAATS[plaats.kostendrager], []).append(plaats.verwijzing)
        elif kind == _DWS:
            dws.setdefault(_DWS_PLAATS[plaats.kostendrager], []).append(plaats)
        else:
            count = tlv_bao_maanden if kind == _TLV_BAO else instroommaanden
            months = count(plaats.begin, plaats.einde, kader.jaar)
            if not months:
                continue
            if plaats.kostendrager == _ANDER_SWV:
                per_plaats.setdefault(_VERGOED_ANDER, []).append(plaats.verwijzing)
            else:
                code = _TLV_REGEL[plaats.categorie or Categorie.LAAG] if kind == _TLV_BAO else _MAANDREGEL[kind]
                per_maand.setdefault(code, []).append((plaats.verwijzing, months))
    return per_plaats, dws, per_maand


def _plaatsregel(code: str, aantal: int, namen: list[str], tarieven: Tarieven) -> Regel:
    """A line of places: what the school pays is negative, what another pays is zero."""
    names = {"verwijzingen": sorted(namen)}
    tariff = _BETAALT.get(code)
    if tariff is None:
        return Regel(code, Decimal(aantal), ZERO, ZERO, None, names)
    price = tarieven[tariff]
    return Regel(code, Decimal(aantal), price, -_maal(aantal, price), None, names)


def _maandregel(code: str, gevonden: list[tuple[str, int]], tarieven: Tarieven) -> Regel:
    """A line of money for the school, in months of a yearly amount."""
    months = sum(count for _, count in gevonden)
    price = tarieven[_MAANDPRIJS[code]]
    detail = [{"verwijzing": name, "maanden": count} for name, count in sorted(gevonden)]
    return Regel(code, _jaren(months), price, _per_maand(months, price), months, {"maanden": detail})


def _regels_van_plaatsen(plaatsen: Sequence[Plaats], kader: Kader) -> list[Regel]:
    per_plaats, dws, per_maand = _sorteer(plaatsen, kader)
    tarieven = kader.tarieven
    found = [_plaatsregel(code, len(names), names, tarieven) for code, names in per_plaats.items()]
    for code, places in dws.items():
        number = dws_plaatsen([(place.begin, place.einde) for place in places], kader.schooljaar)
        if number:
            mine = [p.verwijzing for p in places if overlapt(p.begin, p.einde, kader.schooljaar)]
            found.append(_plaatsregel(code, number, mine, tarieven))
    found += [_maandregel(code, months, tarieven) for code, months in per_maand.items()]
    return found


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
    amount = _maal(invoer.leerlingen, price)
    lines = [Regel(_LEERLINGEN, Decimal(invoer.leerlingen), price, amount, None, {})]
    if invoer.plaatsen:
        lines += _regels_van_plaatsen(invoer.plaatsen, kader)
        lines.sort(key=_plek)
        amount = sum((line.bedrag for line in lines), ZERO)
    return Schoolbudget(invoer.school_id, invoer.bestuur_id, invoer.leerlingen, tuple(lines), amount)


def _plek(regel: Regel) -> int:
    return VOLGORDE[regel.code]
