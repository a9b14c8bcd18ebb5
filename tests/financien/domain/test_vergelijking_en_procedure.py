"""Differences between versions; and the procedures as tables, state by state and role by role."""

from dataclasses import dataclass
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financien.domain.procedure import BEGROTING, BESCHIKKING, BUDGET, BUDGETJAAR
from financien.domain.vergelijking import vergelijk
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal


def test_new_gone_and_changed_lines():
    was = {(1, "a"): (D(1), D(10)), (1, "b"): (D(2), D(20))}
    wordt = {(1, "a"): (D(1), D(10)), (1, "b"): (D(3), D(30)), (2, "a"): (D(1), D(5))}
    found = vergelijk(was, wordt)
    assert [(v.school_id, v.code, v.bedrag) for v in found] == [(1, "b", D(10)), (2, "a", D(5))]
    assert vergelijk(wordt, was)[1].wordt is None
    assert vergelijk(was, was) == []


lines = st.dictionaries(
    st.tuples(st.integers(1, 5), st.sampled_from("abc")),
    st.tuples(st.integers(0, 9).map(D), st.integers(-999, 999).map(D)),
)


@given(lines, lines)
def test_changes_add_up_to_the_difference_of_the_totals(was, wordt):
    total = sum(line[1] for line in wordt.values()) - sum(line[1] for line in was.values())
    assert sum(verschil.bedrag for verschil in vergelijk(was, wordt)) == total


@dataclass
class Stand:
    aantal_scholen: int = 3
    jaar_open: bool = True


DB, C = Rol.DIRECTEUR_BESTUURDER, Rol.CONTROLLER
MAG = {
    ("stel_vast", "concept"): {DB},
    ("vervang_concept", "concept"): {DB, C},
    ("vervang", "vastgesteld"): {DB},
    ("maak_beschikkingen", "vastgesteld"): {DB, C},
}


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("staat", list(BUDGET.staten))
@pytest.mark.parametrize("stap", [t.naam for t in BUDGET.transitions])
def test_every_step_of_a_budget(stap, staat, rol):
    allowed = not isinstance(BUDGET.decide(stap, staat, [rol], Stand()), Refusal)
    assert allowed is (rol in MAG.get((stap, staat), set()))


@pytest.mark.parametrize(("stand", "code"), [(Stand(0), "leeg"), (Stand(jaar_open=False), "afgesloten")])
def test_what_keeps_a_budget_from_being_established(stand, code):
    refusal = BUDGET.decide("stel_vast", "concept", [DB], stand)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize(
    ("stap", "staat", "mag"),
    [
        ("sluit", "open", True),
        ("sluit", "afgesloten", False),
        ("heropen", "afgesloten", True),
        ("heropen", "open", False),
    ],
)
def test_only_the_director_closes_a_year(rol, stap, staat, mag):
    allowed = not isinstance(BUDGETJAAR.decide(stap, staat, [rol], None), Refusal)
    assert allowed is (mag and rol == DB)


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("staat", list(BEGROTING.staten))
@pytest.mark.parametrize(("stap", "van"), [("maak_geldend", "concept"), ("vervang", "geldend")])
def test_only_the_director_says_which_begroting_is_geldend(rol, staat, stap, van):
    assert {transition.naam for transition in BEGROTING.transitions} == {"maak_geldend", "vervang"}
    allowed = not isinstance(BEGROTING.decide(stap, staat, [rol], None), Refusal)
    assert allowed is (staat == van and rol == DB)


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("staat", list(BESCHIKKING.staten))
def test_a_letter_is_made_once(rol, staat):
    allowed = not isinstance(BESCHIKKING.decide("maak", staat, [rol], None), Refusal)
    assert allowed is (staat == "wacht" and rol in {DB, C})
