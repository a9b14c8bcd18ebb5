"""The worklist of the SWV: what must be done about applications, the first day first, a page at a time.

Every kind of work is a query of its own over an index on its day, cut to one page; together they are one question to
the database, however many dossiers there are.  That finds the rows; what the list says of their applications is asked
once for all kinds together: joined to each kind, planning the question took longer than everything else of the page.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import BooleanField, DateField, IntegerField
from django.db.models.functions import Coalesce
from django.urls import reverse

from kernen.queries import gebruikers_met_rol
from ondersteuning.domain import bezwaar as bezwaarprocedure
from ondersteuning.domain.aanvraag import AANVULLING, INGEDIEND
from ondersteuning.domain.werklijst import WERKSOORTNAMEN, Behandeling, Werksoort, grondslag
from ondersteuning.models import Aanvraag, Aanvulling, Bezwaar
from swv_portal.common.dates import datum_met_afstand
from swv_portal.common.paging import PER_BLADZIJDE, TEL_TOT
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import Cel, Status

KOLOMMEN = ("Aanvraag", "Wat", "School", "Uiterlijk", "Wettelijk uiterlijk", "Waarom die dag", "Stand", "Behandelaar")
_SOORTEN = tuple(Werksoort)
_VOLGORDE = ("r_dag", "r_soort", "r_nummer")
#: Who applies, as far as it is a school or an institution; otherwise where the pupil goes.
_VAN_WIE = ("verwijzende_school", "instelling", "ontvangende_school")
#: Within so many days it is said to be urgent.
SPOED_DAGEN = 7


@dataclass(frozen=True)
class Werkfilter:
    """What the list is limited to; empty means: everything."""

    soort: str = ""
    van: str = ""


@dataclass(frozen=True)
class Werkplek:
    """The row after which a page begins: its day, its kind (by number) and its key."""

    dag: date
    soort: int
    pk: int

    @classmethod
    def uit(cls, tekst: str) -> Self | None:
        """From the address (``2026-03-01.0.12``); ``None`` for what can not be read."""
        day, _, rest = tekst.partition(".")
        kind, _, key = rest.partition(".")
        numbers = (kind, key)
        if len(tekst) > 40 or not all(each.isascii() and each.isdigit() for each in numbers):
            return None
        try:
            return cls(date.fromisoformat(day), int(kind), int(key))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.dag.isoformat()}.{self.soort}.{self.pk}"


@dataclass(frozen=True)
class Werkblad:
    """One page of the worklist; ``volgende`` begins the next one, empty when there is none."""

    rijen: list[list[Cel | Status | str]]
    volgende: str
    geteld: int


def werklijst(bereik: Bereik, filters: Werkfilter, na: Werkplek | None, vandaag: date) -> Werkblad:
    """A page of the worklist within reach.  Three queries."""
    sources = _gekozen(bereik, filters)
    marked = [_na(_gemerkt(source, rows), na) for source, rows in sources]
    found = [_Rij(*values) for values in _samen(marked, PER_BLADZIJDE + 1)]
    counted = _aantal([rows for _, rows in sources])
    shown = found[:PER_BLADZIJDE]
    facts = _aanvragen({row.aanvraag for row in shown})
    more = str(Werkplek(shown[-1].dag, shown[-1].soort, shown[-1].nummer)) if len(found) > PER_BLADZIJDE else ""
    # An application that was destroyed since the rows were read is left out.
    lines = [_cellen(row, facts[row.aanvraag], vandaag) for row in shown if row.aanvraag in facts]
    return Werkblad(lines, more, counted)


def behandelaars(vandaag: date) -> list[tuple[int, str]]:
    """Who can handle an application: those of the SWV who handle dossiers."""
    people = gebruikers_met_rol(vandaag, *SWV_DOSSIER).order_by("naam", "pk")
    return list(people.values_list("pk", "naam"))


@dataclass(frozen=True)
class _Rij:
    soort: int
    nummer: int
    aanvraag: int
    dag: date
    wettelijk: date | None
    opgeschort: bool
    verlengd: bool


#: The same columns of every kind; the names differ from those of the models.
_VELDEN = tuple(f"r_{name}" for name in _Rij.__dataclass_fields__)


@dataclass(frozen=True)
class _Bron:
    """Where rows of one kind come from.  ``pad`` leads from a row to its application, ``dag`` is its last day."""

    soort: Werksoort
    rijen: Callable[[Bereik], "QuerySet[Any]"]
    dag: str
    pad: str = ""
    wettelijk: str = ""
    opgeschort: Any = None
    verlengd: Any = None


def _besluiten(bereik: Bereik) -> "QuerySet[Any]":
    return Aanvraag.objects.visible_to(bereik).filter(staat=INGEDIEND, eigen_uiterlijk__isnull=False)


def _aanvullingen(bereik: Bereik) -> "QuerySet[Any]":
    own = Aanvraag.objects.visible_to(bereik).filter(staat=AANVULLING)
    return Aanvulling.objects.filter(aangevuld_op__isnull=True, aanvraag__in=own)


def _bezwaren(bereik: Bereik) -> "QuerySet[Any]":
    return Bezwaar.objects.visible_to(bereik).open()


def _verweren(bereik: Bereik) -> "QuerySet[Any]":
    return Bezwaar.objects.visible_to(bereik).filter(staat=bezwaarprocedure.ONTVANGEN)


_BRONNEN = (
    _Bron(
        Werksoort.BESLUIT,
        _besluiten,
        "eigen_uiterlijk",
        wettelijk="wettelijk_uiterlijk",
        opgeschort=Exists(Aanvulling.objects.filter(aanvraag_id=OuterRef("pk"))),
        verlengd=Q(verlengd_op__isnull=False),
    ),
    _Bron(Werksoort.AANVULLING, _aanvullingen, "uiterlijk", "aanvraag__"),
    _Bron(Werksoort.VERWEER, _verweren, "verweer_uiterlijk", "aanvraag__"),
    _Bron(
        Werksoort.BEZWAAR,
        _bezwaren,
        "beslis_uiterlijk",
        "aanvraag__",
        wettelijk="beslis_uiterlijk",
        opgeschort=ExpressionWrapper(Q(opgeschort__gt=0), BooleanField()),
        verlengd=Q(verdaagd_op__isnull=False),
    ),
)


def _gekozen(bereik: Bereik, filters: Werkfilter) -> list[tuple[_Bron, "QuerySet[Any]"]]:
    """The kinds that were chosen, with the rows of each."""
    found = []
    for source in _BRONNEN:
        rows = source.rijen(bereik).order_by()
        if filters.van == Behandeling.MIJ:
            rows = rows.filter(**{f"{source.pad}behandelaar_id": bereik.user_id})
        elif filters.van == Behandeling.NIEMAND:
            rows = rows.filter(**{f"{source.pad}behandelaar__isnull": True})
        if filters.soort in {"", str(source.soort)}:
            found.append((source, rows))
    return found


def _gemerkt(bron: _Bron, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The rows of one kind, with the columns that all kinds have."""
    no, nothing = Value(False, BooleanField()), Value(None, DateField())
    return rows.annotate(
        r_soort=Value(_SOORTEN.index(bron.soort), IntegerField()),
        r_nummer=F("pk"),
        r_aanvraag=F(f"{bron.pad.removesuffix('__')}_id" if bron.pad else "pk"),
        r_dag=F(bron.dag),
        r_wettelijk=F(bron.wettelijk) if bron.wettelijk else nothing,
        r_opgeschort=bron.opgeschort if bron.opgeschort is not None else no,
        r_verlengd=ExpressionWrapper(bron.verlengd, BooleanField()) if bron.verlengd is not None else no,
    ).values_list(*_VELDEN)


