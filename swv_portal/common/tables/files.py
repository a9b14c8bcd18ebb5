"""Raw rows out of a CSV or XLSX file: encoding, delimiter and limits, before any meaning is given to them.

Nothing in a file may make the portal crash or fill its memory: too many bytes, rows, columns or characters, NUL
bytes, another encoding, a zip bomb or XML with entities are errors with a sentence.  The kind of file is told from its
content, never from its name.
"""

import csv
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import openpyxl
from openpyxl.reader.excel import ExcelReader

from swv_portal.common.money import dutch_number
from swv_portal.common.tables.columns import Fout
from swv_portal.common.tables.grenzen import ONLEESBARE_XLSX, Geweigerd, Grenzen
from swv_portal.common.tables.ingepakt import controleer_zip

Bron = bytes | Path | IO[bytes]


@dataclass(frozen=True)
class Bestand:
    """An opened file: ``rijen`` gives (row number, cells), the header row first.  Empty rows are skipped.

    ``exact``: every row of the file says itself how many cells it has (CSV), so that a shorter one is an error.
    """

    rijen: Iterator[tuple[int, list[object]]]
    exact: bool


def open_bestand(bron: Bron, grenzen: Grenzen) -> Bestand:
    """Recognise a file and give its rows one by one.  Raises ``Geweigerd``, also later, while the rows are read."""
    data = _inhoud(bron, grenzen)
    if data.startswith(b"PK\x03\x04"):
        return Bestand(_xlsx_rijen(data, grenzen), exact=False)
    return Bestand(_csv_rijen(_tekst(data), grenzen), exact=True)


def _inhoud(bron: Bron, grenzen: Grenzen) -> bytes:
    if isinstance(bron, bytes):
        data = bron
    elif isinstance(bron, Path):
        try:
            with bron.open("rb") as stream:
                data = stream.read(grenzen.bytes + 1)
        except OSError as error:
            raise Geweigerd(f"Het bestand is niet te openen ({error.strerror or 'onbekende reden'}).") from error
    else:
        data = bron.read(grenzen.bytes + 1)
    if len(data) > grenzen.bytes:
        raise Geweigerd(f"Het bestand is te groot. Het mag {grenzen.bytes // 1_000_000} MB zijn.")
    if not data.strip():
        raise Geweigerd("Het bestand is leeg.")
    return data


_ANDERE_SOORTEN = (
    (b"\xd0\xcf\x11\xe0", "Dit is een oud Excel-bestand (.xls) of het heeft een wachtwoord."),
    (b"%PDF", "Dit is een PDF."),
    (b"\x89PNG", "Dit is een afbeelding."),
    (b"\xff\xd8\xff", "Dit is een afbeelding."),
)
#: Control characters, which are one byte in UTF-8 as in cp1252; a tab and the ends of a line are allowed.
_BESTURING = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})


def geen_tekst(data: bytes) -> Fout | None:
    """Why a file that is not XLSX is no text in which a table can be; ``None`` when it is text."""
    try:
        _tekst(data)
    except Geweigerd as stop:
        return stop.fout
    return None


