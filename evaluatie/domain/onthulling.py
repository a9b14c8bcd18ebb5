"""Can the answers of a too small group be computed from what is published?

The sums over groups of people are unknowns; each published figure that fixes such a sum is an equation.  A union of
groups is derivable exactly when its indicator vector lies in the row space of those equations, so the check is linear
algebra over exact fractions.  What is protected is every union of groups with together fewer than ``minimum`` answers,
because a sum over one or four people is as telling as a group of that size.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from swv_portal.common.lineair import Rij, geveegd, in_rijruimte

Groepen = frozenset[str]


def kleine_verenigingen(aantallen: Mapping[str, int], minimum: int) -> Iterator[Groepen]:
    """Every union of groups that has answers, but together fewer than ``minimum``.

    Groups without answers are added to it in every way: a union with such a group is a union of its own, of which the
    answers may be certain while those of the group beside it are not.
    """
    small = sorted((name, count) for name, count in aantallen.items() if count < minimum)

    def grow(start: int, taken: tuple[str, ...], total: int) -> Iterator[Groepen]:
        for index in range(start, len(small)):
            name, count = small[index]
            if total + count < minimum:
                union = (*taken, name)
                if total + count:
                    yield frozenset(union)
                yield from grow(index + 1, union, total + count)

    yield from grow(0, (), 0)


def afleidbaar(aantallen: Mapping[str, int], bekend: Collection[Groepen], minimum: int) -> list[Groepen]:
    """The too small unions whose sum follows from the known sums.

    ``aantallen``: answers per group (of disjoint groups); ``bekend``: the sets of groups of which the sum of the
    answers is known.  A rounded mean counts as a known sum: for up to ten people one decimal gives the sum away.
    Groups without answers are left out of both: their sum is zero, so a sum that includes them is a sum without them.
    """
    covered = frozenset[str]().union(*bekend) if bekend else frozenset()
    # A group that is in no known sum can be anything, and so can every union with it.
    reachable = {name: count for name, count in aantallen.items() if name in covered and count}
    if not any(count < minimum for count in reachable.values()):
        return []
    names = sorted(reachable)

    def indicator(union: Groepen) -> Rij:
        return [Fraction(int(name in union)) for name in names]

    reduced, pivots = geveegd([indicator(union) for union in bekend])
    return [
        union for union in kleine_verenigingen(reachable, minimum) if in_rijruimte(indicator(union), reduced, pivots)
    ]


def verberg_verder(
    aantallen: Mapping[str, int], getoond: Groepen, minimum: int, ook_bekend: Sequence[Groepen] = ()
) -> Groepen:
    """The groups that can be shown, with a total over exactly those groups, so that no too small union is derivable.

    Groups under ``minimum`` are always hidden.  When what else is known (``ook_bekend``) still gives a small union
    away, the smallest shown group is hidden too, and so on (secondary suppression).
    """
    shown = {name for name in getoond if aantallen[name] >= minimum}
    while shown:
        known = [*(frozenset([name]) for name in shown), frozenset(shown), *ook_bekend]
        if not afleidbaar(aantallen, known, minimum):
            break
        shown.remove(min(shown, key=lambda name: (aantallen[name], name)))
    return frozenset(shown)
