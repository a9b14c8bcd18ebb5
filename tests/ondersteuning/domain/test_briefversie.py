"""The versions of a letter: who takes which step, and what differs between two of them."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondersteuning.domain.briefsoorten import TOEKENNING, Blokken
from ondersteuning.domain.briefversie import (
    BRIEFVERSIE,
    CONCEPT,
    GELDEND,
    VERVANGEN,
    WEGGELEGD,
    Deel,
    Teken,
    verschillen,
    woordverschil,
)
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories.brieven import teksten

MAG = {Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER}
#: Step, from, to.
STAPPEN = {
    ("maak_geldend", CONCEPT): GELDEND,
    ("leg_weg", CONCEPT): WEGGELEGD,
    ("vervang", GELDEND): VERVANGEN,
}


@dataclass(frozen=True)
class Rij:
    soort: str = TOEKENNING
    blokken: Blokken = field(default_factory=teksten)


@pytest.mark.parametrize("rol", list(Rol))
@pytest.mark.parametrize("staat", list(BRIEFVERSIE.staten))
@pytest.mark.parametrize("stap", ["maak_geldend", "leg_weg", "vervang"])
def test_every_step_from_every_state_by_every_role(stap: str, staat: str, rol: Rol) -> None:
    answer = BRIEFVERSIE.decide(stap, staat, {rol}, Rij())
    if rol not in MAG:
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"
    elif (stap, staat) in STAPPEN:
        assert not isinstance(answer, Refusal)
        assert answer.naar == STAPPEN[stap, staat]
    else:
        assert isinstance(answer, Refusal)
        assert answer.code == "staat"


def test_texts_that_are_wrong_do_not_become_geldend() -> None:
    answer = BRIEFVERSIE.decide("maak_geldend", CONCEPT, MAG, Rij(blokken=teksten(bezwaar="Geen bezwaar.")))
    assert isinstance(answer, Refusal)
    assert answer.code == "teksten"
    assert answer.zin.startswith("Bezwaar: Zet {bezwaar_tot} en {bezwaaradres}")


def test_only_blocks_that_differ_are_named() -> None:
    found = verschillen(TOEKENNING, teksten(slot="Met groet,"), teksten(slot="Met vriendelijke groet,"))
    assert [item.label for item in found] == ["Slot"]
    assert found[0].delen == (
        Deel("Met ", Teken.GELIJK),
        Deel("vriendelijke ", Teken.NIEUW),
        Deel("groet,", Teken.GELIJK),
    )
    assert verschillen(TOEKENNING, teksten(), teksten()) == []


@given(st.text(alphabet="ab c\n", max_size=40), st.text(alphabet="ab c\n", max_size=40))
def test_a_difference_holds_both_texts(oud: str, nieuw: str) -> None:
    parts = woordverschil(oud, nieuw)
    assert "".join(part.tekst for part in parts if part.teken != Teken.NIEUW) == oud
    assert "".join(part.tekst for part in parts if part.teken != Teken.WEG) == nieuw
