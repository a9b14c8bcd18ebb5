"""The figures about absence, and that what is about fewer than five pupils can not be computed from the rest."""

import itertools
import random
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondersteuning.domain.aanwezigheid import DEFINITIES
from ondersteuning.domain.kleine_aantallen import verberg
from ondersteuning.domain.kwartaalrapport import (
    PATRONEN,
    Cel,
    Geteld,
    controleer_peildagen,
    duurklasse,
    lees_peildag,
    peildata,
    tel,
)

ALLES = frozenset({"landelijk", "eigen", "ouder"})


def leerling(duur: str = "kort", oorzaak: str = "thuis", soort: str = "BAO", patroon: frozenset[str] = ALLES) -> Geteld:
    return Geteld(patroon, {"duur": duur, "oorzaak": oorzaak, "schoolsoort": soort})


@pytest.mark.parametrize(
    ("day", "duration"),
    [
        (date(2024, 2, 1), "kort"),
        (date(2024, 2, 28), "kort"),
        (date(2024, 2, 29), "vier_weken"),
        (date(2024, 4, 30), "vier_weken"),
        (date(2024, 5, 1), "drie_maanden"),
        (date(2025, 1, 31), "drie_maanden"),
        (date(2025, 2, 1), "jaar"),
    ],
)
def test_how_long_it_lasts(day: date, duration: str) -> None:
    assert duurklasse(date(2024, 2, 1), day) == duration


def test_every_split_counts_the_same_pupils() -> None:
    pupils = [leerling(), leerling("jaar", patroon=frozenset({"eigen"})), leerling(soort="SO")]
    figures = tel(pupils)
    assert (figures[Cel("landelijk")], figures[Cel("eigen")], figures[Cel("ouder")]) == (2, 3, 2)
    for name, split in itertools.product(DEFINITIES, ("duur", "oorzaak", "schoolsoort")):
        parts = [number for cell, number in figures.items() if (cell.definitie, cell.splitsing) == (name, split)]
        assert sum(parts) == figures[Cel(name)]
    assert Cel("eigen", "oorzaak", "wachtlijst") not in figures


def test_less_than_five_is_kept_back_and_one_more_with_it() -> None:
    """Ten of cause 'thuis', seven of 'wachtlijst', two of 'onderwijs': the two would follow from the total."""
    pupils = [leerling() for _ in range(10)]
    pupils += [leerling(oorzaak="wachtlijst") for _ in range(7)]
    pupils += [leerling(oorzaak="onderwijs") for _ in range(2)]
    shown = verberg(pupils)
    assert shown[Cel("landelijk")] == 19
    assert shown[Cel("landelijk", "oorzaak", "onderwijs")] is None
    assert shown[Cel("landelijk", "oorzaak", "wachtlijst")] is None
    assert shown[Cel("landelijk", "oorzaak", "thuis")] == 10
    assert shown[Cel("landelijk", "duur", "kort")] == 19


def test_the_difference_of_two_definitions_is_kept_back_too() -> None:
    """Twenty by both, and two more by the older one: 'twenty' and 'twenty-two' would tell of these two."""
    pupils = [leerling() for _ in range(20)] + [leerling(patroon=frozenset({"eigen", "ouder"})) for _ in range(2)]
    shown = verberg(pupils)
    for split, code in (("", ""), ("duur", "kort"), ("oorzaak", "thuis"), ("schoolsoort", "BAO")):
        known = {shown[Cel(name, split, code)] for name in DEFINITIES} - {None}
        assert len(known) <= 1


def test_large_numbers_are_all_shown_and_so_is_nobody() -> None:
    pupils = [leerling() for _ in range(6)] + [leerling(oorzaak="jeugdhulp", patroon=frozenset({"eigen"}))] * 5
    assert verberg(pupils) == tel(pupils)
    assert set(verberg([]).values()) == {0}


def _small_hidden(pupils: Sequence[Geteld], shown: dict[Cel, int | None]) -> bool:
    """Is every figure of one to four pupils kept back?"""
    figures = tel(pupils)
    return all(shown[cell] is None for cell, number in figures.items() if 0 < number < 5)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["kort", "jaar"]),
            st.sampled_from(["thuis", "wachtlijst", "anders"]),
            st.sampled_from(["BAO", "SO"]),
            st.sampled_from(PATRONEN),
        ),
        max_size=25,
    )
)
def test_no_total_less_its_shown_parts_leaves_one_to_four(rows: list[tuple[str, str, str, frozenset[str]]]) -> None:
    pupils = [leerling(*row) for row in rows]
    shown, figures = verberg(pupils), tel(pupils)
    assert _small_hidden(pupils, shown)
    for name, split in itertools.product(DEFINITIES, ("duur", "oorzaak", "schoolsoort")):
        cells = [cell for cell in figures if (cell.definitie, cell.splitsing) == (name, split)]
        total = shown[Cel(name)]
        if total is not None:
            rest = total - sum(shown[cell] or 0 for cell in cells)
            assert rest == 0 or rest >= 5
    for cell in figures:
        for other in DEFINITIES:
            one, two = shown[cell], shown[Cel(other, cell.splitsing, cell.klasse)]
            assert one is None or two is None or abs(one - two) not in range(1, 5)


def test_of_many_pupils_the_small_classes_are_kept_back() -> None:
    source = random.Random(3)
    codes = ["thuis", "wachtlijst", "anders", "jeugdhulp", "psychisch", "overgang", "onderwijs"]
    pupils = [
        leerling(
            source.choice(["kort", "vier_weken", "jaar"]),
            source.choice(codes),
            source.choice(["BAO", "SBO", "SO"]),
            source.choice(PATRONEN),
        )
        for _ in range(150)
    ]
    shown = verberg(pupils)
    assert any(number is None for number in shown.values())
    assert _small_hidden(pupils, shown)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01-10", (1, 10)),
        (" 1-4 ", (1, 4)),
        ("29-02", None),
        ("31-04", None),
        ("10", None),
        ("a-b", None),
        ("1-1-1", None),
    ],
)
def test_a_day_that_every_year_has(text: str, day: tuple[int, int] | None) -> None:
    assert lees_peildag(text) == day


@pytest.mark.parametrize(
    ("days", "good"),
    [
        (["01-01", "01-04", "01-07", "01-10"], True),
        (["01-01", "01-04", "01-07"], False),
        (["01-01", "1-1", "01-07", "01-10"], False),
        (["01-01", "01-04", "01-07", "29-02"], False),
        (["01-01", "01-04", "01-07", "01-10", "01-11"], False),
    ],
)
def test_four_days_per_year(days: list[str], good: bool) -> None:
    assert (controleer_peildagen(days) is None) is good


def test_the_last_days_of_report() -> None:
    days = ["01-01", "01-04", "01-07", "01-10"]
    assert peildata(date(2025, 4, 1), days, hoeveel=3) == [date(2025, 4, 1), date(2025, 1, 1), date(2024, 10, 1)]
    assert peildata(date(2025, 3, 31), days, hoeveel=1) == [date(2025, 1, 1)]
