"""Rule 7 by hand: from when, until when, and what leaving does; and the months against a count day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondersteuning.domain.budgetperiode import (
    controleer_vertrek,
    eerste_dag,
    einde_bij_vertrek,
    einde_van_maand,
    instroommaanden,
    laatste_dag,
)

D = date.fromisoformat


@pytest.mark.parametrize(
    ("ingeschreven", "van", "tot"),
    [
        ("2026-08-24", "2026-09-01", "2028-08-31"),
        ("2026-09-01", "2026-10-01", "2028-09-30"),  # on the first: the month after that
        ("2026-08-31", "2026-09-01", "2028-08-31"),
        ("2026-07-31", "2026-08-01", "2028-07-31"),
        ("2026-12-31", "2027-01-01", "2028-12-31"),
        ("2026-01-31", "2026-02-01", "2028-01-31"),
        ("2026-02-28", "2026-03-01", "2028-02-29"),  # ends on a leap day
        ("2024-02-29", "2024-03-01", "2026-02-28"),
        ("2024-01-31", "2024-02-01", "2026-01-31"),
    ],
)
def test_the_period(ingeschreven: str, van: str, tot: str) -> None:
    assert eerste_dag(D(ingeschreven)) == D(van)
    assert laatste_dag(D(ingeschreven)) == D(tot)


def test_another_term_of_an_swv() -> None:
    assert laatste_dag(D("2026-08-24"), 12) == D("2027-08-31")
    assert laatste_dag(D("2026-08-24"), 1) == D("2026-09-30")


@pytest.mark.parametrize(
    ("dag", "einde"),
    [
        ("2024-02-01", "2024-02-29"),
        ("2025-02-28", "2025-02-28"),
        ("2025-12-31", "2025-12-31"),
        ("2025-04-30", "2025-04-30"),
    ],
)
def test_the_last_day_of_a_month(dag: str, einde: str) -> None:
    assert einde_van_maand(D(dag)) == D(einde)


@pytest.mark.parametrize(
    ("vertrek", "einde"),
    [
        ("2027-03-01", "2027-03-31"),  # on the first day of a month that month is still paid
        ("2027-03-31", "2027-03-31"),
        ("2028-02-10", "2028-02-29"),
        ("2028-08-31", "2028-08-31"),
        ("2026-08-30", "2026-08-31"),  # left before the budget began
    ],
)
def test_leaving_ends_it_with_that_month(vertrek: str, einde: str) -> None:
    found = einde_bij_vertrek(inschrijving=D("2026-08-24"), einde=D("2028-08-31"), vertrokken_op=D(vertrek))
    assert found == D(einde)


def test_leaving_never_makes_it_longer() -> None:
    assert einde_bij_vertrek(inschrijving=D("2026-08-24"), einde=D("2027-08-31"), vertrokken_op=D("2027-12-01")) == D(
        "2027-08-31"
    )
    assert einde_bij_vertrek(inschrijving=D("2026-08-24"), einde=None, vertrokken_op=D("2030-01-01")) == D("2028-08-31")


@pytest.mark.parametrize(
    ("vertrek", "code"),
    [
        ("2026-08-23", "voor_inschrijving"),
        ("2026-08-24", None),
        ("2027-05-01", None),
        ("2027-05-02", "toekomst"),
    ],
)
def test_which_day_of_leaving_can_be_recorded(vertrek: str, code: str | None) -> None:
    answer = controleer_vertrek(
        inschrijving=D("2026-08-24"), einde=D("2028-08-31"), vertrokken_op=D(vertrek), vandaag=D("2027-05-01")
    )
    assert (answer.code if answer else None) == code


def test_after_the_end_there_is_nothing_to_stop() -> None:
    answer = controleer_vertrek(
        inschrijving=D("2020-08-24"), einde=None, vertrokken_op=D("2022-09-01"), vandaag=D("2026-01-01")
    )
    assert answer is not None
    assert answer.zin == "Het budget is al gestopt op 31 augustus 2022."


dagen = st.dates(date(2019, 1, 1), date(2032, 12, 31))


@given(dagen, st.integers(0, 900), st.integers(1, 24))
def test_the_months_that_are_paid_are_those_between_the_first_and_the_last_day(
    inschrijving: date, dagen_later: int, maanden: int
) -> None:
    """Against a count of the calendar itself: every month of which a day lies in the period."""
    left = inschrijving + timedelta(days=dagen_later)
    end = einde_bij_vertrek(inschrijving=inschrijving, einde=laatste_dag(inschrijving, maanden), vertrokken_op=left)
    day, counted = eerste_dag(inschrijving), set()
    while day <= end:
        counted.add((day.year, day.month))
        day += timedelta(days=1)
    assert len(counted) <= maanden
    for year in range(2018, 2036):
        expected = sum(1 for found, _ in counted if found == year)
        assert instroommaanden(inschrijving, end, year) == expected
