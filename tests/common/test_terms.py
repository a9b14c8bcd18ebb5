"""Terms: by hand with their source, and against an independent calculation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv_portal.common.terms import (
    Duur,
    Opschorting,
    bereken,
    beroepstermijn,
    beslistermijn,
    bezwaartermijn,
    feestdagen,
    geen_werkdag,
)


def easter(year: int) -> date:
    """The Sunday of Easter by Gauss's rule in Butcher's form: nothing of the library that the code uses."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)


def own_holidays(year: int) -> set[date]:
    """Algemene termijnenwet art. 3 lid 1 and 2, written out."""
    sunday = easter(year)
    king = date(year, 4, 27)
    if king.weekday() == 6:
        king = date(year, 4, 26)
    return {
        date(year, 1, 1),
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        king,
        date(year, 5, 5),
        sunday + timedelta(days=39),
        sunday + timedelta(days=50),
        date(year, 12, 25),
        date(year, 12, 26),
    }


def own_shift(day: date) -> date:
    while day.weekday() >= 5 or day in own_holidays(day.year):
        day += timedelta(days=1)
    return day


@pytest.mark.parametrize("year", range(2014, 2041))
def test_holidays_are_those_of_the_law(year: int) -> None:
    assert set(feestdagen(year)) == own_holidays(year)


def test_why_a_day_can_not_be_the_last() -> None:
    assert geen_werkdag(date(2025, 4, 18)) == "Goede Vrijdag"
    assert geen_werkdag(date(2025, 4, 20)) == "een zondag"
    assert geen_werkdag(date(2025, 4, 26)) == "Koningsdag"
    assert geen_werkdag(date(2025, 5, 5)) == "Bevrijdingsdag"
    assert geen_werkdag(date(2025, 5, 30)) is None
    assert geen_werkdag(date(2025, 5, 30), [date(2025, 5, 30)]) == "een met een feestdag gelijkgestelde dag"


@pytest.mark.parametrize(
    ("announced", "last"),
    [
        (date(2025, 3, 3), date(2025, 4, 14)),  # a Monday: a Monday six weeks later
        (date(2025, 3, 7), date(2025, 4, 22)),  # ends on Goede Vrijdag, over Easter to Tuesday
        (date(2025, 3, 15), date(2025, 4, 28)),  # ends on Saturday, which is Koningsdag too
        (date(2025, 3, 24), date(2025, 5, 6)),  # ends on 5 May
        (date(2025, 11, 13), date(2025, 12, 29)),  # Christmas and the weekend
        (date(2024, 11, 20), date(2025, 1, 2)),  # New Year's Day
        (date(2024, 1, 18), date(2024, 2, 29)),  # a leap day is a day
    ],
)
def test_objection_term_by_hand(announced: date, last: date) -> None:
    assert bezwaartermijn(announced, today=announced).laatste_dag == last


def test_decision_term_explains_itself() -> None:
    asked = Opschorting(date(2025, 3, 17), date(2025, 3, 31), date(2025, 3, 24))
    term = beslistermijn(date(2025, 3, 3), today=date(2025, 3, 25), opschortingen=[asked])
    # 8 weeks: 28 April; 18 up to and including 23 March stood still: 4 May, a Sunday; 5 May is a holiday.
    assert term.zonder_verschuiving == date(2025, 5, 4)
    assert term.laatste_dag == date(2025, 5, 6)
    text = " ".join(term.uitleg)
    assert "Awb art. 4:13" in text
    assert "17 maart 2025" in text
    assert "aangevuld op 24 maart 2025" in text
    assert "6 dagen stilgestaan (Awb art. 4:15)" in text
    assert "een zondag" in text
    assert "Algemene termijnenwet" in text


def test_open_request_stands_still_until_its_limit() -> None:
    asked = Opschorting(date(2025, 3, 17), date(2025, 3, 31))
    last = {
        day: beslistermijn(date(2025, 3, 3), today=day, opschortingen=[asked]).zonder_verschuiving
        for day in (date(2025, 3, 17), date(2025, 3, 18), date(2025, 3, 31), date(2025, 4, 1), date(2025, 6, 1))
    }
    base = date(2025, 4, 28)
    assert last[date(2025, 3, 17)] == base
    assert last[date(2025, 3, 18)] == base + timedelta(days=1)
    # The limit passed unused: 14 days, and not one more however long nobody answers.
    assert last[date(2025, 3, 31)] == last[date(2025, 4, 1)] == last[date(2025, 6, 1)] == base + timedelta(days=14)
    assert beslistermijn(date(2025, 3, 3), today=date(2025, 3, 31), opschortingen=[asked]).staat_stil
    assert not beslistermijn(date(2025, 3, 3), today=date(2025, 4, 1), opschortingen=[asked]).staat_stil


def test_a_late_answer_does_not_suspend_longer() -> None:
    late = Opschorting(date(2025, 3, 17), date(2025, 3, 31), date(2025, 4, 20))
    in_time = Opschorting(date(2025, 3, 17), date(2025, 3, 31))
    begin, today = date(2025, 3, 3), date(2025, 5, 1)
    one = beslistermijn(begin, today=today, opschortingen=[late])
    two = beslistermijn(begin, today=today, opschortingen=[in_time])
    assert one.laatste_dag == two.laatste_dag


def test_a_request_after_the_end_suspends_nothing() -> None:
    after = Opschorting(date(2025, 5, 20), date(2025, 6, 3), date(2025, 6, 1))
    term = beslistermijn(date(2025, 3, 3), today=date(2025, 6, 10), opschortingen=[after])
    assert term.laatste_dag == date(2025, 4, 28)
    assert term.opgeschort == 0


