"""The one-sided application: mediation first, an independent investigation, and the director decides."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import AANVRAAG, BIJ_PARTIJEN, CONCEPT, INGEDIEND, WORDT_VERSTUURD
from ondersteuning.domain.eenzijdig import (
    EENZIJDIG,
    beoordeel_onderzoek,
    controleer_bemiddeling,
    onderzocht,
    toekenning_gemotiveerd,
)
from ondersteuning.domain.routes import ROUTES
from ondersteuning.domain.stand import Stand
from ondersteuning.domain.toets import Uitkomst, bemiddeling, onderzoek
from swv_portal.common.workflow import Refusal

VANDAAG = date(2025, 3, 10)
GOED = {
    "bemiddeling": "mediation",
    "verwijderd_op": date(2025, 1, 20),
    "op": date(2025, 2, 3),
    "uitkomst": True,
    "afgewezen_door": "",
    "vandaag": VANDAAG,
}
ONDERZOEK = {
    "onderzoeker": "Dr. Onderzoeker Test",
    "werkgever": "Bureau De Peiling",
    "op": date(2025, 3, 1),
    "conclusie": "past",
    "tekst": "De leerling heeft meer nodig.",
    "betrokken": ("Basisschool De Zeester", "Stichting Test"),
}
STAND = Stand(vandaag=VANDAAG, route=ROUTES["EZ"], onderzocht_op=date(2025, 3, 1), onderzoek_past=True)


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({}, None),
        ({"bemiddeling": "onderwijsconsulenten"}, None),
        ({"bemiddeling": "afgewezen", "afgewezen_door": "ouder_1"}, None),
        ({"verwijderd_op": None}, "verwijdering"),
        ({"verwijderd_op": date(2025, 3, 11)}, "verwijdering"),
        ({"bemiddeling": ""}, "bemiddeling"),
        ({"op": None}, "bemiddeling_op"),
        ({"op": date(2025, 3, 11)}, "bemiddeling_op"),
        ({"bemiddeling": "afgewezen"}, "afgewezen_door"),
        ({"uitkomst": False}, "bemiddeling_uitkomst"),
    ],
)
def test_an_agreement_was_tried_or_declined(anders: dict[str, Any], code: str | None) -> None:
    answer = controleer_bemiddeling(**{**GOED, **anders})
    assert [each.code for each in answer] == ([code] if code else [])


def test_everything_that_is_missing_is_said_at_once() -> None:
    nothing = {"bemiddeling": "afgewezen", "verwijderd_op": None, "op": None, "uitkomst": False}
    answer = controleer_bemiddeling(**{**GOED, **nothing})
    assert [each.code for each in answer] == [
        "verwijdering",
        "bemiddeling_op",
        "afgewezen_door",
        "bemiddeling_uitkomst",
    ]


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({}, None),
        ({"onderzoeker": " "}, "onderzoeker"),
        ({"werkgever": ""}, "onderzoeker"),
        ({"werkgever": "stichting test "}, "onafhankelijk"),
        ({"op": None}, "op"),
        ({"conclusie": "anders"}, "conclusie"),
        ({"tekst": " "}, "tekst"),
    ],
)
def test_an_investigation_on_which_can_be_decided(anders: dict[str, Any], code: str | None) -> None:
    answer = beoordeel_onderzoek(**{**ONDERZOEK, **anders})
    assert (answer.code if answer else None) == code


#: By hand: step -> (from, to, who).  What is not here is as in the common procedure.
TABLE = {
    "ken_toe": ({INGEDIEND}, WORDT_VERSTUURD, {"directeur_bestuurder"}),
    "weiger": ({INGEDIEND}, WORDT_VERSTUURD, {"directeur_bestuurder"}),
    "neem_terug": ({WORDT_VERSTUURD}, INGEDIEND, {"directeur_bestuurder"}),
    "trek_tlv_in": ({"toegekend"}, "beeindigd", {"directeur_bestuurder"}),
    "leg_onderzoek_vast": ({INGEDIEND}, INGEDIEND, {"directeur_bestuurder", "swv_medewerker"}),
    "leg_voor": ({CONCEPT}, BIJ_PARTIJEN, {"indiener"}),
    "dien_in": ({BIJ_PARTIJEN}, INGEDIEND, {"indiener"}),
}


@pytest.mark.parametrize("naam", TABLE)
def test_who_takes_which_step(naam: str) -> None:
    step = EENZIJDIG.step(naam)
    assert (set(step.van), step.naar, {str(role) for role in step.rollen}) == TABLE[naam]


def test_the_other_steps_are_those_of_every_application() -> None:
    own = {step.naam: step for step in EENZIJDIG.transitions}
    common = {step.naam: step for step in AANVRAAG.transitions}
    assert own.keys() - common.keys() == {"leg_onderzoek_vast"}
    assert {name for name in common if own[name] != common[name]} == TABLE.keys() - {"leg_onderzoek_vast"}


def test_without_mediation_it_goes_nowhere() -> None:
    refused = Refusal("bemiddeling", "Eerst mediation.", "bemiddeling")
    stand = replace(STAND, weigering_bemiddeling=refused)
    assert bemiddeling(stand).uitkomst is Uitkomst.NIET
    assert refused in EENZIJDIG.unmet("leg_voor", stand)
    assert refused in EENZIJDIG.unmet("dien_in", stand)
    assert refused not in EENZIJDIG.unmet("dien_in", STAND)


def test_nothing_is_decided_without_the_investigation() -> None:
    without = replace(STAND, onderzocht_op=None, toelichting="Daarom.")
    assert onderzoek(without).uitkomst is Uitkomst.NIET
    assert [refusal.code for refusal in EENZIJDIG.unmet("weiger", without)] == ["onderzoek"]
    assert "toets" in [refusal.code for refusal in EENZIJDIG.unmet("ken_toe", without)]
    assert onderzocht(STAND) is None
    assert EENZIJDIG.unmet("weiger", replace(STAND, toelichting="Daarom.")) == ()


def test_a_grant_always_has_a_motivation() -> None:
    answer = toekenning_gemotiveerd(STAND)
    assert answer is not None
    assert answer.code == "motivering"
    assert toekenning_gemotiveerd(replace(STAND, toelichting="Het onderzoek is duidelijk.")) is None


def test_the_consent_of_the_parents_is_not_needed() -> None:
    blocking = {refusal.code for refusal in EENZIJDIG.unmet("dien_in", STAND)}
    assert "ouders_gezien" not in blocking
    assert "triade" not in blocking
