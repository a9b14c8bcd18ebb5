"""The agreements of a year, looking back and visits: the rules by hand."""

from datetime import date

import pytest

from ondersteuning.domain.consulenten import (
    Afspraak,
    Uitkomst,
    controleer_afspraken,
    controleer_bezoek,
    controleer_uitkomst,
    mag_evalueren,
)
from swv_portal.common.dates import Schooljaar

JAAR = Schooljaar(2025)


def velden(*rijen: Afspraak) -> list[str | None]:
    return [refusal.veld for refusal in controleer_afspraken(rijen, JAAR)]


def test_an_agreement_says_what_and_what_for() -> None:
    assert velden(Afspraak("Kijk mee", "Rust")) == []
    assert velden(Afspraak("Kijk mee", " "), Afspraak(), Afspraak("", "Rust")) == ["doel_1", "tekst_3"]


def test_there_is_at_least_one() -> None:
    assert velden(Afspraak(), Afspraak()) == ["tekst_1"]


@pytest.mark.parametrize(
    ("dag", "wrong"),
    [(date(2025, 7, 31), True), (date(2025, 8, 1), False), (date(2026, 7, 31), False), (date(2026, 8, 1), True)],
)
def test_by_when_lies_in_the_school_year(dag: date, wrong: bool) -> None:
    assert velden(Afspraak("Kijk mee", "Rust", dag)) == (["uiterlijk_1"] if wrong else [])


def test_looking_back_is_for_the_end_of_the_year_and_later() -> None:
    assert mag_evalueren(JAAR, date(2026, 4, 30)) is not None
    assert mag_evalueren(JAAR, date(2026, 5, 1)) is None
    assert mag_evalueren(JAAR, date(2026, 10, 1)) is None


@pytest.mark.parametrize(
    ("gezegd", "veld"),
    [
        (Uitkomst("bereikt"), None),
        (Uitkomst("deels", "De training is later."), None),
        (Uitkomst("niet", "  "), "toelichting_2"),
        (Uitkomst("deels"), "toelichting_2"),
        (Uitkomst(), "uitkomst_2"),
        (Uitkomst("x", "y"), "uitkomst_2"),
    ],
)
def test_what_came_of_it_and_why_not(gezegd: Uitkomst, veld: str | None) -> None:
    assert [refusal.veld for refusal in controleer_uitkomst(2, gezegd)] == ([veld] if veld else [])


def test_a_visit_was_already() -> None:
    assert controleer_bezoek(date(2025, 10, 6), date(2025, 10, 6)) is None
    assert controleer_bezoek(date(2025, 10, 7), date(2025, 10, 6)) is not None