def test_a_request_before_the_begin_counts_from_the_begin() -> None:
    before = Opschorting(date(2025, 2, 20), date(2025, 3, 10))
    term = beslistermijn(date(2025, 3, 3), today=date(2025, 4, 1), opschortingen=[before])
    # 4 up to and including 10 March: a week after 28 April, which is Bevrijdingsdag.
    assert (term.opgeschort, term.zonder_verschuiving, term.laatste_dag) == (7, date(2025, 5, 5), date(2025, 5, 6))
    assert "Alleen de dagen na 3 maart 2025 tellen" in " ".join(term.uitleg)
    over = Opschorting(date(2025, 2, 20), date(2025, 3, 3))
    assert beslistermijn(date(2025, 3, 3), today=date(2025, 4, 1), opschortingen=[over]).opschortingen == ()


def test_appeal_takes_as_long_as_objection() -> None:
    term = beroepstermijn(date(2025, 3, 7), today=date(2025, 3, 7))
    assert (term.naam, term.laatste_dag) == ("beroep", date(2025, 4, 22))


def test_long_terms_do_not_shift() -> None:
    """Algemene termijnenwet art. 4 onder a: more than twelve weeks or three months."""
    assert Duur(weken=12).verschuift
    assert not Duur(weken=13).verschuift
    assert Duur(maanden=3).verschuift
    assert not Duur(maanden=4).verschuift
    long = bereken("x", begin=date(2025, 1, 4), duur=Duur(weken=13), grondslag="y", today=date(2025, 1, 5))
    assert long.laatste_dag == date(2025, 4, 5)  # a Saturday


def test_months_end_on_the_last_day_of_a_short_month() -> None:
    term = bereken("x", begin=date(2025, 1, 31), duur=Duur(maanden=1), grondslag="y", today=date(2025, 2, 1))
    assert term.laatste_dag == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        (date(2025, 5, 4), date(2025, 5, 9)),  # Sunday: the term ended on Saturday 3 May, and moved to Tuesday 6 May
        (date(2025, 5, 5), date(2025, 5, 9)),  # Monday (Bevrijdingsdag), a day before the moved last day
        (date(2025, 5, 6), date(2025, 5, 6)),  # on the last day: from tomorrow there is no term to suspend
        (date(2025, 5, 7), date(2025, 5, 6)),
    ],
)
def test_a_request_at_the_very_end(asked: date, last: date) -> None:
    request = Opschorting(asked, asked + timedelta(days=14), asked + timedelta(days=4))
    term = beslistermijn(date(2025, 3, 8), today=date(2025, 7, 1), opschortingen=[request])
    assert term.laatste_dag == last
    assert term.opschortingen == ((request,) if last > date(2025, 5, 6) else ())


@pytest.mark.parametrize("wrong", [{"weken": 0}, {"weken": 1, "maanden": 1}, {"weken": -1}])
def test_a_term_has_one_length(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="weeks or months"):
        Duur(**wrong)


def test_a_request_needs_time_and_can_not_be_answered_before() -> None:
    with pytest.raises(ValueError, match="time given"):
        Opschorting(date(2025, 3, 1), date(2025, 3, 1))
    with pytest.raises(ValueError, match="before"):
        Opschorting(date(2025, 3, 2), date(2025, 3, 9), date(2025, 3, 1))


days = st.dates(min_value=date(2015, 1, 1), max_value=date(2039, 1, 1))


@given(begin=days, weeks=st.integers(1, 12))
def test_weeks_against_counting_day_by_day(begin: date, weeks: int) -> None:
    day = begin
    for _ in range(7 * weeks):
        day += timedelta(days=1)
    term = bereken("x", begin=begin, duur=Duur(weken=weeks), grondslag="y", today=begin)
    assert term.zonder_verschuiving == day
    assert term.laatste_dag == own_shift(day)
    assert (term.verschoven_om is None) == (term.laatste_dag == day)


@given(
    begin=days,
    requests=st.lists(st.tuples(st.integers(-20, 80), st.integers(1, 30), st.integers(0, 40) | st.none()), max_size=3),
    later=st.integers(0, 120),
)
def test_suspension_against_walking_through_the_days(
    begin: date, requests: list[tuple[int, int, int | None]], later: int
) -> None:
    """Walk day by day: a day counts for the term when no request holds it on that day.  Before it nothing counts.

    A request on the last day, or later, comes too late: it holds from the day after.  One on a day to which the last
    day moved holds what is left of the term: up to that moved day.
    """
    today = begin + timedelta(days=later)
    asked = []
    for after, given_days, answered in requests:
        on = begin + timedelta(days=after)
        done = None if answered is None else on + timedelta(days=answered)
        asked.append(Opschorting(on, on + timedelta(days=given_days), done))
    asked.sort(key=lambda o: (o.gevraagd, o.uiterlijk))
    still: set[date] = set()
    last = begin + timedelta(weeks=8)
    for item in asked:
        if item.gevraagd >= own_shift(last):
            continue
        term_left = own_shift(last)
        until = min(item.uiterlijk, today if item.aangevuld is None else item.aangevuld - timedelta(days=1))
        day = item.gevraagd + timedelta(days=1)
        while day <= until:
            if day not in still and day > begin:
                if last <= item.gevraagd:
                    last = term_left
                still.add(day)
                last += timedelta(days=1)
            day += timedelta(days=1)
    term = beslistermijn(begin, today=today, opschortingen=asked)
    assert term.opgeschort == len(still)
    assert term.laatste_dag == own_shift(last)
