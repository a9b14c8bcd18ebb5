"""The procedure of an agreement, by hand: state, step, role; and what must be right about it."""

from datetime import date

import pytest

from ondersteuning.domain.overeenkomst import (
    AFGEWEZEN,
    ANDERE_DIRECTEUR,
    BIJ_SCHOLEN,
    BIJ_SWV,
    CONCEPT,
    GESTOPT,
    INGETROKKEN,
    LOPEND,
    OVEREENKOMST,
    PORTAAL,
    STATEN,
    Feiten,
    Soort,
    bewaardag,
    mag_wijzigen,
)
from ondersteuning.domain.overeenkomstperiode import (
    Grenzen,
    Opgave,
    controleer,
    controleer_doorgeven,
    controleer_toestemming,
    controleer_tussendag,
)
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal

VANDAAG = date(2025, 10, 6)
SYM, DWS, OBS = Soort.SYMBIOSE.value, Soort.DWS.value, Soort.OBSERVATIE.value
IBER, DIRECTEUR, SWV = Rol.IBER.value, Rol.SCHOOLDIRECTEUR.value, Rol.SWV_MEDEWERKER.value
ROLLEN = (IBER, DIRECTEUR, ANDERE_DIRECTEUR, SWV, Rol.DIRECTEUR_BESTUURDER.value, PORTAAL, Rol.CONTROLLER.value)
SCHOOL, HET_SWV = {IBER, DIRECTEUR}, {SWV, Rol.DIRECTEUR_BESTUURDER.value}

#: By hand: per step from which states, by whom, and where it leads.
TABEL = {
    "leg_voor": ({CONCEPT}, SCHOOL, BIJ_SCHOLEN),
    "teken": ({BIJ_SCHOLEN}, {DIRECTEUR}, BIJ_SCHOLEN),
    "teken_andere": ({BIJ_SCHOLEN}, {ANDERE_DIRECTEUR}, BIJ_SCHOLEN),
    "zeg_nee": ({BIJ_SCHOLEN}, {ANDERE_DIRECTEUR}, CONCEPT),
    "gaat_in": ({BIJ_SCHOLEN}, {PORTAAL}, LOPEND),
    "gaat_naar_swv": ({BIJ_SCHOLEN}, {PORTAAL}, BIJ_SWV),
    "stem_in": ({BIJ_SWV}, HET_SWV, LOPEND),
    "wijs_af": ({BIJ_SWV}, HET_SWV, AFGEWEZEN),
    "haal_terug": ({BIJ_SCHOLEN, BIJ_SWV}, SCHOOL, CONCEPT),
    "trek_in": ({CONCEPT, BIJ_SCHOLEN, BIJ_SWV}, SCHOOL | {PORTAAL}, INGETROKKEN),
    "geef_door": ({LOPEND, GESTOPT}, SCHOOL, LOPEND),
    "stop": ({LOPEND}, SCHOOL | {PORTAAL}, GESTOPT),
}


def feiten(soort: str = SYM, **other: object) -> Feiten:
    given = {"vandaag": VANDAAG, "einde": date(2026, 7, 31), "toelichting": "Omdat."} | other
    return Feiten(soort=soort, **given)  # type: ignore[arg-type]


def passend(stap: str) -> Feiten:
    """Facts with which the conditions of this step are met, so that only state and role decide."""
    if stap in {"gaat_in", "gaat_naar_swv"}:
        kind = SYM if stap == "gaat_in" else OBS
        return feiten(kind, getekend_school=VANDAAG, getekend_andere=VANDAAG)
    return feiten(DWS if stap == "geef_door" else SYM)


def test_the_table_names_every_step() -> None:
    assert {step.naam for step in OVEREENKOMST.transitions} == set(TABEL)


@pytest.mark.parametrize("stap", sorted(TABEL))
def test_state_by_step_by_role(stap: str) -> None:
    states, roles, to = TABEL[stap]
    for state in STATEN:
        for role in ROLLEN:
            answer = OVEREENKOMST.decide(stap, state, {role}, passend(stap))
            if role not in roles:
                assert isinstance(answer, Refusal)
                assert answer.code == "rol"
            elif state not in states:
                assert isinstance(answer, Refusal)
                assert answer.code == "staat"
            else:
                assert not isinstance(answer, Refusal)
                assert answer.naar == to


