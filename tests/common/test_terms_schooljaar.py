"""School years, the teldatum and Dutch dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv_portal.common.dates import (
    Schooljaar,
    afstand,
    dag_van,
    datum_met_afstand,
    datum_met_tijd,
    lange_datum,
    plus_jaren,
    plus_maanden,
    teldatum_voor,
)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2024, 7, 31), "2023-2024"),
        (date(2024, 8, 1), "2024-2025"),
        (date(2024, 12, 31), "2024-2025"),
        (date(2025, 1, 1), "2024-2025"),
        (date(2024, 2, 29), "2023-2024"),
    ],
)
def test_school_year_of_a_day(day: date, year: str) -> None:
    assert str(Schooljaar.van(day)) == year


def test_a_school_year_knows_its_days() -> None:
    year = Schooljaar(2024)
    assert (year.eerste_dag, year.laatste_dag) == (date(2024, 8, 1), date(2025, 7, 31))
    assert year.kort == "2425"
    assert Schooljaar(1999).kort == "9900"
    assert date(2025, 7, 31) in year
    assert date(2025, 8, 1) not in year
    assert year.vorige < year < year.volgende


@pytest.mark.parametrize("text", ["2024-2025", "2024/2025", " 2024-25 ", "2024 – 2025"])
def test_reading_a_school_year(text: str) -> None:
    assert Schooljaar.lees(text) == Schooljaar(2024)


@pytest.mark.parametrize("text", ["", "2024", "2024-2026", "2025-2024", "24-25", "2024-2025-2026", "x"])
def test_what_is_no_school_year(text: str) -> None:
    with pytest.raises(ValueError, match="2024-2025"):
        Schooljaar.lees(text)


def test_teldatum_of_a_calendar_year() -> None:
    """The budget of 2024 is based on the count of 1 February 2023 (ondersteuningsplan, par. 8.1.2)."""
    assert teldatum_voor(2024) == date(2023, 2, 1)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2900, 1, 1)))
def test_every_day_is_in_its_own_school_year(day: date) -> None:
    year = Schooljaar.van(day)
    assert day in year
    assert day not in year.volgende
    assert Schooljaar.lees(str(year)) == year


def test_months_and_years() -> None:
    assert plus_maanden(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert plus_maanden(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert plus_jaren(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert plus_jaren(date(2025, 7, 31), 3) == date(2028, 7, 31)


def test_dates_in_dutch() -> None:
    day = date(2026, 6, 12)
    assert lange_datum(day) == "12 juni 2026"
    assert datum_met_afstand(day, date(2026, 6, 3)) == "vr 12 juni 2026 (nog 9 dagen)"
    assert afstand(day, day) == "vandaag"
    assert afstand(day, day + timedelta(days=1)) == "1 dag te laat"
    assert afstand(day, day - timedelta(days=1)) == "nog 1 dag"


def test_the_day_is_the_dutch_day() -> None:
    assert dag_van(datetime(2025, 7, 31, 22, 30, tzinfo=UTC)) == date(2025, 8, 1)
    assert datum_met_tijd(datetime(2025, 7, 31, 22, 30, tzinfo=UTC)) == "vr 1 augustus 2025, 00.30 uur"
