"""The figures of a school year: which counts may be read outside the SWV, and how long a decision took.

Source: issue 'Ondersteuning', statistics per year with n under five hidden outside the SWV; see
``docs/besluiten/0052-cijfers-per-schooljaar.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from swv_portal.common.dates import Schooljaar

#: Outside the SWV a count of fewer pupils than this is not shown.
MINIMUM = 5


class Naar(StrEnum):
    """Where the receiving school of a TLV lies."""

    BINNEN = "binnen"
    BUITEN = "buiten"


NAARNAMEN: Mapping[str, str] = {
    Naar.BINNEN.value: "Naar een school in ons gebied",
    Naar.BUITEN.value: "Naar een school in een ander gebied",
}


@dataclass(frozen=True)
class Tlv:
    """``aantal`` TLV's of one school year that are alike in all that the figures ask."""

    route: str
    categorie: str
    kostendrager: str
    school_id: int | None
    bestuur_id: int | None
    buiten: bool
    aantal: int


def verberg(aantallen: Mapping[str, int], minimum: int = MINIMUM) -> dict[str, int | None]:
    """The counts of a table that may be read outside the SWV; ``None`` is hidden.

    Assumed is a reader who knows the total of the table and this rule.  Hidden are all counts under ``minimum``.  When
    together they are fewer than ``minimum``, or all exactly one less than it, the total gives them away: then the
    lowest of the other counts goes too, with every count equal to it.  So what is hidden together always holds two
    different numbers, or fits another set of numbers with the same sum; and because only the numbers decide, never a
    name or a place in the table, the hidden numbers may stand in any order.  Zeros are hidden only beside a count of
    somebody: alone they give nobody away.
    """
    low = {name: count for name, count in aantallen.items() if count < minimum}
    if not any(low.values()):
        return dict(aantallen)
    hidden = set(low)
    if sum(low.values()) < minimum or set(low.values()) == {minimum - 1}:
        others = [count for count in aantallen.values() if count >= minimum]
        hidden |= {name for name, count in aantallen.items() if others and count == min(others)}
    return {name: None if name in hidden else count for name, count in aantallen.items()}


def verberg_los(aantal: int, minimum: int = MINIMUM) -> int | None:
    """A count that stands by itself, of which no total is known."""
    return None if 0 < aantal < minimum else aantal


def mediaan(verdeling: Mapping[int, int]) -> Decimal | None:
    """The middle of values with how often each occurs; between the two middle ones of an even number."""
    total = sum(verdeling.values())
    if not total:
        return None
    low, high = _op_plaats(verdeling, (total + 1) // 2), _op_plaats(verdeling, total // 2 + 1)
    return Decimal(low + high) / 2


def percentiel(verdeling: Mapping[int, int], procent: int) -> int | None:
    """The lowest value that at least ``procent`` per cent does not exceed (nearest rank)."""
    total = sum(verdeling.values())
    return _op_plaats(verdeling, max(1, -(-total * procent // 100))) if total else None


def _op_plaats(verdeling: Mapping[int, int], plaats: int) -> int:
    """The value at this place, counted from 1, of all values in order."""
    seen = 0
    for value in sorted(verdeling):
        seen += verdeling[value]
        if seen >= plaats:
            return value
    raise ValueError("there are fewer values")


def te_lezen_jaren(eerste: date | None, vandaag: date, *, van_buiten: bool) -> tuple[Schooljaar, ...]:
    """The school years with figures, the newest first, from the year of the first decision.

    Outside the SWV only years that are over: of a year that still runs, yesterday's figures beside those of today tell
    which pupil came in between.
    """
    this_year = Schooljaar.van(vandaag)
    last = this_year.begin - (1 if van_buiten else 0)
    first = Schooljaar.van(eerste).begin if eerste is not None else last
    return tuple(Schooljaar(begin) for begin in range(last, min(first, last) - 1, -1))
