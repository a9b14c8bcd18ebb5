"""Objections: the procedure by hand, whether one is in time, and its terms against counting days one by one."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondersteuning.domain.aanvraag import BEEINDIGD, GEWEIGERD, TOEGEKEND
from ondersteuning.domain.bezwaar import (
    ADVIES,
    BESLIST,
    BEZWAAR,
    INGETROKKEN,
    ONTVANGEN,
    STATEN,
    VERWEER,
    Gevolg,
    Stand,
    bezwaarmakers,
    mogelijke_gevolgen,
    nog_te_verdagen,
    te_kiezen_gevolgen,
)
from ondersteuning.domain.bezwaartermijnen import bezwaartermijnen, tijdig
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal, Transition

TODAY = date(2025, 3, 10)
GOOD = Stand(
    vandaag=TODAY,
    beslis_uiterlijk=date(2025, 6, 30),
    uitkomst="ongegrond",
    gevolg="blijft",
    staat_aanvraag=TOEGEKEND,
    toelichting="Daarom.",
)
SWV = {"swv_medewerker", "directeur_bestuurder"}
#: Steps that change no state, in every open one.
SAME = ("verdaag", "vraag_herstel", "leg_herstel_vast", "wijzig", "voeg_document_toe")
TABLE: dict[str, dict[str, str]] = {
    ONTVANGEN: {
        "verstuur_verweer": VERWEER,
        "ontvang_advies": ADVIES,
        "beslis": BESLIST,
        "trek_in": INGETROKKEN,
        **dict.fromkeys(SAME, ONTVANGEN),
    },
    VERWEER: {
        "ontvang_advies": ADVIES,
        "beslis": BESLIST,
        "trek_in": INGETROKKEN,
        **dict.fromkeys(SAME, VERWEER),
    },
    ADVIES: {"beslis": BESLIST, "trek_in": INGETROKKEN, **dict.fromkeys(SAME, ADVIES)},
    BESLIST: {},
    INGETROKKEN: {},
}
STEPS = sorted({name for steps in TABLE.values() for name in steps})


@pytest.mark.parametrize("state", list(STATEN))
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", [str(rol) for rol in Rol])
def test_state_step_role(state: str, step: str, role: str) -> None:
    answer = BEZWAAR.decide(step, state, {role}, GOOD)
    if role in SWV and step in TABLE[state]:
        assert isinstance(answer, Transition)
        assert answer.naar == TABLE[state][step]
    else:
        assert isinstance(answer, Refusal)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"toelichting": " "}, "toelichting"),
        ({"uitkomst": ""}, "uitkomst"),
        ({"uitkomst": "misschien"}, "uitkomst"),
        ({"gevolg": "vervalt"}, "gevolg"),  # unfounded: nothing changes
        ({"uitkomst": "gegrond", "gevolg": "opnieuw"}, "gevolg"),  # a granted TLV is not decided on again
        ({"uitkomst": "gegrond", "gevolg": "herleeft"}, "gevolg"),
        ({"uitkomst": "gegrond", "gevolg": "blijft"}, "gegrond_blijft"),
        ({"uitkomst": "gegrond", "gevolg": "vervalt", "geldt": False}, "eerder_besluit"),
        ({"route_beslisser": False}, "directeur"),
        ({"nam_besluit": True}, "zelf_besloten"),
        (
            {"uitkomst": "gegrond", "gevolg": "opnieuw", "staat_aanvraag": GEWEIGERD, "andere_aanvraag": "A-2425-0002"},
            "loopt_al",
        ),
    ],
)
def test_deciding_refused(change: dict[str, Any], code: str) -> None:
    answer = BEZWAAR.decide("beslis", ADVIES, SWV, replace(GOOD, **change))
    assert isinstance(answer, Refusal)
    assert answer.code == code


@pytest.mark.parametrize(
    ("against", "state", "other"),
    [
        ("besluit", GEWEIGERD, Gevolg.OPNIEUW),
        ("besluit", TOEGEKEND, Gevolg.VERVALT),
        ("intrekking", BEEINDIGD, Gevolg.HERLEEFT),
    ],
)
def test_what_a_founded_objection_can_mean(against: str, state: str, other: Gevolg) -> None:
    assert mogelijke_gevolgen("gegrond", state, against) == (other,)
    assert te_kiezen_gevolgen(state, against) == (Gevolg.BLIJFT, other)
    assert mogelijke_gevolgen("gegrond", state, against, geldt=False) == (Gevolg.BLIJFT,)
    for outcome in ("ongegrond", "niet_ontvankelijk"):
        assert mogelijke_gevolgen(outcome, state, against) == (Gevolg.BLIJFT,)


@pytest.mark.parametrize(
    ("against", "state"),
    [("besluit", BEEINDIGD), ("intrekking", TOEGEKEND), ("intrekking", GEWEIGERD)],
)
def test_an_objection_changes_only_the_decision_it_is_about(against: str, state: str) -> None:
    assert mogelijke_gevolgen("gegrond", state, against) == (Gevolg.BLIJFT,)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"verdaagd": True}, "verdaagd"),
        ({"vandaag": date(2025, 7, 1)}, "te_laat"),
    ],
)
def test_extending_refused(change: dict[str, Any], code: str) -> None:
    refusal = nog_te_verdagen(replace(GOOD, **change))
    assert refusal is not None
    assert refusal.code == code
    assert nog_te_verdagen(replace(GOOD, vandaag=GOOD.beslis_uiterlijk)) is None


UNTIL = date(2025, 4, 22)


@pytest.mark.parametrize(
    ("received", "posted", "in_time", "words"),
    [
        (UNTIL, None, True, "6:9 lid 1"),
        (UNTIL + timedelta(days=1), None, False, "6:11"),
        (UNTIL + timedelta(days=1), UNTIL, True, "6:9 lid 2"),
        (UNTIL + timedelta(days=7), UNTIL, True, "6:9 lid 2"),
        (UNTIL + timedelta(days=8), UNTIL, False, "6:9 lid 2"),
        (UNTIL + timedelta(days=2), UNTIL + timedelta(days=1), False, "6:7 en 6:8"),
    ],
)
def test_in_time(received: date, posted: date | None, in_time: bool, words: str) -> None:
    answer = tijdig(ontvangen=received, poststempel=posted, termijn_tot=UNTIL)
    assert answer.op_tijd is in_time
    assert words in answer.zin


def easter(year: int) -> date:
    """The date of Easter by the method of Meeus, so that nothing of the code under test is used."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    length = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * length) // 433
    month = (h + length - 7 * m + 90) // 25
    return date(year, month, (h + length - 7 * m + 33 * month + 19) % 32)


