"""Filling the texts of a letter, and what such a text may not hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondersteuning.domain.briefsoorten import (
    BLOKKEN,
    INSTROOMBUDGET,
    INTREKKING,
    PLAATSINGSAKKOORD,
    SOORTEN,
    TOEKENNING,
    WEIGERING,
    briefsoort_van,
    controleer_blokken,
    schoon,
)
from ondersteuning.domain.briefvelden import VELDEN, Alinea, Stuk, controleer_tekst, velden_in, vul
from ondersteuning.domain.routes import ROUTES
from tests.factories.brieven import teksten

WAARDEN = {"leerling": "Noor", "school": "De Wilg", "motivering": "", "telefoon": "", "bezwaar_tot": "1 mei 2026"}


def plain(alineas: tuple[Alinea, ...]) -> list[str]:
    return ["".join(piece.tekst for piece in alinea) for alinea in alineas]


def codes(tekst: str, *, verplicht: tuple[str, ...] = ()) -> list[str]:
    return [refusal.code for refusal in controleer_tekst("opening", tekst, bekend=set(WAARDEN), verplicht=verplicht)]


def test_fields_are_filled_and_an_empty_line_begins_a_paragraph() -> None:
    assert plain(vul("Beste {leerling},\n\nU gaat naar\n{school}.", WAARDEN)) == [
        "Beste Noor,",
        "U gaat naar\nDe Wilg.",
    ]


def test_a_field_with_emphasis_is_a_piece_of_its_own() -> None:
    assert vul("Voor {bezwaar_tot}.", WAARDEN) == ((Stuk("Voor "), Stuk("1 mei 2026", nadruk=True), Stuk(".")),)


@pytest.mark.parametrize(
    ("tekst", "over"),
    [
        ("Eerst.\n\n{motivering}\n\nLaatst.", ["Eerst.", "Laatst."]),
        ("Bel {telefoon}.", []),
        ("Bel {telefoon} over {leerling}.", ["Bel  over Noor."]),
        ("Zonder veld.", ["Zonder veld."]),
        ("", []),
        ("\n\n \n", []),
    ],
)
def test_a_paragraph_with_only_empty_fields_is_left_out(tekst: str, over: list[str]) -> None:
    assert plain(vul(tekst, WAARDEN)) == over


def test_a_motivation_of_more_paragraphs_stays_more_paragraphs() -> None:
    assert plain(vul("Want: {motivering} Punt.", {"motivering": "Een.\n\nTwee."})) == ["Want: Een.", "Twee. Punt."]


def test_what_is_filled_in_is_not_read_for_fields() -> None:
    """A motivation with braces, or a school with a strange name, brings nothing else into the letter."""
    values = {"motivering": "{leerling} en {0.__class__} en %(x)s", "leerling": "Noor"}
    assert plain(vul("{motivering}", values)) == ["{leerling} en {0.__class__} en %(x)s"]


@given(st.text(alphabet="ab {}\n<", max_size=60), st.text(max_size=30))
def test_filling_never_fails_and_leaves_no_known_field(tekst: str, waarde: str) -> None:
    clean = waarde.replace("{", "").replace("}", "")
    text = tekst.replace("{a}", "{leerling}")
    for line in plain(vul(text, {"leerling": clean or "x"})):
        assert "leerling" not in velden_in(line)


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("Goed: {leerling}.", []),
        ("Kinderen < 12 jaar & ouders", []),
        ("3 > 2", []),
        ("<b>Vet</b>", ["opmaak"]),
        ("< / p >", ["opmaak"]),
        ("<script>alert(1)</script>", ["opmaak"]),
        ("<!-- x -->", ["opmaak"]),
        ("Regel&nbsp;twee &#8364;", ["opmaak"]),
        ("Dit is {onbekend}.", ["veld"]),
        ("{Leerling}", ["veld"]),
        ("{}", ["veld"]),
        ("{nummer}", ["veld"]),
        ("{leerling} {x} {x} {y}", ["veld", "veld"]),
        ("Een { los", ["haakje"]),
        ("{{ leerling }}", ["haakje", "veld"]),
        ("{% load x %}", ["veld"]),
        ("{leerling.achternaam}", ["veld"]),
    ],
)
def test_what_a_text_may_not_hold(tekst: str, verwacht: list[str]) -> None:
    assert codes(tekst) == verwacht


def test_a_field_that_looks_like_one_is_suggested() -> None:
    (refusal,) = controleer_tekst("opening", "{leeling}", bekend=set(WAARDEN), verplicht=())
    assert refusal.zin == "Het veld {leeling} bestaat niet. Bedoelt u {leerling}?"
    (other,) = controleer_tekst("opening", "{nummer}", bekend=set(WAARDEN), verplicht=())
    assert other.zin == "Het veld {nummer} is er niet in deze brief. Haal het weg."


def test_a_field_that_must_be_there() -> None:
    (refusal,) = controleer_tekst("bezwaar", "Maak bezwaar.", bekend=set(WAARDEN), verplicht=("bezwaar_tot", "school"))
    assert (refusal.code, refusal.veld) == ("verplicht", "bezwaar")
    assert refusal.zin == "Zet {bezwaar_tot} en {school} in deze tekst. Dat moet in de brief."


@pytest.mark.parametrize("soort", sorted(SOORTEN))
def test_the_texts_of_the_house_keep_to_the_rules(soort: str) -> None:
    texts = SOORTEN[soort].standaard
    assert set(texts) == set(BLOKKEN)
    assert controleer_blokken(soort, texts) == []
    assert schoon(texts) == dict(texts)


def test_every_field_has_an_example() -> None:
    assert all(veld.uitleg and veld.voorbeeld for veld in VELDEN.values())


def test_blocks_that_are_empty_or_too_long() -> None:
    wrong = controleer_blokken(TOEKENNING, teksten(slot=" ", verder="", aanhef="x" * 201))
    assert [(refusal.veld, refusal.code) for refusal in wrong] == [("aanhef", "te_lang"), ("slot", "leeg")]
    assert wrong[0].zin == "De tekst heeft 201 tekens. Er passen er 200."


@pytest.mark.parametrize(
    ("soort", "veld"),
    [(WEIGERING, "nummer"), (WEIGERING, "geldig_tot"), (TOEKENNING, "ingetrokken_per"), (INTREKKING, "terugkeer")],
)
def test_a_field_of_another_letter_is_refused(soort: str, veld: str) -> None:
    wrong = controleer_blokken(soort, teksten(soort, slot=f"{{{veld}}}"))
    assert [(refusal.veld, refusal.code) for refusal in wrong] == [("slot", "veld")]


def test_line_ends_and_unknown_blocks_of_a_browser() -> None:
    assert schoon({"slot": " a\r\nb\rc ", "hack": "x"}) == {**dict.fromkeys(BLOKKEN, ""), "slot": "a\nb\nc"}


@pytest.mark.parametrize(
    ("route", "toegekend", "soort"),
    [
        ("A", True, TOEKENNING),
        ("B", True, TOEKENNING),
        ("D", True, TOEKENNING),
        ("DI", True, INSTROOMBUDGET),
        ("PA", True, PLAATSINGSAKKOORD),
        ("A", False, WEIGERING),
        ("PA", False, WEIGERING),
    ],
)
def test_which_letter_belongs_to_a_decision(route: str, toegekend: bool, soort: str) -> None:
    assert briefsoort_van(ROUTES[route], toegekend=toegekend) == soort
