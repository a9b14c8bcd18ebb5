"""Who of a school is told, who is the consulent of a pupil, and that settings which are not given stay."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from kernen.models import Roltoekenning
from ondersteuning.models import Consulentschap, Leerling, Tlvinstellingen
from ondersteuning.queries.leerlingdossier import leerlingdossiers, samenvatting
from ondersteuning.queries.mensen import mensen_per_school, mensen_van_school
from ondersteuning.services.instellingen import TLV, bewaar_instellingen
from ondersteuning.services.verzuimalarm import alarmeer
from ondersteuning.services.verzuimmelding import meld
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Job
from tests.factories.aanwezigheid import VerzuimmeldingFactory
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory
from tests.ondersteuning.services.test_verzuimmelding import waarden

pytestmark = pytest.mark.django_db
ActorAls = Callable[..., Actor]
VANDAAG = date(2025, 1, 10)
ALARMDAG = date(2025, 2, 3)


def wie(school: Any) -> set[int]:
    return {user.pk for user in mensen_van_school(school.pk, timezone.localdate())}


def gemaild() -> list[int]:
    return sorted(job.params["user"] for job in Job.objects.filter(soort="mail"))


def consulent_van_school(school: Any, actor: Actor) -> None:
    Consulentschap.objects.create(school=school, consulent_id=actor.user_id, van=date(2024, 8, 1))


def test_the_ibers_of_a_school_and_without_one_its_director(actor_als: ActorAls) -> None:
    school, empty = SchoolFactory(), SchoolFactory()
    director = actor_als(Rol.SCHOOLDIRECTEUR, school)
    actor_als(Rol.ORTHOPEDAGOOG, school)
    assert wie(school) == {director.user_id}
    iber = actor_als(Rol.IBER, school)
    assert wie(school) == {iber.user_id}
    assert mensen_van_school(None, VANDAAG) == []
    assert set(mensen_per_school([school.pk, empty.pk], timezone.localdate())) == {school.pk}
    User.objects.filter(pk=iber.user_id).update(is_active=False)
    assert wie(school) == {director.user_id}


def test_an_alarm_goes_to_the_director_where_there_is_no_iber(actor_als: ActorAls) -> None:
    row = VerzuimmeldingFactory()
    director, staff = actor_als(Rol.SCHOOLDIRECTEUR, row.school), actor_als(Rol.SWV_MEDEWERKER)
    alarmeer(pk=row.pk, vandaag=ALARMDAG)
    assert gemaild() == sorted([director.user_id or 0, staff.user_id or 0])


def test_an_alarm_goes_to_the_consulent_and_to_who_reported_as_long_as_that_person_reads_the_case(
    actor_als: ActorAls,
) -> None:
    school = SchoolFactory()
    iber, director = actor_als(Rol.IBER, school), actor_als(Rol.SCHOOLDIRECTEUR, school)
    consulent, _other = actor_als(Rol.SWV_MEDEWERKER), actor_als(Rol.SWV_MEDEWERKER)
    told = {"school": school, "consulent_id": consulent.user_id, "gemeld_door_id": director.user_id}
    alarmeer(pk=VerzuimmeldingFactory(**told).pk, vandaag=ALARMDAG)
    both = sorted([iber.user_id or 0, consulent.user_id or 0])
    assert gemaild() == sorted([*both, director.user_id or 0])
    Job.objects.all().delete()
    Roltoekenning.objects.filter(user_id=director.user_id).delete()
    alarmeer(pk=VerzuimmeldingFactory(**told).pk, vandaag=ALARMDAG)
    assert gemaild() == both


def test_a_pupil_without_an_own_consulent_has_that_of_the_school(actor_als: ActorAls) -> None:
    school = SchoolFactory()
    pupil, of_school = LeerlingFactory(school=school), actor_als(Rol.SWV_MEDEWERKER)
    own = User.objects.get(pk=actor_als(Rol.SWV_MEDEWERKER).user_id)

    def told() -> str:
        row = leerlingdossiers(of_school.bereik, VANDAAG).get(pk=pupil.pk)
        return next(line.waarde for line in samenvatting(row) if line.label == "Consulent")

    assert told() == "nog niemand"
    consulent_van_school(school, of_school)
    assert told() == f"{User.objects.get(pk=of_school.user_id)} (consulent van de school)"
    Leerling.objects.filter(pk=pupil.pk).update(consulent=own)
    assert told() == str(own)


def test_a_report_is_followed_by_the_consulent_of_the_school(actor_als: ActorAls) -> None:
    school = SchoolFactory()
    actor, consulent, pupil = (
        actor_als(Rol.IBER, school),
        actor_als(Rol.SWV_MEDEWERKER),
        LeerlingFactory(school=school),
    )
    consulent_van_school(school, consulent)
    row = meld(
        actor=actor, school_id=school.pk, leerling_id=pupil.pk, nieuwe_leerling={}, waarden=waarden(), vandaag=VANDAAG
    )
    assert not isinstance(row, list)
    assert row.consulent_id == consulent.user_id


def test_settings_that_are_not_given_stay_as_they_are(actor_als: ActorAls) -> None:
    Tlvinstellingen.objects.create(terugneemminuten=7, herinner_na_dagen=9, radar_weken=3, dws_vanaf_groep=6)
    director = actor_als(Rol.DIRECTEUR_BESTUURDER)
    bewaar_instellingen(soort=TLV, actor=director, versie=1, waarden={"radar_weken": 5})
    row = Tlvinstellingen.objects.get()
    assert (row.terugneemminuten, row.herinner_na_dagen, row.radar_weken, row.dws_vanaf_groep) == (7, 9, 5, 6)
    given: dict[str, Any] = {"actor": director, "versie": 2}
    wrong = bewaar_instellingen(soort=TLV, **given, waarden={"terugkijken_vanaf": "01-08"})
    assert isinstance(wrong, Refusal)
    assert wrong.veld == "terugkijken_vanaf"
    assert not isinstance(bewaar_instellingen(soort=TLV, **given, waarden={"terugkijken_vanaf": "15-06"}), Refusal)
    row.refresh_from_db()
    assert (row.terugkijken_vanaf, row.dws_vanaf_groep) == ("15-06", 6)
