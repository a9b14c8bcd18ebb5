"""A terugplaatsing from the first letter to its budget, as every party; and what is refused on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from ondersteuning.domain.overstap import BIJ_SWV, CONCEPT, DEFINITIEF, GEVRAAGD, INGETROKKEN
from ondersteuning.models import Aanvraag, Overstap, Plaatsing, Terugplaatsing
from ondersteuning.services.aanvraag import begin_aanvraag, trek_in
from ondersteuning.services.instellingen import OVERSTAP, bewaar_instellingen
from ondersteuning.services.overstap import zet_stap
from ondersteuning.services.terugplaatsing import (
    begin_terugplaatsing,
    leg_gesprek_vast,
    stel_vast,
    wijzig_terugplaatsing,
)
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, PlaatsingFactory, SoFactory, in_staat
from tests.factories.overstap import met_gesprek, terugplaatsing
from tests.ondersteuning.services.test_weg import run_jobs

VANDAAG = date(2026, 3, 10)
DAG = date(2026, 3, 2)


@dataclass
class Wereld:
    so: Any
    bao: Any
    van: Actor
    naar: Actor
    swv: Actor
    plaats: Plaatsing


def maak_wereld(actor_als: Callable[..., Actor]) -> Wereld:
    """A special school, a regular one, people at both, and a place with a TLV."""
    SamenwerkingsverbandFactory()
    so, bao = SoFactory(), SchoolFactory()
    place = PlaatsingFactory(
        verwijzing="PO2704-2324-0007",
        school_ontvangend=so,
        categorie="I",
        begin=date(2023, 8, 1),
        einde=date(2027, 7, 31),
    )
    return Wereld(
        so, bao, actor_als(Rol.IBER, so), actor_als(Rol.SCHOOLDIRECTEUR, bao), actor_als(Rol.SWV_MEDEWERKER), place
    )


@pytest.fixture
def wereld(db: None, actor_als: Callable[..., Actor]) -> Wereld:
    return maak_wereld(actor_als)


def gegevens(wereld: Wereld, **anders: Any) -> dict[str, Any]:
    values = {
        "tlv": wereld.plaats.verwijzing,
        "leerling": None,
        "voornamen": "Fenna",
        "achternaam": "Zeewier",
        "geboortedatum": date(2017, 5, 4),
        "naar_school": wereld.bao.pk,
        "overstap_op": DAG,
        "herkomst": "andere",
        "reden": "Het gaat goed.",
    }
    return values | anders


def begin(wereld: Wereld, **anders: Any) -> Any:
    return begin_terugplaatsing(
        actor=wereld.van, school_id=wereld.so.pk, gegevens=gegevens(wereld, **anders), vandaag=VANDAAG
    )


def gesprek(**anders: Any) -> dict[str, Any]:
    return {
        **met_gesprek(VANDAAG),
        "anderen": "De ambulant begeleider",
        "toestemming_op": VANDAAG,
        "toestemming": "Beide ouders.",
    } | anders


def code(answer: Any) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def stap(actor: Actor, row: Overstap, naam: str, toelichting: str = "") -> Any:
    row.refresh_from_db()
    return zet_stap(actor=actor, pk=row.pk, versie=row.versie, naam=naam, toelichting=toelichting, vandaag=VANDAAG)


def tot_swv(wereld: Wereld, **anders: Any) -> Terugplaatsing:
    """Begun, put before the new school, met, confirmed."""
    row = begin(wereld, **anders)
    assert isinstance(row, Terugplaatsing), row
    assert not isinstance(stap(wereld.van, row, "vraag"), Refusal)
    row.refresh_from_db()
    answer = leg_gesprek_vast(actor=wereld.naar, pk=row.pk, versie=row.versie, gegevens=gesprek(), vandaag=VANDAAG)
    assert not isinstance(answer, Refusal), answer
    assert not isinstance(stap(wereld.naar, row, "bevestig"), Refusal)
    row.refresh_from_db()
    assert row.staat == BIJ_SWV
    return row


def test_the_whole_way_to_a_budget(wereld: Wereld) -> None:
    row = tot_swv(wereld)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing), done
    assert done.staat == DEFINITIEF
    place = done.budgetplaats
    assert place is not None
    assert (place.soort, place.kostendrager, place.verwijzing) == ("terugplaatsing", "swv", done.kenmerk)
    assert (place.begin, place.einde) == (DAG, date(2028, 3, 31))
    assert (place.school_verwijzend, place.school_ontvangend) == (wereld.so, wereld.bao)
    wereld.plaats.refresh_from_db()
    assert wereld.plaats.einde == DAG - timedelta(days=1)
    assert done.bewaren_tot == date(2031, 3, 31)
    done.leerling.refresh_from_db()
    assert done.leerling.school == wereld.bao
    phases = [change.fase for change in done.leerling.faseovergangen.order_by("pk")]
    assert phases == ["signalering", "terugplaatsing", "signalering"]
    kinds = set(Event.objects.filter(onderwerp_soort="ondersteuning.terugplaatsing").values_list("soort", flat=True))
    assert {"terugplaatsing.begonnen", "terugplaatsing.gesprek", "terugplaatsing.definitief"} <= kinds
    assert "Zeewier" not in " ".join(Event.objects.values_list("tekst", flat=True))


def test_mails_go_to_the_other_school_without_a_name(wereld: Wereld) -> None:
    tot_swv(wereld)
    run_jobs()
    found = [(message.subject.split(": ")[0], message.to) for message in mail.outbox]
    address = dict(User.objects.values_list("pk", "email"))
    assert found == [
        ("Bevestig de komst van een leerling", [address[wereld.naar.user_id]]),
        ("De nieuwe school bevestigde", [address[wereld.van.user_id]]),
    ]
    assert "Zeewier" not in "".join(message.subject + message.body for message in mail.outbox)


@pytest.mark.parametrize(("herkomst", "verwijzer"), [("deze", False), ("andere", True)])
def test_back_to_the_own_school_without_a_budget(wereld: Wereld, herkomst: str, verwijzer: bool) -> None:
    if verwijzer:
        Plaatsing.objects.filter(pk=wereld.plaats.pk).update(school_verwijzend=wereld.bao)
    row = tot_swv(wereld, herkomst=herkomst)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing), done
    assert done.budgetplaats is None
    assert done.geen_budget_omdat.startswith("Geen budget, omdat ")
    assert not Plaatsing.objects.filter(soort="terugplaatsing").exists()
    wereld.plaats.refresh_from_db()
    assert wereld.plaats.einde == DAG - timedelta(days=1)
    assert done.bewaren_tot == date(2029, 3, 10)


def test_a_tlv_of_an_application_tells_which_pupil_it_is(wereld: Wereld) -> None:
    granted = in_staat("toegekend", ontvangende_school=wereld.so)
    Plaatsing.objects.filter(pk=wereld.plaats.pk).update(aanvraag=granted)
    row = begin(wereld, voornamen="", achternaam="", geboortedatum=None)
    assert isinstance(row, Terugplaatsing), row
    assert row.leerling == granted.leerling
    row.delete()
    other = LeerlingFactory(school=wereld.so)
    assert code(begin(wereld, leerling=other.pk)) == "leerling"


def test_a_pupil_with_a_dossier_is_reused(wereld: Wereld) -> None:
    pupil = LeerlingFactory(school=wereld.so, achternaam="Schelp")
    row = begin(wereld, leerling=pupil.pk)
    assert isinstance(row, Terugplaatsing)
    assert row.leerling == pupil


@pytest.mark.parametrize(
    ("anders", "expected"),
    [
        ({"tlv": "PO2704-9999-0001"}, "tlv"),
        ({"tlv": ""}, "tlv"),
        ({"achternaam": ""}, "leerling"),
        ({"naar_school": 999_999}, "naar_school"),
        ({"leerling": 999_999}, "leerling"),
    ],
)
def test_what_can_not_be_begun(wereld: Wereld, anders: dict[str, Any], expected: str) -> None:
    assert code(begin(wereld, **anders)) == expected
    assert not Overstap.objects.exists()


def test_a_school_outside_the_region_or_a_special_one_does_not_receive(wereld: Wereld) -> None:
    for school in (
        SchoolFactory(buiten_regio=True),
        SchoolFactory(swv_code="PO9902"),
        SoFactory(),
        SchoolFactory(actief=False),
    ):
        assert code(begin(wereld, naar_school=school.pk)) == "naar_school"


def test_a_tlv_of_another_school_is_not_found(wereld: Wereld) -> None:
    place = PlaatsingFactory(school_ontvangend=SoFactory(), categorie="I")
    assert code(begin(wereld, tlv=place.verwijzing)) == "tlv"


def test_a_tlv_ends_once(wereld: Wereld) -> None:
    first = begin(wereld)
    assert isinstance(first, Terugplaatsing)
    answer = begin(wereld, achternaam="Ander")
    assert code(answer) == "al_terug"
    assert first.kenmerk in answer.zin
    stap(wereld.van, first, "trek_in")
    assert isinstance(begin(wereld, achternaam="Ander"), Terugplaatsing)


def test_only_a_special_school_begins(wereld: Wereld) -> None:
    answer = begin_terugplaatsing(
        actor=wereld.naar, school_id=wereld.bao.pk, gegevens=gegevens(wereld), vandaag=VANDAAG
    )
    assert code(answer) == "school"
    with pytest.raises(NotVisible):
        begin_terugplaatsing(actor=wereld.naar, school_id=wereld.so.pk, gegevens={}, vandaag=VANDAAG)


def test_the_new_school_sees_it_while_it_takes_part(wereld: Wereld) -> None:
    row = begin(wereld)

    def seen() -> bool:
        return Overstap.objects.visible_to(wereld.naar.bereik).filter(pk=row.pk).exists()

    assert not seen()
    stap(wereld.van, row, "vraag")
    assert seen()
    stap(wereld.naar, row, "neem_niet_aan", "Geen plek in groep 5.")
    assert not seen()
    row.refresh_from_db()
    assert (row.staat, row.antwoord) == (CONCEPT, "Geen plek in groep 5.")


def test_the_start_meeting_is_obligatory(wereld: Wereld) -> None:
    row = begin(wereld)
    stap(wereld.van, row, "vraag")
    assert code(stap(wereld.naar, row, "bevestig")) == "gesprek"
    row.refresh_from_db()
    half = gesprek(aanwezig=["ouders"], toestemming_op=None)
    leg_gesprek_vast(actor=wereld.van, pk=row.pk, versie=row.versie, gegevens=half, vandaag=VANDAAG)
    assert code(stap(wereld.naar, row, "bevestig")) == "gesprek_aanwezig"
    row.refresh_from_db()
    whole = gesprek(toestemming_op=None)
    leg_gesprek_vast(actor=wereld.van, pk=row.pk, versie=row.versie, gegevens=whole, vandaag=VANDAAG)
    assert code(stap(wereld.naar, row, "bevestig")) == "toestemming"


def test_what_was_said_can_not_lie_in_the_future(wereld: Wereld) -> None:
    row = terugplaatsing(GEVRAAGD, vandaag=VANDAAG, van_school=wereld.so, naar_school=wereld.bao)
    for name in ("gesprek_op", "toestemming_op"):
        values = gesprek(**{name: VANDAAG + timedelta(days=1)})
        answer = leg_gesprek_vast(actor=wereld.van, pk=row.pk, versie=1, gegevens=values, vandaag=VANDAAG)
        assert code(answer) == "toekomst"
        assert answer.veld == name


def test_the_swv_gives_it_back(wereld: Wereld) -> None:
    row = terugplaatsing(BIJ_SWV, vandaag=VANDAAG, van_school=wereld.so, naar_school=wereld.bao)
    assert code(stap(wereld.swv, row, "geef_terug")) == "toelichting"
    stap(wereld.swv, row, "geef_terug", "Waar kwam de leerling vandaan?")
    row.refresh_from_db()
    assert (row.staat, row.gevraagde_school_id) == (CONCEPT, None)
    answer = wijzig_terugplaatsing(
        actor=wereld.van,
        pk=row.pk,
        versie=row.versie,
        gegevens={
            "tlv": row.tlv_plaats.verwijzing,
            "naar_school": wereld.bao.pk,
            "overstap_op": DAG,
            "herkomst": "deze",
        },
        vandaag=VANDAAG,
    )
    assert isinstance(answer, Terugplaatsing), answer
    assert answer.herkomst == "deze"


def test_what_is_not_somebodys_step(wereld: Wereld) -> None:
    row = terugplaatsing(BIJ_SWV, vandaag=VANDAAG, van_school=wereld.so, naar_school=wereld.bao)
    for actor in (wereld.van, wereld.naar):
        assert code(stel_vast(actor=actor, pk=row.pk, versie=1, vandaag=VANDAAG)) == "rol"
    assert code(stap(wereld.naar, row, "trek_in")) == "rol"
    assert code(stap(wereld.van, row, "leg_vast")) == "rol"
    change = wijzig_terugplaatsing(actor=wereld.naar, pk=row.pk, versie=1, gegevens={}, vandaag=VANDAAG)
    assert code(change) == "rol"
    late = wijzig_terugplaatsing(actor=wereld.van, pk=row.pk, versie=1, gegevens={}, vandaag=VANDAAG)
    assert code(late) == "staat"
    row.refresh_from_db()
    assert row.versie == 1


def test_nobody_else_sees_it(wereld: Wereld, actor_als: Callable[..., Actor]) -> None:
    row = terugplaatsing(BIJ_SWV, vandaag=VANDAAG)
    for actor in (wereld.van, wereld.naar, actor_als(Rol.CONTROLLER), actor_als(Rol.ORTHOPEDAGOOG, row.van_school)):
        with pytest.raises(NotVisible):
            stel_vast(actor=actor, pk=row.pk, versie=1, vandaag=VANDAAG)


def test_withdrawing(wereld: Wereld) -> None:
    row = tot_swv(wereld)
    stap(wereld.van, row, "trek_in")
    row.refresh_from_db()
    assert (row.staat, row.gevraagde_school_id, row.bewaren_tot) == (INGETROKKEN, None, date(2029, 3, 10))
    row.leerling.refresh_from_db()
    assert row.leerling.fase == "plaatsing"


def test_an_imported_place_may_have_the_reference_already(wereld: Wereld) -> None:
    row = tot_swv(wereld)
    PlaatsingFactory(verwijzing=row.kenmerk)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing)
    assert done.budgetplaats is not None
    assert done.budgetplaats.verwijzing == f"{row.kenmerk}-2"


def test_a_place_that_ended_before_stays_as_it_was(wereld: Wereld) -> None:
    Plaatsing.objects.filter(pk=wereld.plaats.pk).update(einde=date(2025, 7, 31))
    row = tot_swv(wereld)
    stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    wereld.plaats.refresh_from_db()
    assert wereld.plaats.einde == date(2025, 7, 31)


def test_another_term_by_setting(wereld: Wereld, actor_als: Callable[..., Actor]) -> None:
    boss = actor_als(Rol.DIRECTEUR_BESTUURDER)
    values = {"budgetmaanden": 12, "betaaljaren": 2}
    assert code(bewaar_instellingen(OVERSTAP, actor=wereld.swv, versie=1, waarden=values)) == "rol"
    for wrong in ({"budgetmaanden": 25}, {"betaaljaren": 9}):
        assert code(bewaar_instellingen(OVERSTAP, actor=boss, versie=1, waarden=values | wrong)) == next(iter(wrong))
    bewaar_instellingen(OVERSTAP, actor=boss, versie=1, waarden=values)
    row = tot_swv(wereld)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing)
    assert done.budgetplaats is not None
    assert done.budgetplaats.einde == date(2027, 3, 31)


def test_a_day_in_the_future_moves_the_pupil_later(wereld: Wereld) -> None:
    row = tot_swv(wereld, overstap_op=date(2026, 4, 1))
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing)
    done.leerling.refresh_from_db()
    assert done.leerling.school == wereld.so
    assert done.leerling.fase == "terugplaatsing"
    assert done.budgetplaats is not None
    assert done.budgetplaats.einde == date(2028, 4, 30)


@pytest.mark.parametrize("ingelezen", [True, False])
def test_a_withdrawn_one_leaves_the_pupil_on_the_place(wereld: Wereld, ingelezen: bool) -> None:
    if not ingelezen:
        granted = in_staat("toegekend", ontvangende_school=wereld.so)
        Plaatsing.objects.filter(pk=wereld.plaats.pk).update(aanvraag=granted)
    row = tot_swv(wereld)
    assert row.leerling.fase == "terugplaatsing"
    done = stap(wereld.van, row, "trek_in")
    assert done.leerling.fase == "plaatsing"
    assert done.leerling.faseovergangen.first().reden == f"Terugplaatsing {row.kenmerk} is ingetrokken."


def test_after_a_return_a_withdrawn_application_leads_to_the_signal(wereld: Wereld) -> None:
    granted = in_staat("toegekend", ontvangende_school=wereld.so)
    Plaatsing.objects.filter(pk=wereld.plaats.pk).update(aanvraag=granted)
    row = tot_swv(wereld)
    done = stel_vast(actor=wereld.swv, pk=row.pk, versie=row.versie, vandaag=VANDAAG)
    assert isinstance(done, Terugplaatsing), done
    assert done.leerling.fase == "signalering"
    again = begin_aanvraag(
        actor=wereld.naar,
        school_id=wereld.bao.pk,
        route="A",
        vandaag=VANDAAG,
        leerling_id=done.leerling_id,
    )
    assert isinstance(again, Aanvraag), again
    assert again.leerling.fase == "indicatie"
    gone = trek_in(actor=wereld.naar, pk=again.pk, versie=again.versie, vandaag=VANDAAG)
    assert isinstance(gone, Aanvraag), gone
    assert gone.leerling.fase == "signalering"
