"""Leafing through long lists by key: a page far down costs what the first one costs, and counting stops at a thousand.

The address of a page holds the key after which (``na``) or before which (``voor``) it begins, and the number that the
person sees (``pagina``).  A number without a key, typed or from an old bookmark, is found by counting rows, and
therefore only within the first thousand.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet

from swv_portal.common.money import dutch_number

PER_BLADZIJDE = 25
#: Counting further costs more than it tells.
TEL_TOT = 1000
_GROOTSTE_SLEUTEL = 2**63 - 1

#: A key with what is shown of it.
Gevonden = tuple[int, Any]


def _geheel(waarde: str | None, grootste: int = _GROOTSTE_SLEUTEL) -> int | None:
    """A number of an address, or nothing when it is none."""
    if waarde is None or len(waarde) > 20 or not (waarde.isascii() and waarde.isdigit()):
        return None
    number = int(waarde)
    return number if 1 <= number <= grootste else None


@dataclass(frozen=True, slots=True)
class Plek:
    """Where in a list somebody is; at most one of ``na`` and ``voor`` counts."""

    nummer: int = 1
    na: int | None = None
    voor: int | None = None

    @classmethod
    def uit(cls, adres: Mapping[str, str]) -> Self:
        """From the parameters of an address; what makes no sense there is left out."""
        number = _geheel(adres.get("pagina"), 1_000_000) or 1
        return cls(number, _geheel(adres.get("na")), _geheel(adres.get("voor")))


@dataclass(frozen=True)
class Telling:
    num_pages: int


@dataclass(frozen=True)
class Blad:
    """One page of a list, with what ``onderdelen/paginering.html`` asks of it."""

    number: int
    rijen: list[Any]
    #: Keys of the first and the last row.
    voor: int | None
    na: int | None
    has_previous: bool
    has_next: bool
    #: How many rows there are; with more than ``TEL_TOT`` that many and one.
    geteld: int

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return max(1, self.number - 1)

    @property
    def paginator(self) -> Telling:
        """The number of pages; not known (0) when not everything was counted."""
        return Telling(0 if self.geteld > TEL_TOT else max(1, -(-self.geteld // PER_BLADZIJDE)))

    def totaal(self, een: str, meer: str) -> str:
        """``1 aanvraag``, ``312 aanvragen``, ``meer dan 1.000 aanvragen``."""
        if self.geteld > TEL_TOT:
            return f"meer dan {dutch_number(TEL_TOT)} {meer}"
        return f"{self.geteld} {een if self.geteld == 1 else meer}"


def blader(
    gezocht: "QuerySet[Any]",
    plek: Plek,
    haal: "Callable[[QuerySet[Any]], Sequence[Gevonden]]",
    *,
    geteld: int | None = None,
) -> Blad:
    """The page of ``gezocht`` at ``plek``, newest (highest key) first, by a count and one call of ``haal``.

    ``geteld``: how many there are, from who can count it cheaper; at most ``TEL_TOT`` and one.

    ``haal`` gets a queryset cut to one page and a row more, and returns (key, what is shown) of its rows in any order.
    A place that no longer exists gives the first page.
    """
    counted = gezocht.order_by()[: TEL_TOT + 1].count() if geteld is None else geteld
    number = _nummer(plek, counted)
    rows = sorted(haal(_snede(gezocht, plek, number)), key=lambda row: row[0], reverse=True)
    backwards = plek.na is None and plek.voor is not None
    if plek != Plek() and (len(rows) < PER_BLADZIJDE if backwards else not rows):
        return blader(gezocht, Plek(), haal, geteld=counted)
    more = len(rows) > PER_BLADZIJDE
    shown = rows[-PER_BLADZIJDE:] if backwards else rows[:PER_BLADZIJDE]
    earlier = more if backwards else number > 1
    return Blad(
        number=number if earlier else 1,
        rijen=[row for _, row in shown],
        voor=shown[0][0] if shown else None,
        na=shown[-1][0] if shown else None,
        has_previous=earlier,
        has_next=backwards or more,
        geteld=counted,
    )


def _snede(gezocht: "QuerySet[Any]", plek: Plek, nummer: int) -> "QuerySet[Any]":
    """The rows of one page and one more, which tells whether there is a next page."""
    if plek.na is not None:
        return gezocht.filter(pk__lt=plek.na).order_by("-pk")[: PER_BLADZIJDE + 1]
    if plek.voor is not None:
        return gezocht.filter(pk__gt=plek.voor).order_by("pk")[: PER_BLADZIJDE + 1]
    start = (nummer - 1) * PER_BLADZIJDE
    return gezocht.order_by("-pk")[start : start + PER_BLADZIJDE + 1]


def _nummer(plek: Plek, geteld: int) -> int:
    """The number to show.  Who comes by a key is past the first page; what was not counted is believed."""
    last = -(-min(geteld, TEL_TOT) // PER_BLADZIJDE)
    if plek.na is None and plek.voor is None:
        return max(1, min(plek.nummer, last))
    return max(2, plek.nummer if geteld > TEL_TOT else min(plek.nummer, last))
