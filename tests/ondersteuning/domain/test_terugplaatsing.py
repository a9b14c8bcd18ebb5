"""When there is a budget after a terugplaatsing, by hand; and the table of its procedure."""

from dataclasses import replace
from datetime import date

import pytest

from ondersteuning.domain.overstap import NAAR_DIRECTEUR, NAAR_SCHOOL, VAN_DIRECTEUR, VAN_SCHOOL, rollen_voor
from ondersteuning.domain.terugplaatsing import TERUGPLAATSING, Stand, geen_budget
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal

STAND = Stand(
    vandaag=date(2026, 3, 10),
    tlv_begin=date(2024, 8, 1),
    naar_school=True,
    overstap_op=date(2026, 4, 1),
    herkomst="andere",
    gesprek_op=date(2026, 3, 2),
    aanwezig=frozenset({"ouders", "van_school", "naar_school"}),
    afspraken=True,
    toestemming_op=date(2026, 3, 2),
    toelichting="Nog niet.",
)


@pytest.mark.parametrize(
    ("herkomst", "van_ontvangende", "code"),
    [
        ("andere", False, None),
        ("nooit", False, None),
        ("deze", False, "oude_school"),
        ("deze", True, "oude_school"),
        ("andere", True, "tlv_oude_school"),  # the TLV says otherwise than the form
        ("nooit", True, "tlv_oude_school"),
    ],
)
def test_when_there_is_a_budget(herkomst: str, van_ontvangende: bool, code: str | None) -> None:
    answer = geen_budget(herkomst, tlv_van_ontvangende=van_ontvangende)
    assert (answer.code if answer else None) == code
    if answer:
        assert answer.zin.startswith("Geen budget, omdat ")


ROLLEN = (VAN_SCHOOL, NAAR_SCHOOL, VAN_DIRECTEUR, NAAR_DIRECTEUR, Rol.SWV_MEDEWERKER, Rol.CONTROLLER)
#: By hand: from which states each role may take each step, the conditions met.
MAG = {
    "vraag": {VAN_SCHOOL: {"concept"}},
    "leg_gesprek_vast": {VAN_SCHOOL: {"gevraagd"}, NAAR_SCHOOL: {"gevraagd"}},
    "bevestig": {NAAR_SCHOOL: {"gevraagd"}},
    "neem_niet_aan": {NAAR_SCHOOL: {"gevraagd"}},
    "haal_terug": {VAN_SCHOOL: {"gevraagd"}},
    "stel_vast": {Rol.SWV_MEDEWERKER: {"bij_swv"}},
    "geef_terug": {Rol.SWV_MEDEWERKER: {"bij_swv"}},
    "trek_in": {VAN_SCHOOL: {"concept", "gevraagd", "bij_swv"}},
}


@pytest.mark.parametrize("stap", sorted(MAG))
@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("staat", ["concept", "gevraagd", "bij_swv", "definitief", "ingetrokken"])
def test_the_table(stap: str, rol: str, staat: str) -> None:
    allowed = not isinstance(TERUGPLAATSING.decide(stap, staat, {rol}, STAND), Refusal)
    assert allowed is (staat in MAG[stap].get(rol, set()))
    assert {each.naam for each in TERUGPLAATSING.transitions} == set(MAG)


@pytest.mark.parametrize(
    ("stap", "staat", "rol", "anders", "code"),
    [
        ("vraag", "concept", VAN_SCHOOL, {"tlv_begin": None}, "tlv"),
        ("vraag", "concept", VAN_SCHOOL, {"naar_school": False}, "naar_school"),
        ("vraag", "concept", VAN_SCHOOL, {"herkomst": ""}, "herkomst"),
        ("vraag", "concept", VAN_SCHOOL, {"overstap_op": None}, "overstap_op"),
        ("vraag", "concept", VAN_SCHOOL, {"tlv_begin": date(2026, 4, 1)}, "voor_tlv"),
        ("bevestig", "gevraagd", NAAR_SCHOOL, {"gesprek_op": None}, "gesprek"),
        ("bevestig", "gevraagd", NAAR_SCHOOL, {"aanwezig": frozenset({"ouders"})}, "gesprek_aanwezig"),
        ("bevestig", "gevraagd", NAAR_SCHOOL, {"afspraken": False}, "afspraken"),
        ("bevestig", "gevraagd", NAAR_SCHOOL, {"toestemming_op": None}, "toestemming"),
        ("stel_vast", "bij_swv", Rol.SWV_MEDEWERKER, {"gesprek_op": None}, "gesprek"),
        ("stel_vast", "bij_swv", Rol.SWV_MEDEWERKER, {"toestemming_op": None}, "toestemming"),
        ("neem_niet_aan", "gevraagd", NAAR_SCHOOL, {"toelichting": ""}, "toelichting"),
        ("geef_terug", "bij_swv", Rol.SWV_MEDEWERKER, {"toelichting": " "}, "toelichting"),
    ],
)
def test_what_is_refused(stap: str, staat: str, rol: str, anders: dict[str, object], code: str) -> None:
    answer = TERUGPLAATSING.decide(stap, staat, {rol}, replace(STAND, **anders))  # type: ignore[arg-type]
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_who_was_not_at_the_meeting_is_named() -> None:
    answer = TERUGPLAATSING.decide(
        "bevestig", "gevraagd", {NAAR_SCHOOL}, replace(STAND, aanwezig=frozenset({"ouders", "swv"}))
    )
    assert isinstance(answer, Refusal)
    assert answer.zin == "Bij het startgesprek ontbrak: de school die de leerling verlaat, de nieuwe school."


def test_the_roles_of_both_schools() -> None:
    none = frozenset[Rol]()
    assert rollen_voor(van=frozenset({Rol.IBER}), naar=none) == {VAN_SCHOOL}
    assert rollen_voor(van=none, naar=frozenset({Rol.SCHOOLDIRECTEUR})) == {NAAR_SCHOOL, NAAR_DIRECTEUR}
    assert rollen_voor(van=frozenset({Rol.ORTHOPEDAGOOG, Rol.KERNVOORZITTER}), naar=none) == none
