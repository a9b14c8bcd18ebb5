"""The list of pupils: filters, and rows as plain text; and finding a pupil by name."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ondersteuning.domain.fase import FASEN
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Leerling
from ondersteuning.queries.leerlingen import ZONDER_NAAM
from ondersteuning.queries.procedures import Procedureregel, procedures_van
from ondersteuning.queries.zoeksleutels import zoeksleutels
from swv_portal.common.dates import datum
from swv_portal.common.paging import Blad, Plek, blader
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Cel, Status
from swv_portal.common.tasks import Treffer

NOG_NIET = "nog niet op school"


@dataclass(frozen=True)
class Leerlingfilter:
    """What the list is filtered on; empty means: everything."""

    fase: str = ""
    school: int | None = None
    consulent: int | None = None


def gefilterd(bereik: Bereik, filters: Leerlingfilter) -> "QuerySet[Leerling]":
    """The pupils of the list, without anything joined to them yet.  No filter holds a name."""
    found = Leerling.objects.visible_to(bereik)
    if filters.fase:
        found = found.filter(fase=filters.fase)
    if filters.school:
        found = found.filter(school_id=filters.school)
    if filters.consulent:
        found = found.filter(consulent_id=filters.consulent)
    return found


def bladzijde(bereik: Bereik, filters: Leerlingfilter, plek: Plek) -> Blad:
    """One page of the list, newest dossier first.  Three queries, however many rows."""
    return blader(gefilterd(bereik, filters), plek, lambda cut: _rijen(bereik, cut.values("pk")))


KOLOMMEN = ("Leerling", "School", "Fase", "Consulent", "Loopt nu", "Aan zet")
_VELDEN = ("pk", "school_id", "school__naam", "fase", "fase_sinds", "consulent__naam")
#: Encrypted: read only for who sees them.
_NAAM = ("voornamen", "achternaam")


def eigen_scholen_van(bereik: Bereik) -> frozenset[int]:
    """The schools whose pupils this person knows by name."""
    return bereik.plaatsen(*SCHOOLROLLEN)


def _rijen(bereik: Bereik, sleutels: "QuerySet[Any, Any]") -> list[tuple[int, list[Cel | Status | str]]]:
    """Keys with their rows as plain text.

    The name of a pupil is shown to the own school only; the SWV opens the dossier for it, which is logged.
    """
    own = eigen_scholen_van(bereik)
    rows = Leerling.objects.filter(pk__in=sleutels)  # keys within reach
    values = list(rows.values_list(*_VELDEN, *(_NAAM if own else ())))
    running = procedures_van(bereik, [row[0] for row in values])
    base = reverse("ondersteuning:leerling", args=[0]).removesuffix("0/")
    found: list[tuple[int, list[Cel | Status | str]]] = []
    for pk, school_id, school, phase, since, consulent, *name in values:
        lines = [line for line in running.get(pk, []) if line.loopt]
        found.append(
            (
                pk,
                [
                    Cel(_naam(pk, name if school_id in own else []), f"{base}{pk}/"),
                    school or NOG_NIET,
                    f"{FASEN[phase]}, sinds {datum(since)}",
                    consulent or "–",
                    "; ".join(line.titel for line in lines) or "–",
                    "; ".join(_aan_zet(line) for line in lines if line.wie) or "–",
                ],
            )
        )
    return found


def _naam(pk: int, delen: list[str]) -> str:
    if not delen:
        return f"Dossier {pk}"
    return " ".join(delen).strip() or f"{ZONDER_NAAM} (dossier {pk})"


def _aan_zet(regel: Procedureregel) -> str:
    return f"{regel.wie}, sinds {datum(regel.sinds)}"


def zoek_leerlingen(bereik: Bereik, q: str, hoeveel: int = 10) -> list[Treffer]:
    """The dossiers of pupils with all these words in their name, compared by keyed hash.  One query."""
    keys = zoeksleutels(q)
    if not keys or any(char.isdigit() for char in q):
        return []
    own = eigen_scholen_van(bereik)
    rows = Leerling.objects.visible_to(bereik).filter(zoeksleutels__contains=keys).order_by("-pk")
    values = rows.values_list("pk", "school_id", "school__naam", "fase", *_NAAM)[:hoeveel]
    return [
        Treffer(
            _naam(pk, name if school_id in own else []),
            f"Leerling, {school or NOG_NIET}, fase {FASEN[phase].lower()}",
            reverse("ondersteuning:leerling", args=[pk]),
        )
        for pk, school_id, school, phase, *name in values
    ]
