"""The linear check against an oracle: does adding the union raise the rank of what is known?"""

import itertools

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluatie.domain.onthulling import afleidbaar, kleine_verenigingen, verberg_verder
from tests.evaluatie.ijmond import GROEPEN

ALLEN = frozenset(GROEPEN)
GETOOND = frozenset(name for name, count in GROEPEN.items() if count >= 5)
LOS = [frozenset([name]) for name in GETOOND]
KLEIN = frozenset({"Velserbroek", "Beverwijk"})


def test_the_means_of_shown_groups_give_nothing_away():
    assert afleidbaar(GROEPEN, LOS, 5) == []


def test_a_total_over_everybody_gives_the_hidden_groups_together_away():
    assert afleidbaar(GROEPEN, [*LOS, ALLEN], 5) == [KLEIN]


def test_a_total_over_the_shown_groups_gives_nothing_away():
    assert afleidbaar(GROEPEN, [*LOS, GETOOND], 5) == []


def test_two_totals_that_differ_by_one_late_answer():
    counts = {**GROEPEN, "laat": 1}
    found = afleidbaar(counts, [*LOS, frozenset({"Uitgeest", "laat"})], 5)
    assert found == [frozenset({"laat"})]


def test_two_totals_that_together_hide_nothing():
    counts = {"a": 9, "b": 2, "c": 2}
    known = [frozenset("ab"), frozenset("bc"), frozenset("ac")]
    assert set(afleidbaar(counts, known, 5)) == {frozenset("b"), frozenset("c"), frozenset("bc")}
    assert afleidbaar(counts, [frozenset("abc")], 5) == []


def test_a_union_of_small_groups_that_is_large_enough_may_be_derived():
    counts = {"a": 9, "b": 3, "c": 2}
    assert afleidbaar(counts, [frozenset("a"), frozenset("abc")], 5) == []
    assert afleidbaar(counts, [frozenset("a"), frozenset("abc")], 6) == [frozenset("bc")]


def test_small_unions_are_all_and_only_those_under_the_minimum():
    counts = {"a": 1, "b": 2, "c": 3, "d": 7, "e": 0}
    found = set(kleine_verenigingen(counts, 5))
    assert found == {frozenset(union) for union in ("a", "b", "c", "ab", "ac", "ae", "be", "ce", "abe", "ace")}


def test_a_group_without_answers_does_not_hide_the_group_beside_it():
    counts = {"a": 9, "b": 4, "c": 0}
    assert afleidbaar(counts, [frozenset("a"), frozenset("abc")], 5) == [frozenset("b")]


GEVALLEN = st.lists(st.integers(0, 6), min_size=2, max_size=5).flatmap(
    lambda sizes: st.tuples(
        st.just(dict(zip("abcde", sizes, strict=False))),
        st.lists(st.frozensets(st.sampled_from("abcde"[: len(sizes)]), min_size=1), max_size=5),
        st.integers(1, 7),
    )
)


def _rang(rows) -> int:
    return int(numpy.linalg.matrix_rank(numpy.array(rows))) if rows else 0


@given(GEVALLEN)
def test_against_the_rank(geval):
    counts, known, minimum = geval
    # The sum of a group without answers is zero: it is no unknown.
    names = sorted(name for name in counts if counts[name])
    rows = [[int(name in union) for name in names] for union in known]
    expected = set()
    for size in range(1, len(names) + 1):
        for union in itertools.combinations(names, size):
            extra = [[int(name in union) for name in names]]
            if sum(counts[name] for name in union) < minimum and _rang(rows + extra) == _rang(rows):
                expected.add(frozenset(union))
    assert set(afleidbaar(counts, known, minimum)) == expected


@given(GEVALLEN)
def test_after_hiding_further_nothing_small_is_derivable(geval):
    counts, also, minimum = geval
    # What is known besides may not already give something away on its own: hiding can not take that back.
    also = also if not afleidbaar(counts, also, minimum) else []
    shown = verberg_verder(counts, frozenset(counts), minimum, also)
    assert all(counts[name] >= minimum for name in shown)
    known = [*(frozenset([name]) for name in shown), *also, *([shown] if shown else [])]
    assert afleidbaar(counts, known, minimum) == []


def test_hiding_further_takes_the_smallest_group_that_helps():
    counts = {"groot": 20, "vijf": 5, "klein": 2}
    assert verberg_verder(counts, frozenset(counts), 5) == {"groot", "vijf"}
    assert verberg_verder(counts, frozenset(counts), 5, [frozenset(counts)]) == {"groot"}


def test_many_small_groups_are_checked_in_reasonable_time():
    counts = {f"g{number}": 1 + number % 4 for number in range(60)} | {f"h{number}": 9 for number in range(40)}
    shown = verberg_verder(counts, frozenset(counts), 5)
    assert len(shown) == 40


@pytest.mark.parametrize("minimum", [1, 3, 5, 8])
def test_everything_shown_has_the_minimum(minimum):
    shown = verberg_verder(GROEPEN, frozenset(GROEPEN), minimum)
    assert shown == {name for name, count in GROEPEN.items() if count >= minimum}
