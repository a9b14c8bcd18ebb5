"""The routes as they are, and the procedure of a plaatsingsakkoord as a table by hand."""

from dataclasses import replace
from datetime import date

import pytest

from ondersteuning.domain.aanvraag import (
    AANVULLING,
    CONCEPT,
    INGEDIEND,
    INGETROKKEN,
    STATEN,
    WORDT_VERSTUURD,
)
from ondersteuning.domain.aanzet import aan_zet, verzoeken
from ondersteuning.domain.formulierstappen import NIET_OVERAL
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from ondersteuning.domain.plaatsingsakkoord import PLAATSINGSAKKOORD
from ondersteuning.domain.procedures import PROCEDURES, procedure_van
from ondersteuning.domain.routes import ROUTES, Beginplaats, Deelnemer, met, route_bij
from ondersteuning.domain.stand import Advies, Ouder, Stand
from ondersteuning.domain.toets import Uitkomst, niet_voldaan, toets
from ondersteuning.forms.stappen import STAPFORMULIEREN
from ondersteuning.queries.formulier import VELDEN_AANVRAAG, VELDEN_LEERLING, VELDEN_PARTIJ
from swv_portal.common.workflow import Refusal, Transition

TODAY = date(2025, 3, 10)
AKKOORD = Stand(vandaag=TODAY, route=ROUTES["PA"], akkoord=True, toelichting="Daarom.")
SWV = {"swv_medewerker", "directeur_bestuurder"}
WIE_DOET = {"indiener"}

#: What a plaatsingsakkoord adds to or takes from the common procedure: step -> (from, to, who).
TABLE = {
    "dien_in": (CONCEPT, INGEDIEND, WIE_DOET),
    "vul_aan": (AANVULLING, INGEDIEND, WIE_DOET),
    "vraag_aanvulling": (INGEDIEND, AANVULLING, SWV),
    "ken_toe": (INGEDIEND, WORDT_VERSTUURD, SWV),
    "trek_in": (CONCEPT, INGETROKKEN, WIE_DOET),
}


@pytest.mark.parametrize("code", ROUTES)
def test_a_route_is_complete(code: str) -> None:
    route = ROUTES[code]
    assert route.code == code
    assert route.procedure in PROCEDURES
    assert route.stappen[-1].naam == "controleren"
    assert route.naam
    assert route.uitleg
    assert route.betaler_reden
    assert route.begin
    known = {item.code for item in toets(replace(AKKOORD, route=replace(route, punten=_alle_punten())))}
    assert route.punten <= known
    for step in route.stappen[:-1]:
        fields = STAPFORMULIEREN[step.naam].base_fields.keys()
        asked = (fields - NIET_OVERAL | step.extra) - step.zonder
        stored = {*VELDEN_AANVRAAG.get(step.naam, ()), *(name for name, *_ in VELDEN_PARTIJ.get(step.naam, ()))}
        stored |= set(VELDEN_LEERLING) if step.naam == "leerling" else set()
        assert step.extra <= fields, step.naam
        assert asked - {"versie"} <= stored, step.naam
        assert {name for name, _ in step.verplicht} <= asked, step.naam


def _alle_punten() -> frozenset[str]:
    return frozenset().union(*(route.punten for route in ROUTES.values()))


def test_who_pays_and_what_comes_out() -> None:
    found = {code: (route.betaler, route.plaats, route.met_nummer) for code, route in ROUTES.items()}
    for code, expected in {
        "A": (Kostendrager.SCHOOL, Soort.TLV, True),
        "B": (Kostendrager.SCHOOL, Soort.TLV, True),
        "D": (Kostendrager.SWV, Soort.TLV, True),
        "DI": (Kostendrager.SWV, Soort.INSTROOMBUDGET, False),
        "PA": (Kostendrager.ANDER_SWV, Soort.TLV, False),
    }.items():
        assert found[code] == expected


def test_another_kind_of_school_makes_it_another_route() -> None:
    assert [route_bij("D", kind) for kind in ("BAO", "SBO", "SO")] == ["DI", "D", "D"]
    assert [route_bij("DI", kind) for kind in ("BAO", "SBO", "SO-VSO")] == ["DI", "D", "D"]
    assert [route_bij("A", kind) for kind in ("BAO", "SBO")] == ["A", "A"]


