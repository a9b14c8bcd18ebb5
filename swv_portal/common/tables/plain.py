"""A plain CSV file read by column, for large files that are nearly always good.

Reading by row looks at every cell; here a column is one list, and what is asked of it can be asked of all its cells at
once.  A file that is plain in nothing (a row too short, a strange header, a wrong encoding) is ``None``: read it with
``lees_tabel``, which knows the sentence that belongs to it.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

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
    rows = _rijen(bron, limits)
    if rows is None:
        return None
    header, body = rows[0], rows[1:]
    wanted = kolommen(header) if callable(kolommen) else kolommen
    placed = wanted if isinstance(wanted, Fouten) else plaats_kolommen(header, wanted, 1, "negeer")
    if isinstance(placed, Fouten) or not body or set(map(len, body)) != {len(header)}:
        return None
    columns = {place.naam: list(map(str.strip, [row[place.index] for row in body])) for place in placed}
    if any(len(max(cells, key=len)) > limits.cel for cells in columns.values()) or _heeft_lege_rij(columns, body):
        return None
    return PlatteTabel(columns, {place.naam: place.kop for place in placed}, range(2, len(body) + 2))


def _heeft_lege_rij(columns: dict[str, list[str]], body: list[list[str]]) -> bool:
    """Is there a row without any text, which is no row?  A column that is full everywhere says no at once."""
    if any("" not in cells for cells in columns.values()):
        return False
    return not all(any(map(str.strip, row)) for row in body)


def _heeft_lange_regel(text: str, most: int) -> bool:
    start = 0
    while len(text) - start > most:
        start = text.rfind("\n", start, start + most) + 1
        if not start:
            return True
    return False


def _rijen(bron: Bron, grenzen: Grenzen) -> list[list[str]] | None:
    try:
        found = platte_tekst(bron, grenzen)
    except Geweigerd:
        return None
    if found is None or len(found[0]) > MEESTE_TEKENS:
        return None
    text, delimiter = found
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
    if not rows or len(rows) - 1 > grenzen.rijen or not rows[0] or not rows[0][-1].strip():
        return None
    rows[0] = [cell.strip() for cell in rows[0]]
    return rows
