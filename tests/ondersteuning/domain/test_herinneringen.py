"""Who may be reminded, by whom, and how soon again."""

from datetime import date, timedelta

import pytest

from ondersteuning.domain.aanvraag import (
    AANVULLING,
    BIJ_PARTIJEN,
    CONCEPT,
    INGEDIEND,
    STATEN,
    TOEGEKEND,
    WORDT_VERSTUURD,
)
from ondersteuning.domain.herinneringen import (
    Vraag,
    Wie,
    mag_herinneren,
    mag_iemand_herinneren,
    open_vraag,
    vraagt_iets,
)
from swv_portal.common.scoping import Rol

VANDAAG = date(2026, 3, 2)


def vraag(wie: Wie = Wie.OUDER, *, klaar: bool = False, bereikbaar: bool = True) -> Vraag:
    return Vraag(wie, "ouder 1", VANDAAG - timedelta(days=9), klaar, bereikbaar)


@pytest.mark.parametrize(
    ("wie", "states"),
    [
        (Wie.OUDER, {BIJ_PARTIJEN, INGEDIEND, AANVULLING}),
        (Wie.TWEEDE_DESKUNDIGE, {BIJ_PARTIJEN}),
        (Wie.ONTVANGEND, {BIJ_PARTIJEN}),
        (Wie.SCHOOL, {AANVULLING}),
        (Wie.INSTELLING, {CONCEPT, AANVULLING}),
    ],
)
def test_what_is_asked_in_which_state(wie: Wie, states: set[str]) -> None:
    assert {state for state in STATEN if open_vraag(state, vraag(wie))} == states
    assert not any(open_vraag(state, vraag(wie, klaar=True)) for state in STATEN)
    assert not any(open_vraag(state, Vraag(wie, "x", None, klaar=False)) for state in STATEN)


@pytest.mark.parametrize(
    ("parents", "institution", "states"),
    [
        (False, False, {BIJ_PARTIJEN, AANVULLING}),
        (True, False, {BIJ_PARTIJEN, AANVULLING, INGEDIEND, WORDT_VERSTUURD}),
        (False, True, {BIJ_PARTIJEN, AANVULLING, CONCEPT}),
    ],
)
def test_in_which_state_anything_is_asked(parents: bool, institution: bool, states: set[str]) -> None:
    assert {state for state in STATEN if vraagt_iets(state, ouders=parents, instelling=institution)} == states


@pytest.mark.parametrize(
    ("last", "days", "code"),
    [
        (None, 1, None),
        (VANDAAG, 1, "te_snel"),
        (VANDAAG - timedelta(days=1), 1, None),
        (VANDAAG - timedelta(days=6), 7, "te_snel"),
        (VANDAAG - timedelta(days=7), 7, None),
    ],
)
def test_how_soon_again(last: date | None, days: int, code: str | None) -> None:
    answer = mag_herinneren(BIJ_PARTIJEN, vraag(), laatste=last, vandaag=VANDAAG, na_dagen=days)
    assert (answer.code if answer else None) == code


def test_nobody_is_reminded_of_what_is_done_or_can_not_be_reached() -> None:
    answers = [
        mag_herinneren(TOEGEKEND, vraag(), laatste=None, vandaag=VANDAAG),
        mag_herinneren(BIJ_PARTIJEN, vraag(klaar=True), laatste=None, vandaag=VANDAAG),
        mag_herinneren(BIJ_PARTIJEN, vraag(bereikbaar=False), laatste=None, vandaag=VANDAAG),
        mag_herinneren(BIJ_PARTIJEN, vraag(Wie.ONTVANGEND, bereikbaar=False), laatste=None, vandaag=VANDAAG),
    ]
    assert [answer.code if answer else None for answer in answers] == ["klaar", "klaar", "onbereikbaar", "onbereikbaar"]
    assert answers[2] is not None
    assert "nieuwe link" in answers[2].zin
    assert answers[3] is not None
    assert "account" in answers[3].zin


def test_who_reminds_whom() -> None:
    school, swv = frozenset({Rol.IBER}), frozenset({Rol.SWV_MEDEWERKER})
    assert mag_iemand_herinneren(school, Wie.OUDER) is None
    assert mag_iemand_herinneren(swv, Wie.SCHOOL) is None
    assert mag_iemand_herinneren(school, Wie.SCHOOL) is not None  # the own school does not remind itself
    assert mag_iemand_herinneren(frozenset({Rol.ORTHOPEDAGOOG}), Wie.OUDER) is not None
