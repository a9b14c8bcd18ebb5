"""The days of the case meeting: by hand, over Christmas and a leap day."""

from datetime import date

import pytest

from ondersteuning.domain.casusoverleg import controleer_ritme, overleg_op_of_na, overleggen, vorig_overleg

#: A Tuesday.
EERSTE = date(2023, 12, 19)


@pytest.mark.parametrize(
    ("day", "meeting"),
    [
        (date(2023, 12, 1), date(2023, 12, 19)),
        (date(2023, 12, 19), date(2023, 12, 19)),
        (date(2023, 12, 20), date(2024, 1, 2)),
        (date(2024, 2, 28), date(2024, 3, 12)),
        (date(2024, 2, 27), date(2024, 2, 27)),
    ],
)
def test_the_meeting_on_or_after_a_day(day: date, meeting: date) -> None:
    assert overleg_op_of_na(day, eerste=EERSTE, weken=2) == meeting


def test_the_meeting_before() -> None:
    assert vorig_overleg(date(2024, 3, 12), weken=2) == date(2024, 2, 27)
    assert vorig_overleg(date(2024, 3, 12), weken=3) == date(2024, 2, 20)


def test_no_meeting_before_the_first_is_offered() -> None:
    assert overleggen(date(2023, 12, 25), eerste=EERSTE, weken=2) == [
        date(2023, 12, 19),
        date(2024, 1, 2),
        date(2024, 1, 16),
        date(2024, 1, 30),
        date(2024, 2, 13),
    ]


@pytest.mark.parametrize(("weeks", "good"), [(0, False), (1, True), (8, True), (9, False)])
def test_the_rhythm(weeks: int, good: bool) -> None:
    assert (controleer_ritme(weeks) is None) is good
