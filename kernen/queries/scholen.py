"""Schools, boards and counts: what screens, reports and the upper apps read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse

from kernen.domain.scholen import SOORTNAMEN
from kernen.domain.tellingen import Aantal, Som, tel_op
from kernen.models import Kern, Kernlidmaatschap, Leerlingtelling, Samenwerkingsverband, School, Schoolbestuur
from kernen.querysets import SchoolQuerySet, loopt_op
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Cel, Status


def swv() -> Samenwerkingsverband | None:
    """The samenwerkingsverband of this installation; ``None`` before it is set up."""
    return Samenwerkingsverband.objects.first()


def swv_naam() -> str:
    """What stands above every page and letter; empty before it is set up."""
    return Samenwerkingsverband.objects.values_list("naam", flat=True).first() or ""


def scholen_voor(bereik: Bereik, *, soorten: Iterable[str] = (), alleen_actief: bool = True) -> SchoolQuerySet:
    """The schools that ``bereik`` sees, with their board; of these kinds, when given."""
    found = School.objects.visible_to(bereik).select_related("bestuur")
    kinds = list(soorten)
    if kinds:
        found = found.filter(soort__in=kinds)
    return found.actief() if alleen_actief else found


def besturen_voor(bereik: Bereik) -> "QuerySet[Schoolbestuur]":
    return Schoolbestuur.objects.visible_to(bereik)


def leerlingen_op(teldatum: date) -> dict[int, Aantal]:
    """The counts of a teldatum per school id; a school without a count is absent.  One query."""
    rows = Leerlingtelling.objects.filter(teldatum=teldatum).values_list("school_id", "aantal", "minder_dan_vijf")
    return {school: Aantal(number, small) for school, number, small in rows}


def scholen_in_kern(kern_id: int, dag: date) -> "QuerySet[School]":
    """The schools of a kern on ``dag``, by name."""
    return School.objects.in_kern(kern_id, dag).select_related("bestuur").order_by("naam", "id")


@dataclass(frozen=True)
class Schoolfilter:
    """What somebody filters the list of schools on; empty means: everything."""

    q: str = ""
    soort: str = ""
    bestuur: int | None = None
    kern: int | None = None
    gemeente: str = ""
    ook_inactief: bool = False


def gefilterde_scholen(bereik: Bereik, filters: Schoolfilter, vandaag: date) -> "QuerySet[School]":
    """The schools of the list, by name, without anything joined to them yet."""
    found = School.objects.visible_to(bereik)
    if not filters.ook_inactief:
        found = found.actief()
    if filters.q:
        found = found.zoek(filters.q)
    if filters.soort == "IKC":
        found = found.filter(is_ikc=True)
    elif filters.soort:
        found = found.filter(soort=filters.soort)
    if filters.bestuur:
        found = found.filter(bestuur_id=filters.bestuur)
    if filters.gemeente:
        found = found.filter(gemeente=filters.gemeente)
    if filters.kern:
        found = found.in_kern(filters.kern, vandaag)
    return found.order_by("naam", "vestigingscode")


def _aantal_tekst(number: int | None, small: bool | None) -> str:
    if small:
        return "<5"
    return "–" if number is None else f"{number:,}".replace(",", ".")


def schoolrijen(scholen: "QuerySet[School]", vandaag: date) -> list[list[Cel | Status | str]]:
    """Rows of the list as plain text: school, kind, board, kern, place, pupils on the newest teldatum.  One query.

    ``scholen`` may be a page of a list, already cut off.
    """
    membership = Kernlidmaatschap.objects.filter(loopt_op(vandaag), school_id=OuterRef("pk"))
    counts = Leerlingtelling.objects.filter(school_id=OuterRef("pk"), teldatum__lte=vandaag).order_by("-teldatum")
    values = scholen.annotate(
        kernnaam=Subquery(membership.values("kern__naam")[:1]),
        leerlingen=Subquery(counts.values("aantal")[:1]),
        klein=Subquery(counts.values("minder_dan_vijf")[:1]),
    ).values_list(
        "pk", "naam", "soort", "is_ikc", "bestuur__naam", "kernnaam", "plaats", "leerlingen", "klein", "actief"
    )
    base = reverse("kernen:school", args=[0]).removesuffix("0/")
    return [
        [
            Cel(naam if actief else f"{naam} (gesloten)", f"{base}{pk}/"),
            f"IKC ({soort})" if ikc else str(soort),
            bestuur,
            kern or "–",
            plaats or "–",
            _aantal_tekst(number, small),
        ]
        for pk, naam, soort, ikc, bestuur, kern, plaats, number, small, actief in values
    ]


@dataclass(frozen=True)
class Filterkeuzes:
    """What the filters of the list of schools offer: keys with names, and the gemeenten."""

    besturen: list[tuple[int, str]]
    kernen: list[tuple[int, str]]
    gemeenten: list[str]


def filterkeuzes(bereik: Bereik) -> Filterkeuzes:
    """The boards, kernen and gemeenten that ``bereik`` sees.  One query."""
    boards = Schoolbestuur.objects.visible_to(bereik).order_by().values_list(Value("bestuur"), "pk", "naam")
    kernen = Kern.objects.visible_to(bereik).filter(actief=True).order_by().values_list(Value("kern"), "pk", "naam")
    places = School.objects.visible_to(bereik).exclude(gemeente="").order_by()
    named = places.values_list(Value("gemeente"), Value(0, output_field=BigIntegerField()), "gemeente").distinct()
    found: dict[str, list[tuple[int, str]]] = {"bestuur": [], "kern": [], "gemeente": []}
    for kind, pk, name in boards.union(kernen, named, all=True):
        found[kind].append((pk, name))
    for rows in found.values():
        rows.sort(key=lambda row: row[1].casefold())
    return Filterkeuzes(found["bestuur"], found["kern"], [name for _, name in found["gemeente"]])


def soortkeuzes() -> list[tuple[str, str]]:
    return [("IKC", "IKC"), *((str(soort), f"{soort}: {naam}") for soort, naam in SOORTNAMEN.items())]


@dataclass(frozen=True, slots=True)
class Telling:
    """A count on a teldatum, for a chart and its table."""

    teldatum: date
    aantal: Aantal


def tellingen_van(school_id: int) -> list[Telling]:
    """The counts of a school, oldest first."""
    rows = Leerlingtelling.objects.filter(school_id=school_id).order_by("teldatum")
    return [Telling(row.teldatum, row.als_aantal) for row in rows]


@dataclass(frozen=True, slots=True)
class Lidperiode:
    """A period of a school in a kern."""

    kern_id: int
    kern: str
    van: date
    tot: date | None


def kernperioden(school_id: int) -> list[Lidperiode]:
    """The kernen a school has been in, newest first."""
    rows = Kernlidmaatschap.objects.filter(school_id=school_id).order_by("-van")
    return [Lidperiode(*values) for values in rows.values_list("kern_id", "kern__naam", "van", "tot")]


@dataclass(frozen=True, slots=True)
class Bestuurregel:
    """A board in the list: its number, name, how many active schools and pupils on the newest teldatum."""

    pk: int
    nummer: str
    naam: str
    scholen: int
    leerlingen: str
    lid: bool


def bestuurregels(bereik: Bereik) -> tuple[list[Bestuurregel], date | None]:
    """The boards that ``bereik`` sees with their schools and pupils, and the teldatum of the counts.  Three queries."""
    newest = Leerlingtelling.objects.order_by("-teldatum").values_list("teldatum", flat=True).first()
    schools: dict[int, list[int]] = {}
    for pk, board_id in School.objects.visible_to(bereik).actief().values_list("pk", "bestuur_id"):
        schools.setdefault(board_id, []).append(pk)
    counts = leerlingen_op(newest) if newest else {}
    found = []
    for board in Schoolbestuur.objects.visible_to(bereik).order_by("naam", "id"):
        own = schools.get(board.pk, [])
        total = totaal(counts, own)
        found.append(Bestuurregel(board.pk, board.bevoegd_gezag_nummer, board.naam, len(own), total.tekst, board.lid))
    return found, newest


def totaal(aantallen: dict[int, Aantal], scholen: Iterable[int]) -> Som:
    """The pupils of these schools together."""
    return tel_op(aantallen[pk] for pk in scholen if pk in aantallen)
