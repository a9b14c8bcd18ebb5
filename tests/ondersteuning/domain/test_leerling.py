"""How long a dossier is kept, moving to another school, and birth dates: by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondersteuning.domain.leerling import bewaren_tot, controleer_geboortedatum, controleer_overdracht


@pytest.mark.parametrize(
    ("gewijzigd_op", "procedures", "tot"),
    [
        # A signal without a procedure: three years after the last change.
        (date(2025, 3, 10), [], date(2028, 3, 10)),
        (date(2024, 2, 29), [], date(2027, 2, 28)),
        # As long as the longest procedure.
        (date(2025, 3, 10), [date(2030, 7, 31)], date(2030, 7, 31)),
        (date(2025, 3, 10), [date(2028, 1, 1), date(2030, 7, 31), date(2029, 1, 1)], date(2030, 7, 31)),
        # One that runs keeps everything.
        (date(2025, 3, 10), [date(2030, 7, 31), None], None),
        (date(2025, 3, 10), [None], None),
        # Who worked in it less than a year ago still needs it.
        (date(2030, 6, 1), [date(2030, 7, 31)], date(2031, 6, 1)),
        (date(2028, 2, 29), [date(2028, 3, 1)], date(2029, 2, 28)),
    ],
)
def test_until_when(gewijzigd_op: date, procedures: list[date | None], tot: date | None) -> None:
    assert bewaren_tot(gewijzigd_op=gewijzigd_op, procedures=procedures) == tot


@given(st.lists(st.dates(date(2020, 1, 1), date(2040, 1, 1)), min_size=1), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_never_before_the_longest_procedure(procedures: list[date], gewijzigd_op: date) -> None:
    until = bewaren_tot(gewijzigd_op=gewijzigd_op, procedures=procedures)
    assert until is not None
    assert until >= max(procedures)


VANDAAG = date(2025, 3, 10)


@pytest.mark.parametrize(
    ("per", "sinds", "zelfde", "code"),
    [
        (VANDAAG, date(2024, 8, 1), False, None),
        (date(2024, 8, 2), date(2024, 8, 1), False, None),
        (VANDAAG, None, False, None),
        (VANDAAG, date(2024, 8, 1), True, "zelfde_school"),
        (VANDAAG + timedelta(days=1), date(2024, 8, 1), False, "toekomst"),
        (date(2024, 8, 1), date(2024, 8, 1), False, "te_vroeg"),
        (date(2024, 7, 31), date(2024, 8, 1), False, "te_vroeg"),
    ],
)
def test_moving(per: date, sinds: date | None, zelfde: bool, code: str | None) -> None:
    refusal = controleer_overdracht(per=per, vandaag=VANDAAG, sinds=sinds, zelfde_school=zelfde)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("dag", "goed"),
    [
        (VANDAAG, False),
        (VANDAAG - timedelta(days=1), True),
        (date(2005, 3, 10), False),
        (date(2005, 3, 11), True),
        (date(2017, 5, 4), True),
    ],
)
def test_birth_dates(dag: date, goed: bool) -> None:
    assert (controleer_geboortedatum(dag, VANDAAG) is None) is goed
