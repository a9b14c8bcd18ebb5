"""Counts of pupils: an exact number, or 'fewer than five' where DUO hides a small number.

Source: DUO, 'leerlingen per vestiging': the column LEERLINGEN_2023 is the count on 1 February 2023; a number of one to
four is published as '<5'.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

#: Above this a count is a typing error; the largest primary school of the country has some two thousand pupils.
MEESTE_LEERLINGEN = 9_999


@dataclass(frozen=True)
class Aantal:
    """``aantal`` is the number, or ``None`` when it is only known to be one to four (``minder_dan_vijf``)."""

    aantal: int | None
    minder_dan_vijf: bool = False

    @property
    def tekst(self) -> str:
        return "<5" if self.minder_dan_vijf else f"{self.aantal:,}".replace(",", ".")


@lru_cache(maxsize=1024)
def lees_aantal(cel: str) -> Aantal | None:
    """A cell of DUO: '124', '<5' or '< 5'; an empty cell is zero.  ``None`` when it is not a count."""
    cel = cel.strip().replace(" ", "")
    if cel == "":
        return Aantal(0)
    if cel == "<5":
        return Aantal(None, True)
    if cel.isascii() and cel.isdigit() and len(cel) < 10 and int(cel) <= MEESTE_LEERLINGEN:
        return Aantal(int(cel))
    return None


def teldatum(jaar: int) -> date:
    """The teldatum that belongs to the column LEERLINGEN_<jaar>: 1 February of that year (DUO, toelichting)."""
    return date(jaar, 2, 1)


@dataclass(frozen=True)
class Som:
    """A sum of counts.  ``onbekend`` is how many of them were 'fewer than five' and so are not in ``aantal``."""

    aantal: int
    onbekend: int

    @property
    def tekst(self) -> str:
        text = f"{self.aantal:,}".replace(",", ".")
        if not self.onbekend:
            return text
        return f"{text} (en {self.onbekend} keer minder dan 5)"


def tel_op(aantallen: Iterable[Aantal]) -> Som:
    """Add up counts without inventing numbers for the hidden ones."""
    whole = unknown = 0
    for one in aantallen:
        if one.aantal is None:
            unknown += 1
        else:
            whole += one.aantal
    return Som(whole, unknown)
