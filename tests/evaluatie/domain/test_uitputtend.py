"""Nothing of a small group can be computed: every possible round of a few people, seen through what is published.

The reader of this test knows the whole publication and these rules: rounds with an equal publication are alike, and
what is the same in all of them is certain.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

import pytest

from evaluatie.domain.uitkomsten import Groep, publiceer
from evaluatie.domain.vragenlijst import Optie, Vraag, Vraagsoort, keuzevraag

#: Per group how many chose each option, and last how many gave no answer.
Wereld = tuple[tuple[int, ...], ...]


def score(hoogste: int, *, verdeling: bool = True) -> Vraag:
    opties = tuple(Optie(str(value), str(value), value) for value in range(hoogste + 1))
    return Vraag("vraag", "Vraag?", Vraagsoort.SCORE, opties, verdeling=verdeling)


JA_NEE = keuzevraag("vraag", "Vraag?", ("ja", "nee"))
MEER_OPTIES = keuzevraag("vraag", "Vraag?", ("ja", "twijfel", "anders"))


def _verdeeld(people: int, options: int) -> Iterator[tuple[int, ...]]:
    if options == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in _verdeeld(people - first, options - 1):
            yield (first, *rest)


def _publicatie(vraag: Vraag, world: Wereld, minimum: int) -> object:
    names = "abcde"[: len(world)]
    counts = {
        (name, vraag.code, optie.waarde): count
        for name, row in zip(names, world, strict=True)
        for optie, count in zip(vraag.opties, row, strict=False)
    }
    return publiceer([vraag], [Groep(n, sum(row)) for n, row in zip(names, world, strict=True)], counts, minimum)


def _figuren(vraag: Vraag, counts: Sequence[int]) -> list[Fraction]:
    """What may not be certain: the share of every option, and the mean of a score."""
    n = sum(counts)
    shares = [Fraction(count, n) for count in counts]
    if vraag.soort is Vraagsoort.KEUZE:
        return shares
    return [*shares, Fraction(sum((o.score or 0) * c for o, c in zip(vraag.opties, counts, strict=True)), n)]


def _zeker(vraag: Vraag, alike: Sequence[Wereld], union: Sequence[int], minimum: int) -> bool:
    """Is a figure of ``union`` the same in every round in which somebody in it answered?

    A share of zero is no secret, because often nobody at all chose the option; a mean of zero is one.
    """
    rows = [[sum(column) for column in zip(*(world[i][:-1] for i in union), strict=True)] for world in alike]
    answered = [row for row in rows if sum(row)]
    if not any(sum(row) < minimum for row in answered):
        return False
    options = len(vraag.opties)
    for place, values in enumerate(zip(*(_figuren(vraag, row) for row in answered), strict=True)):
        if len(set(values)) == 1 and (values[0] or place >= options):
            return True
    return False


def _lekken(vraag: Vraag, sizes: Sequence[int], minimum: int) -> tuple[list[tuple[Wereld, tuple[int, ...]]], int]:
    """Every union of which something is certain, with a round in which it is, and how many tables are published."""
    published = defaultdict(list)
    for world in itertools.product(*(list(_verdeeld(size, len(vraag.opties) + 1)) for size in sizes)):
        published[_publicatie(vraag, world, minimum)].append(world)
    unions = [u for size in range(1, len(sizes) + 1) for u in itertools.combinations(range(len(sizes)), size)]
    leaks = [
        (alike[0], union) for alike in published.values() for union in unions if _zeker(vraag, alike, union, minimum)
    ]
    return leaks, sum(1 for (found,) in published if found.verdeling is not None)


@pytest.mark.parametrize(
    ("vraag", "sizes", "minimum"),
    [
        (score(2), (3, 1, 1), 2),
        (score(2), (3, 2, 1), 3),
        (score(2), (3, 3, 1), 3),
        (score(2), (4, 1, 1, 1), 3),
        (score(3), (4, 2), 3),
        (score(1), (5, 3, 1), 4),
        (JA_NEE, (3, 1), 2),
        (JA_NEE, (5, 2, 1), 3),
        (JA_NEE, (6, 4, 1, 1), 5),
        (MEER_OPTIES, (3, 2, 1), 3),
        (MEER_OPTIES, (5, 4), 5),
    ],
)
def test_nothing_of_a_small_union_is_certain(vraag, sizes, minimum):
    leaks, shown = _lekken(vraag, sizes, minimum)
    assert leaks == []
    assert shown >= 10


def test_without_the_table_of_scores_the_hidden_answers_are_free():
    assert _lekken(score(2, verdeling=False), (3, 2, 1), 3)[0] == []


def test_the_table_of_a_group_that_answered_beside_one_that_did_not():
    """Five times a 5, then 1, 2, 4, 3, and one person without an answer: what is not of the first is of the others."""
    first, second, third = (0, 0, 0, 0, 0, 5, 0), (0, 1, 1, 1, 1, 0, 0), (0, 0, 0, 0, 0, 0, 1)
    ((found,)) = _publicatie(score(5), (first, second, third), 5)
    assert found.verdeling is None
    assert found.verdeling_verborgen
