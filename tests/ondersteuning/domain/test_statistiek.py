"""Hiding small counts: everything a reader could work out is tried; and the middle of a row of numbers."""

import itertools
from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondersteuning.domain.statistiek import MINIMUM, mediaan, percentiel, te_lezen_jaren, verberg, verberg_los


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((12, 8, 7), (12, 8, 7)),
        ((12, 0, 7), (12, 0, 7)),  # nobody is nobody's secret
        ((12, 3, 7), (12, None, None)),  # 3 is what is left of the total, so 7 goes too
        ((12, 3, 3), (12, None, None)),  # six together: which of the two is not known
        ((12, 4, 4), (None, None, None)),  # two times four is the only way to eight
        ((12, 1, 0), (None, None, None)),
        ((12, 12, 1), (None, None, None)),  # equal counts go together, or their names would tell which was lowest
        ((1, 2, 0), (None, None, None)),
        ((0, 0, 0), (0, 0, 0)),
    ],
)
def test_by_hand(counts: tuple[int, ...], shown: tuple[int | None, ...]) -> None:
    assert tuple(verberg({str(place): count for place, count in enumerate(counts)}).values()) == shown


def _worlds(minimum: int, cells: int, most: int) -> dict[object, list[tuple[int, ...]]]:
    """Every table of so many cells, by all that a reader has of it: what is shown, and the total when that is shown."""
    found: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in itertools.product(range(most + 1), repeat=cells):
        if sum(counts) <= most:
            shown = verberg({str(place): count for place, count in enumerate(counts)}, minimum)
            found[tuple(shown.values()), verberg_los(sum(counts), minimum)].append(counts)
    return found


@pytest.mark.parametrize(("cells", "most"), [(1, 20), (2, 22), (3, 19), (4, 17)])
def test_no_hidden_count_can_be_computed_from_the_shown_ones(cells: int, most: int) -> None:
    hidden = 0
    for (shown, _total), worlds in _worlds(MINIMUM, cells, most).items():  # type: ignore[misc]
        for place, count in enumerate(shown):
            if count is None:
                hidden += 1
                assert len({world[place] for world in worlds}) > 1, (shown, worlds)
    assert hidden


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_what_is_shown_is_true_and_never_small(counts: list[int]) -> None:
    given_counts = {str(place): count for place, count in enumerate(counts)}
    shown = verberg(given_counts)
    assert all(count in {None, given_counts[name]} for name, count in shown.items())
    assert not any(0 < count < MINIMUM for count in shown.values() if count is not None)
    kept_back = [given_counts[name] for name, count in shown.items() if count is None]
    assert not kept_back or sum(kept_back) >= MINIMUM or len(kept_back) == len(counts)


def test_a_count_by_itself() -> None:
    assert [verberg_los(count) for count in (0, 1, 4, 5)] == [0, None, None, 5]


@given(st.lists(st.integers(0, 90), min_size=1, max_size=60))
def test_the_middle_and_ninety_per_cent(days: list[int]) -> None:
    table = {day: days.count(day) for day in set(days)}
    ordered = sorted(days)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else Decimal(ordered[half - 1] + ordered[half]) / 2
    assert mediaan(table) == middle
    ninety = percentiel(table, 90)
    assert ninety is not None
    assert sum(day <= ninety for day in days) * 10 >= len(days) * 9
    assert sum(day < ninety for day in days) * 10 < len(days) * 9


def test_nothing_has_no_middle() -> None:
    assert mediaan({}) is None
    assert percentiel({}, 90) is None


def test_outside_the_swv_only_years_that_are_over() -> None:
    first, today = date(2023, 9, 4), date(2026, 7, 31)
    assert [str(year) for year in te_lezen_jaren(first, today, van_buiten=False)] == [
        "2025-2026",
        "2024-2025",
        "2023-2024",
    ]
    assert [str(year) for year in te_lezen_jaren(first, today, van_buiten=True)] == ["2024-2025", "2023-2024"]
    assert str(te_lezen_jaren(first, date(2026, 8, 1), van_buiten=True)[0]) == "2025-2026"
    assert [str(year) for year in te_lezen_jaren(None, today, van_buiten=True)] == ["2024-2025"]
    assert [str(year) for year in te_lezen_jaren(today, today, van_buiten=True)] == ["2024-2025"]