def code(stap: str, staat: str, rol: str, facts: Feiten) -> str:
    answer = OVEREENKOMST.decide(stap, staat, {rol}, facts)
    return answer.code if isinstance(answer, Refusal) else ""


def test_what_is_missing_or_wrong_keeps_it_from_the_schools() -> None:
    missing = feiten(ontbreekt=("de doelen",))
    assert code("leg_voor", CONCEPT, IBER, missing) == "ontbreekt"
    assert code("leg_voor", CONCEPT, IBER, feiten(bezwaren=(Refusal("periode", "Te lang."),))) == "periode"
    assert code("leg_voor", CONCEPT, IBER, feiten()) == ""


def test_each_school_signs_once_and_a_dws_place_has_one_signature() -> None:
    assert code("teken", BIJ_SCHOLEN, DIRECTEUR, feiten(getekend_school=VANDAAG)) == "getekend"
    assert code("teken_andere", BIJ_SCHOLEN, ANDERE_DIRECTEUR, feiten(getekend_andere=VANDAAG)) == "getekend"
    assert code("teken_andere", BIJ_SCHOLEN, ANDERE_DIRECTEUR, feiten(DWS)) == "geen_school"
    assert code("gaat_naar_swv", BIJ_SCHOLEN, PORTAAL, feiten(DWS, getekend_school=VANDAAG)) == ""
    assert code("gaat_naar_swv", BIJ_SCHOLEN, PORTAAL, feiten(OBS, getekend_school=VANDAAG)) == "niet_getekend"


@pytest.mark.parametrize(("soort", "zelf"), [(SYM, True), (DWS, False), (OBS, False)])
def test_only_a_symbiose_begins_without_the_swv(soort: str, zelf: bool) -> None:
    facts = feiten(soort, getekend_school=VANDAAG, getekend_andere=VANDAAG)
    assert (code("gaat_in", BIJ_SCHOLEN, PORTAAL, facts) == "") is zelf
    assert (code("gaat_naar_swv", BIJ_SCHOLEN, PORTAAL, facts) == "") is not zelf


@pytest.mark.parametrize(
    ("stap", "staat", "rol"),
    [("zeg_nee", BIJ_SCHOLEN, ANDERE_DIRECTEUR), ("wijs_af", BIJ_SWV, SWV), ("stop", LOPEND, IBER)],
)
def test_saying_no_or_stopping_needs_a_reason(stap: str, staat: str, rol: str) -> None:
    assert code(stap, staat, rol, feiten(toelichting="  ")) == "toelichting"


def test_only_a_dws_place_passes_on_and_not_after_its_end() -> None:
    assert code("geef_door", LOPEND, IBER, feiten(SYM)) == "soort"
    assert code("geef_door", GESTOPT, IBER, feiten(DWS)) == ""
    over = feiten(DWS, vandaag=date(2026, 8, 1))
    assert code("geef_door", GESTOPT, IBER, over) == "voorbij"
    assert code("stop", LOPEND, IBER, over) == "voorbij"


def test_it_is_changed_by_the_own_school_before_anybody_is_asked() -> None:
    assert mag_wijzigen(CONCEPT, frozenset({IBER})) is None
    for state, role, wanted in ((CONCEPT, SWV, "rol"), (BIJ_SCHOLEN, IBER, "staat"), (LOPEND, DIRECTEUR, "staat")):
        refusal = mag_wijzigen(state, frozenset({role}))
        assert refusal is not None
        assert refusal.code == wanted


def test_it_is_kept_three_years_after_its_last_day() -> None:
    end = date(2026, 7, 31)
    assert bewaardag(SYM, end) == date(2029, 7, 31)
    assert bewaardag(OBS, end, date(2026, 2, 28)) == date(2029, 2, 28)
    # A DWS place can still pass to another pupil.
    assert bewaardag(DWS, end, date(2026, 2, 28)) == date(2029, 7, 31)


def opgave(soort: str, begin: date, einde: date, **other: object) -> Opgave:
    given = {"schoolsoort": "BAO", "andere_soort": None if soort == DWS else "SBO", "groep": "6"} | other
    return Opgave(soort=soort, begin=begin, einde=einde, **given)  # type: ignore[arg-type]


def codes(said: Opgave, grenzen: Grenzen | None = None) -> list[str]:
    return [refusal.code for refusal in controleer(said, grenzen or Grenzen())]