def _tekst(data: bytes) -> str:
    for start, zin in _ANDERE_SOORTEN:
        if data.startswith(start):
            raise Geweigerd(f"{zin} Sla het op als CSV of XLSX.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Geweigerd("Het bestand is opgeslagen als UTF-16. Sla het op als CSV UTF-8 of als XLSX.")
    nul = data.find(b"\0")
    if nul >= 0:
        regel = data.count(b"\n", 0, nul) + 1
        raise Geweigerd("Hier staat een NUL-teken. Dit is geen tekstbestand. Sla het op als CSV UTF-8 of XLSX.", regel)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            regel = data.count(b"\n", 0, error.start) + 1
            raise Geweigerd("Hier staan tekens die niet te lezen zijn. Sla het op als CSV UTF-8.", regel) from error
    if len(data.translate(None, _BESTURING)) < len(data):
        first = next(at for at, byte in enumerate(data) if byte in _BESTURING)
        raise Geweigerd("Hier staan tekens die niet in een tekstbestand horen.", data.count(b"\n", 0, first) + 1)
    return text


_SCHEIDINGSTEKENS = ";,\t"
_MELDING = re.compile(r"sep=([;,\t])\s*", re.IGNORECASE)


def _scheidingsteken(kop: str) -> str:
    """The character that occurs most in the header outside quotes; ``;`` when they tie."""
    outside = re.sub(r'"[^"]*"', "", kop)
    return max(_SCHEIDINGSTEKENS, key=outside.count)


class _Regels:
    """The lines of a text for ``csv.reader``, which stops a record (however many lines) that grows too long."""

    def __init__(self, text: str, grenzen: Grenzen) -> None:
        self._lines = io.StringIO(text, newline="")
        self._most = grenzen.rij
        self.lengte = 0
        self.record = 0

    def __iter__(self) -> "_Regels":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.lengte += len(line)
        if self.lengte > self._most:
            raise Geweigerd("Deze rij is te lang. Mist er een aanhalingsteken of een regeleinde?", self.record + 1)
        return line


def _kop(text: str, grenzen: Grenzen) -> tuple[str, bool]:
    """The delimiter, and whether the first line does nothing but name it."""
    first = io.StringIO(text, newline=None).readline().rstrip("\n")
    said = _MELDING.fullmatch(first)
    delimiter = said[1] if said else _scheidingsteken(first)
    if first.count(delimiter) >= grenzen.kolommen:
        raise Geweigerd(f"Het bestand heeft te veel kolommen. Het mogen er {grenzen.kolommen} zijn.", 1)
    return delimiter, said is not None


def platte_tekst(bron: Bron, grenzen: Grenzen) -> tuple[str, str] | None:
    """The text of a CSV file that begins with its header, and its delimiter; ``None`` for another file.

    Raises ``Geweigerd`` as ``open_bestand`` does.
    """
    data = _inhoud(bron, grenzen)
    if data.startswith(b"PK\x03\x04"):
        return None
    text = _tekst(data)
    delimiter, said = _kop(text, grenzen)
    if said or text.count(delimiter) > grenzen.kolommen * (text.count("\n") + 1):
        return None
    return text, delimiter


def _csv_rijen(text: str, grenzen: Grenzen) -> Iterator[tuple[int, list[object]]]:
    delimiter, said = _kop(text, grenzen)
    lines = _Regels(text, grenzen)
    records = csv.reader(lines, delimiter=delimiter, strict=True)
    kept = 0
    while True:
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise Geweigerd(_waarom_niet(error), lines.record + 1) from error
        lines.record += 1
        lines.lengte = 0
        if said and lines.record == 1:
            continue
        stripped: list[object] = list(map(str.strip, cells))
        if not any(stripped):
            continue
        kept = _tel(kept, len(stripped), lines.record, grenzen)
        yield lines.record, stripped


def _waarom_niet(error: csv.Error) -> str:
    if str(error).startswith("field larger than field limit"):
        most = dutch_number(csv.field_size_limit())
        return f"Een cel in deze rij heeft meer dan {most} tekens. Mist er een aanhalingsteken of een scheidingsteken?"
    return "Deze rij is niet te lezen. Controleer de aanhalingstekens."


def _tel(kept: int, width: int, nummer: int, grenzen: Grenzen) -> int:
    if width > grenzen.kolommen:
        raise Geweigerd(f"Deze rij heeft te veel kolommen. Het mogen er {grenzen.kolommen} zijn.", nummer)
    if kept > grenzen.rijen:
        raise Geweigerd(f"Het bestand heeft te veel rijen. Het mogen er {grenzen.rijen} zijn.", nummer)
    return kept + 1


#: No sheet can have more rows than this.
_MEESTE_XLSX_RIJEN = 1_048_576


def _xlsx_rijen(data: bytes, grenzen: Grenzen) -> Iterator[tuple[int, list[object]]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that do not matter here
            book = _open_xlsx(data, controleer_zip(data, grenzen))
            try:
                yield from _blad_rijen(book, grenzen)
            finally:
                book.close()
    except Geweigerd:
        raise
    except Exception as error:  # whatever a hostile or damaged file makes the library raise
        raise Geweigerd(ONLEESBARE_XLSX) from error


def _open_xlsx(data: bytes, delen: set[str]) -> openpyxl.Workbook:
    """The workbook, of which openpyxl sees only the parts with these names."""
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.valid_files = [name for name in reader.valid_files if name in delen]
    for name in set(reader.archive.NameToInfo) - delen:
        del reader.archive.NameToInfo[name]
    reader.read()
    return reader.wb


def _blad_rijen(book: openpyxl.Workbook, grenzen: Grenzen) -> Iterator[tuple[int, list[object]]]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise Geweigerd("Het bestand heeft geen zichtbaar werkblad.")
    sheet = sheets[0]
    sheet.reset_dimensions()
    kept, last, empty = 0, grenzen.rijen * 2, (None,) * (grenzen.kolommen + 1)
    # Programs end a sheet with an empty row at the very end; only what is written there is too far away.
    rows = sheet.iter_rows(max_col=grenzen.kolommen + 1, max_row=_MEESTE_XLSX_RIJEN + 1, values_only=True)
    for nummer, row in enumerate(rows, start=1):
        if row == empty and nummer <= _MEESTE_XLSX_RIJEN:
            continue
        if nummer > last:
            raise Geweigerd(f"Na rij {last} staat nog iets. Haal de lege rijen ertussen weg.", nummer)
        cells = [_cel(value) for value in row]
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            continue
        kept = _tel(kept, len(cells), nummer, grenzen)
        yield nummer, cells


def _cel(value: object) -> object:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else value
