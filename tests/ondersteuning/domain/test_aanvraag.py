"""The procedure: a table by hand of state x step x role, and every condition by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import (
    AANVRAAG,
    AANVULLING,
    AFGESLOTEN,
    BEEINDIGD,
    BESLISSING_OP_BEZWAAR,
    BIJ_PARTIJEN,
    CONCEPT,
    GEWEIGERD,
    INDIENER,
    INGEDIEND,
    INGETROKKEN,
    LOPEND,
    ONTVANGER,
    OUDER,
    STATEN,
    TOEGEKEND,
    TWEEDE_DESKUNDIGE,
    VERZENDING,
    WORDT_VERSTUURD,
    mag_bewerken,
    mag_tekenen,
    mag_uitnodigen,
)
from ondersteuning.domain.aanzet import LEES_REACTIE, aan_zet, verzoeken
from ondersteuning.domain.stand import Advies, Ouder, Stand
from ondersteuning.domain.toets import Uitkomst, toets
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal, Transition

TODAY = date(2025, 3, 10)
GOOD = Stand(
    vandaag=TODAY,
    ouders=(Ouder("ouder 1", True, TODAY, True), Ouder("ouder 2", True, TODAY, True)),
    leerling_gehoord=True,
    eerste_advies=Advies("orthopedagoog", TODAY, True),
    plaats=True,
    tweede_advies=Advies("jeugdarts", TODAY, True),
    terugkeer_afgesproken=True,
    toelichting="Daarom.",
)
SCHOOL = {"indiener"}
SWV = {"swv_medewerker", "directeur_bestuurder"}
ORTHO = {"ontvanger"}

#: state -> step -> (state after it, who): what is not in it, nobody can do.
TABLE: dict[str, dict[str, tuple[str, set[str]]]] = {
    CONCEPT: {
        "leg_voor": (BIJ_PARTIJEN, SCHOOL),
        "trek_in": (INGETROKKEN, SCHOOL),
    },
    BIJ_PARTIJEN: {
        "geef_eerste_advies": (BIJ_PARTIJEN, ORTHO),
        "bevestig_plaats": (BIJ_PARTIJEN, ORTHO),
        "geen_plaats": (CONCEPT, ORTHO),
        "geef_tweede_advies": (BIJ_PARTIJEN, {"tweede_deskundige"}),
        "haal_terug": (CONCEPT, SCHOOL),
        "dien_in": (INGEDIEND, SCHOOL),
        "trek_in": (INGETROKKEN, SCHOOL),
    },
    INGEDIEND: {
        "vraag_aanvulling": (AANVULLING, SWV),
        "ken_toe": (WORDT_VERSTUURD, SWV),
        "weiger": (WORDT_VERSTUURD, SWV),
        "verleng": (INGEDIEND, SWV),
        "trek_in": (INGETROKKEN, SCHOOL),
    },
    AANVULLING: {
        "vul_aan": (INGEDIEND, SCHOOL),
        "hervat": (INGEDIEND, SWV),
        "trek_in": (INGETROKKEN, SCHOOL),
    },
    WORDT_VERSTUURD: {
        "neem_terug": (INGEDIEND, SWV),
        "besluit_opnieuw": (INGEDIEND, {"ouder"}),
        "verstuur_toekenning": (TOEGEKEND, {"verzending"}),
        "verstuur_weigering": (GEWEIGERD, {"verzending"}),
        # Outside the SWV nobody knows of the decision yet: what they can do stays as it was.
        "trek_in": (INGETROKKEN, SCHOOL),
    },
    TOEGEKEND: {
        "trek_tlv_in": (BEEINDIGD, SWV),
        "laat_vervallen": (BEEINDIGD, {"beslissing_op_bezwaar"}),
    },
    GEWEIGERD: {"heroverweeg": (INGEDIEND, {"beslissing_op_bezwaar"})},
    BEEINDIGD: {"laat_herleven": (TOEGEKEND, {"beslissing_op_bezwaar"})},
    INGETROKKEN: {},
}
EVERYBODY = [
    *(str(rol) for rol in Rol),
    OUDER,
    TWEEDE_DESKUNDIGE,
    INDIENER,
    ONTVANGER,
    VERZENDING,
    BESLISSING_OP_BEZWAAR,
]
STEPS = sorted({name for steps in TABLE.values() for name in steps})


def test_the_table_names_every_step_and_state() -> None:
    assert set(TABLE) == set(STATEN)
    assert {step.naam for step in AANVRAAG.transitions} == set(STEPS)
    assert set(STATEN) == LOPEND | AFGESLOTEN


@pytest.mark.parametrize("state", list(STATEN))
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", EVERYBODY)
def test_state_step_role(state: str, step: str, role: str) -> None:
    after, roles = TABLE[state].get(step, ("", set()))
    answer = AANVRAAG.decide(step, state, {role}, GOOD)
    if role in roles:
        assert isinstance(answer, Transition)
        assert answer.naar == after
    else:
        assert isinstance(answer, Refusal)
        assert answer.code in {"rol", "staat"}


def test_nobody_without_a_role_does_anything() -> None:
    for step in STEPS:
        for state in STATEN:
            assert isinstance(AANVRAAG.decide(step, state, set(), GOOD), Refusal)


@pytest.mark.parametrize(
    ("step", "state", "role", "change", "code"),
    [
        ("leg_voor", CONCEPT, "indiener", {"ontbreekt": (("leerling", "Groep"),)}, "formulier"),
        ("leg_voor", CONCEPT, "indiener", {"leerling_gehoord": False}, "leerling_gehoord"),
        ("leg_voor", CONCEPT, "indiener", {"terugkeer_afgesproken": False}, "terugkeer"),
        ("leg_voor", CONCEPT, "indiener", {"ouders": ()}, "ouders"),
        ("leg_voor", CONCEPT, "indiener", {"ouders": GOOD.ouders[:1]}, "ouders"),
        ("leg_voor", CONCEPT, "indiener", {"weigering_tweede": Refusal("zelfde_functie", "x")}, "zelfde_functie"),
        ("leg_voor", CONCEPT, "indiener", {"weigering_categorie": Refusal("categorie", "x")}, "categorie"),
        ("leg_voor", CONCEPT, "indiener", {"weigering_geldigheid": Refusal("te_kort", "x")}, "te_kort"),
        ("dien_in", BIJ_PARTIJEN, "indiener", {"eerste_advies": None}, "eerste_advies"),
        ("dien_in", BIJ_PARTIJEN, "indiener", {"tweede_advies": None}, "tweede_advies"),
        ("dien_in", BIJ_PARTIJEN, "indiener", {"plaats": None}, "plaats"),
        (
            "dien_in",
            BIJ_PARTIJEN,
            "indiener",
            {"ouders": (Ouder("ouder 1"), Ouder("ouder 2", True))},
            "ouders_uitgenodigd",
        ),
        ("geen_plaats", BIJ_PARTIJEN, "ontvanger", {"toelichting": " "}, "toelichting"),
        ("vraag_aanvulling", INGEDIEND, "swv_medewerker", {"toelichting": ""}, "toelichting"),
        ("vul_aan", AANVULLING, "indiener", {"toelichting": ""}, "toelichting"),
        ("hervat", AANVULLING, "swv_medewerker", {"aanvulling_uiterlijk": TODAY}, "aanvultermijn"),
        ("weiger", INGEDIEND, "swv_medewerker", {"toelichting": ""}, "motivering"),
        ("verleng", INGEDIEND, "swv_medewerker", {"toelichting": " "}, "toelichting"),
        ("trek_tlv_in", TOEGEKEND, "swv_medewerker", {"toelichting": " "}, "reden"),
        ("ken_toe", INGEDIEND, "swv_medewerker", {"plaats": False}, "toets"),
        (
            "ken_toe",
            INGEDIEND,
            "swv_medewerker",
            {"toelichting": "", "ouders": (GOOD.ouders[0], Ouder("ouder 2", True, TODAY, False))},
            "motivering",
        ),
        (
            "ken_toe",
            INGEDIEND,
            "swv_medewerker",
            {"toelichting": "", "eerste_advies": Advies("orthopedagoog", TODAY, False)},
            "motivering",
        ),
    ],
)
def test_what_is_missing(step: str, state: str, role: str, change: dict[str, Any], code: str) -> None:
    answer = AANVRAAG.decide(step, state, {role}, replace(GOOD, **change))
    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert answer.zin


@pytest.mark.parametrize(
    ("step", "state", "role", "change"),
    [
        # A parent who did not sign blocks nothing (par. 6.1.3, footnote); one who disagrees asks for a motivation.
        ("dien_in", BIJ_PARTIJEN, "indiener", {"ouders": (Ouder("ouder 1", True), Ouder("ouder 2", True))}),
        ("ken_toe", INGEDIEND, "swv_medewerker", {"toelichting": "", "ouders": (Ouder("a", True), Ouder("b", True))}),
        ("ken_toe", INGEDIEND, "swv_medewerker", {"ouders": (Ouder("a", True, TODAY, False), Ouder("b", True))}),
        ("leg_voor", CONCEPT, "indiener", {"ouders": GOOD.ouders[:1], "een_ouder_reden": True}),
        ("leg_voor", CONCEPT, "indiener", {"leerling_gehoord": False, "reden_niet_gehoord": True}),
        ("leg_voor", CONCEPT, "indiener", {"terugkeer_afgesproken": False, "reden_geen_terugkeer": True}),
        ("hervat", AANVULLING, "swv_medewerker", {"aanvulling_uiterlijk": date(2025, 3, 9)}),
    ],
)
def test_what_does_not_block(step: str, state: str, role: str, change: dict[str, Any]) -> None:
    assert isinstance(AANVRAAG.decide(step, state, {role}, replace(GOOD, **change)), Transition)


def outcome(code: str, **change: Any) -> Uitkomst:
    return next(item.uitkomst for item in toets(replace(GOOD, **change)) if item.code == code)


def test_test_list() -> None:
    assert {item.uitkomst for item in toets(GOOD)} == {Uitkomst.VOLDAAN}
    assert len({item.code for item in toets(GOOD)}) == len(toets(GOOD))


def test_the_item_about_the_pupils_voice_fits_both_ways_to_meet_it() -> None:
    told = replace(GOOD, leerling_gehoord=False, reden_niet_gehoord=True)
    item = next(item for item in toets(told) if item.code == "leerling_gehoord")
    assert item.uitkomst == Uitkomst.VOLDAAN
    assert item.titel == "De leerling is gehoord, of er staat waarom niet"
    assert item.waarom == "Er staat een reden waarom niet."
    assert outcome("ouders_gezien", ouders=(Ouder("a", True), GOOD.ouders[1])) is Uitkomst.LET_OP
    assert outcome("triade", ouders=(Ouder("a", True, TODAY, False),)) is Uitkomst.LET_OP
    assert outcome("eerste_advies", eerste_advies=Advies("orthopedagoog", date(2024, 3, 9), True)) is Uitkomst.NIET
    assert outcome("tweede_advies", tweede_advies=Advies("jeugdarts", TODAY, True, met_tekst=False)) is Uitkomst.NIET
    assert outcome("tweede_betrokken", tweede_advies=Advies("jeugdarts", TODAY, True, betrokken=False)) is Uitkomst.NIET
    assert outcome("tweede_onafhankelijk", weigering_tweede=Refusal("in_dienst", "x")) is Uitkomst.NIET
    assert outcome("plaats", plaats=None) is Uitkomst.NIET
    assert outcome("terugkeer", terugkeer_afgesproken=False) is Uitkomst.NIET
    assert all(item.waarom and item.bron for item in toets(Stand(vandaag=TODAY)))


def test_the_triade_agrees_only_when_every_parent_reacted() -> None:
    silent = replace(GOOD, ouders=(GOOD.ouders[0], Ouder("ouder 2", True)))
    item = next(item for item in toets(silent) if item.code == "triade")
    assert item.uitkomst is Uitkomst.LET_OP
    assert item.waarom == "Ouder 2 heeft nog niet gereageerd. Dit houdt een besluit niet tegen."
    assert "bezwaar" not in next(item for item in toets(GOOD) if item.code == "triade").waarom
    both = next(
        item
        for item in toets(replace(GOOD, ouders=(Ouder("ouder 1", True), Ouder("ouder 2", True, TODAY, False))))
        if item.code == "triade"
    )
    assert both.waarom.startswith("Niet eens: ouder 2.")
    assert "Ouder 1 heeft nog niet gereageerd." in both.waarom


@pytest.mark.parametrize("state", [BIJ_PARTIJEN, AANVULLING])
def test_who_does_the_application_is_asked_to_read_what_a_parent_wrote(state: str) -> None:
    reacted = replace(GOOD, ouders=(replace(GOOD.ouders[0], reacties=("Onderbouwing",)), GOOD.ouders[1]))
    asked = [item for item in verzoeken(state, reacted) if item.wat == LEES_REACTIE]
    assert [(item.wie, item.wacht) for item in asked] == [("de school van de leerling", False)]
    assert not [item for item in verzoeken(state, GOOD) if item.wat == LEES_REACTIE]
    assert verzoeken(state, reacted, met_reacties=False) == verzoeken(state, GOOD)


def test_nobody_is_to_act_while_a_decision_waits_for_its_letter() -> None:
    assert aan_zet(WORDT_VERSTUURD, "A") == ""


def test_editing() -> None:
    school = frozenset({"indiener"})
    assert mag_bewerken(CONCEPT, school, "school") is None
    assert mag_bewerken(AANVULLING, school, "onderbouwing") is None
    assert mag_bewerken(AANVULLING, school, "school") is not None
    assert mag_bewerken(AANVULLING, school, "deskundige") is not None
    for state in (BIJ_PARTIJEN, INGEDIEND, WORDT_VERSTUURD, TOEGEKEND, GEWEIGERD, INGETROKKEN):
        assert mag_bewerken(state, school, "leerling") is not None
    for role in EVERYBODY:
        if role not in SCHOOL:
            assert mag_bewerken(CONCEPT, frozenset({role}), "leerling") is not None


def test_signing_and_inviting() -> None:
    assert {state for state in STATEN if mag_tekenen(state) is None} == {
        BIJ_PARTIJEN,
        INGEDIEND,
        AANVULLING,
        WORDT_VERSTUURD,
    }
    assert {state for state in STATEN if mag_uitnodigen(state) is not None} == {CONCEPT, INGETROKKEN}


def test_who_is_to_act() -> None:
    empty = replace(GOOD, eerste_advies=None, plaats=None, tweede_advies=None, ouders=(Ouder("ouder 1", True),))
    asked = verzoeken(BIJ_PARTIJEN, empty)
    assert [(item.wie, item.wacht) for item in asked] == [
        ("de ontvangende school", True),
        ("de ontvangende school", True),
        ("de tweede deskundige", True),
        ("ouder 1", False),
    ]
    assert [item.wie for item in verzoeken(BIJ_PARTIJEN, GOOD)] == ["de school van de leerling"]
    assert [item.wie for item in verzoeken(INGEDIEND, GOOD)] == ["het samenwerkingsverband"]
    assert verzoeken(TOEGEKEND, GOOD) == ()


def test_the_procedure_as_a_table_for_the_docs() -> None:
    rows = AANVRAAG.as_rows()
    assert len(rows) == len(STEPS)
    assert (
        "Ken de TLV toe",
        "Bij het samenwerkingsverband",
        "Besluit wordt verstuurd",
        "directeur_bestuurder, swv_medewerker",
    ) in rows
