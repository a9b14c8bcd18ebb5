"""Validity, keeping and numbers of a TLV, by hand and by property."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondersteuning.domain.geldigheid import (
    STANDAARD_PATROON,
    bewaren_tot,
    controleer_geldigheid,
    controleer_patroon,
    eerste_einde,
    mogelijke_einden,
    tlv_nummer,
)
from swv_portal.common.dates import Schooljaar


@pytest.mark.parametrize(
    ("begin", "end", "code"),
    [
        # WEC art. 40 lid 15: whole school years, plus the rest of the current one
        (date(2025, 8, 1), date(2026, 7, 31), None),
        (date(2025, 8, 2), date(2026, 7, 31), "te_kort"),
        (date(2025, 8, 2), date(2027, 7, 31), None),
        (date(2025, 3, 10), date(2025, 7, 31), "te_kort"),
        (date(2025, 3, 10), date(2026, 7, 31), None),
        (date(2025, 7, 31), date(2025, 7, 31), "te_kort"),
        (date(2025, 7, 31), date(2026, 7, 31), None),
        (date(2025, 8, 1), date(2026, 7, 30), "geen_31_juli"),
        (date(2025, 8, 1), date(2026, 8, 1), "geen_31_juli"),
        (date(2025, 8, 1), date(2024, 7, 31), "te_kort"),
        (date(2025, 8, 1), date(2033, 7, 31), None),
        (date(2025, 8, 1), date(2034, 7, 31), "te_lang"),
        (date(2024, 2, 29), date(2025, 7, 31), None),
    ],
)
def test_validity_by_hand(begin: date, end: date, code: str | None) -> None:
    refusal = controleer_geldigheid(begin, end)
    assert (refusal.code if refusal else None) == code


@given(st.dates(min_value=date(2015, 1, 1), max_value=date(2090, 1, 1)))
def test_offered_ends_are_accepted_and_hold_a_whole_year(begin: date) -> None:
    first = eerste_einde(begin)
    whole = Schooljaar.van(first)
    assert begin <= whole.eerste_dag
    assert Schooljaar.van(begin).begin in {whole.begin, whole.begin - 1}
    assert all(controleer_geldigheid(begin, end) is None for end in mogelijke_einden(begin))
    assert controleer_geldigheid(begin, date(first.year - 1, 7, 31)) is not None


def test_kept_three_years() -> None:
    assert bewaren_tot(date(2027, 7, 31)) == date(2030, 7, 31)
    assert bewaren_tot(date(2024, 2, 29)) == date(2027, 2, 28)


def test_number() -> None:
    assert (
        tlv_nummer(STANDAARD_PATROON, registratie="PO2704", schooljaar=Schooljaar(2024), volgnummer=1)
        == "PO2704-2425-0001"
    )
    assert (
        tlv_nummer("{schooljaar}.{volgnummer}", registratie="x", schooljaar=Schooljaar(2025), volgnummer=12)
        == "2526.12"
    )


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "TLV",
        "{volgnummer}",
        "{schooljaar}",
        "{schooljaar}-{volgnummer}-{naam}",
        "{schooljaar}{volgnummer}{",
        "{schooljaar.__class__}{volgnummer}",
        "{schooljaar:04d}-{volgnummer}",
        "{registratie:06d}-{schooljaar}-{volgnummer}",
        "{schooljaar}-{volgnummer:0999999999d}",
        f"{'x' * 32}{{schooljaar}}{{volgnummer}}",
    ],
)
def test_a_pattern_of_which_no_number_can_be_made_is_refused(pattern: str) -> None:
    assert controleer_patroon(pattern) is not None
    with pytest.raises(ValueError, match="patroon"):
        tlv_nummer(pattern, registratie="x", schooljaar=Schooljaar(2024), volgnummer=1)


@given(st.lists(st.tuples(st.integers(2015, 2090), st.integers(1, 20_000)), unique=True, max_size=30))
def test_numbers_are_unique(given_out: list[tuple[int, int]]) -> None:
    numbers = {
        tlv_nummer(STANDAARD_PATROON, registratie="PO2704", schooljaar=Schooljaar(year), volgnummer=serial)
        for year, serial in given_out
    }
    assert len(numbers) == len(given_out)
