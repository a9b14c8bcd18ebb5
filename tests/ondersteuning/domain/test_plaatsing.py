"""Places: what is refused, and the spellings of categories."""

from dataclasses import replace
from datetime import date

import pytest

from ondersteuning.domain.plaatsing import (
    Categorie,
    Kostendrager,
    Plaatsgegevens,
    Soort,
    controleer_plaatsing,
    lees_categorie,
)
from ondersteuning.domain.routes import ROUTES, mogelijke_categorieen

GOOD = Plaatsgegevens(
    soort=Soort.TLV,
    categorie=Categorie.SBO,
    kostendrager=Kostendrager.SCHOOL,
    met_verwijzende_school=True,
    begin=date(2024, 8, 1),
    einde=date(2026, 7, 31),
)
DWS = replace(GOOD, soort=Soort.DWS, categorie=None, einde=date(2025, 7, 31))


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        (GOOD, []),
        (replace(GOOD, einde=None), []),
        (replace(GOOD, categorie=None), ["categorie_ontbreekt"]),
        (replace(GOOD, einde=date(2024, 7, 31)), ["einde_voor_begin"]),
        (replace(GOOD, einde=date(2024, 8, 1)), []),
        (replace(GOOD, met_verwijzende_school=False), ["verwijzer_ontbreekt"]),
        (replace(GOOD, met_verwijzende_school=False, kostendrager=Kostendrager.VORIGE_SCHOOL), ["verwijzer_ontbreekt"]),
        (replace(GOOD, met_verwijzende_school=False, kostendrager=Kostendrager.ANDER_SWV), []),
        (DWS, []),
        (replace(DWS, categorie=Categorie.LAAG), ["categorie_teveel"]),
        (replace(DWS, einde=date(2025, 8, 1)), ["meer_schooljaren"]),
        (replace(DWS, einde=None), ["meer_schooljaren"]),
        (replace(GOOD, soort=Soort.TLV_BAO, einde=date(2025, 7, 31)), []),
        (replace(GOOD, soort=Soort.TLV_BAO), ["meer_schooljaren"]),
        (replace(DWS, soort=Soort.INSTROOMBUDGET, einde=date(2026, 7, 31)), []),
    ],
)
def test_rules_by_hand(place: Plaatsgegevens, codes: list[str]) -> None:
    assert [refusal.code for refusal in controleer_plaatsing(place)] == codes


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("SBO", Categorie.SBO),
        ("ikc", Categorie.SBO),
        ("I", Categorie.LAAG),
        ("SO cat. II", Categorie.MIDDEN),
        ("so_cat_3", Categorie.HOOG),
        ("III (hoog)", Categorie.HOOG),
        ("", None),
        ("IV", None),
        ("SBO II", None),
    ],
)
def test_spellings_of_a_category(text: str, category: Categorie | None) -> None:
    assert lees_categorie(text) is category


def test_an_ikc_pupil_always_gets_an_sbo_tlv() -> None:
    """Ondersteuningsplan, par. 6.1.3."""
    assert mogelijke_categorieen(ROUTES["A"], soort="SBO", is_ikc=True) == (Categorie.SBO,)
    assert mogelijke_categorieen(ROUTES["A"], soort="SO", is_ikc=True) == (Categorie.SBO,)
    assert mogelijke_categorieen(ROUTES["A"], soort="SBO", is_ikc=False) == (Categorie.SBO,)
    assert mogelijke_categorieen(ROUTES["A"], soort="SO", is_ikc=False) == (
        Categorie.LAAG,
        Categorie.MIDDEN,
        Categorie.HOOG,
    )


def test_who_stays_at_the_basisschool_gets_no_sbo() -> None:
    """Also when that is an IKC: SBO is for who goes to another school (par. 6.1.3)."""
    three = (Categorie.LAAG, Categorie.MIDDEN, Categorie.HOOG)
    for code in ("TB", "TBV"):
        assert ROUTES[code].categorieen == three
        assert mogelijke_categorieen(ROUTES[code], soort="BAO", is_ikc=True) == three
    assert ROUTES["A"].categorieen == (Categorie.SBO, *three)


def test_route_a() -> None:
    route = ROUTES["A"]
    assert [step.naam for step in route.stappen] == [
        "leerling",
        "ouders",
        "school",
        "onderbouwing",
        "deskundige",
        "controleren",
    ]
    assert route.nummer("school") == 3
    assert route.stap("x") is None
    assert route.betaler is Kostendrager.SCHOOL
