"""The phases of a dossier: a table by hand of phase x step x role, and what everything that runs says about it."""

from datetime import date

import pytest

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain import overstap
from ondersteuning.domain.fase import (
    AFSTEMMING,
    FASE,
    FASEN,
    INDICATIE,
    PLAATSING,
    SIGNALERING,
    TERUGPLAATSING,
    Aanvraagfeit,
    Fasewissel,
    Terugfeit,
    fase_bij,
    verste,
)
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal, Transition

MAG = {Rol.IBER, Rol.SCHOOLDIRECTEUR, Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER}


@pytest.mark.parametrize("nu", FASEN)
@pytest.mark.parametrize("naar", FASEN)
@pytest.mark.parametrize("rol", list(Rol))
def test_who_sets_which_phase(nu: str, naar: str, rol: Rol) -> None:
    answer = FASE.decide(f"naar_{naar}", nu, {rol}, Fasewissel("De leerling kwam terug."))
    if rol not in MAG:
        assert isinstance(answer, Refusal)
        assert answer.code == "rol"
    elif nu == naar:
        assert isinstance(answer, Refusal)
        assert answer.code == "staat"
    else:
        assert isinstance(answer, Transition)
        assert answer.naar == naar


@pytest.mark.parametrize("reden", ["", "   ", "\n"])
def test_without_a_reason_the_phase_stays(reden: str) -> None:
    answer = FASE.decide("naar_indicatie", SIGNALERING, {Rol.IBER}, Fasewissel(reden))
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.veld) == ("reden", "reden")


VANDAAG = date(2026, 3, 10)
GISTEREN, MORGEN = date(2026, 3, 9), date(2026, 3, 11)


def tlv(van: date = date(2024, 8, 1)) -> Aanvraagfeit:
    return Aanvraagfeit(procedure.TOEGEKEND, van)


def aanvraag(staat: str) -> Aanvraagfeit:
    return Aanvraagfeit(staat)


def terug(staat: str, op: date | None = None, *, gesprek: bool = True, geplaatst: bool = False) -> Terugfeit:
    return Terugfeit(staat, gesprek, op, geplaatst)


@pytest.mark.parametrize(
    ("staat", "fase"),
    [
        (procedure.CONCEPT, INDICATIE),
        (procedure.BIJ_PARTIJEN, AFSTEMMING),
        (procedure.INGEDIEND, AFSTEMMING),
        (procedure.AANVULLING, AFSTEMMING),
        (procedure.WORDT_VERSTUURD, AFSTEMMING),
        (procedure.TOEGEKEND, PLAATSING),
        (procedure.GEWEIGERD, SIGNALERING),
        (procedure.INGETROKKEN, SIGNALERING),
        (procedure.BEEINDIGD, SIGNALERING),
    ],
)
def test_the_phase_of_one_application(staat: str, fase: str) -> None:
    assert fase_bij([aanvraag(staat)], vandaag=VANDAAG) == fase


def test_every_running_state_says_a_phase() -> None:
    """A new running state without a phase would put the dossier back at the signal."""
    for staat in procedure.LOPEND:
        assert fase_bij([aanvraag(staat)], vandaag=VANDAAG) != SIGNALERING


@pytest.mark.parametrize(
    ("aanvragen", "fase"),
    [
        ([], SIGNALERING),
        ([procedure.GEWEIGERD, procedure.INGETROKKEN], SIGNALERING),
        ([procedure.GEWEIGERD, procedure.CONCEPT], INDICATIE),
        ([procedure.INGEDIEND, procedure.CONCEPT], AFSTEMMING),
        ([procedure.TOEGEKEND, procedure.GEWEIGERD], PLAATSING),
        ([procedure.TOEGEKEND, procedure.CONCEPT], PLAATSING),
        ([procedure.TOEGEKEND, procedure.INGEDIEND], PLAATSING),
        ([procedure.BEEINDIGD, procedure.CONCEPT], INDICATIE),
    ],
)
def test_of_more_applications_the_furthest_counts(aanvragen: list[str], fase: str) -> None:
    for order in (aanvragen, aanvragen[::-1]):
        assert fase_bij([aanvraag(staat) for staat in order], vandaag=VANDAAG) == fase


@pytest.mark.parametrize(
    ("aanvragen", "gevallen", "fase"),
    [
        # A plan for a return is no return yet; it begins with the start meeting.
        ([tlv()], [terug(overstap.CONCEPT, MORGEN, gesprek=False)], PLAATSING),
        ([tlv()], [terug(overstap.GEVRAAGD, MORGEN, gesprek=False)], PLAATSING),
        ([tlv()], [terug(overstap.GEVRAAGD, MORGEN)], TERUGPLAATSING),
        ([tlv()], [terug(overstap.BIJ_SWV, GISTEREN)], TERUGPLAATSING),
        ([tlv()], [terug(overstap.CONCEPT, MORGEN)], TERUGPLAATSING),
        # Definite: until the day, and from the day on.
        ([tlv()], [terug(overstap.DEFINITIEF, MORGEN)], TERUGPLAATSING),
        ([tlv()], [terug(overstap.DEFINITIEF, VANDAAG)], SIGNALERING),
        ([tlv()], [terug(overstap.DEFINITIEF, GISTEREN)], SIGNALERING),
        ([], [terug(overstap.DEFINITIEF, GISTEREN, geplaatst=True)], SIGNALERING),
        # After it: what begins again counts, what was granted before does not.
        ([tlv(), aanvraag(procedure.CONCEPT)], [terug(overstap.DEFINITIEF, GISTEREN)], INDICATIE),
        ([tlv(), aanvraag(procedure.INGETROKKEN)], [terug(overstap.DEFINITIEF, GISTEREN)], SIGNALERING),
        ([tlv(), tlv(VANDAAG)], [terug(overstap.DEFINITIEF, GISTEREN)], PLAATSING),
        ([tlv(GISTEREN)], [terug(overstap.DEFINITIEF, GISTEREN)], PLAATSING),
        ([aanvraag(procedure.INGEDIEND)], [terug(overstap.DEFINITIEF, GISTEREN)], AFSTEMMING),
        # Two of them: the last one counts.
        ([tlv()], [terug(overstap.DEFINITIEF, date(2023, 8, 1)), terug(overstap.GEVRAAGD)], TERUGPLAATSING),
        ([tlv()], [terug(overstap.DEFINITIEF, date(2023, 8, 1))], PLAATSING),
        # Withdrawn: the pupil stays on the place, that of an import included.
        ([tlv()], [terug(overstap.INGETROKKEN, MORGEN)], PLAATSING),
        ([], [terug(overstap.INGETROKKEN, MORGEN)], SIGNALERING),
        ([], [terug(overstap.INGETROKKEN, MORGEN, geplaatst=True)], PLAATSING),
        ([aanvraag(procedure.CONCEPT)], [terug(overstap.CONCEPT, gesprek=False, geplaatst=True)], PLAATSING),
    ],
)
def test_everything_that_runs_counts(aanvragen: list[Aanvraagfeit], gevallen: list[Terugfeit], fase: str) -> None:
    assert fase_bij(aanvragen, gevallen, vandaag=VANDAAG) == fase


def test_the_furthest_of_two() -> None:
    assert verste(PLAATSING, INDICATIE) == PLAATSING
    assert verste(INDICATIE, AFSTEMMING) == AFSTEMMING
    assert verste() == SIGNALERING


def test_the_order_is_that_of_the_plan() -> None:
    assert list(FASEN) == [SIGNALERING, INDICATIE, AFSTEMMING, PLAATSING, TERUGPLAATSING]
    assert FASE.begin == SIGNALERING
