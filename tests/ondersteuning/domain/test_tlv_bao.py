"""A TLV at the basisschool: two members who both say yes, one school year, and another one from June."""

from dataclasses import replace
from datetime import date

import pytest

from ondersteuning.domain.aanvraag import AANVRAAG, BIJ_PARTIJEN, CONCEPT, INGEDIEND, WORDT_VERSTUURD
from ondersteuning.domain.routes import ROUTES
from ondersteuning.domain.stand import Ouder, Stand
from ondersteuning.domain.tlv_bao import (
    TLV_BAO,
    Lid,
    controleer_advies,
    controleer_leden,
    controleer_schooljaar,
    controleer_verlengen,
)
from ondersteuning.domain.toets import Uitkomst, ouders_akkoord, unaniem
from swv_portal.common.workflow import Refusal

STAND = Stand(vandaag=date(2025, 3, 10), route=ROUTES["TBV"])


def _code(answer: Refusal | None) -> str | None:
    return answer.code if answer else None


@pytest.mark.parametrize(
    ("leden", "gegeven", "code"),
    [
        ([Lid(1, 10), Lid(2, 20)], set(), None),
        ([Lid(1, 10)], set(), "aantal"),
        ([Lid(1, 10), Lid(2, 20), Lid(3, 30)], set(), "aantal"),
        ([Lid(1, 10), Lid(2, 99)], set(), "zorgplicht"),
        ([Lid(1, 10), Lid(2, 10)], set(), "zelfde_bestuur"),
        ([Lid(1, 10), Lid(2, 20)], {3}, "gegeven"),
        ([Lid(1, 10), Lid(2, 20)], {2}, None),
    ],
)
def test_which_members_can_be_asked(leden: list[Lid], gegeven: set[int], code: str | None) -> None:
    assert _code(controleer_leden(leden, zorgplicht=99, gegeven=gegeven)) == code


def test_an_advice_is_reasoned() -> None:
    assert _code(controleer_advies(None, "Daarom.")) == "steunt"
    assert _code(controleer_advies(False, " ")) == "tekst"
    assert controleer_advies(False, "Daarom.") is None


@pytest.mark.parametrize(
    ("van", "tot", "code"),
    [
        (date(2025, 8, 1), date(2026, 7, 31), None),
        (date(2026, 3, 2), date(2026, 7, 31), None),
        (date(2025, 8, 1), date(2027, 7, 31), "schooljaar"),
        (date(2025, 8, 1), date(2026, 6, 30), "schooljaar"),
        (date(2026, 7, 31), date(2026, 7, 31), "schooljaar"),
    ],
)
def test_it_is_for_one_school_year(van: date, tot: date, code: str | None) -> None:
    assert _code(controleer_schooljaar(van, tot)) == code


@pytest.mark.parametrize(
    ("vandaag", "code"),
    [
        (date(2026, 5, 31), "te_vroeg"),
        (date(2026, 6, 1), None),
        (date(2026, 9, 1), None),
        (date(2027, 8, 1), "te_laat"),
    ],
)
def test_another_school_year_from_june(vandaag: date, code: str | None) -> None:
    assert _code(controleer_verlengen(date(2026, 7, 31), vandaag)) == code
    assert _code(controleer_verlengen(None, vandaag)) == "geen_tlv"


@pytest.mark.parametrize(
    ("leden", "voldaan"),
    [
        ((), False),
        ((True,), False),
        ((True, None), False),
        ((True, False), False),
        ((False, False), False),
        ((True, True), True),
    ],
)
def test_only_a_unanimous_yes(leden: tuple[bool | None, ...], voldaan: bool) -> None:
    found = unaniem(replace(STAND, leden=leden))
    assert (found.uitkomst is Uitkomst.VOLDAAN) == voldaan
    blocked = "Niet voldaan" in " ".join(r.zin for r in TLV_BAO.unmet("ken_toe", replace(STAND, leden=leden)))
    assert blocked  # the form of this bare fact sheet is empty
    titles = " ".join(r.zin for r in TLV_BAO.unmet("ken_toe", replace(STAND, leden=leden)))
    assert ("allebei ja" in titles) == (not voldaan)


def test_at_a_prolongation_the_parents_agree() -> None:
    parents = (Ouder("ouder 1", True, date(2025, 3, 1), True), Ouder("ouder 2", True, date(2025, 3, 1), False))
    assert ouders_akkoord(replace(STAND, ouders=parents)).uitkomst is Uitkomst.NIET
    assert ouders_akkoord(replace(STAND, ouders=parents[:1])).uitkomst is Uitkomst.VOLDAAN
    codes = [refusal.code for refusal in TLV_BAO.unmet("dien_in", replace(STAND, ouders=parents))]
    assert "ouders_akkoord" in codes
    first = replace(STAND, ouders=parents, route=ROUTES["TB"])
    assert "ouders_akkoord" not in [refusal.code for refusal in TLV_BAO.unmet("dien_in", first)]


#: By hand: step -> (from, to, who).  What is not here is as in the common procedure.
TABLE = {
    "ken_toe": ({INGEDIEND}, WORDT_VERSTUURD, {"directeur_bestuurder"}),
    "weiger": ({INGEDIEND}, WORDT_VERSTUURD, {"directeur_bestuurder"}),
    "neem_terug": ({WORDT_VERSTUURD}, INGEDIEND, {"directeur_bestuurder"}),
    "vraag_leden": ({INGEDIEND}, INGEDIEND, {"directeur_bestuurder", "swv_medewerker"}),
    "adviseer": ({INGEDIEND}, INGEDIEND, {"lid"}),
    "leg_voor": ({CONCEPT}, BIJ_PARTIJEN, {"indiener"}),
    "dien_in": ({BIJ_PARTIJEN}, INGEDIEND, {"indiener"}),
}


@pytest.mark.parametrize("naam", TABLE)
def test_who_takes_which_step(naam: str) -> None:
    step = TLV_BAO.step(naam)
    assert (set(step.van), step.naar, {str(role) for role in step.rollen}) == TABLE[naam]


def test_nobody_is_asked_as_an_expert() -> None:
    own, common = ({step.naam for step in flow.transitions} for flow in (TLV_BAO, AANVRAAG))
    assert common - own == {"geef_eerste_advies", "bevestig_plaats", "geen_plaats", "geef_tweede_advies"}
    assert own - common == {"vraag_leden", "adviseer"}
