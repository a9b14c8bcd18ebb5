"""Who pays after a bao-bao overstap, by hand; and the table of its procedure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondersteuning.domain.baobao import BAOBAO, PORTAAL, Stand, betaler_na_baobao, laatste_dag
from ondersteuning.domain.overstap import NAAR_DIRECTEUR, NAAR_SCHOOL, VAN_DIRECTEUR, VAN_SCHOOL
from ondersteuning.domain.plaatsing import Kostendrager
from swv_portal.common.scoping import SWV_DOSSIER, Rol
from swv_portal.common.workflow import Refusal

D = date.fromisoformat
VANDAAG = date(2026, 3, 10)
STAND = Stand(
    vandaag=VANDAAG,
    naar_school=True,
    overstap_op=date(2026, 4, 1),
    toestemming_op=date(2026, 3, 1),
    extra_behoeften=True,
    geen_verhuizing=True,
    wie=7,
)


def betaler(overstap: date, op: date, jaren: int = 2) -> Kostendrager:
    return betaler_na_baobao(overstap, op, tot_en_met=laatste_dag(overstap, jaren))


@pytest.mark.parametrize(
    ("overstap", "laatste"),
    [
        ("2024-08-26", "2026-08-25"),
        ("2024-09-01", "2026-08-31"),
        ("2024-02-29", "2026-02-28"),  # no 29 February in 2026: until the last day of February
        ("2022-03-01", "2024-02-29"),  # the day before 1 March 2024 is a leap day
        ("2022-02-28", "2024-02-27"),
        ("2024-01-01", "2025-12-31"),
    ],
)
def test_two_years_exactly(overstap: str, laatste: str) -> None:
    assert laatste_dag(D(overstap)) == D(laatste)
    assert betaler(D(overstap), D(laatste)) is Kostendrager.VORIGE_SCHOOL
    assert betaler(D(overstap), D(laatste) + timedelta(days=1)) is Kostendrager.SCHOOL


def test_before_the_overstap_and_on_the_day_itself() -> None:
    assert betaler(D("2024-08-26"), D("2024-08-25")) is Kostendrager.SCHOOL
    assert betaler(D("2024-08-26"), D("2024-08-26")) is Kostendrager.VORIGE_SCHOOL


def test_another_term_of_an_swv() -> None:
    assert betaler(D("2024-08-26"), D("2025-08-26"), jaren=1) is Kostendrager.SCHOOL
    assert laatste_dag(D("2024-02-29"), jaren=4) == D("2028-02-28")


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.integers(-10, 800))
def test_it_is_two_years_of_birthdays(overstap: date, later: int) -> None:
    """Against another way of counting: (month, day) of the referral compared with those of the overstap."""
    day = overstap + timedelta(days=later)
    years = day.year - overstap.year - ((day.month, day.day) < (overstap.month, overstap.day))
    expected = Kostendrager.VORIGE_SCHOOL if 0 <= years < 2 else Kostendrager.SCHOOL
    assert betaler(overstap, day) is expected


ROLLEN = (VAN_SCHOOL, NAAR_SCHOOL, VAN_DIRECTEUR, NAAR_DIRECTEUR, PORTAAL, Rol.SWV_MEDEWERKER, Rol.CONTROLLER)
#: By hand: from which states each role may take each step, the conditions met.
MAG = {
    "vraag": {VAN_SCHOOL: {"concept"}},
    "bevestig_van": {VAN_DIRECTEUR: {"gevraagd"}},
    "bevestig_naar": {NAAR_DIRECTEUR: {"gevraagd"}},
    "leg_vast": {PORTAAL: {"gevraagd"}},
    "neem_niet_aan": {NAAR_DIRECTEUR: {"gevraagd"}},
    "haal_terug": {VAN_SCHOOL: {"gevraagd"}},
    "trek_in": {VAN_SCHOOL: {"concept", "gevraagd"}},
    "laat_vervallen": {Rol.SWV_MEDEWERKER: {"definitief"}},
}


@pytest.mark.parametrize("stap", sorted(MAG))
@pytest.mark.parametrize("rol", ROLLEN)
@pytest.mark.parametrize("staat", ["concept", "gevraagd", "definitief", "ingetrokken"])
def test_the_table(stap: str, rol: str, staat: str) -> None:
    facts = replace(STAND, toelichting="Klopt niet.")
    if stap == "leg_vast":
        facts = replace(facts, van_bevestigd=True, naar_bevestigd=True)
    allowed = not isinstance(BAOBAO.decide(stap, staat, {rol}, facts), Refusal)
    assert allowed is (staat in MAG[stap].get(rol, set()))
    assert {each.naam for each in BAOBAO.transitions} == set(MAG)
    assert {Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER} == SWV_DOSSIER


@pytest.mark.parametrize(
    ("stap", "rol", "staat", "anders", "code"),
    [
        ("vraag", VAN_SCHOOL, "concept", {"naar_school": False}, "naar_school"),
        ("vraag", VAN_SCHOOL, "concept", {"overstap_op": None}, "overstap_op"),
        ("vraag", VAN_SCHOOL, "concept", {"overstap_op": date(2027, 3, 11)}, "overstap_op"),
        ("vraag", VAN_SCHOOL, "concept", {"overstap_op": date(2025, 3, 9)}, "overstap_op"),
        ("vraag", VAN_SCHOOL, "concept", {"toestemming_op": None}, "toestemming"),
        ("bevestig_van", VAN_DIRECTEUR, "gevraagd", {"extra_behoeften": False}, "extra_behoeften"),
        ("bevestig_naar", NAAR_DIRECTEUR, "gevraagd", {"geen_verhuizing": False}, "verhuizing"),
        ("bevestig_naar", NAAR_DIRECTEUR, "gevraagd", {"van_door": 7}, "zelfde"),
        ("bevestig_van", VAN_DIRECTEUR, "gevraagd", {"naar_door": 7}, "zelfde"),
        ("bevestig_van", VAN_DIRECTEUR, "gevraagd", {"van_bevestigd": True}, "al_bevestigd"),
        ("bevestig_naar", NAAR_DIRECTEUR, "gevraagd", {"naar_bevestigd": True}, "al_bevestigd"),
        ("leg_vast", PORTAAL, "gevraagd", {"van_bevestigd": True}, "bevestigd"),
        ("neem_niet_aan", NAAR_DIRECTEUR, "gevraagd", {"toelichting": " "}, "toelichting"),
        ("laat_vervallen", Rol.SWV_MEDEWERKER, "definitief", {"toelichting": ""}, "toelichting"),
    ],
)
def test_what_is_refused(stap: str, rol: str, staat: str, anders: dict[str, object], code: str) -> None:
    answer = BAOBAO.decide(stap, staat, {rol}, replace(STAND, **anders))  # type: ignore[arg-type]
    assert isinstance(answer, Refusal)
    assert answer.code == code
