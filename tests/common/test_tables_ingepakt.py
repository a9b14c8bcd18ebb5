"""A small XLSX file never becomes gigabytes or minutes, and what people really make is read."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from swv_portal.common.tables import Blad, Fouten, Grenzen, Kolom, Soort, Tabel, lees_tabel, schrijf_xlsx

BLAD, STIJL, BOEK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
TEKSTEN, SOORTEN = "xl/sharedStrings.xml", "[Content_Types].xml"
NAAM = [Kolom("naam")]


def _bewaard(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _goed() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["naam"])
    book.active.append(["a"])
    return _bewaard(book)


def _met(parts: dict[str, Callable[[bytes], bytes]], extra: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """A good file with some of its parts changed, and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_goed())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info.filename)
            new.writestr(info.filename, parts.get(info.filename, bytes)(content))
        for name, content in extra.items():
            new.writestr(name, content)
    return out.getvalue()


def _voor(einde: bytes, stuk: bytes) -> Callable[[bytes], bytes]:
    """Put ``stuk`` before the last ``einde``."""

    def change(content: bytes) -> bytes:
        before, found, after = content.rpartition(einde)
        assert found
        return before + stuk + einde + after

    return change


def _met_teksten(teksten: bytes, rijen: bytes) -> bytes:
    """A file with its texts in a part of their own, as spreadsheets write it."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/>' % kind
    part = b'<sst xmlns="%s">%s</sst>' % (MAIN, teksten)

    def listed(content: bytes) -> bytes:
        return content if kind in content else _voor(b"</Types>", override)(content)

    return _met({SOORTEN: listed, BLAD: _voor(RIJEN, rijen)}, {TEKSTEN: part})


def _in_rij(stuk: bytes) -> Callable[[bytes], bytes]:
    return _voor(b"</row>", stuk)


NA, RIJEN = b"</worksheet>", b"</sheetData>"
DEEL = b'<?xml version="1.0" encoding="%s"?>'
VEEL_CELLEN, VEEL_RIJEN, VEEL_OPMAAK, ONLEESBAAR = "te veel cellen", "te veel rijen", "te veel opmaak", "geen leesbaar"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

#: What becomes too large, each under ten megabytes when it is unpacked, and the sentence that it gets.
BOMMEN: dict[str, tuple[dict[str, Callable[[bytes], bytes]], str]] = {
    "cells in one row": ({BLAD: _in_rij(b"<c/>" * 2_000_000)}, VEEL_CELLEN),
    "cells with another prefix": (
        {BLAD: _voor(RIJEN, b'<q:row xmlns:q="%s">' % MAIN + b"<q:c/>" * 1_500_000 + b"</q:row>")},
        VEEL_CELLEN,
    ),
    "rows in a row": ({BLAD: _in_rij(b"<row/>" * 1_500_000)}, VEEL_CELLEN),
    "other elements in rows": ({BLAD: _voor(RIJEN, (b"<row>" + b"<a/>" * 20_000 + b"</row>") * 100)}, VEEL_OPMAAK),
    "rows": ({BLAD: _voor(RIJEN, b"<row/>" * 1_500_000)}, VEEL_RIJEN),
    "rows of another namespace": (
        {BLAD: _voor(RIJEN, b'<b xmlns="elders">' + b"<row/>" * 1_000_000 + b"</b>")},
        VEEL_OPMAAK,
    ),
    "cells outside rows": ({BLAD: _voor(RIJEN, b"<c/>" * 2_000_000)}, VEEL_OPMAAK),
    "nested": ({BLAD: _voor(RIJEN, b"<a>" * 1_200_000 + b"</a>" * 1_200_000)}, ONLEESBAAR),
    "after the rows": ({BLAD: _voor(NA, b"<a/>" * 2_000_000)}, VEEL_OPMAAK),
    "styles": ({STIJL: _voor(b"</cellXfs>", b"<xf/>" * 1_800_000)}, VEEL_OPMAAK),
    "names": ({BOEK: _voor(b"</workbook>", b"<a/>" * 2_000_000)}, VEEL_OPMAAK),
    "kinds of parts": ({SOORTEN: _voor(b"</Types>", b"<a/>" * 2_000_000)}, VEEL_OPMAAK),
    "attributes in one element": (
        {BLAD: _voor(NA, b"<a %s/>" % b" ".join(b'b%d=""' % number for number in range(900_000)))},
        ONLEESBAAR,
    ),
    "attributes in many": (
        {BLAD: _voor(NA, (b"<a %s/>" % b" ".join(b'b%d=""' % number for number in range(60))) * 20_000)},
        VEEL_OPMAAK,
    ),
    "comments": ({BLAD: _in_rij(b"<c><v>" + b"9<!---->" * 1_000_000 + b"</v></c>")}, VEEL_OPMAAK),
    "one long text": ({BLAD: _in_rij(b'<c t="str"><v>' + b"9" * 9_000_000 + b"</v></c>")}, ONLEESBAAR),
}


@pytest.fixture(scope="module")
def uitkomsten(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """Every file read in a process that may take 200 MB more than it had, and the CPU seconds of each."""
    folder: Path = tmp_path_factory.mktemp("bommen")
    for name, (parts, _) in BOMMEN.items():
        (folder / name).write_bytes(_met(parts))
        assert (folder / name).stat().st_size < 2_500_000
    script = """
import json, pathlib, resource, sys, time
from swv_portal.common.tables import Kolom, Tabel, lees_tabel
pages = int(pathlib.Path("/proc/self/statm").read_text().split()[0])
most = pages * resource.getpagesize() + 200_000_000
resource.setrlimit(resource.RLIMIT_AS, (most, most))
found = {}
for path in pathlib.Path(sys.argv[1]).iterdir():
    start = time.process_time()
    read = lees_tabel(path, [Kolom("naam")])
    found[path.name] = ["" if isinstance(read, Tabel) else read.zinnen[0], time.process_time() - start]
