"""The rules of the capaciteitenlijst, by hand."""

from datetime import date

import pytest

from ondersteuning.domain.capaciteit import (
    ALLE_SOORTEN,
    GROEPEN,
    STANDNAMEN,
    STANDUITLEG,
    Groepsstand,
    controleer_capaciteit,
    geldig_tot,
    is_verouderd,
)


@pytest.mark.parametrize(
    ("changed", "last_good_day"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
    ],
)
def test_a_list_is_outdated_after_half_a_year(changed: date, last_good_day: date) -> None:
    assert geldig_tot(changed) == last_good_day
    assert not is_verouderd(changed, last_good_day)
    assert is_verouderd(changed, date.fromordinal(last_good_day.toordinal() + 1))


def _codes(groepen: dict[int, Groepsstand]) -> list[tuple[str, str | None]]:
    return [(refusal.code, refusal.veld) for refusal in controleer_capaciteit(groepen)]


@pytest.mark.parametrize(
    ("groepen", "expected"),
    [
        ({3: Groepsstand("vol", "Na de zomer is er plaats.")}, []),
        ({groep: Groepsstand("plaats") for groep in GROEPEN}, []),
        ({8: Groepsstand("overleg", "x" * 200)}, []),
        ({}, [("niets_ingevuld", "stand_1")]),
        ({1: Groepsstand(), 2: Groepsstand()}, [("niets_ingevuld", "stand_1")]),
        ({2: Groepsstand("", "Wachtlijst.")}, [("stand_ontbreekt", "stand_2")]),
        ({8: Groepsstand("overleg", "x" * 201)}, [("toelichting_te_lang", "toelichting_8")]),
        ({4: Groepsstand("misschien")}, [("stand", "stand_4")]),
        ({0: Groepsstand("vol")}, [("groep", None)]),
        ({9: Groepsstand("vol")}, [("groep", None)]),
        (
            {5: Groepsstand("misschien"), 2: Groepsstand("", "Wachtlijst.")},
            [("stand_ontbreekt", "stand_2"), ("stand", "stand_5")],
        ),
    ],
)
def test_what_is_wrong_with_the_rows_of_a_school(groepen, expected) -> None:
    assert _codes(groepen) == expected


def test_every_stand_is_explained_and_secondary_schools_have_no_groups() -> None:
    assert set(STANDNAMEN) == set(STANDUITLEG)
    assert {"BAO", "SBO", "SO", "SO-VSO"} == ALLE_SOORTEN
