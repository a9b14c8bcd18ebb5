"""Steps that change no state: taken from several states, and each time the state stays as it is."""

import pytest

from swv_portal.common.workflow import BLIJFT, Refusal, Transition, Workflow

WORKFLOW = Workflow(
    {"open": "Open", "bezig": "Bezig", "klaar": "Klaar"},
    (
        Transition("begin", "Begin", frozenset({"open"}), "bezig", frozenset({"iber"})),
        Transition("vraag", "Vraag iets", frozenset({"open", "bezig"}), BLIJFT, frozenset({"iber"})),
    ),
)


@pytest.mark.parametrize("state", ["open", "bezig"])
def test_the_state_stays(state: str) -> None:
    answer = WORKFLOW.decide("vraag", state, {"iber"}, None)
    assert isinstance(answer, Transition)
    assert answer.naar == state


def test_elsewhere_it_is_refused_as_every_step() -> None:
    answers = [WORKFLOW.decide("vraag", "klaar", {"iber"}, None), WORKFLOW.decide("vraag", "open", {"ouder"}, None)]
    assert [answer.code for answer in answers if isinstance(answer, Refusal)] == ["staat", "rol"]


def test_the_table_says_so() -> None:
    assert WORKFLOW.as_rows()[1] == ("Vraag iets", "Open, Bezig", "blijft gelijk", "iber")


def test_an_unknown_state_is_still_a_mistake() -> None:
    with pytest.raises(ValueError, match="unknown state"):
        Workflow({"open": "Open"}, (Transition("x", "X", frozenset({"open"}), "dicht", frozenset()),))
