"""The tasks of many rooms with one question to the database.

Every room says which rows it needs and how they become tasks; ``taken_uit`` asks all of it at once.  The rows of a room
travel as one JSON value each, so that questions of any shape fit in one ``UNION ALL``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from swv_portal.common.tasks import Taak

Rijen = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Taakvraag:
    """The first ``hoogstens`` of ``rijen`` (in order), with ``velden``; ``taken`` makes tasks of these tuples.

    ``datums`` names the fields that are days.  Other fields are texts, whole numbers, booleans or nothing: what is
    stored encrypted is never among them.
    """

    rijen: QuerySet[Any, Any]
    velden: tuple[str, ...]
    taken: Callable[[Rijen], Iterable[Taak]]
    hoogstens: int
    datums: frozenset[str] = frozenset()


def taken_uit(vragen: Iterable[Taakvraag]) -> list[Taak]:
    """The tasks of all these questions.  One query; none when nothing is asked."""
    asked = list(vragen)
    if not asked:
        return []
    first, *others = (_als_json(number, each) for number, each in enumerate(asked))
    answers: list[list[tuple[Any, ...]]] = [[] for _ in asked]
    for number, row in first.union(*others, all=True) if others else first:
        answers[number].append(_rij(asked[number], row))
    return [task for each, rows in zip(asked, answers, strict=True) for task in each.taken(rows)]


def _als_json(number: int, vraag: Taakvraag) -> QuerySet[Any, Any]:
    fields = JSONObject(**{name: F(name) for name in vraag.velden})
    rows = vraag.rijen.annotate(_vraag=Value(number), _rij=fields)
    return rows.values_list("_vraag", "_rij")[: vraag.hoogstens]


def _rij(vraag: Taakvraag, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        date.fromisoformat(row[name]) if name in vraag.datums and row[name] else row[name] for name in vraag.velden
    )