@pytest.mark.parametrize(
    ("soort", "begin", "einde", "wrong"),
    [
        (SYM, date(2025, 9, 1), date(2026, 7, 31), False),
        (SYM, date(2025, 9, 1), date(2026, 8, 1), True),
        (SYM, date(2025, 9, 1), date(2025, 8, 31), True),
        (DWS, date(2025, 8, 1), date(2026, 7, 31), False),
        (DWS, date(2026, 2, 2), date(2026, 7, 31), False),
        (DWS, date(2025, 8, 1), date(2026, 2, 1), True),
        (OBS, date(2024, 2, 29), date(2026, 2, 27), False),
        (OBS, date(2024, 2, 29), date(2026, 2, 28), True),
        (OBS, date(2025, 9, 1), date(2027, 8, 31), False),
        (OBS, date(2025, 9, 1), date(2027, 9, 1), True),
    ],
)
def test_the_period_of_each_kind(soort: str, begin: date, einde: date, wrong: bool) -> None:
    assert codes(opgave(soort, begin, einde)) == (["periode"] if wrong else [])


def test_the_swv_may_choose_longer_or_shorter() -> None:
    wide = Grenzen(observatie_maanden=12, symbiose_schooljaren=2, dws_vanaf_groep=7)
    assert codes(opgave(SYM, date(2025, 9, 1), date(2027, 7, 31)), wide) == []
    assert codes(opgave(OBS, date(2025, 9, 1), date(2026, 9, 1)), wide) == ["periode"]
    assert codes(opgave(DWS, date(2025, 9, 1), date(2026, 7, 31), groep="6"), wide) == ["groep"]


@pytest.mark.parametrize(("groep", "wrong"), [("4", True), ("5", False), ("8", False), ("", False), ("4/5", True)])
def test_dws_is_from_group_five(groep: str, wrong: bool) -> None:
    found = codes(opgave(DWS, date(2025, 8, 1), date(2026, 7, 31), groep=groep))
    assert found == (["groep"] if wrong else [])


@pytest.mark.parametrize(
    ("soort", "eigen", "ander", "wrong"),
    [
        (SYM, "BAO", "SBO", False),
        (SYM, "BAO", "SO", False),
        (SYM, "SO", "BAO", False),
        (SYM, "BAO", "BAO", True),
        (SYM, "SBO", "SO", True),
        (OBS, "BAO", "SBO", False),
        (OBS, "SO", "SBO", False),
        (OBS, "BAO", "BAO", True),
    ],
)
def test_which_schools_go_together(soort: str, eigen: str, ander: str, wrong: bool) -> None:
    said = opgave(soort, date(2025, 9, 1), date(2026, 7, 31), schoolsoort=eigen, andere_soort=ander)
    assert codes(said) == (["andere_school"] if wrong else [])


def test_a_special_school_buys_no_dws_place_and_no_school_agrees_with_itself() -> None:
    days = (date(2025, 8, 1), date(2026, 7, 31))
    assert codes(opgave(DWS, *days, schoolsoort="SBO")) == ["school"]
    assert codes(opgave(SYM, *days, zelfde_school=True)) == ["zelfde_school"]


@pytest.mark.parametrize(
    ("vanaf", "gestopt", "wrong"),
    [
        (date(2025, 8, 1), None, True),
        (date(2025, 8, 2), None, False),
        (date(2026, 7, 31), None, False),
        (date(2026, 8, 1), None, True),
        (date(2025, 12, 1), date(2025, 12, 1), True),
        (date(2025, 12, 2), date(2025, 12, 1), False),
    ],
)
def test_from_which_day_a_place_passes_on(vanaf: date, gestopt: date | None, wrong: bool) -> None:
    begin, end = date(2025, 8, 1), date(2026, 7, 31)
    refusal = controleer_doorgeven(vanaf, huidige_van=begin, gestopt_per=gestopt, einde=end)
    assert (refusal is not None) is wrong


def test_days_within_the_period_and_consent_not_in_the_future() -> None:
    begin, end = date(2025, 8, 1), date(2026, 7, 31)
    assert controleer_tussendag(begin, begin, end, "dag") is None
    assert controleer_tussendag(date(2026, 8, 1), begin, end, "dag") is not None
    assert controleer_toestemming(None, VANDAAG) is None
    assert controleer_toestemming(VANDAAG, VANDAAG) is None
    assert controleer_toestemming(date(2025, 10, 7), VANDAAG) is not None
