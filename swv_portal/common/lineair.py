"""What follows from sums that are known: linear algebra over exact fractions, for hiding what must not be computed."""

from collections.abc import Sequence
from fractions import Fraction

Rij = list[Fraction]


def geveegd(rows: Sequence[Rij]) -> tuple[list[Rij], list[int]]:
    """Gauss-Jordan elimination: the reduced rows and the column of each one's leading 1."""
    rows = [list(row) for row in rows]
    pivots: list[int] = []
    width = len(rows[0]) if rows else 0
    for column in range(width):
        top = len(pivots)
        found = next((index for index in range(top, len(rows)) if rows[index][column]), None)
        if found is None:
            continue
        rows[top], rows[found] = rows[found], rows[top]
        lead = rows[top][column]
        rows[top] = [value / lead for value in rows[top]]
        for index, row in enumerate(rows):
            factor = row[column]
            if index != top and factor:
                rows[index] = [value - factor * base for value, base in zip(row, rows[top], strict=True)]
        pivots.append(column)
    return rows[: len(pivots)], pivots


def in_rijruimte(vector: Rij, reduced: Sequence[Rij], pivots: Sequence[int]) -> bool:
    """Does ``vector`` follow from the rows that ``geveegd`` reduced?"""
    rest = vector
    for row, column in zip(reduced, pivots, strict=True):
        factor = rest[column]
        if factor:
            rest = [value - factor * base for value, base in zip(rest, row, strict=True)]
    return not any(rest)
