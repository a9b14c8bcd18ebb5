"""Saving the capaciteitenlijst: who may, what is kept, what is told, and the task that follows from it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ondersteuning.domain.capaciteit import Groepsstand
from ondersteuning.models import Capaciteit, Capaciteitenlijst, Tlvinstellingen
from ondersteuning.queries import taken
from ondersteuning.queries.capaciteit import taken_capaciteit
from ondersteuning.services.capaciteit import MAG_NIET, bewaar_capaciteit
from ondersteuning.services.instellingen import TLV, bewaar_instellingen
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.common.writing import NotVisible
from tests.factories.kernen import SchoolFactory

pytestmark = pytest.mark.django_db

VOL = {3: Groepsstand("vol", "Na de zomer is er plaats."), 4: Groepsstand("plaats")}


@pytest.fixture
def school():
    return SchoolFactory(naam="De Zeester")


def bewaar(actor, school, groepen=VOL, versie=1, nu=None):
    return bewaar_capaciteit(actor=actor, school_id=school.pk, versie=versie, groepen=groepen, nu=nu or timezone.now())


def stored(school):
    rows = Capaciteit.objects.filter(lijst__school=school)
    return {groep: (stand, text) for groep, stand, text in rows.values_list("groep", "stand", "toelichting")}


@pytest.mark.parametrize("rol", [Rol.SCHOOLDIRECTEUR, Rol.IBER, Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER])
def test_these_roles_fill_it_in(actor_als, school, rol):
    actor = actor_als(rol, school)
    row = bewaar(actor, school)
    assert isinstance(row, Capaciteitenlijst)
    assert (row.versie, row.gewijzigd_door_id) == (2, actor.user_id)
    assert stored(school) == {3: ("vol", "Na de zomer is er plaats."), 4: ("plaats", "")}
    event = Event.objects.get(soort="capaciteit.bijgewerkt")
    assert event.tekst == "Heeft de capaciteit bijgewerkt (groep 3: vol, groep 4: plaats)."
    assert event.gegevens == {"groepen": {"3": ["", "vol"], "4": ["", "plaats"]}}


@pytest.mark.parametrize("rol", [Rol.CONTROLLER, Rol.BEHEERDER, Rol.ORTHOPEDAGOOG])
def test_others_who_see_the_school_may_not(actor_als, school, rol):
    assert bewaar(actor_als(rol, school), school) == [MAG_NIET]
    assert not Capaciteitenlijst.objects.exists()


def test_another_school_does_not_exist(actor_als, school):
    with pytest.raises(NotVisible):
        bewaar(actor_als(Rol.SCHOOLDIRECTEUR, SchoolFactory()), school)


@pytest.mark.parametrize("anders", [{"soort": "VSO"}, {"actief": False}, {"buiten_regio": True}])
def test_a_school_without_these_groups_has_no_list(actor_als, anders):
    with pytest.raises(NotVisible):
        bewaar(actor_als(Rol.SWV_MEDEWERKER), SchoolFactory(**anders))


def test_the_second_of_two_is_refused_and_nothing_is_lost(actor_als, school):
    actor = actor_als(Rol.SCHOOLDIRECTEUR, school)
    bewaar(actor, school)
    [refusal] = bewaar(actor, school, {1: Groepsstand("plaats")}, versie=1)
    assert refusal.code == "verouderd"
    assert set(stored(school)) == {3, 4}


def test_wrong_rows_are_refused_whole(actor_als, school):
    actor = actor_als(Rol.SCHOOLDIRECTEUR, school)
    [refusal] = bewaar(actor, school, {1: Groepsstand("vol"), 2: Groepsstand("", "Wachtlijst")})
    assert refusal.veld == "stand_2"
    assert stored(school) == {}
    assert not Event.objects.exists()


def test_a_group_is_changed_emptied_and_left_alone(actor_als, school):
    actor = actor_als(Rol.IBER, school)
    bewaar(actor, school)
    before = Capaciteit.objects.get(groep=4).pk
    bewaar(actor, school, {3: Groepsstand(), 4: Groepsstand("plaats"), 5: Groepsstand("overleg")}, versie=2)
    assert stored(school) == {4: ("plaats", ""), 5: ("overleg", "")}
    assert Capaciteit.objects.get(groep=4).pk == before
    assert Event.objects.latest("pk").tekst.endswith("(groep 3: niet ingevuld, groep 5: in overleg).")


def test_looking_it_over_makes_it_of_today(actor_als, school):
    actor = actor_als(Rol.SCHOOLDIRECTEUR, school)
    bewaar(actor, school, nu=timezone.now() - timedelta(days=300))
    now = timezone.now()
    assert bewaar(actor, school, versie=2, nu=now).gewijzigd_op == now
    assert Event.objects.latest("pk").tekst == "Heeft de capaciteit nagekeken: alles klopt nog."


def test_the_directeur_is_asked_when_it_is_empty_or_old(actor_als, school, django_assert_num_queries):
    actor, today = actor_als(Rol.SCHOOLDIRECTEUR, school), timezone.localdate()
    with django_assert_num_queries(2):
        [task] = taken_capaciteit(actor.bereik, today)
    assert (task.titel, task.deadline) == ("Werk de capaciteit bij van De Zeester", None)
    assert task in taken(actor.bereik, today)
    bewaar(actor, school, nu=timezone.now())
    assert taken_capaciteit(actor.bereik, today) == []
    [late] = taken_capaciteit(actor.bereik, today + timedelta(days=200))
    assert today + timedelta(days=175) < late.deadline < today + timedelta(days=190)


@pytest.mark.parametrize("rol", [Rol.IBER, Rol.SWV_MEDEWERKER, Rol.ORTHOPEDAGOOG])
def test_others_are_not_asked(bereik_als, school, rol):
    assert taken_capaciteit(bereik_als(rol, school), date(2026, 3, 10)) == []


@pytest.mark.parametrize("anders", [{"soort": "VSO"}, {"actief": False}])
def test_nobody_is_asked_for_a_school_without_a_list(bereik_als, anders):
    other = SchoolFactory(**anders)
    assert taken_capaciteit(bereik_als(Rol.SCHOOLDIRECTEUR, other), date(2026, 3, 10)) == []


def test_the_swv_chooses_after_how_many_months_a_list_is_old(actor_als, bereik_als):
    school = SchoolFactory()
    reach = bereik_als(Rol.SCHOOLDIRECTEUR, school)
    moment = timezone.now() - timedelta(days=100)
    Capaciteitenlijst.objects.create(school=school, gewijzigd_op=moment, versie=2)
    assert taken_capaciteit(reach, timezone.localdate()) == []
    director = actor_als(Rol.DIRECTEUR_BESTUURDER)
    values = {"capaciteit_maanden": 2, "symbiose_schooljaren": 3}
    bewaar_instellingen(soort=TLV, actor=director, versie=1, waarden=values)
    row = Tlvinstellingen.objects.get()
    assert (row.capaciteit_maanden, row.symbiose_schooljaren, row.observatie_maanden) == (2, 3, 24)
    assert len(taken_capaciteit(reach, timezone.localdate())) == 1
