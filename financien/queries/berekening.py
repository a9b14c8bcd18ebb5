"""The calculation of a year from what is stored now: a handful of queries, sums in `domain`, nothing is written."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from financien.domain.schoolbudget import BETALENDE_SCHOOL, Kader, Schoolbudget, Schoolinvoer, bereken_school
from financien.domain.tarieven import NODIG_VOOR_SCHOLEN, Tarieven, controles, ontbreekt
from financien.domain.volume import Aandeel, Volumebekostiging, Volumeinvoer, bereken_volume
from financien.models import Budgetjaar, Tarief, Volumeafspraak
from kernen.domain.scholen import Schoolsoort
from kernen.queries import leerlingen_op, scholen_voor
from ondersteuning.domain.plaatsing import Periode, Plaats, Soort
from ondersteuning.queries import plaatsingen_in
from swv_portal.common.dates import teldatum_voor
from swv_portal.common.scoping import Bereik
from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Uitkomst:
    """The budgets of all schools and, when agreed, the volumebekostiging.  ``opmerkingen`` are sentences for people."""

    kader: Kader
    scholen: list[Schoolbudget]
    volume: Volumebekostiging | None = None
    aandelen: tuple[Aandeel, ...] = ()
    opmerkingen: list[str] = field(default_factory=list)

    @property
    def totaal(self) -> Decimal:
        schools = sum((school.totaal for school in self.scholen if school.totaal is not None), Decimal(0))
        return schools + (self.volume.aanvulling if self.volume else Decimal(0))


def tarieven_van(jaar: int) -> Tarieven:
    """The tariffs of one calendar year.  One query."""
    return Tarieven(jaar, dict(Tarief.objects.van_jaar(jaar).values_list("code", "bedrag")))


def dagen_van(jaar: int) -> tuple[date, date]:
    """Teldatum and peildatum of a year: as set for the budget year, otherwise as the plan says."""
    stored = Budgetjaar.objects.filter(jaar=jaar).values_list("teldatum", "peildatum").first()
    return stored or (teldatum_voor(jaar), date(jaar, 1, 1))


def _kan_meetellen(kader: Kader) -> list[Periode]:
    """Places that can count in a year, roughly: the rules themselves are in `domain`, this keeps the others away.

    A TLV on a regular school counts in the year in which a part of it begins; an entry budget runs 24 months.
    """
    day, year = kader.peildatum, kader.schooljaar
    first, last = date(kader.jaar, 1, 1), date(kader.jaar, 12, 31)
    return [
        Periode((Soort.TLV,), day, day),
        Periode((Soort.DWS,), year.eerste_dag, year.laatste_dag),
        Periode((Soort.TLV_BAO,), first, last),
        Periode((Soort.INSTROOMBUDGET, Soort.TERUGPLAATSING), first, last, begonnen_vanaf=date(kader.jaar - 3, 1, 1)),
    ]


def _plaatsen(bereik: Bereik, kader: Kader) -> dict[int, list[Plaats]]:
    """The places that may count, by the school in whose budget they stand.  One query."""
    found: dict[int, list[Plaats]] = {}
    for place in plaatsingen_in(bereik, _kan_meetellen(kader)):
        school = place.school_verwijzend_id
        if place.soort not in BETALENDE_SCHOOL:
            school = place.school_ontvangend_id or school
        if school is not None:
            found.setdefault(school, []).append(place)
    return found


def _scholen(bereik: Bereik) -> list[tuple[int, int]]:
    """The regular schools of this SWV with their boards: those have a lumpsum budget.  One query."""
    regular = scholen_voor(bereik, soorten=[Schoolsoort.BAO]).eigen_regio().filter(swv_code="")
    return list(regular.order_by("vestigingscode").values_list("id", "bestuur_id"))


def lees_scholen(bereik: Bereik, kader: Kader) -> list[Schoolinvoer]:
    """Everything that the budgets of all schools are calculated from.  Three queries."""
    counts = leerlingen_op(kader.teldatum)
    places = _plaatsen(bereik, kader)
    found = []
    for school, bestuur in _scholen(bereik):
        count = counts.get(school)
        number, small = (count.aantal, count.minder_dan_vijf) if count else (None, False)
        found.append(Schoolinvoer(school, bestuur, number, small, places.get(school, ())))
    return found


def _volume(jaar: int, tarieven: Tarieven) -> tuple[Volumebekostiging | None, tuple[Aandeel, ...]] | Refusal:
    afspraak = Volumeafspraak.objects.filter(budgetjaar__jaar=jaar).prefetch_related("aandelen").first()
    if afspraak is None:
        return None, ()
    shares = tuple(Aandeel(aandeel.bestuur_id, aandeel.gewicht) for aandeel in afspraak.aandelen.all())
    outcome = bereken_volume(
        Volumeinvoer(afspraak.leerlingen, afspraak.van_ander_swv, shares, afspraak.leerlingen_nu), tarieven
    )
    return outcome if isinstance(outcome, Refusal) else (outcome, shares)


def bereken(bereik: Bereik, jaar: int) -> Uitkomst | Refusal:
    """The budgets of calendar year ``jaar`` with the tariffs, counts and places as they are stored now.

    Refuses: ``tarief_ontbreekt``, ``leeg`` (no schools), and what the volumebekostiging refuses.  Schools without an
    exact count are in the outcome, without a total.
    """
    tarieven = tarieven_van(jaar)
    if refusal := ontbreekt(tarieven, NODIG_VOOR_SCHOLEN):
        return refusal
    volume = _volume(jaar, tarieven)
    if isinstance(volume, Refusal):
        return volume
    kader = Kader(jaar, *dagen_van(jaar), tarieven)
    invoer = lees_scholen(bereik, kader)
    if not invoer:
        return Refusal("leeg", "Er zijn geen basisscholen om een budget voor te berekenen.")
    scholen = [bereken_school(school, kader) for school in invoer]
    return Uitkomst(kader, scholen, *volume, opmerkingen=_opmerkingen(tarieven, scholen, volume[0]))


def _opmerkingen(tarieven: Tarieven, scholen: list[Schoolbudget], volume: Volumebekostiging | None) -> list[str]:
    found = controles(tarieven)
    without = sum(1 for school in scholen if school.totaal is None)
    if without:
        schools = "1 school" if without == 1 else f"{without} scholen"
        found.append(f"Voor {schools} kan geen budget worden berekend.")
    if volume and volume.overleg:
        found.append("Het aantal leerlingen op het IKC ligt nu buiten de bandbreedte. Overleg is nodig.")
    return found
