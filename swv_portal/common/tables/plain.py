"""A plain CSV file read by column, for large files that are nearly always good.

Reading by row looks at every cell; here a column is one list, and what is asked of it can be asked of all its cells at
once.  A file that is plain in nothing (a row too short, a strange header, a wrong encoding) is ``None``: read it with
``lees_tabel``, which knows the sentence that belongs to it.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress

from swv_portal.common.tables.columns import Fouten
from swv_portal.common.tables.files import Bron, platte_tekst
from swv_portal.common.tables.grenzen import Geweigerd, Grenzen
from swv_portal.common.tables.reading import Kolommen, plaats_kolommen

#: All rows are in memory at once, so a larger file is read by row.
MEESTE_TEKENS = 8_000_000


@dataclass(frozen=True)
class PlatteTabel:
    """Columns by name, each with the stripped text of every row; a column that the file lacks is absent.

    ``koppen``: the header in the file for each column.  ``nummers``: the row numbers as a person counts.
    """

    kolommen: dict[str, list[str]]
    koppen: dict[str, str]
    nummers: Sequence[int]

    def kies(self, welke: Sequence[bool]) -> "PlatteTabel":
        """Only the rows that are marked."""
        columns = {naam: list(compress(cells, welke)) for naam, cells in self.kolommen.items()}
        return PlatteTabel(columns, self.koppen, list(compress(self.nummers, welke)))


def lees_plat(bron: Bron, kolommen: Kolommen, *, grenzen: Grenzen | None = None) -> PlatteTabel | None:
    """The columns of a CSV file, or ``None`` when it must be read by row.  What a column may hold is not judged here.

    The same rows and texts as ``lees_tabel`` finds in columns of text that may be empty (where an empty cell is
    ``None``).
    """
    limits = grenzen or Grenzen()
    found = _tekst(bron, limits)
    if found is None:
        return None
    read = _zonder_aanhalingstekens(*found, limits) if '"' not in found[0] else _met_aanhalingstekens(*found, limits)
    if read is None or len(read) - 1 > limits.rijen or len(read) < 2:
        return None
    return _plaats(read, kolommen, limits)


class _Cellen:
    """All cells of a file with rows of the same length, one row after the other and the header first.

    ``stap`` is how far a cell is from the one below it: the length of a row, or more when something stands in between.
    """

    def __init__(self, cells: list[str], width: int, stap: int) -> None:
        self._cells, self.breedte, self._stap = cells, width, stap

    def __len__(self) -> int:
        return -(-len(self._cells) // self._stap)

    @property
    def koppen(self) -> list[str]:
        return [cell.strip() for cell in self._cells[: self.breedte]]

    def kolom(self, index: int) -> list[str]:
        """The stripped cells below the header in one column."""
        return list(map(str.strip, self._cells[self._stap + index :: self._stap]))


def _plaats(cells: _Cellen, kolommen: Kolommen, limits: Grenzen) -> PlatteTabel | None:
    header = cells.koppen
    wanted = kolommen(header) if callable(kolommen) else kolommen
    placed = wanted if isinstance(wanted, Fouten) else plaats_kolommen(header, wanted, 1, "negeer")
    if isinstance(placed, Fouten) or not header[-1]:
        return None
    columns = {place.naam: cells.kolom(place.index) for place in placed}
    if any(len(max(found, key=len)) > limits.cel for found in columns.values()):
        return None
    if not any("" not in found for found in columns.values()) and _heeft_lege_rij(cells):
        return None
    return PlatteTabel(columns, {place.naam: place.kop for place in placed}, range(2, len(cells) + 1))


def _heeft_lege_rij(cells: _Cellen) -> bool:
    """Is there a row without any text, which is no row?  (A column that is full everywhere says no at once.)"""
    return not all(map(any, zip(*map(cells.kolom, range(cells.breedte)), strict=True)))


def _tekst(bron: Bron, grenzen: Grenzen) -> tuple[str, str] | None:
    """The text and its delimiter."""
    try:
        found = platte_tekst(bron, grenzen)
    except Geweigerd:
        return None
    return None if found is None or len(found[0]) > MEESTE_TEKENS else found


def _zonder_aanhalingstekens(text: str, delimiter: str, grenzen: Grenzen) -> _Cellen | None:
    """Every line is a row and every delimiter ends a cell: no reader needs to look at the signs one by one.

    The end of a line becomes a cell as well, so that one look tells whether all rows are as long as the header.
    """
    ends = text.count("\r")
    if ends and text.count("\r\n") != ends:
        return None
    text = text.replace("\r\n", "\n").rstrip("\n")
    # A line that could hold a longer cell than ``csv`` reads is looked at by row.
    if _heeft_lange_regel(text, min(grenzen.rij, csv.field_size_limit())):
        return None
    rows, width = text.count("\n") + 1, text.partition("\n")[0].count(delimiter) + 1
    cells = text.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    if len(cells) != rows * (width + 1) - 1 or set(cells[width :: width + 1]) - {"\n"}:
        return None
    return _Cellen(cells, width, width + 1)


def _met_aanhalingstekens(text: str, delimiter: str, grenzen: Grenzen) -> _Cellen | None:
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = list(records)
    except csv.Error:
        return None
    # With every row on a line of its own all of the header was seen when its columns were counted.
    if records.line_num != len(rows) or _heeft_lange_regel(text, grenzen.rij):
        return None
    while rows and not rows[-1]:
        rows.pop()
    if not rows or set(map(len, rows)) != {len(rows[0])}:
        return None
    return _Cellen(list(chain.from_iterable(rows)), len(rows[0]), len(rows[0]))


def _heeft_lange_regel(text: str, most: int) -> bool:
    start = 0
    while len(text) - start > most:
        start = text.rfind("\n", start, start + most) + 1
        if not start:
            return True
    return False
