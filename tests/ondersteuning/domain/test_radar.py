"""The coming 31 July, until when a school answers, and what is no answer."""

from datetime import date

import pytest

from ondersteuning.domain.radar import (
    Antwoord,
    antwoord_uiterlijk,
    controleer_antwoord,
    einddag,
    mag_vragen,
    te_kiezen_jaren,
)


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 7, 31), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2027, 7, 31)),
        (date(2024, 2, 29), date(2024, 7, 31)),
        (date(2025, 12, 25), date(2026, 7, 31)),
    ],
)
def test_the_coming_31_july(today: date, end: date) -> None:
    assert einddag(today) == end
    assert end in {year.laatste_dag for year in te_kiezen_jaren(today)}


@pytest.mark.parametrize(
    ("asked", "end", "until"),
    [
        (date(2026, 3, 2), date(2026, 7, 31), date(2026, 3, 30)),
        (date(2026, 7, 20), date(2026, 7, 31), date(2026, 7, 31)),
        (date(2024, 2, 1), date(2024, 7, 31), date(2024, 2, 29)),
    ],
)
def test_an_answer_is_asked_before_the_tlv_ends(asked: date, end: date, until: date) -> None:
    assert antwoord_uiterlijk(asked, end) == until


def test_asking_after_the_end_is_refused() -> None:
    end = date(2026, 7, 31)
    assert mag_vragen(geldig_tot=end, vandaag=end) is None
    refusal = mag_vragen(geldig_tot=end, vandaag=date(2026, 8, 1))
    assert refusal is not None
    assert refusal.code == "voorbij"
    assert "31 juli 2026" in refusal.zin


def test_something_else_says_what() -> None:
    assert controleer_antwoord(Antwoord.VERLENGING, "") is None
    assert controleer_antwoord(Antwoord.ANDERS, "Naar het voortgezet onderwijs.") is None
    for answer, text, field in (("", "", "antwoord"), ("misschien", "", "antwoord"), ("anders", " ", "toelichting")):
        refusal = controleer_antwoord(answer, text)
        assert refusal is not None
        assert refusal.veld == field
