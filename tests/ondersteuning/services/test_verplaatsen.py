"""A move ends or takes along what ran at the former school, whichever way the pupil moves."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from ondersteuning.domain import overeenkomst as procedure
from ondersteuning.domain.aanvraag import CONCEPT, TOEGEKEND
from ondersteuning.domain.overeenkomst import GESTOPT, INGETROKKEN, LOPEND, Soort
from ondersteuning.domain.overstap import DEFINITIEF, GEVRAAGD
from ondersteuning.models import Leerling, Overeenkomst, Plaatsing, Verzuimmelding
from ondersteuning.queries.taken import taken
from ondersteuning.services.overeenkomst import geef_door
from ondersteuning.services.overstap_dag import verplaats_als_het_zover_is
from ondersteuning.services.schoolperiode import draag_over, verplaats
from ondersteuning.services.toekenning_dag import doe_de_dag
from ondersteuning.services.verzuimmelding import meld
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories.aanwezigheid import VerzuimmeldingFactory
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, PlaatsingFactory, SboFactory, in_staat
from tests.factories.overeenkomsten import overeenkomst
from tests.factories.overstap import baobao, terugplaatsing
from tests.ondersteuning.services.test_verzuimmelding import waarden
from tests.ondersteuning.services.test_weg import run_jobs

ActorAls = Callable[..., Actor]
PER = date(2025, 11, 17)


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def ga(leerling: Leerling, naar: Any, per: date = PER) -> None:
    pupil = Leerling.objects.get(pk=leerling.pk)
    verplaats(pupil, naar, per=per, actor=PORTAAL, vandaag=per)


def test_the_new_school_follows_the_absence(actor_als: ActorAls) -> None:
    row, new = VerzuimmeldingFactory(), SchoolFactory()
    row.zorgplicht_school = row.school
    row.save()
    old, there = actor_als(Rol.IBER, row.school), actor_als(Rol.IBER, new)
    ga(row.leerling, new)
    assert list(Verzuimmelding.objects.visible_to(there.bereik)) == [row]
    assert not Verzuimmelding.objects.visible_to(old.bereik).exists()
    row.refresh_from_db()
    assert (row.school, row.zorgplicht_school, row.staat) == (new, None, "gemeld")
    assert Event.objects.filter(soort="verzuim.school", onderwerp_id=row.pk).count() == 1
    run_jobs()
    assert [row.kenmerk in message.subject for message in mail.outbox] == [True]
    again = meld(
        actor=there, school_id=new.pk, leerling_id=row.leerling_id, nieuwe_leerling={}, waarden=waarden(), vandaag=PER
    )
    assert isinstance(again, list)
    assert row.kenmerk in again[0].zin


def test_who_took_the_zorgplicht_keeps_it_when_the_pupil_comes() -> None:
    row, new = VerzuimmeldingFactory(), SchoolFactory()
    row.zorgplicht_school = new
    row.save()
    ga(row.leerling, new)
    row.refresh_from_db()
    assert (row.school, row.zorgplicht_school) == (new, new)


@pytest.mark.parametrize("outside", [{"swv_code": "PO3004"}, {"buiten_regio": True}])
def test_absence_ends_when_the_pupil_goes_outside(outside: dict[str, Any]) -> None:
    row = VerzuimmeldingFactory()
    old = row.school
    ga(row.leerling, SchoolFactory(**outside))
    row.refresh_from_db()
    assert (row.staat, row.school, row.einde_soort, row.einde_op) == ("afgesloten", old, "andere_plek", PER)
    assert "andere school" in row.einde_reden
    assert row.bewaren_tot == date(2028, 11, 17)


def test_a_case_outside_reach_is_not_named(actor_als: ActorAls) -> None:
    pupil = LeerlingFactory()
    elsewhere = VerzuimmeldingFactory(leerling=pupil, school=SchoolFactory())
    actor = actor_als(Rol.IBER, pupil.school)
    answer = meld(
        actor=actor, school_id=pupil.school_id, leerling_id=pupil.pk, nieuwe_leerling={}, waarden=waarden(), vandaag=PER
    )
    assert isinstance(answer, list)
    assert (answer[0].code, answer[0].veld) == ("loopt_al", "leerling")
    assert elsewhere.kenmerk not in answer[0].zin
    assert "Vraag het samenwerkingsverband" in answer[0].zin


def test_a_budget_stops_with_the_month_and_that_of_the_move_runs_on() -> None:
    row = terugplaatsing(DEFINITIEF, overstap_op=date(2025, 1, 13))
    assert verplaats_als_het_zover_is(row, actor=PORTAAL, vandaag=PER)
    place = Plaatsing.objects.get(pk=row.budgetplaats_id)
    assert (place.vertrokken_op, place.einde) == (None, date(2027, 1, 31))
    ga(row.leerling, SchoolFactory())
    place.refresh_from_db()
    assert (place.vertrokken_op, place.einde) == (PER - timedelta(days=1), date(2025, 11, 30))
    assert place.einde_zonder_vertrek == date(2027, 1, 31)
    row.refresh_from_db()
    assert row.bewaren_tot == date(2028, 11, 30)
    ga(row.leerling, SchoolFactory(), per=PER + timedelta(days=60))
    place.refresh_from_db()
    assert place.einde == date(2025, 11, 30)


def test_a_grant_to_special_education_stops_the_budget_for_entry() -> None:
    pupil = LeerlingFactory()
    first = in_staat(TOEGEKEND, route="DI", verwijzende_school=None, ontvangende_school=pupil.school, leerling=pupil)
    place = PlaatsingFactory(
        aanvraag=first,
        soort="instroombudget",
        categorie="",
        kostendrager="swv",
        school_verwijzend=None,
        school_ontvangend=pupil.school,
        begin=date(2025, 2, 3),
        einde=date(2027, 2, 28),
    )
    later = in_staat(TOEGEKEND, verwijzende_school=pupil.school, leerling=pupil, gewenst_van=date(2025, 8, 1))
    assert doe_de_dag(pk=later.pk, vandaag=date(2025, 8, 1))
    place.refresh_from_db()
    assert (place.vertrokken_op, place.einde) == (date(2025, 7, 31), date(2025, 7, 31))


@pytest.mark.parametrize("soort", [Soort.SYMBIOSE, Soort.OBSERVATIE])
def test_an_agreement_that_runs_stops_after_the_last_day(soort: Soort) -> None:
    row = overeenkomst(LOPEND, soort.value)
    ga(row.leerling, SchoolFactory())
    row.refresh_from_db()
    assert (row.staat, row.gestopt_per) == (GESTOPT, PER - timedelta(days=1))
    assert row.bewaren_tot == procedure.bewaardag(soort.value, row.einde, row.gestopt_per)
    assert Event.objects.filter(soort="overeenkomst.stop", onderwerp_id=row.pk).count() == 1


def test_a_dws_place_stays_bought_and_can_still_be_passed_on(actor_als: ActorAls) -> None:
    row = overeenkomst(LOPEND, Soort.DWS.value)
    school = row.school
    ga(row.leerling, SchoolFactory())
    row.refresh_from_db()
    assert row.staat == GESTOPT
    place = Plaatsing.objects.get(pk=row.plaatsing_id)
    assert (place.einde, place.vertrokken_op) == (row.einde, None)
    passed = geef_door(
        actor=actor_als(Rol.IBER, school),
        pk=row.pk,
        versie=row.versie,
        leerling_id=LeerlingFactory(school=school).pk,
        nieuwe_leerling={},
        waarden={"vanaf": PER, "groep": "7", "doelen": "Meer uitdaging.", "toestemming_op": PER},
        vandaag=PER,
    )
    assert isinstance(passed, Overeenkomst), passed


@pytest.mark.parametrize("staat", [procedure.CONCEPT, procedure.BIJ_SCHOLEN, procedure.BIJ_SWV])
def test_what_was_not_agreed_yet_is_withdrawn(staat: str) -> None:
    row = overeenkomst(staat)
    ga(row.leerling, SchoolFactory())
    row.refresh_from_db()
    assert (row.staat, row.gevraagde_school) == (INGETROKKEN, None)


def test_what_ended_or_belongs_to_the_new_school_stays_as_it_was() -> None:
    over = overeenkomst(LOPEND, begin=date(2025, 9, 1), einde=PER - timedelta(days=1))
    new = SchoolFactory()
    own = overeenkomst(LOPEND, leerling=over.leerling, school=new)
    ga(over.leerling, new)
    for row in (over, own):
        row.refresh_from_db()
        assert row.staat == LOPEND


@pytest.mark.parametrize("soort", ["aanvraag", "overstap"])
def test_by_hand_the_school_finishes_first_and_otherwise_the_swv_is_told(actor_als: ActorAls, soort: str) -> None:
    pupil, new, staff = LeerlingFactory(), SboFactory(), actor_als(Rol.SWV_MEDEWERKER)
    left: Any = (
        in_staat(CONCEPT, leerling=pupil, verwijzende_school=pupil.school)
        if soort == "aanvraag"
        else baobao(GEVRAAGD, leerling=pupil, van_school=pupil.school)
    )
    answer = draag_over(actor=staff, pk=pupil.pk, versie=1, school=new.pk, per=PER, vandaag=PER)
    assert isinstance(answer, Refusal)
    assert answer.code == "loopt_nog"
    assert left.kenmerk in answer.zin
    assert not [task for task in taken(staff.bereik, PER) if left.kenmerk in task.titel]
    granted = in_staat(TOEGEKEND, leerling=pupil, verwijzende_school=pupil.school, ontvangende_school=new)
    assert granted.geldig_van is not None
    assert doe_de_dag(pk=granted.pk, vandaag=granted.geldig_van)
    told = Event.objects.get(soort="leerling.school").tekst
    assert "ligt nog een aanvraag of overstap" in told
    assert left.kenmerk not in told  # the new school reads it
    assert [left.kenmerk in task.titel for task in taken(staff.bereik, PER) if task.soort] == [True]
    assert not [task for task in taken(actor_als(Rol.IBER, new).bereik, PER) if left.kenmerk in task.titel]


def test_periods_do_not_overlap_when_the_day_lies_back() -> None:
    pupil = LeerlingFactory()
    first = SchoolFactory()
    pupil.schoolperioden.create(school=first, van=date(2025, 1, 6), tot=date(2025, 9, 1))
    pupil.schoolperioden.create(school=pupil.school, van=date(2025, 9, 1))
    new = SchoolFactory()
    ga(pupil, new, per=date(2025, 8, 1))
    found = list(pupil.schoolperioden.order_by("van").values_list("school_id", "tot"))
    assert found == [(first.pk, date(2025, 8, 1)), (new.pk, None)]
