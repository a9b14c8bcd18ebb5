"""Route D: the reason, the mandate, and the period of the budget; the prolongation; the other SWV.  By hand."""

from datetime import date

import pytest

from ondersteuning.domain.plaatsingsakkoord import controleer_ander_swv
from ondersteuning.domain.verlenging import controleer_aansluiting
from ondersteuning.domain.voorschools import beoordeel_aanleiding, controleer_budgetperiode, is_gemandateerd


@pytest.mark.parametrize(
    ("aanleiding", "schooldag", "begonnen", "regulier", "code"),
    [
        ("voorschools", None, date(2025, 3, 10), False, None),
        ("voorschools", None, date(2025, 3, 10), True, None),
        ("net_gestart", None, date(2025, 3, 10), False, "schooldag_ontbreekt"),
        # Twelve weeks after Monday 16 December 2024 is Monday 10 March 2025.
        ("net_gestart", date(2024, 12, 16), date(2025, 3, 10), False, None),
        ("net_gestart", date(2024, 12, 15), date(2025, 3, 10), False, "te_lang_geleden"),
        ("net_gestart", date(2025, 4, 1), date(2025, 3, 10), True, None),
        ("itk", None, date(2025, 3, 10), True, None),
        ("itk", None, date(2025, 3, 10), False, "itk_regulier"),
    ],
)
def test_the_reason_of_route_d(
    aanleiding: str, schooldag: date | None, begonnen: date, regulier: bool, code: str | None
) -> None:
    answer = beoordeel_aanleiding(aanleiding, eerste_schooldag=schooldag, begonnen=begonnen, regulier=regulier)
    assert (answer.code if answer else None) == code


def test_the_weeks_after_the_start_are_a_setting() -> None:
    start, began = date(2025, 1, 6), date(2025, 1, 21)
    assert beoordeel_aanleiding("net_gestart", eerste_schooldag=start, begonnen=began, weken=3, regulier=True) is None
    refused = beoordeel_aanleiding("net_gestart", eerste_schooldag=start, begonnen=began, weken=2, regulier=True)
    assert refused is not None
    assert "6 januari 2025" in refused.zin


def test_a_mandate_counts_its_first_and_its_last_day() -> None:
    first, last = date(2025, 1, 1), date(2025, 6, 30)
    assert [is_gemandateerd(first, last, day) for day in (date(2024, 12, 31), first, last, date(2025, 7, 1))] == [
        False,
        True,
        True,
        False,
    ]
    assert is_gemandateerd(first, None, date(2040, 1, 1))


@pytest.mark.parametrize(
    ("van", "tot", "goed"),
    [
        (date(2025, 8, 18), date(2027, 8, 31), True),  # from 1 September 2025, two years
        (date(2025, 9, 1), date(2027, 9, 30), True),  # who starts on the first of a month waits for the next
        (date(2026, 2, 2), date(2028, 2, 29), True),  # the last day of a leap February
        (date(2025, 12, 8), date(2027, 12, 31), True),
        (date(2025, 8, 18), date(2027, 7, 31), False),
    ],
)
def test_the_period_of_the_budget(van: date, tot: date, goed: bool) -> None:
    answer = controleer_budgetperiode(van, tot)
    assert (answer is None) is goed


def test_a_prolongation_begins_after_the_running_tlv() -> None:
    until = date(2025, 7, 31)
    assert controleer_aansluiting(vorig_tot=until, van=date(2025, 8, 1), blijft=True) is None
    refused = controleer_aansluiting(vorig_tot=until, van=until, blijft=True)
    assert refused is not None
    assert refused.code == "begint_te_vroeg"
    assert "31 juli 2025" in refused.zin
    # To another school the new TLV may begin before the old one ends.
    assert controleer_aansluiting(vorig_tot=until, van=date(2025, 4, 1), blijft=False) is None
    assert controleer_aansluiting(vorig_tot=None, van=date(2025, 4, 1), blijft=True) is None


@pytest.mark.parametrize(
    ("code", "answer"), [("PO3004", None), ("PO9901", "eigen_swv"), ("PO30", "swv_code"), ("VO3004", "swv_code")]
)
def test_the_other_swv_is_another_one(code: str, answer: str | None) -> None:
    refusal = controleer_ander_swv(code, eigen_code="PO9901")
    assert (refusal.code if refusal else None) == answer
