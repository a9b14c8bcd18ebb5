"""The definitions of a thuiszitter, the alarms, and what can not be so: worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ondersteuning.domain.aanwezigheid import (
    Alarm,
    Opgave,
    Soort,
    Verzuim,
    alarm_op,
    alarmdag,
    controleer,
    definities,
    is_leerplichtig,
    leerplicht_vanaf,
    meldplicht,
    weken,
)

#: Absent since Monday 6 January 2025, all days, reported on Friday the 10th.
VERZUIM = Verzuim(
    geboren=date(2016, 5, 4),
    eerste_dag=date(2025, 1, 6),
    gemeld_op=date(2025, 1, 10),
    einde=None,
    soort=Soort.ONGEOORLOOFD,
    vrijstelling=False,
    dagen_per_week=Decimal(5),
)


@pytest.mark.parametrize(
    ("born", "first"),
    [
        (date(2020, 9, 15), date(2025, 10, 1)),
        (date(2020, 9, 1), date(2025, 10, 1)),
        (date(2020, 9, 30), date(2025, 10, 1)),
        (date(2020, 12, 31), date(2026, 1, 1)),
        (date(2020, 2, 29), date(2025, 3, 1)),
        (date(2019, 1, 31), date(2024, 2, 1)),
    ],
)
def test_compulsory_from_the_month_after_the_fifth_birthday(born: date, first: date) -> None:
    assert leerplicht_vanaf(born) == first
    assert not is_leerplichtig(born, first.replace(year=first.year - 1))
    assert is_leerplichtig(born, first)
    assert not is_leerplichtig(born, date.fromordinal(first.toordinal() - 1))


@pytest.mark.parametrize(
    ("born", "last"), [(date(2008, 6, 12), date(2026, 6, 11)), (date(2008, 2, 29), date(2026, 2, 27))]
)
def test_up_to_the_eighteenth_birthday(born: date, last: date) -> None:
    assert is_leerplichtig(born, last)
    assert not is_leerplichtig(born, date.fromordinal(last.toordinal() + 1))


def test_without_a_birth_date_nobody_is_compulsory() -> None:
    assert not is_leerplichtig(None, date(2025, 1, 1))


@pytest.mark.parametrize(
    ("day", "national", "own"),
    [
        (date(2025, 1, 5), False, False),  # before the first day
        (date(2025, 1, 9), False, False),  # absent, not reported yet
        (date(2025, 1, 10), False, True),  # from the first report
        (date(2025, 2, 3), False, True),  # four weeks exactly
        (date(2025, 2, 4), True, True),  # more than four weeks
    ],
)
def test_both_definitions_day_by_day(day: date, national: bool, own: bool) -> None:
    assert definities(VERZUIM, day) == {"landelijk": national, "eigen": own, "ouder": national}


@pytest.mark.parametrize(
    ("change", "national", "own", "older"),
    [
        ({}, True, True, True),
        ({"soort": Soort.ABSOLUUT}, False, True, True),
        ({"soort": Soort.GEOORLOOFD}, False, True, False),
        ({"vrijstelling": True}, False, True, False),
        ({"soort": Soort.ABSOLUUT, "vrijstelling": True}, False, True, False),
        ({"dagen_per_week": Decimal(0)}, False, True, False),
        ({"dagen_per_week": Decimal("0.5")}, True, True, True),
        ({"geboren": date(2020, 3, 1)}, False, True, False),
        ({"geboren": date(2007, 3, 31)}, False, True, False),
        ({"geboren": None}, False, True, False),
        ({"einde": date(2025, 3, 31)}, False, False, False),
        ({"einde": date(2025, 4, 1)}, True, True, True),
        ({"gemeld_op": date(2025, 4, 2)}, True, False, True),
    ],
)
def test_what_each_definition_asks(change: dict[str, object], national: bool, own: bool, older: bool) -> None:
    found = definities(replace(VERZUIM, **change), date(2025, 3, 31))  # type: ignore[arg-type]
    assert found == {"landelijk": national, "eigen": own, "ouder": older}


@pytest.mark.parametrize(
    ("first", "four", "three"),
    [
        (date(2025, 1, 6), date(2025, 2, 3), date(2025, 4, 6)),
        (date(2024, 2, 1), date(2024, 2, 29), date(2024, 5, 1)),
        (date(2023, 11, 30), date(2023, 12, 28), date(2024, 2, 29)),
        (date(2024, 11, 30), date(2024, 12, 28), date(2025, 2, 28)),
        (date(2024, 12, 31), date(2025, 1, 28), date(2025, 3, 31)),
    ],
)
def test_the_days_of_the_alarms(first: date, four: date, three: date) -> None:
    assert alarmdag(first, Alarm.VIER_WEKEN) == four
    assert alarmdag(first, Alarm.DRIE_MAANDEN) == three
    assert alarm_op(first, date.fromordinal(four.toordinal() - 1), dagen_per_week=Decimal(1)) is None
    assert alarm_op(first, four, dagen_per_week=Decimal(1)) is Alarm.VIER_WEKEN
    assert alarm_op(first, date.fromordinal(three.toordinal() - 1), dagen_per_week=Decimal(1)) is Alarm.VIER_WEKEN
    assert alarm_op(first, three, dagen_per_week=Decimal(1)) is Alarm.DRIE_MAANDEN
    assert alarm_op(first, three, dagen_per_week=Decimal(0)) is None  # it only threatens


def test_weeks_are_whole() -> None:
    assert [weken(date(2025, 1, 6), date(2025, 1, day)) for day in (6, 12, 13)] == [0, 0, 1]
    assert weken(date(2025, 1, 6), date(2025, 1, 1)) == 0


def test_where_it_must_be_reported_too() -> None:
    day = date(2025, 1, 10)
    assert meldplicht(bestuur_op=None, leerplicht_op=None) == ("het bestuur", "leerplicht")
    assert meldplicht(bestuur_op=day, leerplicht_op=None) == ("leerplicht",)
    assert meldplicht(bestuur_op=day, leerplicht_op=day) == ()


OPGAVE = Opgave(
    geboren=date(2016, 5, 4),
    eerste_dag=date(2025, 1, 6),
    laatste_aanwezig=date(2025, 1, 3),
    bestuur_op=date(2025, 1, 7),
    leerplicht_op=None,
    dagen_per_week=Decimal(5),
    soort=Soort.ONGEOORLOOFD,
)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"eerste_dag": date(2025, 1, 11), "laatste_aanwezig": None}, ["eerste_dag"]),
        ({"geboren": date(2025, 1, 6)}, ["eerste_dag"]),
        ({"laatste_aanwezig": date(2025, 1, 6)}, ["laatste_aanwezig"]),
        ({"laatste_aanwezig": date(2025, 1, 9), "dagen_per_week": Decimal(2)}, []),
        ({"laatste_aanwezig": date(2025, 1, 11), "dagen_per_week": Decimal(2)}, ["laatste_aanwezig"]),
        (
            {"bestuur_op": date(2025, 1, 11), "leerplicht_op": date(2025, 1, 11)},
            ["bestuur_gemeld_op", "leerplicht_gemeld_op"],
        ),
        ({"dagen_per_week": Decimal("5.5")}, ["dagen_per_week"]),
        ({"dagen_per_week": Decimal(-1)}, ["dagen_per_week"]),
        ({"soort": Soort.ABSOLUUT}, []),
        ({"soort": Soort.ABSOLUUT, "dagen_per_week": Decimal(4)}, ["dagen_per_week"]),
    ],
)
def test_what_can_not_be_so(change: dict[str, object], fields: list[str]) -> None:
    refusals = controleer(replace(OPGAVE, **change), vandaag=date(2025, 1, 10))  # type: ignore[arg-type]
    assert [refusal.veld for refusal in refusals] == fields
