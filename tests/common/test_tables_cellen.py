"""Reading the cells of CSV and XLSX: numbers, dates and choices, and what has no value or two."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from swv_portal.common.tables import Fouten, Kolom, Soort, lees_tabel
from tests.common.tabellen import waarden, xlsx, zinnen


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