print(json.dumps(found))
"""
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", BOMMEN)
def test_what_becomes_too_large_is_refused_before_it_does(name: str, uitkomsten: dict[str, list[object]]) -> None:
    sentence, seconds = uitkomsten[name]
    assert BOMMEN[name][1] in str(sentence)
    assert float(str(seconds)) < 5


def _zin(data: bytes) -> str:
    read = lees_tabel(data, NAAM)
    assert isinstance(read, Fouten)
    return read.zinnen[0]


def test_a_file_that_is_packed_too_tight_is_not_even_counted() -> None:
    assert "uitgepakt te groot" in _zin(_met({BLAD: _voor(RIJEN, b"<row/>" * 2_000_000)}))


@pytest.mark.parametrize("codering", [b"UTF-7", b"UTF-16", b"cp037"])
def test_another_encoding_hides_nothing(codering: bytes) -> None:
    part = _met({STIJL: lambda content: DEEL % codering + content.partition(b"?>")[2] or content})
    assert ONLEESBAAR in _zin(part)


def test_a_part_that_is_not_counted_is_not_read() -> None:
    """The list of parts sends the library to a part that bears the name of something else."""

    def other(content: bytes) -> bytes:
        return content.replace(b"worksheets/sheet1.xml", b"media/image1.png")

    sheet = zipfile.ZipFile(io.BytesIO(_goed())).read(BLAD)
    data = _met({SOORTEN: other, "xl/_rels/workbook.xml.rels": other}, {"xl/media/image1.png": sheet})
    assert "geen zichtbaar werkblad" in _zin(data)


def test_parts_that_nobody_reads_may_be_large() -> None:
    records = b"<a>" + b'<x v="0"/>' * 500_000 + b"</a>"
    assert isinstance(lees_tabel(_met({}, {"xl/pivotCache/records1.xml": records}), NAAM), Tabel)


# ---- what people really make ----------------------------------------------------------------------------------------
def test_a_workbook_with_much_styling_is_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["naam", "aantal"])
    side = Side(style="thin")
    for number in range(1, 3_001):
        sheet.append([f"Tekst {number}", number])
        for cell in sheet[number + 1]:
            cell.font = Font(size=8 + number % 20, bold=number % 2 == 0, color=f"{number:06X}")
            cell.fill = PatternFill("solid", fgColor=f"{number * 7:06X}")
            cell.border = Border(left=side, right=side)
            cell.alignment = Alignment(wrap_text=True, indent=number % 5)
    sheet["A2"].comment = Comment("Let op", "Iemand")
    sheet["A3"] = CellRichText("Een ", TextBlock(InlineFont(b=True), "vette"), " naam")
    sheet.merge_cells("D1:F1")
    sheet.conditional_formatting.add("B2:B3001", CellIsRule("lessThan", ["5"], font=Font(bold=True)))
    for column in range(300, 2_000):
        sheet.cell(5, column).fill = PatternFill("solid", fgColor="FFFF00")
    read = lees_tabel(_bewaard(book), [Kolom("naam"), Kolom("aantal", soort=Soort.GEHEEL)])
    assert isinstance(read, Tabel), read
    assert [rij["aantal"] for rij in read.rijen] == list(range(1, 3_001))
    assert read.rijen[1]["naam"] == "Een vette naam"


def test_texts_in_a_part_of_their_own_are_read_with_and_without_formatting() -> None:
    rich = b"<si><r><rPr><b/><sz val='11'/><rFont val='Arial'/></rPr><t>Tekst </t></r><r><t>%d</t></r></si>"
    texts = b"".join(rich % at if at % 2 else b"<si><t>Tekst %d</t></si>" % at for at in range(20_000))
    rows = b"".join(b'<row><c t="s"><v>%d</v></c></row>' % at for at in range(20_000))
    read = lees_tabel(_met_teksten(texts, rows), NAAM)
    assert isinstance(read, Tabel), read
    assert [rij["naam"] for rij in read.rijen[1:]] == [f"Tekst {at}" for at in range(20_000)]


def test_texts_that_are_not_there_are_counted_too() -> None:
    row = b'<row><c t="s"><v>0</v></c></row>'
    many = _met_teksten(b"<si/>" * 50, row)
    assert "te veel cellen" in lees_tabel(many, NAAM, grenzen=Grenzen(cellen=40)).zinnen[0]
    assert "te veel opmaak" in _zin(_met_teksten(b"<a/>" * 1_100_000, row))
    assert "te veel cellen" in _zin(_met_teksten(b"<si/>" * 110_000, row))
    assert isinstance(lees_tabel(_met_teksten(b"<si/>" * 90_000, row), NAAM), Tabel)


def test_the_limits_hold_the_largest_table_that_we_write_ourselves() -> None:
    """A hundred thousand rows of twenty columns; here a hundredth of each, with limits a hundredth as high."""
    grenzen = Grenzen()
    rows = [[f"Tekst {number} van {at}" if at % 2 else number * at for at in range(20)] for number in range(1_000)]
    data = schrijf_xlsx([Blad("b", [f"k{at}" for at in range(20)], rows)])
    small = Grenzen(rijen=1_000, cellen=grenzen.cellen // 100, uitgepakt=grenzen.uitgepakt // 100)
    read = lees_tabel(data, [Kolom(f"k{at}", lees=str) for at in range(20)], grenzen=small)
    assert isinstance(read, Tabel), read
    assert len(read.rijen) == 1_000
