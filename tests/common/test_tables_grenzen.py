"""Reading what is too large, damaged or hostile: a sentence, and neither a crash nor much memory."""

import io
import tracemalloc
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from swv_portal.common.tables import Fouten, Grenzen, Tabel, lees_tabel
from tests.common.tabellen import AANTAL, NAAM, waarden, xlsx, zinnen


def test_a_million_columns_is_a_sentence_and_no_memory():
    tracemalloc.start()
    wide_header = b";".join([b"k"] * 1_000_000) + b"\n1\n"
    wide_row = b"naam;aantal\n" + b";" * 1_000_000 + b"\n"
    folded = b"naam;aantal\n" + b'"\n"' + b';;;;;;"\n"' * 1_000_000
    size = len(wide_header) + len(wide_row) + len(folded)
    tracemalloc.reset_peak()
    assert "te veel kolommen" in zinnen(wide_header, [NAAM])[0]
    assert "rij 2" in zinnen(wide_row, [NAAM, AANTAL])[0]
    assert "rij 2: Deze rij is te lang" in zinnen(folded, [NAAM, AANTAL])[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < size + 100_000_000


def test_limits_on_bytes_and_rows():
    assert "te groot" in zinnen(b"naam\n" + b"a\n" * 600, [NAAM], grenzen=Grenzen(bytes=1000))[0]
    assert "te veel rijen" in zinnen(b"naam\n" + b"a\n" * 11, [NAAM], grenzen=Grenzen(rijen=10))[0]
    assert len(waarden(b"naam\n" + b"a\n" * 10, [NAAM], grenzen=Grenzen(rijen=10))) == 10
    assert "te veel rijen" in zinnen(xlsx(["naam"], *[["a"]] * 11), [NAAM], grenzen=Grenzen(rijen=10))[0]
    assert "te veel kolommen" in zinnen(xlsx([f"k{i}" for i in range(300)], [1]), [NAAM])[0]


def _inner(data: bytes, member: str, change) -> bytes:
    """The same XLSX with one part of it changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info.filename)
            new.writestr(info.filename, change(content) if info.filename == member else content)
    return out.getvalue()


def test_a_row_far_below_the_others_is_never_dropped_in_silence():
    def with_row(number: int, cells: bytes) -> bytes:
        extra = b'<row r="%d">%s</row></sheetData>' % (number, cells)
        change = lambda content: content.replace(b"</sheetData>", extra)  # noqa: E731
        return _inner(xlsx(["naam"], ["a"]), "xl/worksheets/sheet1.xml", change)

    def cell(number: int) -> bytes:
        return b'<c r="A%d" t="inlineStr"><is><t>b</t></is></c>' % number

    limits = Grenzen(rijen=10)
    assert waarden(with_row(20, cell(20)), [NAAM], grenzen=limits) == [["a"], ["b"]]
    assert zinnen(with_row(21, cell(21)), [NAAM], grenzen=limits) == [
        "rij 21: Na rij 20 staat nog iets. Haal de lege rijen ertussen weg."
    ]
    assert "Na rij 400000 staat nog iets" in zinnen(with_row(1_048_576, cell(1_048_576)), [NAAM])[0]
    assert "Na rij 400000 staat nog iets" in zinnen(with_row(2_000_000_000, cell(2_000_000_000)), [NAAM])[0]
    # The last row of a sheet is there, and empty, in what some programs write.
    assert waarden(with_row(1_048_576, b""), [NAAM]) == [["a"]]
    assert waarden(with_row(1_048_576, b'<c r="A1048576" s="0"/>'), [NAAM]) == [["a"]]


def test_hostile_workbooks_are_refused():
    good = xlsx(["naam"], ["a"])
    sheet = "xl/worksheets/sheet1.xml"
    bomb = _inner(good, sheet, lambda content: content + b" " * 150_000_000)
    assert len(bomb) < 1_000_000
    assert "uitgepakt te groot" in zinnen(bomb, [NAAM])[0]
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    assert "geen leesbaar XLSX" in zinnen(_inner(good, sheet, lambda c: entities + c), [NAAM])[0]
    assert "geen leesbaar XLSX" in zinnen(_inner(good, sheet, lambda c: c[: len(c) // 2]), [NAAM])[0]
    assert "geen leesbaar XLSX" in zinnen(_inner(good, sheet, lambda c: c.decode().encode("utf-16")), [NAAM])[0]
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("brief.txt", "hallo")
    assert "geen XLSX" in zinnen(other.getvalue(), [NAAM])[0]


def test_more_cells_than_can_be_read_in_time_are_refused_before_reading():
    rows = [["a"]] * 9
    assert len(waarden(xlsx(["naam"], *rows), [NAAM], grenzen=Grenzen(cellen=10))) == 9
    assert "te veel cellen" in zinnen(xlsx(["naam"], *rows, ["a"]), [NAAM], grenzen=Grenzen(cellen=10))[0]


@given(st.binary(max_size=400))
def test_no_bytes_at_all_make_it_crash(data):
    assert isinstance(lees_tabel(data, [NAAM, AANTAL]), Tabel | Fouten)


@given(st.binary(max_size=200))
def test_no_sheet_at_all_makes_it_crash(data):
    damaged = _inner(xlsx(["naam"], ["a"]), "xl/worksheets/sheet1.xml", lambda content: content[:-100] + data)
    assert isinstance(lees_tabel(damaged, [NAAM]), Tabel | Fouten)