def is_free(day: date) -> bool:
    """Saturday, Sunday or a holiday of Algemene termijnenwet art. 3, by hand."""
    top = easter(day.year)
    moving = {top + timedelta(days=n) for n in (-2, 1, 39, 50)}
    king = date(day.year, 4, 27)
    king -= timedelta(days=1) if king.weekday() == 6 else timedelta()
    fixed = {(1, 1), (5, 5), (12, 25), (12, 26), (king.month, king.day)}
    return day.weekday() >= 5 or day in moving or (day.month, day.day) in fixed


def counted(begin: date, weeks: int) -> date:
    """Day by day: the term begins on the day after ``begin`` and ends on a day that is not free."""
    day = begin
    for _ in range(7 * weeks):
        day += timedelta(days=1)
    while is_free(day):
        day += timedelta(days=1)
    return day


@given(st.dates(date(2014, 1, 1), date(2043, 12, 31)), st.integers(0, 60))
def test_terms_against_counting(end: date, later: int) -> None:
    received = end + timedelta(days=later - 30)
    plain = bezwaartermijnen(ontvangen=received, termijn_tot=end, verdaagd=False, today=received)
    assert plain.verweer.laatste_dag == counted(received, 2)
    assert plain.beslissen.laatste_dag == counted(end, 12)
    moved = bezwaartermijnen(ontvangen=received, termijn_tot=end, verdaagd=True, today=received)
    assert moved.beslissen.laatste_dag == counted(counted(end, 12), 6)


@pytest.mark.parametrize(
    ("end", "decide", "extended"),
    [
        (date(2024, 10, 3), date(2024, 12, 27), date(2025, 2, 7)),  # twelve weeks: second day of Christmas
        (date(2025, 1, 27), date(2025, 4, 22), date(2025, 6, 3)),  # second day of Easter
        (date(2024, 12, 6), date(2025, 2, 28), date(2025, 4, 11)),
        (date(2023, 12, 7), date(2024, 2, 29), date(2024, 4, 11)),  # a leap day is a day like another
        (date(2025, 5, 8), date(2025, 7, 31), date(2025, 9, 11)),  # the end of the school year moves nothing
    ],
)
def test_terms_by_hand(end: date, decide: date, extended: date) -> None:
    for extend, expected in ((False, decide), (True, extended)):
        terms = bezwaartermijnen(ontvangen=end, termijn_tot=end, verdaagd=extend, today=end)
        assert terms.beslissen.laatste_dag == expected
        assert "7:10" in terms.beslissen.grondslag


def test_a_day_equal_to_a_holiday_moves_the_term() -> None:
    end = date(2025, 3, 7)
    plain = bezwaartermijnen(ontvangen=end, termijn_tot=end, verdaagd=False, today=end)
    assert plain.beslissen.laatste_dag == date(2025, 5, 30)
    equal = bezwaartermijnen(
        ontvangen=end, termijn_tot=end, verdaagd=False, today=end, gelijkgesteld=[date(2025, 5, 30)]
    )
    assert equal.beslissen.laatste_dag == date(2025, 6, 2)
    assert any("Algemene termijnenwet" in line for line in equal.beslissen.uitleg)


def test_who_can_have_objected_by_name() -> None:
    named = bezwaarmakers({"ouder_1": "Ans"})
    assert named["ouder_1"] == "Ans (ouder 1)"
    assert "ouder_2" not in named
    assert bezwaarmakers({"ouder_1": "Ans"}, nu="ouder_2")["ouder_2"] == "ouder 2"  # what was chosen before, stays
