"""The figures of a school year: TLV's by route, category, payer, school and board, and how long decisions took.

One query groups the TLV's by everything at once; the tables are added up from that.  Outside the SWV small counts are
hidden, and of schools and boards one reads the own ones (``domain/statistiek.py``).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q

from kernen.models import School
from kernen.queries import scholen_voor
from ondersteuning.domain.aanvraag import BESLOTEN, MET_TLV
from ondersteuning.domain.plaatsing import CATEGORIENAMEN, KOSTENDRAGERNAMEN, Kostendrager, Soort
from ondersteuning.domain.rollen import DOSSIER_EN_GELD
from ondersteuning.domain.routes import ROUTES
from ondersteuning.domain.statistiek import (
    MINIMUM,
    NAARNAMEN,
    Naar,
    Tlv,
    mediaan,
    percentiel,
    te_lezen_jaren,
    verberg,
    verberg_los,
)
from ondersteuning.models import Aanvraag, Plaatsing, SwvGebied
from ondersteuning.queries.swv_gebieden import eigen_code
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Bereik

ANDERE_SCHOLEN = "Alle andere scholen samen"
ZONDER_SCHOOL = "Nog niet op een school"


@dataclass(frozen=True)
class Regel:
    """One row of a table of figures; ``aantal`` is ``None`` when it is hidden."""

    label: str
    aantal: int | None


@dataclass(frozen=True)
class Overzicht:
    """The TLV's of a school year, divided in one way."""

    titel: str
    kolom: str
    regels: tuple[Regel, ...]


@dataclass(frozen=True)
class Cijfers:
    """The figures of one school year for one reader.  ``van_buiten``: somebody outside the SWV, for whom small ones are
    hidden.  ``dagen_mediaan`` and ``dagen_90`` are days from receipt to decision."""

    schooljaar: str
    peildatum: date
    van_buiten: bool
    totaal: int | None
    overzichten: tuple[Overzicht, ...]
    dagen_mediaan: Decimal | None
    dagen_90: int | None
    overig: tuple[Regel, ...]

    @property
    def verborgen(self) -> bool:
        """Is something kept from this reader?"""
        rows = [row for table in self.overzichten for row in table.regels]
        return self.totaal is None or any(row.aantal is None for row in (*rows, *self.overig))

    @property
    def bestandsnaam(self) -> str:
        return f"tlv-cijfers-{self.schooljaar}"


def jaren(bereik: Bereik, vandaag: date) -> tuple[Schooljaar, ...]:
    """The school years of which this person can read figures, the newest first."""
    first = Aanvraag.objects.filter(staat__in=sorted(MET_TLV)).aggregate(eerste=Min("besloten_op"))["eerste"]
    return te_lezen_jaren(first, vandaag, van_buiten=leest_van_buiten(bereik))


def leest_van_buiten(bereik: Bereik) -> bool:
    return not bereik.heeft(*DOSSIER_EN_GELD)


def cijfers(bereik: Bereik, jaar: Schooljaar, vandaag: date) -> Cijfers:
    """The figures of ``jaar`` as this person may read them.  Seven queries at most."""
    outside = leest_van_buiten(bereik)
    rows = _tlvs(jaar)
    total = sum(row.aantal for row in rows)
    days = _doorlooptijden(jaar)
    enough = not outside or sum(days.values()) >= MINIMUM
    tables = (
        _naar_kenmerk("Per route", "Route", rows, lambda row: row.route, _routenamen(), outside),
        _naar_kenmerk("Per categorie", "Categorie", rows, lambda row: row.categorie, CATEGORIENAMEN, outside),
        _naar_kenmerk("Wie betaalt", "Wie betaalt", rows, lambda row: row.kostendrager, KOSTENDRAGERNAMEN, outside),
        _naar_kenmerk("Grensverkeer", "Waarheen", rows, _waarheen, NAARNAMEN, outside),
    )
    return Cijfers(
        schooljaar=str(jaar),
        peildatum=vandaag,
        van_buiten=outside,
        totaal=verberg_los(total) if outside else total,
        overzichten=(*tables, *(_eigen_scholen(bereik, rows) if outside else _alle_scholen(rows))),
        dagen_mediaan=mediaan(days) if enough else None,
        dagen_90=percentiel(days, 90) if enough else None,
        overig=_overig(jaar, outside, _betaalt_een_ander(tables)),
    )


def _betaalt_een_ander(tabellen: tuple[Overzicht, ...]) -> bool:
    """Is it shown for how many TLV's another SWV pays?"""
    label = KOSTENDRAGERNAMEN[Kostendrager.ANDER_SWV.value]
    return any(row.label == label and row.aantal is not None for table in tabellen for row in table.regels)


def _routenamen() -> dict[str, str]:
    """The routes that end in a TLV with a number of this SWV."""
    return {code: f"{route.formulier}: {route.naam}" for code, route in ROUTES.items() if route.met_nummer}


def _waarheen(row: Tlv) -> str:
    return str(Naar.BUITEN if row.buiten else Naar.BINNEN)


