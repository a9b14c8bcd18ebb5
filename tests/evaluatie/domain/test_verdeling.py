"""The proof of doubt against an oracle that tries every possible set of answers."""

import itertools
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluatie.domain.afronding import half_omhoog
from evaluatie.domain.onthulling import kleine_verenigingen
from evaluatie.domain.verdeling import verdeling_is_veilig

SCORES = (0, 1, 2)
#: What may happen to an answer: one of the scores, or none.
ANTWOORDEN = (*SCORES, None)

Wereld = tuple[tuple[int | None, ...], ...]


def _gegeven(groep) -> list[int]:
    return [answer for answer in groep if answer is not None]


def _publicatie(world: Wereld, minimum: int) -> tuple:
    """All that everybody can see of a world, apart from the respondents per group and the distribution."""
    shown = [_gegeven(group) for group in world if len(_gegeven(group)) >= minimum]
    means = tuple(
        half_omhoog(sum(_gegeven(group)), len(_gegeven(group))) if len(_gegeven(group)) >= minimum else None
        for group in world
    )
    total = half_omhoog(sum(map(sum, shown)), sum(map(len, shown))) if shown else None
    return means, total


def _werelden(world: Wereld):
    """Every other way to deal the same answers to the same people."""
    sizes = [len(group) for group in world]
    answers = [answer for group in world for answer in group]
    for dealt in set(itertools.permutations(answers)):
        rest = iter(dealt)
        yield tuple(tuple(itertools.islice(rest, size)) for size in sizes)


def _afleidbaar(world: Wereld, minimum: int) -> bool:
    """Is the mean of some too small union the same in every world that looks like this one?"""
    published = _publicatie(world, minimum)
    alike = [other for other in _werelden(world) if _publicatie(other, minimum) == published]
    counts = {str(index): len(_gegeven(group)) for index, group in enumerate(world)}
    hidden = {name: count for name, count in counts.items() if count < minimum}
    for union in kleine_verenigingen(hidden, minimum):
        means = set()
        for other in alike:
            given = [answer for name in union for answer in _gegeven(other[int(name)])]
            means.add(Fraction(sum(given), len(given)) if given else None)
        if len(means) == 1:
            return True
    return False


def _rijen(world: Wereld) -> dict[str, list[int]]:
    return {str(index): [group.count(answer) for answer in ANTWOORDEN] for index, group in enumerate(world)}


GROEP = st.lists(st.sampled_from(ANTWOORDEN), min_size=1, max_size=3).map(tuple)
WERELD = st.lists(GROEP, min_size=1, max_size=4).map(tuple).filter(lambda world: sum(map(len, world)) <= 7)


@settings(max_examples=300)
@given(WERELD, st.integers(1, 3))
def test_what_is_called_safe_is_never_derivable(world, minimum):
    if verdeling_is_veilig(_rijen(world), SCORES, minimum):
        assert not _afleidbaar(world, minimum)


def test_the_proof_is_not_needlessly_strict():
    """Of a fixed set of small worlds, the proof finds at least nine out of ten of those that are not derivable."""
    safe = proven = 0
    for first in itertools.product(ANTWOORDEN, repeat=3):
        for second in itertools.product(ANTWOORDEN, repeat=1):
            world = (first, second, (1, 2))
            if not _afleidbaar(world, 2):
                safe += 1
                proven += verdeling_is_veilig(_rijen(world), SCORES, 2)
    assert safe > 50
    assert proven >= 0.9 * safe


def test_without_hidden_groups_there_is_nothing_to_derive():
    assert verdeling_is_veilig({"a": [0, 3, 2, 0], "b": [1, 1, 3, 0]}, SCORES, 5)


def test_everybody_answered_so_the_rest_is_a_subtraction():
    assert not verdeling_is_veilig({"a": [2, 2, 2, 0], "b": [1, 0, 1, 0]}, SCORES, 5)


def test_who_all_gave_the_same_answer_is_not_safe():
    assert not verdeling_is_veilig({"a": [0, 9, 0, 0], "b": [0, 2, 0, 0]}, SCORES, 5)


def test_a_large_group_gives_enough_doubt():
    assert verdeling_is_veilig({"a": [40, 40, 40, 0], "b": [1, 1, 0, 0]}, SCORES, 5)


def test_too_many_unions_to_try_is_not_safe():
    rows = {f"g{number}": [1, 0, 0, 0] for number in range(60)} | {"groot": [500, 500, 500, 5]}
    assert not verdeling_is_veilig(rows, SCORES, 5)
