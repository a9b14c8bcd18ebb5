"""The rules of the sociale kaart, by hand."""

import pytest

from ondersteuning.domain.sociale_kaart import (
    AANBIEDER,
    CATEGORIEEN,
    GETOOND,
    STATEN,
    VERBORGEN,
    VOORSTEL,
    Opgave,
    controleer,
)
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal

GOED = {"categorieen": ["logopedie"], "website": "https://www.praktijk.example", "telefoon": "", "email": ""}


def _codes(**other: object) -> list[str]:
    return [refusal.code for refusal in controleer(Opgave(**{**GOED, **other}))]  # type: ignore[arg-type]


def test_there_are_the_twelve_categories_of_the_plan() -> None:
    assert list(CATEGORIEEN.values()) == [
        "dyslexie",
        "fysiotherapie",
        "logopedie",
        "motorische remedial teaching",
        "psychologisch onderzoek",
        "remedial teaching",
        "sociale vaardigheidstraining",
        "spel- en creatieve therapie",
        "hoogbegaafdheid",
        "kindercoach",
        "extra handen in de klas",
        "overig aanbod",
    ]


@pytest.mark.parametrize(
    "other",
    [{}, {"categorieen": list(CATEGORIEEN)}, {"website": "", "email": "a@b.example"}, {"telefoon": "0299 123 456"}],
)
def test_what_is_right_is_not_refused(other: dict[str, object]) -> None:
    assert _codes(**other) == []


@pytest.mark.parametrize("categories", [[], ["tovenarij"], ["logopedie", "tovenarij"]])
def test_a_provider_is_in_one_of_the_categories(categories: list[str]) -> None:
    assert _codes(categorieen=categories) == ["categorie"]


@pytest.mark.parametrize(
    "website",
    [
        "http://www.praktijk.example",
        "javascript:alert(1)",
        "ftp://praktijk.example",
        "//praktijk.example",
        "https://kim:geheim@praktijk.example",
        "https://praktijk",
        "https://praktijk.example/ een",
        "HTTPS://praktijk.example\n",
    ],
)
def test_a_website_is_https_and_nothing_else(website: str) -> None:
    assert _codes(website=website) == ["website"]


@pytest.mark.parametrize("website", ["https://praktijk.example", "https://www.praktijk.example/aanbod/?a=1"])
def test_a_website_may_have_a_path(website: str) -> None:
    assert _codes(website=website) == []


@pytest.mark.parametrize("number", ["123", "0299 12 34 5", "nul zes", "0299 123 456 789 0123", "tel:0299123456"])
def test_a_telephone_number_has_ten_to_fifteen_digits(number: str) -> None:
    assert _codes(telefoon=number) == ["telefoon"]


@pytest.mark.parametrize("number", ["0299123456", "+31 (299) 123 456", "06-12345678"])
def test_a_telephone_number_is_written_as_people_do(number: str) -> None:
    assert _codes(telefoon=number) == []


def test_a_provider_can_be_reached_somehow() -> None:
    assert _codes(website="", telefoon="", email="") == ["bereikbaar"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert _codes(categorieen=[], website="x", telefoon="1") == ["categorie", "website", "telefoon"]


#: By hand: which step leads from where to where.
STAPPEN = {
    ("publiceer", VOORSTEL): GETOOND,
    ("verberg", VOORSTEL): VERBORGEN,
    ("verberg", GETOOND): VERBORGEN,
    ("toon_weer", VERBORGEN): GETOOND,
}


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("staat", list(STATEN))
@pytest.mark.parametrize("stap", ["publiceer", "verberg", "toon_weer"])
def test_who_takes_which_step_from_where(stap: str, staat: str, rol: Rol) -> None:
    answer = AANBIEDER.decide(stap, staat, {rol}, None)
    if rol not in {Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER}:
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"
    elif (stap, staat) in STAPPEN:
        assert not isinstance(answer, Refusal)
        assert answer.naar == STAPPEN[stap, staat]
    else:
        assert isinstance(answer, Refusal)
        assert answer.code == "staat"
