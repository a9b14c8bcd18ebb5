"""The rules of the kernplan, and its procedure as a table by hand: state × step × role."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernen.domain.kernplan import (
    KERNPLAN,
    Afmeting,
    Doel,
    Inzet,
    Plan,
    controle,
    heeft_doelen,
    kosten_kloppen,
    mag_schrijven,
    past_op_een_a4,
    volgt_de_route,
)
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal, Transition

GOED = Plan(
    doelen=(Doel("Rust in de klas", "Samen scholing volgen"),),
    toelichting="Eigen mensen",
    inzet=(Inzet("Leerkracht", 1, Decimal(10), Decimal(60)),),
    budget=Decimal("1000.00"),
    afmeting=Afmeting(1, "Doelen en activiteiten"),
    opmerking="Maak het meetbaar.",
)

#: Written by hand from the procedure: who may take which step from which state.  Everything else is refused.
MAG = {
    ("concept", "dien_in"): {Rol.KERNVOORZITTER},
    ("teruggestuurd", "dien_in"): {Rol.KERNVOORZITTER},
    ("ingediend", "stuur_terug"): {Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER},
    ("ingediend", "stel_vast"): {Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER},
    ("vastgesteld", "heropen"): {Rol.DIRECTEUR_BESTUURDER},
}
NAAR = {"dien_in": "ingediend", "stuur_terug": "teruggestuurd", "stel_vast": "vastgesteld", "heropen": "concept"}


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("stap", list(NAAR))
@pytest.mark.parametrize("staat", ["concept", "ingediend", "teruggestuurd", "vastgesteld"])
def test_every_state_step_and_role(staat, stap, rol):
    answer = KERNPLAN.decide(stap, staat, {rol}, GOED)
    if rol in MAG.get((staat, stap), set()):
        assert isinstance(answer, Transition)
        assert answer.naar == NAAR[stap]
    else:
        assert isinstance(answer, Refusal)
        right_role = any(rol in roles for (_, name), roles in MAG.items() if name == stap)
        assert answer.code == ("staat" if right_role else "rol")


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("staat", ["concept", "ingediend", "teruggestuurd", "vastgesteld"])
def test_who_writes(staat, rol):
    refusal = mag_schrijven(staat, frozenset({rol}))
    if rol != Rol.KERNVOORZITTER:
        assert refusal is not None
        assert refusal.code == "rol"
    elif staat in {"concept", "teruggestuurd"}:
        assert refusal is None
    else:
        assert refusal is not None
        assert refusal.code == "staat"


@pytest.mark.parametrize(
    ("stap", "waarom", "code"),
    [
        (1, {}, None),
        (2, {}, "reden_stap_1"),
        (2, {1: "   "}, "reden_stap_1"),
        (2, {1: "niemand vrij"}, None),
        (3, {}, "reden_stap_1"),
        (3, {1: "niemand vrij"}, "reden_stap_2"),
        (3, {2: "geen uren"}, "reden_stap_1"),
        (3, {1: "niemand vrij", 2: "geen uren"}, None),
    ],
)
def test_the_route_asks_for_reasons(stap, waarom, code):
    refusal = volgt_de_route(replace(GOED, stap=stap, waarom_niet=waarom))
    assert (refusal.code if refusal else None) == code


def test_nobody_is_planned_from_a_later_step_than_the_kern_takes():
    plan = replace(GOED, inzet=(Inzet("Specialist", 2, Decimal(1), Decimal(75)),))
    refusal = volgt_de_route(plan)
    assert refusal is not None
    assert refusal.code == "inzet_voorbij_stap"
    assert "Specialist" in refusal.zin
    assert volgt_de_route(replace(plan, stap=2, waarom_niet={1: "niemand vrij"})) is None


@pytest.mark.parametrize(
    ("doelen", "code"),
    [
        ((), "doelen"),
        ((Doel("  ", "iets doen"),), "doelen"),
        ((Doel("Rust", ""),), "activiteiten"),
        ((Doel("Rust", "scholing"), Doel("Lezen", " ")), "activiteiten"),
        ((Doel("Rust", "scholing"),), None),
    ],
)
def test_a_goal_has_activities(doelen, code):
    refusal = heeft_doelen(replace(GOED, doelen=doelen))
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("verandering", "code"),
    [
        ({}, None),
        ({"inzet": (Inzet("Leerkracht", 1, Decimal(0), Decimal(60)),)}, "uren"),
        ({"inzet": (Inzet("Externe inhuur", 1, Decimal(3), Decimal(0)),)}, "uren"),
        ({"overige_kosten": Decimal("10.00")}, "overige_toelichting"),
        ({"overige_kosten": Decimal("-1.00")}, "overige_kosten"),
        ({"overige_kosten": Decimal("400.00"), "overige_toelichting": "zaal"}, None),
        ({"overige_kosten": Decimal("400.01"), "overige_toelichting": "zaal"}, "budget"),
        ({"budget": None, "overige_kosten": Decimal("9000.00"), "overige_toelichting": "zaal"}, None),
    ],
)
def test_costs_stay_within_the_budget(verandering, code):
    refusal = kosten_kloppen(replace(GOED, **verandering))
    assert (refusal.code if refusal else None) == code


def test_the_sentence_about_the_budget_says_how_much_too_much():
    refusal = kosten_kloppen(replace(GOED, budget=Decimal("540.50")))
    assert refusal is not None
    assert refusal.zin == "Het plan kost €\xa0600,00. Dat is €\xa059,50 meer dan het kernbudget."


def test_a_second_page_is_refused_with_the_longest_part():
    assert past_op_een_a4(GOED) is None
    refusal = past_op_een_a4(replace(GOED, afmeting=Afmeting(2, "Aanleiding")))
    assert refusal is not None
    assert "2 bladzijden" in refusal.zin
    assert "Aanleiding" in refusal.zin


def test_the_check_page_names_everything_at_once():
    plan = replace(GOED, doelen=(), stap=2, budget=Decimal(1), afmeting=Afmeting(2, "Aanleiding"))
    assert [refusal.code for refusal in controle(plan)] == ["doelen", "reden_stap_1", "budget", "te_lang"]
    assert controle(GOED) == []


rows = st.builds(
    Inzet,
    st.just("Leerkracht"),
    st.just(1),
    st.decimals(0, 2000, places=2),
    st.decimals(0, 500, places=2),
)


@given(st.lists(rows, max_size=8), st.decimals(0, 10_000, places=2), st.decimals(0, 100_000, places=2))
def test_the_lines_add_up_to_the_total(inzet, overig, budget):
    plan = replace(GOED, inzet=inzet, overige_kosten=overig, budget=budget)
    assert plan.totaal == sum((row.bedrag for row in inzet), Decimal(0)) + overig
    assert plan.over == budget - plan.totaal
    assert all(row.bedrag == row.bedrag.quantize(Decimal("0.01")) for row in inzet)


def test_a_goal_without_words_is_refused_also_when_another_has_them():
    plan = replace(GOED, doelen=(*GOED.doelen, Doel("", "Wel activiteiten")))
    refusal = heeft_doelen(plan)
    assert refusal is not None
    assert (refusal.code, "doel 2" in refusal.zin) == ("tekst", True)


@given(
    st.builds(
        Plan,
        doelen=st.lists(st.builds(Doel, st.sampled_from(["", "Rust"]), st.sampled_from(["", "Scholing"])), max_size=3),
        stap=st.sampled_from([1, 2, 3]),
        waarom_niet=st.dictionaries(st.sampled_from([1, 2]), st.sampled_from(["", "vol"])),
        inzet=st.lists(
            st.builds(
                Inzet,
                st.just("L"),
                st.sampled_from([1, 2, 3]),
                st.sampled_from([Decimal(0), Decimal(5)]),
                st.just(Decimal(60)),
            ),
            max_size=3,
        ),
        overige_kosten=st.sampled_from([Decimal(0), Decimal(50)]),
        budget=st.sampled_from([None, Decimal(100)]),
        afmeting=st.sampled_from([None, Afmeting(1, "Aanleiding"), Afmeting(2, "Aanleiding")]),
    )
)
def test_the_check_page_begins_with_what_submitting_refuses(plan):
    """The check names everything; submitting refuses exactly when something is left, and then with the first."""
    answer = KERNPLAN.decide("dien_in", "concept", {Rol.KERNVOORZITTER}, plan)
    found = controle(plan)
    if isinstance(answer, Refusal):
        assert found[0] == answer
    else:
        assert found == []
