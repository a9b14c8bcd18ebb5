"""The procedure of a report of absence, and the decision of the board table: by hand."""

from dataclasses import replace
from datetime import date

import pytest

from ondersteuning.domain.verzuimmelding import (
    AFGESLOTEN,
    GEMELD,
    HEROPEND,
    IN_BEHANDELING,
    MELDING,
    STATEN,
    Afsluiting,
    Zorgplicht,
    controleer_zorgplicht,
)
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal

EINDE = Afsluiting(date(2025, 1, 6), "terug", date(2025, 3, 3), "Weer in de groep.", date(2025, 3, 10))
STAF, SCHOOL = {Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER}, {Rol.IBER, Rol.SCHOOLDIRECTEUR}
#: Step, from, to, who.
TABEL = {
    ("neem_in_behandeling", GEMELD): (IN_BEHANDELING, STAF),
    ("neem_in_behandeling", HEROPEND): (IN_BEHANDELING, STAF),
    ("sluit_af", GEMELD): (AFGESLOTEN, STAF | SCHOOL),
    ("sluit_af", IN_BEHANDELING): (AFGESLOTEN, STAF | SCHOOL),
    ("sluit_af", HEROPEND): (AFGESLOTEN, STAF | SCHOOL),
    ("heropen", AFGESLOTEN): (HEROPEND, STAF),
}


@pytest.mark.parametrize("step", ["neem_in_behandeling", "sluit_af", "heropen"])
@pytest.mark.parametrize("state", STATEN)
@pytest.mark.parametrize("role", list(Rol))
def test_who_may_take_which_step(step: str, state: str, role: Rol) -> None:
    answer = MELDING.decide(step, state, {role}, EINDE)
    to, who = TABEL.get((step, state), ("", set()))
    if role in who:
        assert not isinstance(answer, Refusal)
        assert answer.naar == to
    else:
        assert isinstance(answer, Refusal)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"soort": ""}, "einde_soort"),
        ({"soort": "weg"}, "einde_soort"),
        ({"einde": None}, "einde_op"),
        ({"einde": date(2025, 1, 5)}, "einde_op"),
        ({"einde": date(2025, 3, 11)}, "einde_op"),
        ({"reden": "  "}, "einde_reden"),
    ],
)
def test_closing_tells_how_it_ended(change: dict[str, object], field: str) -> None:
    answer = MELDING.decide("sluit_af", GEMELD, {Rol.IBER}, replace(EINDE, **change))  # type: ignore[arg-type]
    assert isinstance(answer, Refusal)
    assert answer.veld == field


def test_absence_may_end_on_its_first_day() -> None:
    answer = MELDING.decide("sluit_af", GEMELD, {Rol.IBER}, replace(EINDE, einde=date(2025, 1, 6)))
    assert not isinstance(answer, Refusal)


BESLUIT = Zorgplicht(frozenset({1, 2}), 2, date(2025, 2, 3), "Dichtbij huis.", date(2025, 1, 10), date(2025, 2, 10))


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"besturen": frozenset({2})}, ["besturen"]),
        ({"besturen": frozenset()}, ["besturen"]),
        ({"bestuur_van_school": 3}, ["school"]),
        ({"besloten_op": date(2025, 2, 11)}, ["besloten_op"]),
        ({"besloten_op": date(2025, 1, 9)}, ["besloten_op"]),
        ({"besloten_op": date(2025, 1, 10)}, []),
        ({"motivering": " "}, ["motivering"]),
    ],
)
def test_the_board_table(change: dict[str, object], fields: list[str]) -> None:
    refusals = controleer_zorgplicht(replace(BESLUIT, **change))  # type: ignore[arg-type]
    assert [refusal.veld for refusal in refusals] == fields
