"""Worlds: sets of answers that nobody outside can tell apart, because the same is published of each of them.

A world is a row per group: how many gave each score, and last how many gave no answer.  Two worlds are neighbours when
one comes from the other by two people in different groups exchanging their answers ('no answer' is one of them): the
table over all respondents is then the same by itself, and the rest of the publication is compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from evaluatie.domain.afronding import half_omhoog
from evaluatie.domain.onthulling import Groepen, kleine_verenigingen

Wereld = tuple[tuple[int, ...], ...]
#: Per group the exchanges ``(given away, received)`` of one person's answer that leave the publication as it is.
Wijzigingen = list[set[tuple[int, int]]]


class Werelden:
    """The worlds of one question with the respondents and scores of ``rijen``; groups are in order of their names."""

    def __init__(self, rijen: Mapping[str, Sequence[int]], scores: Sequence[int], minimum: int) -> None:
        self.minimum = minimum
        self.waarden = [*scores, 0]
        self.namen = sorted(rijen)
        self.echt: Wereld = tuple(tuple(rijen[name]) for name in self.namen)
        self._wijzigingen: dict[Wereld, Wijzigingen] = {}
        self._gezien: dict[tuple[Wereld, Groepen], tuple[int, ...]] = {}

    def kleine_verenigingen(self, world: Wereld) -> Iterator[Groepen]:
        """Every union with answers, but fewer than the minimum.

        A group without answers is a part of it too: that it has none is not published, but the number of answers and
        their sum over a union can be certain while those of its parts are not.
        """
        answers = {name: sum(row[:-1]) for name, row in zip(self.namen, world, strict=True)}
        return kleine_verenigingen(answers, self.minimum)

    def cijfers(self, world: Wereld, union: Groepen) -> tuple[int, ...]:
        """The answers in ``union``: how many, their sum, and how many of each score."""
        if (world, union) not in self._gezien:
            rows = [row for name, row in zip(self.namen, world, strict=True) if name in union]
            self._gezien[world, union] = self._cijfers([sum(column) for column in zip(*rows, strict=True)])
        return self._gezien[world, union]

    def is_buur(self, world: Wereld, other: Wereld, union: Groepen, figuur: int) -> bool:
        """Is ``other``, a world of the same publication, among ``buren`` of ``world`` for this union and figure?"""
        one, two = self.cijfers(world, union), self.cijfers(other, union)
        return two[0] > 0 and one[figuur] * two[0] != two[figuur] * one[0] and _is_ruil(world, other)

    def _cijfers(self, row: Sequence[int]) -> tuple[int, ...]:
        return (sum(row[:-1]), sum(value * count for value, count in zip(self.waarden, row, strict=True)), *row[:-1])

    def buren(self, world: Wereld, union: Groepen, figuur: int) -> Iterator[Wereld]:
        """The neighbours in which the exact value of one figure of ``union`` is another one.

        ``figuur``: the place in ``cijfers``; divided by the number of answers it is the mean or the share of a score.
        A neighbour in which nobody in the union answered is none: 'they gave a 3, or nothing' says too much.
        """
        changes = self._wijzigingen_van(world)
        inside = [index for index, name in enumerate(self.namen) if name in union]
        outside = [index for index, name in enumerate(self.namen) if name not in union]
        before = self.cijfers(world, union)
        none = len(self.waarden) - 1
        for weg, bij in sorted(set[tuple[int, int]]().union(*(changes[index] for index in inside))):
            n = before[0] - (weg != none) + (bij != none)
            value = before[figuur] + self._telt(figuur, bij) - self._telt(figuur, weg)
            if n == 0 or value * before[0] == before[figuur] * n:
                continue
            givers = [index for index in inside if (weg, bij) in changes[index]]
            for other in (index for index in outside if (bij, weg) in changes[index]):
                for giver in givers:
                    yield _geruild(world, giver, other, weg, bij)

    def _telt(self, figuur: int, antwoord: int) -> int:
        """What one person with this answer adds to a figure: its value to the sum, one to the count of its score."""
        return self.waarden[antwoord] if figuur == 1 else int(antwoord == figuur - 2)

    def _wijzigingen_van(self, world: Wereld) -> Wijzigingen:
        if world not in self._wijzigingen:
            sums = [(n, som) for n, som, *_ in map(self._cijfers, world)]
            shown = [total for total in sums if total[0] >= self.minimum]
            total = (sum(n for n, _ in shown), sum(som for _, som in shown))
            self._wijzigingen[world] = [self._mag(row, own, total) for row, own in zip(world, sums, strict=True)]
        return self._wijzigingen[world]

    def _mag(self, row: Sequence[int], own: tuple[int, int], total: tuple[int, int]) -> set[tuple[int, int]]:
        return {
            (weg, bij)
            for weg, count in enumerate(row)
            for bij in range(len(row))
            if count and weg != bij and self._zelfde_publicatie(own, total, weg, bij)
        }

    def _zelfde_publicatie(self, own: tuple[int, int], total: tuple[int, int], weg: int, bij: int) -> bool:
        """Does a group stay hidden, or shown with the same means, when one of it answers ``bij`` instead of ``weg``?"""
        none = len(self.waarden) - 1
        more, extra = (weg == none) - (bij == none), self.waarden[bij] - self.waarden[weg]
        after = own[0] + more
        if own[0] < self.minimum or after < self.minimum:
            return own[0] < self.minimum and after < self.minimum
        return all(_gemiddelde(n, som) == _gemiddelde(n + more, som + extra) for n, som in (own, total))


def _gemiddelde(n: int, som: int) -> Decimal:
    """As it is published."""
    return half_omhoog(som, n)


def _geruild(world: Wereld, giver: int, other: int, weg: int, bij: int) -> Wereld:
    rows = [list(row) for row in world]
    rows[giver][weg] -= 1
    rows[giver][bij] += 1
    rows[other][bij] -= 1
    rows[other][weg] += 1
    return tuple(tuple(row) for row in rows)


def _is_ruil(world: Wereld, other: Wereld) -> bool:
    changed = [(one, two) for one, two in zip(world, other, strict=True) if one != two]
    return len(changed) == 2 and all(
        sum(abs(before - after) for before, after in zip(one, two, strict=True)) == 2 for one, two in changed
    )
