"""Keeping back what is about fewer than five pupils, so that it can not be computed from the other figures either.

A figure is a sum of unknowns: how many pupils answer to one pattern of definitions, in one class of one split.  What is
published gives equations; whatever follows from these can be computed by a reader.  As long as a sum of one to four
pupils follows, one more figure is kept back, the smallest first.  Guarded are every figure, every difference of two
definitions in the same class, and what together is left of a split when the shown classes go off its total.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ondersteuning.domain.aanwezigheid import DEFINITIES
from ondersteuning.domain.kwartaalrapport import PATRONEN, SPLITSINGEN, Cel, Geteld, tel
from swv_portal.common.lineair import Rij, geveegd, in_rijruimte

#: Fewer than this many pupils could be recognised.
MINIMUM = 5


def verberg(leerlingen: Sequence[Geteld]) -> dict[Cel, int | None]:
    """The figures as somebody outside the SWV may see them: ``None`` for what is kept back.  Nobody (0) may be told."""
    figures = tel(leerlingen)
    space = _Ruimte(figures)
    shown = {cell for cell, number in figures.items() if not 0 < number < MINIMUM}
    while (leak := _lek(space, figures, shown)) is not None:
        shown.remove(_minst_jammer(leak, figures, shown))
    return {cell: number if cell in shown else None for cell, number in figures.items()}


class _Ruimte:
    """The unknowns, a column each, and every figure as a row over them."""

    def __init__(self, cellen: Mapping[Cel, int]) -> None:
        self.klassen = {split: sorted({c.klasse for c in cellen if c.splitsing == split}) for split in SPLITSINGEN}
        self.kolommen = [
            (split, code, pattern) for split, codes in self.klassen.items() for code in codes for pattern in PATRONEN
        ]
        self.rijen = {cell: self._rij(cell) for cell in cellen}
        #: Every split divides the same pupils: per pattern its classes add up to the same number.
        self.vast = [self._gelijk(one, pattern) for one in list(SPLITSINGEN)[1:] for pattern in PATRONEN]

    def _rij(self, cel: Cel) -> Rij:
        split = cel.splitsing or next(iter(SPLITSINGEN))
        return [
            Fraction(cel.definitie in pattern and own == split and (not cel.splitsing or code == cel.klasse))
            for own, code, pattern in self.kolommen
        ]

    def _gelijk(self, splitsing: str, patroon: frozenset[str]) -> Rij:
        first = next(iter(SPLITSINGEN))
        signs = {first: Fraction(1), splitsing: Fraction(-1)}
        return [signs.get(own, Fraction(0)) if pattern == patroon else Fraction(0) for own, _, pattern in self.kolommen]


#: A sum that may not follow: the figures that it is made of, each with its sign.
_Som = Mapping[Cel, int]


def _lek(space: _Ruimte, figures: Mapping[Cel, int], shown: set[Cel]) -> _Som | None:
    """A sum of one to four pupils that follows from what is shown, or ``None``."""
    reduced, pivots = geveegd([*space.vast, *(space.rijen[cell] for cell in sorted(shown))])
    for total in _sommen(figures, shown):
        size = abs(sum(sign * figures[cell] for cell, sign in total.items()))
        if 0 < size < MINIMUM and in_rijruimte(_rij_van(space, total), reduced, pivots):
            return total
    return None


def _rij_van(space: _Ruimte, total: _Som) -> Rij:
    rows = [[sign * value for value in space.rijen[cell]] for cell, sign in total.items()]
    return [sum(column, Fraction(0)) for column in zip(*rows, strict=True)]


def _sommen(figures: Mapping[Cel, int], shown: set[Cel]) -> Iterator[_Som]:
    """Every sum that is guarded."""
    names = list(DEFINITIES)
    for cell in figures:
        yield {cell: 1}
        for other in names[names.index(cell.definitie) + 1 :]:
            yield {cell: 1, Cel(other, cell.splitsing, cell.klasse): -1}
    for name in names:
        for split in SPLITSINGEN:
            hidden = [c for c in figures if (c.definitie, c.splitsing) == (name, split) and c not in shown]
            if hidden:
                yield dict.fromkeys(hidden, 1)


def _minst_jammer(leak: _Som, figures: Mapping[Cel, int], shown: set[Cel]) -> Cel:
    """What to keep back next: the smallest shown figure of the same definitions, in that split before its total.

    When nothing of these is shown any more the leak comes from elsewhere: then the smallest of all.
    """
    names, splits = {cell.definitie for cell in leak}, {cell.splitsing for cell in leak}

    def order(cell: Cel) -> tuple[bool, bool, bool, int, Cel]:
        near = cell.definitie in names
        return (not near, cell.splitsing not in splits, figures[cell] == 0, figures[cell], cell)

    return min(shown, key=order)
