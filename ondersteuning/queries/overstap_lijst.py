"""The list of overstappen, both kinds together: filters, and rows as plain text."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ondersteuning.domain.overstap import (
    BIJ_SWV,
    CONCEPT,
    DEFINITIEF,
    GEVRAAGD,
    INGETROKKEN,
    SOORTNAMEN,
    Overstapsoort,
)
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Overstap
from ondersteuning.queries.overstap import WORKFLOWS
from ondersteuning.querysets import op_kenmerk
from swv_portal.common.dates import datum
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Cel, Status, Toon
from swv_portal.common.tasks import Treffer

TONEN: dict[str, Toon] = {
    CONCEPT: "neutraal",
    GEVRAAGD: "bezig",
    BIJ_SWV: "bezig",
    DEFINITIEF: "goed",
    INGETROKKEN: "neutraal",
}
KORT = {Overstapsoort.TERUGPLAATSING.value: "Terugplaatsing", Overstapsoort.BAOBAO.value: "Bao-bao"}


def status(soort: str, staat: str) -> Status:
    """A state as a word with an icon."""
    return Status(WORKFLOWS[soort].staten[staat], TONEN[staat])


@dataclass(frozen=True)
class Overstapfilter:
    """What the list is filtered on; empty means: everything.  ``staat`` may also be ``lopend``."""

    soort: str = ""
    staat: str = ""
    q: str = ""


def gefilterd(bereik: Bereik, filters: Overstapfilter) -> "QuerySet[Overstap]":
    """The cases of the list.  ``q`` is a part of a reference: it stands in the address, where a name may never be."""
    found = Overstap.objects.visible_to(bereik)
    if filters.soort:
        found = found.filter(soort=filters.soort)
    if filters.staat == "lopend":
        found = found.lopend()
    elif filters.staat:
        found = found.filter(staat=filters.staat)
    if filters.q.strip():
        found = found.filter(op_kenmerk(filters.q))
    return found


def bladzijde(bereik: Bereik, filters: Overstapfilter, plek: Plek) -> Blad:
    """One page of the list, newest first.  Two queries, however many rows."""
    return blader(gefilterd(bereik, filters), plek, lambda cut: _rijen(bereik, cut.values("pk")))


_KOLOMMEN = ("Kenmerk", "Soort", "Van", "Naar", "Eerste dag", "Status")
_VELDEN = ("pk", "kenmerk", "soort", "staat", "van_school_id", "van_school__naam", "naar_school__naam", "overstap_op")
#: Encrypted: read only for who sees them.
_NAAM = ("leerling__voornamen", "leerling__achternaam")


def kolommen(bereik: Bereik) -> list[str]:
    """The headers; a column with names only for who has pupils of the own school."""
    return [_KOLOMMEN[0], *(["Leerling"] if bereik.plaatsen(*SCHOOLROLLEN) else []), *_KOLOMMEN[1:]]


def _rijen(bereik: Bereik, sleutels: "QuerySet[Any, Any]") -> list[tuple[int, list[Cel | Status | str]]]:
    """Keys with their rows as plain text.  The name is for the school that the pupil leaves; others open the page."""
    own = bereik.plaatsen(*SCHOOLROLLEN)
    base = reverse("ondersteuning:overstap", args=[0]).removesuffix("0/")
    values = Overstap.objects.filter(pk__in=sleutels).values_list(*_VELDEN, *(_NAAM if own else ()))
    return [
        (
            pk,
            [
                Cel(kenmerk, f"{base}{pk}/"),
                *([(" ".join(name).strip() or "nog geen naam") if van_id in own else "–"] if own else []),
                KORT[soort],
                van,
                naar or "–",
                datum(day) if day else "–",
                status(soort, staat),
            ],
        )
        for pk, kenmerk, soort, staat, van_id, van, naar, day, *name in values
    ]


def zoek_overstap(bereik: Bereik, q: str, hoeveel: int = 10) -> list[Treffer]:
    """Cases with this in their reference."""
    word = q.strip().upper()
    if len(word) < 2 or not any(char.isdigit() for char in word):
        return []
    rows = Overstap.objects.visible_to(bereik).filter(op_kenmerk(word)).order_by("-pk")
    return [
        Treffer(f"{KORT[soort]} {kenmerk}", SOORTNAMEN[soort], reverse("ondersteuning:overstap", args=[pk]))
        for pk, kenmerk, soort in rows.values_list("pk", "kenmerk", "soort")[:hoeveel]
    ]