def _aantal(bronnen: list["QuerySet[Any]"]) -> int:
    """How many rows there are, up to one more than is counted."""
    first, *others = [rows.values("pk")[: TEL_TOT + 1] for rows in bronnen]
    together = first.union(*others, all=True) if others else first
    return min(together.count(), TEL_TOT + 1)


@dataclass(frozen=True)
class _Aanvraag:
    """What the list says of the application of a row."""

    kenmerk: str
    school: str | None
    behandelaar: str | None


def _aanvragen(sleutels: Collection[int]) -> dict[int, _Aanvraag]:
    """The applications with these keys, which lie within reach."""
    where = Coalesce(*(f"{name}__naam" for name in _VAN_WIE))
    rows = Aanvraag.objects.filter(pk__in=sorted(sleutels)).order_by()
    values = rows.values_list("pk", "kenmerk", where, "behandelaar__naam")
    return {pk: _Aanvraag(reference, school, who) for pk, reference, school, who in values}


def _na(rows: "QuerySet[Any]", plek: Werkplek | None) -> "QuerySet[Any]":
    """What comes after this place; kinds with the same day stand in their own order."""
    if plek is None:
        return rows
    return rows.filter(
        Q(r_dag__gt=plek.dag)
        | Q(r_dag=plek.dag, r_soort__gt=plek.soort)
        | Q(r_dag=plek.dag, r_soort=plek.soort, r_nummer__gt=plek.pk)
    )


def _samen(bronnen: list["QuerySet[Any]"], hoeveel: int) -> "QuerySet[Any]":
    """The first rows of every kind together; each is cut before they are put together."""
    first, *others = [rows.order_by(*_VOLGORDE)[:hoeveel] for rows in bronnen]
    return first.union(*others, all=True).order_by(*_VOLGORDE)[:hoeveel] if others else first


def _cellen(row: _Rij, aanvraag: _Aanvraag, vandaag: date) -> list[Cel | Status | str]:
    kind = str(_SOORTEN[row.soort])
    return [
        Cel(aanvraag.kenmerk, _adres(kind, row)),
        WERKSOORTNAMEN[kind],
        aanvraag.school or "–",
        datum_met_afstand(row.dag, vandaag),
        datum_met_afstand(row.wettelijk, vandaag) if row.wettelijk else "–",
        grondslag(kind, opgeschort=row.opgeschort, verlengd=row.verlengd),
        _stand(row, vandaag),
        Cel(aanvraag.behandelaar or "wijs toe", reverse("ondersteuning:behandelaar", args=[row.aanvraag])),
    ]


def _adres(kind: str, row: _Rij) -> str:
    """What is done about an objection is done on its own page."""
    if kind in {Werksoort.VERWEER, Werksoort.BEZWAAR}:
        return reverse("ondersteuning:bezwaar", args=[row.nummer])
    return reverse("ondersteuning:dossier", args=[row.aanvraag])


def _stand(row: _Rij, vandaag: date) -> Status:
    if row.dag < vandaag:
        return (
            Status("bleef uit", "let_op")
            if row.soort == _SOORTEN.index(Werksoort.AANVULLING)
            else Status("te laat", "fout")
        )
    return (
        Status("binnenkort", "let_op")
        if row.dag <= vandaag + timedelta(days=SPOED_DAGEN)
        else Status("op tijd", "goed")
    )
