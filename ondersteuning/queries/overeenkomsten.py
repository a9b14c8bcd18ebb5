"""The list of agreements: filters, rows as plain text; and what it offers to home, search and the pupil's page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from kernen.domain.scholen import GESPECIALISEERD, Schoolsoort
from kernen.models import School
from ondersteuning.domain.overeenkomst import GESTOPT, LOPEND, SOORTKOPPEN, SOORTNAMEN, STATEN, Soort
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Overeenkomst
from ondersteuning.queries.overeenkomst import status_van
from ondersteuning.querysets import op_kenmerk
from swv_portal.common.dates import datum
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Cel, Status
from swv_portal.common.tasks import Treffer

NU, AFGELOPEN = "nu", "afgelopen"
#: The states to filter on: what runs today, what is over, and each state by itself.
STAATKEUZES = [(NU, "Loopt nu"), (AFGELOPEN, "Afgelopen"), *STATEN.items()]
_KOLOMMEN = ("Kenmerk", "Soort", "School", "Andere school", "Periode", "Status")


@dataclass(frozen=True)
class Overeenkomstfilter:
    """What the list is filtered on; empty means: everything.  ``q`` is a part of a reference, never a name."""

    soort: str = ""
    staat: str = ""
    school: int | None = None
    q: str = ""


def gefilterd(bereik: Bereik, filters: Overeenkomstfilter, vandaag: date) -> "QuerySet[Overeenkomst]":
    found = Overeenkomst.objects.visible_to(bereik)
    if filters.soort:
        found = found.filter(soort=filters.soort)
    if filters.staat == NU:
        found = found.filter(staat=LOPEND, begin__lte=vandaag, einde__gte=vandaag)
    elif filters.staat == AFGELOPEN:
        found = found.filter(staat__in=[LOPEND, GESTOPT], einde__lt=vandaag)
    elif filters.staat:
        found = found.filter(staat=filters.staat)
    if filters.school:
        found = found.filter(Q(school_id=filters.school) | Q(andere_school_id=filters.school))
    return found.filter(op_kenmerk(filters.q)) if filters.q.strip() else found


def bladzijde(bereik: Bereik, filters: Overeenkomstfilter, plek: Plek, vandaag: date) -> Blad:
    """One page of the list, newest first.  Two queries, however many rows."""
    return blader(gefilterd(bereik, filters, vandaag), plek, lambda cut: _rijen(bereik, cut, vandaag))


def kolommen(bereik: Bereik) -> list[str]:
    """The headers; a column with names only for who has pupils of the own school."""
    return [_KOLOMMEN[0], *(["Leerling"] if _eigen(bereik) else []), *_KOLOMMEN[1:]]


def _eigen(bereik: Bereik) -> frozenset[int]:
    return bereik.plaatsen(*SCHOOLROLLEN)


def _rijen(bereik: Bereik, rows: "QuerySet[Overeenkomst]", vandaag: date) -> list[tuple[int, list[Cel | Status | str]]]:
    own = _eigen(bereik)
    base = reverse("ondersteuning:overeenkomst", args=[0]).removesuffix("0/")
    name = ("leerling__voornamen", "leerling__achternaam") if own else ()
    fields = ("pk", "kenmerk", "soort", "staat", "school_id", "school__naam", "andere_school__naam", "begin", "einde")
    return [
        (
            pk,
            [
                Cel(kenmerk, f"{base}{pk}/"),
                *([(" ".join(names).strip() or "nog geen naam") if school_id in own else "–"] if own else []),
                SOORTKOPPEN[kind],
                school,
                other or "–",
                _periode(begin, end),
                status_van(state, end, vandaag),
            ],
        )
        for pk, kenmerk, kind, state, school_id, school, other, begin, end, *names in rows.values_list(*fields, *name)
    ]


def _periode(begin: date | None, end: date | None) -> str:
    if begin is None:
        return "–"
    return f"{datum(begin)} tot en met {datum(end)}" if end else f"vanaf {datum(begin)}"


def filterscholen(bereik: Bereik) -> list[tuple[int, str]]:
    """The schools that stand in agreements within reach.  One query."""
    seen = Overeenkomst.objects.visible_to(bereik).order_by()
    rows = School.objects.filter(Q(pk__in=seen.values("school_id")) | Q(pk__in=seen.values("andere_school_id")))
    return list(rows.order_by("naam", "pk").values_list("pk", "naam"))


def eigen_scholen(bereik: Bereik) -> list[tuple[int, str]]:
    """The schools for whose pupils this person may begin an agreement.  One query."""
    rows = School.objects.visible_to(bereik).actief().filter(pk__in=sorted(_eigen(bereik)))
    return list(rows.order_by("naam", "pk").values_list("pk", "naam"))


def andere_scholen(row: Overeenkomst) -> list[tuple[int, str]]:
    """The schools that can be the other one for this kind of agreement; their names are public.  One query."""
    kinds = GESPECIALISEERD
    if row.soort == Soort.SYMBIOSE and row.school.soort in GESPECIALISEERD:
        kinds = frozenset({Schoolsoort.BAO})
    rows = School.objects.all().actief().filter(soort__in=sorted(kinds)).exclude(pk=row.school_id)
    values = rows.order_by("buiten_regio", "-is_ikc", "naam", "pk").values_list("pk", "naam", "plaats")
    return [(pk, f"{naam} ({plaats})" if plaats else naam) for pk, naam, plaats in values]


def zoek_overeenkomsten(bereik: Bereik, q: str, hoeveel: int = 10) -> list[Treffer]:
    """Agreements with this part of a reference.  One query, and none for a text without a digit."""
    if not any(char.isdigit() for char in q):
        return []
    rows = Overeenkomst.objects.visible_to(bereik).filter(op_kenmerk(q)).order_by("-pk")
    values: Any = rows.values_list("pk", "kenmerk", "soort", "school__naam", "staat")[:hoeveel]
    return [
        Treffer(
            f"Overeenkomst {kenmerk}",
            f"{SOORTNAMEN[soort]}, {school}, {STATEN[staat].lower()}",
            reverse("ondersteuning:overeenkomst", args=[pk]),
        )
        for pk, kenmerk, soort, school, staat in values
    ]
