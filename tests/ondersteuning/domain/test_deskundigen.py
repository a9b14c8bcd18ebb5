"""The two experts, by hand (ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3)."""

from datetime import date

import pytest

from ondersteuning.domain.deskundigen import (
    Functie,
    TweedeDeskundige,
    beoordeel_eerste,
    beoordeel_tweede,
    is_oud,
    zelfde_functie,
)

WERKGEVERS = ["Basisschool De Zeester", "Stichting Kustonderwijs", "IKC Duinrand", "Stichting Duinscholen"]


def second(function: str = "jeugdarts", place: str = "elders", employer: str = "GGD Kust") -> TweedeDeskundige:
    return TweedeDeskundige(function, place, employer)


@pytest.mark.parametrize("first", ["orthopedagoog", "psycholoog"])
@pytest.mark.parametrize(
    "function",
    ["pedagoog", "kinderpsychiater", "jeugdarts", "maatschappelijk_werker", "cjg_coach", "poh_jeugd"],
)
def test_every_listed_profession_may_be_the_second(first: str, function: str) -> None:
    assert beoordeel_tweede(second(function), eerste_functie=first, werkgevers=WERKGEVERS) is None


@pytest.mark.parametrize(
    ("first", "function", "code"),
    [
        ("psycholoog", "jeugdpsycholoog", "zelfde_functie"),
        ("psycholoog", "psycholoog", "zelfde_functie"),
        ("orthopedagoog", "orthopedagoog", "zelfde_functie"),
        ("orthopedagoog", "psycholoog", "tweede_functie"),
        ("psycholoog", "orthopedagoog", "tweede_functie"),
        ("orthopedagoog", "jeugdpsycholoog", None),
    ],
)
def test_not_the_function_of_the_first(first: str, function: str, code: str | None) -> None:
    refusal = beoordeel_tweede(second(function), eerste_functie=first, werkgevers=WERKGEVERS)
    assert (refusal.code if refusal else None) == code
    if refusal is not None:
        assert refusal.veld == "tweede_functie"


@pytest.mark.parametrize("place", ["verwijzend", "ontvangend"])
def test_not_employed_by_a_school(place: str) -> None:
    refusal = beoordeel_tweede(second(place=place), eerste_functie="orthopedagoog", werkgevers=WERKGEVERS)
    assert refusal is not None
    assert (refusal.code, refusal.veld) == ("in_dienst", "tweede_dienstverband")


@pytest.mark.parametrize(
    "employer",
    ["de zeester", "Basisschool de Zeester ", "STICHTING DUINSCHOLEN", "duinscholen", "IKC Duinrand", "Duínrand"],
)
def test_the_name_of_the_employer_is_compared_too(employer: str) -> None:
    """Whatever was chosen as place of work: a school under another spelling is still that school."""
    refusal = beoordeel_tweede(second(employer=employer), eerste_functie="orthopedagoog", werkgevers=WERKGEVERS)
    assert refusal is not None
    assert (refusal.code, refusal.veld) == ("in_dienst", "tweede_werkgever")


@pytest.mark.parametrize("employer", ["", "Praktijk Zee", "CJG Duinrand en Kust", "School"])
def test_other_employers_are_fine(employer: str) -> None:
    assert beoordeel_tweede(second(employer=employer), eerste_functie="orthopedagoog", werkgevers=WERKGEVERS) is None


def test_nothing_is_refused_while_typing() -> None:
    assert beoordeel_tweede(second("", "", ""), eerste_functie="", werkgevers=WERKGEVERS) is None


def test_first_expert() -> None:
    allowed = {function for function in Functie if beoordeel_eerste(function) is None}
    assert allowed == {"orthopedagoog", "psycholoog"}
    assert beoordeel_eerste("") is not None


def test_same_function_is_symmetric() -> None:
    for one in Functie:
        for two in Functie:
            assert zelfde_functie(one, two) == zelfde_functie(two, one)


def test_an_advice_of_a_year_old_is_flagged() -> None:
    assert not is_oud(date(2024, 3, 10), date(2025, 3, 10))
    assert is_oud(date(2024, 3, 9), date(2025, 3, 10))
    assert not is_oud(date(2024, 2, 29), date(2025, 2, 28))
    assert is_oud(date(2024, 2, 29), date(2025, 3, 1))
