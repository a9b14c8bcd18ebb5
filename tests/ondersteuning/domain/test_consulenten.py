"""The agreements of a year, looking back and visits: the rules by hand."""

from datetime import date, timedelta

import pytest

from ondersteuning.domain.consulenten import (
    TERUGKIJKEN_VANAF,
    Afspraak,
    Uitkomst,
    controleer_afspraken,
    controleer_bezoek,
    controleer_terugkijken_vanaf,
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
    assert mag_evalueren(JAAR, date(2026, 4, 30), vanaf=TERUGKIJKEN_VANAF) is not None
    assert mag_evalueren(JAAR, date(2026, 5, 1), vanaf=TERUGKIJKEN_VANAF) is None
    assert mag_evalueren(JAAR, date(2026, 10, 1), vanaf=TERUGKIJKEN_VANAF) is None


@pytest.mark.parametrize(
    ("vanaf", "dag"), [("01-01", date(2026, 1, 1)), ("15-06", date(2026, 6, 15)), ("31-07", date(2026, 7, 31))]
)
def test_from_which_day_is_for_the_swv_to_say(vanaf: str, dag: date) -> None:
    assert controleer_terugkijken_vanaf(vanaf) is None
    assert mag_evalueren(JAAR, dag - timedelta(days=1), vanaf=vanaf) is not None
    assert mag_evalueren(JAAR, dag, vanaf=vanaf) is None


@pytest.mark.parametrize("vanaf", ["", "1 mei", "01-08", "31-12", "29-02", "31-06", "01-05-2026", "²-5"])
def test_a_day_that_is_not_at_the_end_of_every_school_year(vanaf: str) -> None:
    refused = controleer_terugkijken_vanaf(vanaf)
    assert refused is not None
    assert refused.veld == "terugkijken_vanaf"


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