def test_which_routes_ask_what() -> None:
    assert set(met(deelnemer=Deelnemer.INSTELLING)) == {"D", "DI"}
    assert {"A", "B", "D"} <= set(met(deelnemer=Deelnemer.EERSTE_DESKUNDIGE))
    assert "PA" in met(begin=Beginplaats.ONTVANGEND)
    assert {"A", "B"} <= set(met(begin=Beginplaats.SCHOOL))


def test_who_is_to_act_is_called_as_the_route_calls_it() -> None:
    assert [aan_zet(CONCEPT, code) for code in ("A", "D", "PA")] == ["school", "instelling", "invuller"]
    asked = verzoeken(CONCEPT, replace(AKKOORD, route=ROUTES["D"]))
    assert [(item.wie, item.wat) for item in asked] == [
        ("de jeugdhulpinstelling", "vult de aanvraag in en legt hem voor")
    ]
    assert [item.wat for item in verzoeken(CONCEPT, AKKOORD)] == ["vult de aanvraag in"]


def test_a_budget_asks_no_first_expert() -> None:
    stand = Stand(
        vandaag=TODAY,
        route=ROUTES["DI"],
        ouders=(Ouder("ouder 1", True), Ouder("ouder 2", True)),
        leerling_gehoord=True,
        plaats=True,
        tweede_advies=Advies("jeugdarts", TODAY, True),
        mandaat=True,
        budget_afgestemd=True,
    )
    assert niet_voldaan(stand) == ()
    assert {item.code for item in niet_voldaan(replace(stand, budget_afgestemd=False, mandaat=False))} == {
        "budget_afgestemd",
        "mandaat",
    }
    assert "eerste_advies" not in {item.code for item in toets(stand)}


@pytest.mark.parametrize("step", [step.naam for step in PLAATSINGSAKKOORD.transitions])
def test_a_plaatsingsakkoord_asks_nobody_for_advice(step: str) -> None:
    assert step not in {"leg_voor", "geef_eerste_advies", "geef_tweede_advies", "bevestig_plaats", "geen_plaats"}
    assert procedure_van("PA") is PLAATSINGSAKKOORD


@pytest.mark.parametrize("step", TABLE)
@pytest.mark.parametrize("state", list(STATEN))
@pytest.mark.parametrize("role", ["indiener", "ontvanger", "swv_medewerker", "directeur_bestuurder", "iber"])
def test_state_step_role(step: str, state: str, role: str) -> None:
    before, after, roles = TABLE[step]
    answer = PLAATSINGSAKKOORD.decide(step, state, {role}, AKKOORD)
    if role in roles and state == before:
        assert isinstance(answer, Transition)
        assert answer.naar == after
    elif step != "trek_in" or role not in roles:
        assert isinstance(answer, Refusal)


def test_without_the_consent_nothing_is_handed_in_or_granted() -> None:
    without = replace(AKKOORD, akkoord=False)
    for step, state, role in (("dien_in", CONCEPT, "indiener"), ("vul_aan", AANVULLING, "indiener")):
        answer = PLAATSINGSAKKOORD.decide(step, state, {role}, without)
        assert isinstance(answer, Refusal)
        assert answer.code == "akkoord"
    answer = PLAATSINGSAKKOORD.decide("ken_toe", INGEDIEND, {"swv_medewerker"}, without)
    assert isinstance(answer, Refusal)
    assert answer.code == "toets"
    own = replace(AKKOORD, weigering_ander_swv=Refusal("eigen_swv", "x"))
    assert isinstance(PLAATSINGSAKKOORD.decide("dien_in", CONCEPT, {"indiener"}, own), Refusal)


def test_the_pupil_who_stays_needs_no_confirmation() -> None:
    item = next(item for item in toets(Stand(vandaag=TODAY, plaats=True, eigen_school=True)) if item.code == "plaats")
    assert item.uitkomst is Uitkomst.VOLDAAN
    assert item.waarom == "De leerling blijft op de eigen school."


def test_what_a_decision_gives() -> None:
    names = {code: route.besluitnaam for code, route in ROUTES.items()}
    tlv = "de toelaatbaarheidsverklaring (TLV)"
    assert {code for code, name in names.items() if name == tlv} == {"A", "B", "D", "EZ"}
    assert names["DI"] == "het instroombudget"
    assert names["PA"] == "het plaatsingsakkoord"
    assert names["TB"] == names["TBV"] == "de TLV op de basisschool"
