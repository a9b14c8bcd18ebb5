"""Reading CSV and XLSX: what is recognised, what is refused, and that a refusal names its place."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv_portal.common.tables import (
    Blad,
    Fout,
    Fouten,
    Grenzen,
    Kolom,
    Onleesbaar,
    Soort,
    Tabel,
    lees_tabel,
    normaliseer,
    schrijf_csv,
    schrijf_xlsx,
)

NAAM = Kolom("naam")
AANTAL = Kolom("aantal", soort=Soort.GEHEEL, leeg=True)


def xlsx(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def waarden(bron: bytes, kolommen: list[Kolom], **opties: object) -> list[list[object]]:
    read = lees_tabel(bron, kolommen, **opties)
    assert isinstance(read, Tabel), read
    return [[rij[kolom.naam] for kolom in kolommen] for rij in read.rijen]


def zinnen(bron: bytes, kolommen: list[Kolom], **opties: object) -> list[str]:
    read = lees_tabel(bron, kolommen, **opties)
    assert isinstance(read, Fouten), read
    return read.zinnen


@pytest.mark.parametrize(
    ("data"),
    [
        "naam;aantal\r\nCafé;3\r\n".encode(),
        "naam;aantal\nCafé;3".encode("utf-8-sig"),
        "naam;aantal\r\nCafé;3\r\n".encode("cp1252"),
        'naam,aantal\n"Café",3\n'.encode(),
        "naam\taantal\nCafé\t3\n".encode(),
        "sep=,\r\nnaam,aantal\r\nCafé,3\r\n".encode(),
        "\n\nNAAM;Aantal\n\nCafé;3\n;\n".encode(),
        xlsx(["naam", "aantal"], ["Café", 3]),
        xlsx(["naam", "aantal", None], [None], [" Café ", 3.0]),
    ],
)
def test_the_same_table_in_every_shape(data):
    assert waarden(data, [NAAM, AANTAL]) == [["Café", 3]]


@pytest.mark.parametrize("kop", ["BRIN NUMMER", "brin_nummer", "Brin-Nummer", "brïnnummer", " BRIN  NUMMER "])
def test_headers_are_the_same_without_case_spaces_and_accents(kop):
    data = f"{kop};x\n99AA;1\n".encode()
    assert waarden(data, [Kolom("brin", koppen=("BRINNUMMER",))]) == [["99AA"]]


def test_row_numbers_are_those_a_person_counts():
    read = lees_tabel(b'naam;aantal\n"a\nb";1\n\nc;twee\nd;\n;5\n', [NAAM, AANTAL])
    assert read == Fouten(
        (Fout(4, "aantal", "'twee' is geen heel getal."), Fout(6, "naam", "Deze cel mag niet leeg zijn.")),
    )
    assert str(read.fouten[0]) == "rij 4, kolom 'aantal': 'twee' is geen heel getal."


def test_one_wrong_cell_means_nothing_is_read_and_many_errors_are_counted():
    data = b"naam;aantal\ngoed;1\n" + b"x;y\n" * 250
    read = lees_tabel(data, [NAAM, AANTAL])
    assert isinstance(read, Fouten)
    assert len(read) == 250
    assert len(read.fouten) == 100
    assert read.zinnen[-1] == "En nog 150 andere fouten."


@pytest.mark.parametrize(
    ("data", "deel"),
    [
        (b"", "leeg"),
        (b"  \r\n ", "leeg"),
        (b"naam;aantal\n", "geen rijen"),
        ("naam;aantal\na;1".encode("utf-16"), "UTF-16"),
        ("naam;aantal\na;1".encode("utf-16-le"), "rij 1: Hier staat een NUL-teken"),
        (b"naam;aantal\na;1\nb;\x00\n", "rij 3: Hier staat een NUL-teken"),
        (b"naam;aantal\na;\x81\xff\n", "rij 2: Hier staan tekens die niet te lezen zijn"),
        (b"naam;aantal\na;1\x1a\n", "rij 2"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Excel-bestand"),
        (b"PK\x03\x04kapot", "geen leesbaar XLSX"),
        (b'naam;aantal\n"a;1\nb;2\n', "rij 2: Deze rij is niet te lezen"),
        (b"naam;aantal\na;1;2\n", "rij 2: Deze rij heeft 3 cellen, er zijn 2 koppen"),
        (b"naam;aantal\na\n", "rij 2: Deze rij heeft 1 cel, er zijn 2 koppen"),
        (b"naam;naam\na;1\n", "rij 1, kolom 'naam': Deze kolom staat er twee keer in"),
        (b"naam;;aantal\na;b;1\n", "rij 1, kolom '2': Deze kolom heeft geen kop"),
        (b"aantal\n1\n", "rij 1, kolom 'naam': Deze kolom ontbreekt"),
        (b"naam;aantal\n" + b"x" * 20_000 + b";1\n", "De tekst heeft 20000 tekens"),
    ],
)
def test_a_file_that_is_not_a_table_gets_a_sentence(data, deel):
    assert deel in zinnen(data, [NAAM, AANTAL])[0]


def test_a_missing_file_is_an_error_and_not_a_crash(tmp_path):
    assert "niet te openen" in zinnen(tmp_path / "weg.csv", [NAAM])[0]
    assert "niet te openen" in zinnen(tmp_path, [NAAM])[0]


def test_unknown_columns_are_ignored_or_refused_by_name():
    data = b"naam;verrassing\na;b\n"
    assert waarden(data, [NAAM]) == [["a"]]
    assert zinnen(data, [NAAM], onbekend="weiger") == ["rij 1, kolom 'verrassing': Deze kolom is niet bekend."]


def test_an_optional_column_that_is_absent_is_none():
    assert waarden(b"naam\na\n", [NAAM, Kolom("extra", aanwezig=False, leeg=True)]) == [["a", None]]


def test_columns_may_depend_on_the_header():
    def kolommen(koppen: list[str]) -> list[Kolom] | Fouten:
        years = [Kolom(kop, soort=Soort.GEHEEL) for kop in koppen if kop.startswith("jaar_")]
        return [NAAM, *years] if years else Fouten((Fout(1, None, "Er is geen jaar."),))

    read = lees_tabel(b"naam;jaar_2023;jaar_2024\na;1;2\n", kolommen)
    assert read.rijen[0].waarden == {"naam": "a", "jaar_2023": 1, "jaar_2024": 2}
    assert lees_tabel(b"naam\na\n", kolommen) == Fouten((Fout(1, None, "Er is geen jaar."),))


def test_a_column_may_have_a_reader_of_its_own():
    def minder_dan(value: object) -> object:
        return Decimal("2.5") if value == "<5" else Onleesbaar(f"'{value}' kan hier niet.")

    kolom = Kolom("n", lees=minder_dan)
    assert waarden(b"n\n<5\n", [kolom]) == [[Decimal("2.5")]]
    assert zinnen(b"n\nx\n", [kolom]) == ["rij 2, kolom 'n': 'x' kan hier niet."]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", Decimal("1234.56")),
        ("1,234.56", Decimal("1234.56")),
        ("1.234.567", Decimal(1234567)),
        ("12,5", Decimal("12.5")),
        ("-12.50", Decimal("-12.50")),
        ("−3", Decimal(-3)),
        ("€ 8.525,67", Decimal("8525.67")),
        ("€ -5,00", Decimal(-5)),
        ("0.335", Decimal("0.335")),
        ("12938.34", Decimal("12938.34")),
    ],
)
def test_decimals(text, value):
    assert waarden(f'n\n"{text}"\n'.encode(), [Kolom("n", soort=Soort.DECIMAAL)]) == [[value]]


@pytest.mark.parametrize("text", ["1.234", "1,2,3", "1.23.4", "NaN", "inf", "1e5", "twaalf", "--1", "٣", "1 000"])
def test_what_is_no_decimal_or_has_two_readings(text):
    assert zinnen(f'n\n"{text}"\n'.encode(), [Kolom("n", soort=Soort.DECIMAAL)])


@pytest.mark.parametrize(("text", "value"), [("21.747", 21747), ("5.0", 5), ("-3", -3), ("007", 7), ("+4", 4)])
def test_whole_numbers(text, value):
    assert waarden(f"n\n{text}\n".encode(), [Kolom("n", soort=Soort.GEHEEL)]) == [[value]]


@pytest.mark.parametrize("text", ["5.5", "1.23", "12345678901234567890", "٣", "9" * 5000, "ja"])
def test_what_is_no_whole_number(text):
    assert zinnen(f"n\n{text}\n".encode(), [Kolom("n", soort=Soort.GEHEEL)])


def test_limits_of_numbers_and_dates():
    score = Kolom("n", soort=Soort.GEHEEL, minimum=0, maximum=5)
    assert zinnen(b"n\n6\n-1\n", [score]) == [
        "rij 2, kolom 'n': 6 is meer dan 5.",
        "rij 3, kolom 'n': -1 is minder dan 0.",
    ]


@pytest.mark.parametrize("text", ["2024-02-01", "01-02-2024", "1-2-2024", "1/2/2024", "2024-02-01 00:00:00"])
def test_dates(text):
    assert waarden(f"d\n{text}\n".encode(), [Kolom("d", soort=Soort.DATUM)]) == [[date(2024, 2, 1)]]


@pytest.mark.parametrize("text", ["30-02-2024", "2024-13-01", "01-02-24", "1 februari", "0001-01-01"])
def test_what_is_no_date(text):
    assert zinnen(f"d\n{text}\n".encode(), [Kolom("d", soort=Soort.DATUM)])


def test_choices_are_named_in_the_error():
    kolom = Kolom("soort", keuzes={"BAO", "SBO"})
    assert zinnen(b"soort\nVSO\n", [kolom]) == [
        "rij 2, kolom 'soort': 'VSO' is geen van de mogelijke waarden: BAO, SBO."
    ]


def test_types_of_a_spreadsheet_in_every_kind_of_column():
    kolommen = [
        Kolom("t"),
        Kolom("g", soort=Soort.GEHEEL),
        Kolom("d", soort=Soort.DECIMAAL),
        Kolom("x", soort=Soort.DATUM),
    ]
    data = xlsx(
        ["t", "g", "d", "x"], [12, 7.0, 0.1, datetime.fromisoformat("2024-02-01")], ["=A1", "8", "0,5", "01-02-2024"]
    )
    read = lees_tabel(data, kolommen)
    assert isinstance(read, Fouten)  # the formula has no value: the text cell is empty
    data = xlsx(
        ["t", "g", "d", "x"], [12, 7.0, 0.1, datetime.fromisoformat("2024-02-01")], ["a", "8", "0,5", "01-02-2024"]
    )
    assert waarden(data, kolommen) == [
        ["12", 7, Decimal("0.1"), date(2024, 2, 1)],
        ["a", 8, Decimal("0.5"), date(2024, 2, 1)],
    ]


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


CEL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30).map(str.strip)


@given(st.lists(st.tuples(CEL.filter(bool), st.integers(-(10**9), 10**9)), min_size=1, max_size=8))
def test_what_was_written_is_read_back(rows):
    kolommen = [NAAM, Kolom("aantal", soort=Soort.GEHEEL)]
    wanted = [list(row) for row in rows]
    for notatie in ("machine", "nl"):
        assert waarden(schrijf_csv(["naam", "aantal"], rows, notatie), kolommen) == wanted


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-5", "@naam", "'t Venster", "<b>&amp;", 'a;b"c'])
def test_text_comes_back_from_a_workbook_as_it_was(text):
    assert waarden(schrijf_xlsx([Blad("b", ["naam"], [[text]])]), [NAAM]) == [[text]]


def test_normaliseer():
    assert normaliseer("Brin_Nummer") == normaliseer("BRIN-NUMMER ") == "brinnummer"
