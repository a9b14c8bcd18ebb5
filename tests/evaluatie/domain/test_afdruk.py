"""The fingerprint of answers: equal for the same groups with the same counts, and for nothing else."""

from collections.abc import Callable

import pytest

from evaluatie.domain.afdruk import afdruk_van

Groepen = dict[str, int]
Tellingen = dict[tuple[str, str, str], int]

GROEPEN = {"Noord": 6, "Zuid": 5}
TELLINGEN = {("Noord", "v", "1"): 4, ("Noord", "v", "2"): 2, ("Zuid", "v", "1"): 5}


@pytest.mark.parametrize(
    ("groepen", "tellingen"),
    [
        (dict(reversed(GROEPEN.items())), dict(reversed(TELLINGEN.items()))),
        (GROEPEN, TELLINGEN | {("Zuid", "v", "3"): 0}),
        ({"noord": 6, "Zuid": 5}, {(name.replace("N", "n"), *rest): n for (name, *rest), n in TELLINGEN.items()}),
    ],
)
def test_order_capitals_and_answers_that_nobody_gave_make_no_difference(groepen: Groepen, tellingen: Tellingen) -> None:
    assert afdruk_van(groepen, tellingen) == afdruk_van(GROEPEN, TELLINGEN)


@pytest.mark.parametrize(
    "verander",
    [
        lambda groepen, tellingen: groepen.update(Noord=7),
        lambda groepen, tellingen: groepen.update(Oost=0),
        lambda groepen, tellingen: groepen.update(Nord=groepen.pop("Noord")),
        lambda groepen, tellingen: groepen.update(Noord=5, Zuid=6),
        lambda groepen, tellingen: tellingen.update({("Noord", "v", "1"): 3, ("Noord", "v", "2"): 3}),
        lambda groepen, tellingen: tellingen.update({("Noord", "w", "1"): 1}),
        # two people who each answer as the other did, in another group
        lambda groepen, tellingen: tellingen.update(
            {("Noord", "v", "1"): 5, ("Noord", "v", "2"): 1, ("Zuid", "v", "1"): 4, ("Zuid", "v", "2"): 1}
        ),
    ],
)
def test_every_other_difference_is_seen(verander: Callable[[Groepen, Tellingen], None]) -> None:
    groepen, tellingen = dict(GROEPEN), dict(TELLINGEN)
    verander(groepen, tellingen)
    assert afdruk_van(groepen, tellingen) != afdruk_van(GROEPEN, TELLINGEN)


def test_what_is_written_together_is_not_mistaken_for_another_division() -> None:
    assert afdruk_van({"a": 1}, {("a", "bc", "d"): 1}) != afdruk_van({"a": 1}, {("a", "b", "cd"): 1})