def _tlvs(jaar: Schooljaar) -> list[Tlv]:
    """The TLV's on which was decided in this year, alike ones together; also those that were withdrawn later."""
    rows = Aanvraag.objects.filter(
        staat__in=sorted(MET_TLV), besloten_op__range=(jaar.eerste_dag, jaar.laatste_dag), tlvnummer__isnull=False
    )
    fields = (
        "route",
        "categorie",
        "kostendrager",
        "verwijzende_school_id",
        "verwijzende_school__bestuur_id",
        "ontvangende_school__buiten_regio",
    )
    counted = rows.order_by().values_list(*fields).annotate(hoeveel=Count("*"))
    return [
        Tlv(route, category, payer, school, board, bool(outside), count)
        for route, category, payer, school, board, outside, count in counted
    ]


def _naar_kenmerk(
    titel: str,
    kolom: str,
    rows: list[Tlv],
    kenmerk: Callable[[Tlv], str],
    namen: Mapping[str, str],
    van_buiten: bool,
) -> Overzicht:
    counts: Counter[str] = Counter(dict.fromkeys(namen, 0))
    for row in rows:
        counts[kenmerk(row)] += row.aantal
    shown = verberg(counts) if van_buiten else dict(counts)
    return Overzicht(titel, kolom, tuple(Regel(namen.get(code, "onbekend"), shown[code]) for code in counts))


def _alle_scholen(rows: list[Tlv]) -> tuple[Overzicht, ...]:
    """For the SWV: every school and every board that has a TLV, the most first."""
    schools: Counter[int | None] = Counter()
    boards: Counter[int | None] = Counter()
    for row in rows:
        schools[row.school_id] += row.aantal
        boards[row.bestuur_id] += row.aantal
    known = School.objects.filter(pk__in=[pk for pk in schools if pk is not None]).select_related("bestuur")
    names = {school.pk: school.naam for school in known}
    board_names = {school.bestuur_id: school.bestuur.naam for school in known}
    return (
        Overzicht("Per school van de leerling", "School", _op_aantal(schools, names)),
        Overzicht("Per bestuur", "Bestuur", _op_aantal(boards, board_names)),
    )


def _op_aantal(counts: "Counter[int | None]", namen: Mapping[int, str]) -> tuple[Regel, ...]:
    rows = [Regel(ZONDER_SCHOOL if pk is None else namen.get(pk, "–"), count) for pk, count in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-(row.aantal or 0), row.label.casefold())))


def _eigen_scholen(bereik: Bereik, rows: list[Tlv]) -> tuple[Overzicht, ...]:
    """Outside the SWV: the own schools and all others together, hidden as one table: neither gives the other away."""
    own = dict(scholen_voor(bereik).order_by("naam", "pk").values_list("pk", "naam"))
    counts: Counter[str] = Counter({str(pk): 0 for pk in own} | {ANDERE_SCHOLEN: 0})
    for row in rows:
        counts[str(row.school_id) if row.school_id in own else ANDERE_SCHOLEN] += row.aantal
    shown = verberg(counts)
    lines = [Regel(name, shown[str(pk)]) for pk, name in own.items()]
    return (Overzicht("Uw scholen", "School", (*lines, Regel(ANDERE_SCHOLEN, shown[ANDERE_SCHOLEN]))),)


def _doorlooptijden(jaar: Schooljaar) -> dict[int, int]:
    """How many decisions of this year took how many days from receipt."""
    took = ExpressionWrapper(F("besloten_op") - F("ingediend_op"), output_field=DurationField())
    rows = Aanvraag.objects.filter(
        staat__in=sorted(BESLOTEN),
        besloten_op__range=(jaar.eerste_dag, jaar.laatste_dag),
        ingediend_op__isnull=False,
    )
    counted = rows.order_by().annotate(duur=took).values_list("duur").annotate(hoeveel=Count("*"))
    return {duration.days: count for duration, count in counted}


def _overig(jaar: Schooljaar, van_buiten: bool, betaler_getoond: bool) -> tuple[Regel, ...]:
    """Returns and border traffic: counts that are no part of the TLV's of the year.

    Outside the SWV the pupils for whom another SWV pays are hidden when they are hidden among the payers.
    """
    back_again, from_elsewhere = (
        Q(soort=Soort.TERUGPLAATSING),
        Q(soort=Soort.TLV, kostendrager=Kostendrager.ANDER_SWV),
    )
    begun = Plaatsing.objects.filter(back_again | from_elsewhere, begin__range=(jaar.eerste_dag, jaar.laatste_dag))
    places = begun.aggregate(terug=Count("pk", filter=back_again), van_elders=Count("pk", filter=from_elsewhere))
    back, incoming = "Terugplaatsingen met budget", "Leerlingen uit een ander gebied op een school bij ons"
    if van_buiten:
        shown = verberg_los(places["van_elders"]) if betaler_getoond else None
        return (Regel(back, verberg_los(places["terug"])), Regel(incoming, shown))
    living = Regel("TLV's voor een leerling die in een ander gebied woont", _woont_elders(jaar))
    return (Regel(back, places["terug"]), Regel(incoming, places["van_elders"]), living)


def _woont_elders(jaar: Schooljaar) -> int:
    elsewhere = SwvGebied.objects.exclude(swv_code=eigen_code()).values("pc4")
    rows = Aanvraag.objects.filter(
        Q(woon_pc4__in=elsewhere) | Q(woont_in_gebied="nee"),
        staat__in=sorted(MET_TLV),
        besloten_op__range=(jaar.eerste_dag, jaar.laatste_dag),
    )
    return rows.count()
