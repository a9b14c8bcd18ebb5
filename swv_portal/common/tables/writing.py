"""Tables out: CSV for machines or for Dutch spreadsheets, and XLSX.

Values are ``str``, ``int``, ``Decimal``, ``date``, ``bool`` or ``None``.  Text that a spreadsheet would take for a
formula stays text: with an apostrophe before it in CSV, as a cell of the text type in XLSX.
"""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from swv_portal.common.tables.columns import FORMULE

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Waarde = str | int | Decimal | date | bool | None


class Opmaak(StrEnum):
    """How a spreadsheet shows a column of numbers or dates."""

    GEWOON = "General"
    GEHEEL = "#,##0"
    EEN_DECIMAAL = "0.0"
    EURO = '"€" #,##0.00;[Red]-"€" #,##0.00'
    DATUM = "dd-mm-yyyy"


@dataclass(frozen=True)
class Uitkolom:
    """A column that is written: its header, how a spreadsheet shows it, and its width in characters (0: as needed)."""

    kop: str
    opmaak: Opmaak = Opmaak.GEWOON
    breedte: int = 0


@dataclass(frozen=True)
class Blad:
    """One sheet: above the header stand the title, the source and the date of the figures, when given."""

    naam: str
    kolommen: Sequence[Uitkolom | str]
    rijen: Iterable[Sequence[Waarde]]
    titel: str = ""
    bron: str = ""
    datum: date | None = None


def _koppen(kolommen: Sequence[Uitkolom | str]) -> list[Uitkolom]:
    return [kolom if isinstance(kolom, Uitkolom) else Uitkolom(kolom) for kolom in kolommen]


def _csv_machine(value: Waarde) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULE) else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _csv_nl(value: Waarde) -> str:
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return _csv_machine(value)


def csv_regels(
    kolommen: Sequence[Uitkolom | str], rijen: Iterable[Sequence[Waarde]], notatie: str = "machine"
) -> Iterator[bytes]:
    """A CSV file in blocks, for a streaming response.

    ``machine``: decimal point, ISO dates, no BOM.  ``nl``: decimal comma, dd-mm-jjjj, with BOM, so that a Dutch
    spreadsheet opens it well.  Both have ``;`` between the cells and CRLF at the end of a line.
    """
    if notatie not in {"machine", "nl"}:
        raise ValueError(f"unknown notation {notatie}")
    convert = _csv_nl if notatie == "nl" else _csv_machine
    header = [convert(kolom.kop) for kolom in _koppen(kolommen)]
    rows = itertools.chain([header], ([convert(value) for value in rij] for rij in rijen))
    start = b"\xef\xbb\xbf" if notatie == "nl" else b""
    while block := list(itertools.islice(rows, 500)):
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=";").writerows(block)
        yield start + stream.getvalue().encode()
        start = b""


def schrijf_csv(
    kolommen: Sequence[Uitkolom | str], rijen: Iterable[Sequence[Waarde]], notatie: str = "machine"
) -> bytes:
    """A whole CSV file, see ``csv_regels``."""
    return b"".join(csv_regels(kolommen, rijen, notatie))


_NIET_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NIET_IN_BLADNAAM = re.compile(r"[\[\]:*?/\\]")
_BREEDSTE = 60


def _bladnaam(naam: str, taken: set[str]) -> str:
    clean = _NIET_IN_BLADNAAM.sub(" ", naam).strip().strip("'")[:31] or "Blad"
    name, number = clean, 2
    while name.casefold() in taken:
        name = f"{clean[: 31 - len(str(number)) - 1]} {number}"
        number += 1
    taken.add(name.casefold())
    return name


def _tekstcel(sheet: object, value: str, font: Font | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=_NIET_IN_XML.sub("", value)[:32_767])
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


class _Cellen:
    """What openpyxl writes for the values of one column.

    A value goes as it is where it needs no type or style; one styled cell serves a whole column, because a row is
    written at once when it is appended.  Both are much faster than a new cell for every value.
    """

    def __init__(self, sheet: object, opmaak: Opmaak) -> None:
        self._sheet = sheet
        self._styled = WriteOnlyCell(sheet) if opmaak is not Opmaak.GEWOON else None
        if self._styled is not None:
            self._styled.number_format = opmaak.value

    def cel(self, value: Waarde) -> object:
        if isinstance(value, str):
            if value.startswith(FORMULE) or not value.isprintable() or len(value) > 32_767:
                return _tekstcel(self._sheet, value)
            return value
        if isinstance(value, bool):
            return "ja" if value else "nee"
        if value is None or self._styled is None:
            return value
        self._styled.value = value
        return self._styled


def _breedte(kolom: Uitkolom, values: Iterable[Waarde]) -> int:
    if kolom.breedte:
        return kolom.breedte
    extra = 4 if kolom.opmaak is Opmaak.EURO else 0
    longest = max((len(_csv_nl(value)) + extra for value in values), default=0)
    return min(_BREEDSTE, max(8, len(kolom.kop), longest) + 2)


def _schrijf_blad(book: openpyxl.Workbook, blad: Blad, naam: str) -> None:
    sheet = book.create_sheet(naam)
    columns = _koppen(blad.kolommen)
    rows = iter(blad.rijen)
    first = list(itertools.islice(rows, 200))
    for index, kolom in enumerate(columns):
        letter = get_column_letter(index + 1)
        sheet.column_dimensions[letter].width = _breedte(kolom, (rij[index] for rij in first))
    above = [
        *([(blad.titel, Font(bold=True, size=14))] if blad.titel else []),
        *([(f"Bron: {blad.bron}", Font(italic=True))] if blad.bron else []),
        *([(f"Datum: {blad.datum:%d-%m-%Y}", Font(italic=True))] if blad.datum else []),
    ]
    header_row = len(above) + (2 if above else 1)
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    for text, font in above:
        sheet.append([_tekstcel(sheet, text, font)])
    if above:
        sheet.append([])
    bold = Font(bold=True)
    header = [_tekstcel(sheet, kolom.kop, bold) for kolom in columns]
    for cell in header:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.append(header)
    cells = [_Cellen(sheet, kolom.opmaak) for kolom in columns]
    for rij in itertools.chain(first, rows):
        sheet.append([column.cel(value) for value, column in zip(rij, cells, strict=True)])


def schrijf_xlsx(bladen: Sequence[Blad]) -> bytes:
    """A workbook: every sheet with its title, source and date, a frozen bold header, typed cells and fitting widths."""
    book = openpyxl.Workbook(write_only=True)
    taken: set[str] = set()
    for blad in bladen:
        _schrijf_blad(book, blad, _bladnaam(blad.naam, taken))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
