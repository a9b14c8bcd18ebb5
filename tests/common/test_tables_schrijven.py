"""Writing CSV and XLSX: notation, types, and text that must stay text."""

import io
import time
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from swv_portal.common.tables import Blad, Opmaak, Uitkolom, csv_regels, schrijf_csv, schrijf_xlsx

RIJ = ["De Duin", 1234, Decimal("8525.67"), date(2024, 2, 1), None, True]
KOLOMMEN = ["school", "aantal", "bedrag", "datum", "leeg", "open"]


def test_csv_for_machines():
    data = schrijf_csv(KOLOMMEN, [RIJ])
    assert data == b"school;aantal;bedrag;datum;leeg;open\r\nDe Duin;1234;8525.67;2024-02-01;;ja\r\n"


def test_csv_in_dutch_notation():
    data = schrijf_csv(KOLOMMEN, [RIJ], "nl")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[1] == "De Duin;1234;8525,67;01-02-2024;;ja"


def test_an_unknown_notation_is_an_error():
    with pytest.raises(ValueError, match="unknown notation"):
        schrijf_csv(["a"], [], "de")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "＝1"])
def test_text_that_looks_like_a_formula_stays_text(text):
    for notatie in ("machine", "nl"):
        line = schrijf_csv(["a", "b"], [[text, Decimal("-1.5")]], notatie).decode("utf-8-sig").split("\r\n", 1)[1]
        assert line.lstrip('"').startswith("'" + text)
    cell = _lees(schrijf_xlsx([Blad("x", ["a"], [[text]])]))["x"]["A2"]
    assert cell.data_type == "s"


def test_a_negative_amount_is_a_number_and_not_escaped():
    assert schrijf_csv(["a"], [[Decimal("-35.00")], [-3]]) == b"a\r\n-35.00\r\n-3\r\n"


def test_csv_comes_in_blocks():
    blocks = list(csv_regels(["a"], ([number] for number in range(1200)), "nl"))
    assert len(blocks) == 3
    assert b"".join(blocks) == schrijf_csv(["a"], ([number] for number in range(1200)), "nl")


def _lees(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_sheet_has_title_source_date_types_and_a_frozen_header():
    blad = Blad(
        "Budget: 2024/2025",
        [Uitkolom("School"), Uitkolom("Bedrag", Opmaak.EURO), Uitkolom("Op", Opmaak.DATUM, breedte=14)],
        iter([["De Duin", Decimal("8525.67"), date(2024, 2, 1)]]),
        titel="Budget per school",
        bron="tarieven 2024",
        datum=date(2024, 3, 1),
    )
    book = _lees(schrijf_xlsx([blad, Blad("Budget: 2024/2025", ["a"], [])]))
    assert book.sheetnames == ["Budget  2024 2025", "Budget  2024 2025 2"]
    sheet = book.worksheets[0]
    assert [sheet[f"A{row}"].value for row in (1, 2, 3)] == [
        "Budget per school",
        "Bron: tarieven 2024",
        "Datum: 01-03-2024",
    ]
    assert sheet.freeze_panes == "A6"
    assert [cell.value for cell in sheet[5]] == ["School", "Bedrag", "Op"]
    assert sheet["A5"].font.bold
    assert sheet["B6"].value == 8525.67
    assert "€" in sheet["B6"].number_format
    assert sheet["C6"].is_date
    assert sheet.column_dimensions["C"].width == 14
    assert 9 <= sheet.column_dimensions["A"].width <= 62


def test_characters_that_xml_does_not_know_are_left_out():
    assert _lees(schrijf_xlsx([Blad("x", ["a"], [["a\x00\x0bb"]])]))["x"]["A2"].value == "ab"


def test_ten_thousand_rows_are_quick():
    """Not a benchmark: only that it does not take many times what it should."""
    rows = [RIJ] * 10_000
    start = time.process_time()
    schrijf_csv(KOLOMMEN, rows)
    assert time.process_time() - start < 1
