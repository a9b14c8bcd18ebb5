"""From rows to typed values: find the header, match the columns, read every cell, and all errors or no errors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from swv_portal.common.money import dutch_count
from swv_portal.common.tables.columns import Fout, Fouten, Kolom, Lezer, Onleesbaar, als_tekst, kort, normaliseer
from swv_portal.common.tables.files import Bestand, Bron, open_bestand
from swv_portal.common.tables.grenzen import Geweigerd, Grenzen

#: More errors than this are counted, not kept.
MEEST = 100


@dataclass(frozen=True, slots=True)
class Rij:
    """One row: ``nummer`` as a person counts (the header is row 1), ``waarden`` by the names of the columns."""

    nummer: int
    waarden: dict[str, object]

    def __getitem__(self, naam: str) -> object:
        return self.waarden[naam]


@dataclass(frozen=True)
class Tabel:
    """A file that was read whole.  ``koppen``: the header in the file for each column's name that is present."""

    rijen: list[Rij]
    koppen: dict[str, str]


#: The columns, or a function that decides on the header (for a file with, say, one column per year).
Kolommen = Sequence[Kolom] | Callable[[list[str]], Sequence[Kolom] | Fouten]
#: What else is wrong with a row.  It gets every row; what could not be read, or has no column, is not in ``waarden``.
Rijcontrole = Callable[[Rij], Iterable[Fout]]


def lees_tabel(
    bron: Bron,
    kolommen: Kolommen,
    *,
    grenzen: Grenzen | None = None,
    onbekend: str = "negeer",
    controleer: Rijcontrole | None = None,
) -> Tabel | Fouten:
    """Read a CSV or XLSX file (bytes, path or open file) of which the first row that is not empty is the header.

    ``onbekend``: what happens to a column that is not asked for, ``negeer`` or ``weiger``.  Answers a ``Tabel`` with
    every row, or ``Fouten``: never a part.  A file without rows under the header is refused.  With ``controleer`` all
    that is wrong is said at once: the header, the cells, and what ``controleer`` finds in the rows.
    """
    limits = grenzen or Grenzen()
    try:
        return _lees(open_bestand(bron, limits), kolommen, limits, onbekend, controleer)
    except Geweigerd as stop:
        return Fouten((stop.fout,))


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where a column stands in a file, and how its cells are read."""

    index: int
    naam: str
    kop: str
    leeg: bool
    lees: Lezer


def _lees(
    bestand: Bestand, kolommen: Kolommen, grenzen: Grenzen, onbekend: str, controleer: Rijcontrole | None
) -> Tabel | Fouten:
    first = next(bestand.rijen, None)
    if first is None:
        raise Geweigerd("Het bestand is leeg.")
    header_row, cells = first
    header = [als_tekst(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    wanted = kolommen(header) if callable(kolommen) else kolommen
    if isinstance(wanted, Fouten):
        return wanted
    placed, found = _plaats(header, wanted, header_row, onbekend)
    if found and controleer is None:
        return _fouten(found)
    errors, more = found[:MEEST], len(found[MEEST:])
    # Without a column that has to be there, nothing is said about its cells.
    missing = {kolom.naam: None for kolom in wanted if not kolom.aanwezig} if len(placed) < len(wanted) else {}
    rows: list[Rij] = []
    for nummer, values in bestand.rijen:
        row = Rij(nummer, dict(missing))
        wrong = _lees_rij(row, values, placed, len(header), bestand.exact, grenzen.cel)
        if controleer is not None:
            wrong = [*wrong, *controleer(row)]
        if wrong:
            room = max(0, MEEST - len(errors))
            errors.extend(wrong[:room])
            more += len(wrong[room:])
        else:
            rows.append(row)
    if errors:
        return Fouten(tuple(errors), more)
    if not rows:
        return Fouten((Fout(header_row, None, "Onder de koppen staan geen rijen."),))
    return Tabel(rows, {place.naam: place.kop for place in placed})


def _fouten(errors: Sequence[Fout]) -> Fouten:
    return Fouten(tuple(errors[:MEEST]), max(0, len(errors) - MEEST))


def plaats_kolommen(header: list[str], wanted: Sequence[Kolom], nummer: int, onbekend: str) -> list[Plaats] | Fouten:
    """Where each column stands in the header of row ``nummer``."""
    placed, errors = _plaats(header, wanted, nummer, onbekend)
    return _fouten(errors) if errors else placed


def _plaats(header: list[str], wanted: Sequence[Kolom], nummer: int, onbekend: str) -> tuple[list[Plaats], list[Fout]]:
    """The columns that are there, and what is wrong with the header."""
    accepted = {normaliseer(name): kolom for kolom in wanted for name in (kolom.naam, *kolom.koppen)}
    errors: list[Fout] = []
    places: dict[str, Plaats] = {}
    seen: set[str] = set()
    for index, kop in enumerate(header):
        name = normaliseer(kop)
        kolom = accepted.get(name)
        if not name:
            errors.append(Fout(nummer, str(index + 1), "Deze kolom heeft geen kop."))
        elif name in seen or (kolom is not None and kolom.naam in places):
            errors.append(Fout(nummer, kort(kop), "Deze kolom staat er twee keer in."))
        elif kolom is not None:
            places[kolom.naam] = Plaats(index, kolom.naam, kop, kolom.leeg, kolom.lezer())
        elif onbekend == "weiger":
            errors.append(Fout(nummer, kort(kop), "Deze kolom is niet bekend."))
        seen.add(name)
    for kolom in wanted:
        if kolom.aanwezig and kolom.naam not in places:
            errors.append(Fout(nummer, (kolom.koppen or (kolom.naam,))[0], "Deze kolom ontbreekt."))
    return list(places.values()), errors


def _lees_rij(rij: Rij, values: list[object], places: list[Plaats], width: int, exact: bool, cel: int) -> list[Fout]:
    """Put what the cells hold into ``rij``; answers what is wrong with them."""
    nummer, found = rij.nummer, rij.waarden
    if len(values) != width:
        if any(value != "" for value in values[width:]) or (exact and len(values) < width):
            cells, heads = dutch_count(len(values), "cel", "cellen"), dutch_count(width, "kop", "koppen")
            return [Fout(nummer, None, f"Deze rij heeft {cells}, er {'is' if width == 1 else 'zijn'} {heads}.")]
        values = [*values, *[""] * (width - len(values))]
    errors: list[Fout] = []
    for place in places:
        value = values[place.index]
        if value == "":
            if not place.leeg:
                errors.append(Fout(nummer, place.kop, "Deze cel mag niet leeg zijn."))
            else:
                found[place.naam] = None
            continue
        if isinstance(value, str) and len(value) > cel:
            errors.append(Fout(nummer, place.kop, f"De tekst heeft {len(value)} tekens. Er passen er {cel}."))
            continue
        read = place.lees(value)
        if isinstance(read, Onleesbaar):
            errors.append(Fout(nummer, place.kop, read.zin))
        else:
            found[place.naam] = read
    return errors
