"""Moving a dossier: the open period and the school of the pupil always agree, and the old school sees nothing newer."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.models import Aanvraag, Leerling, Schoolperiode
from ondersteuning.services.schoolperiode import draag_over
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, in_staat
from tests.ondersteuning.conftest import Mensen
from tests.ondersteuning.services.test_leerlingen import ActorAls, code, maak

LATER = VANDAAG + timedelta(days=30)


def test_the_new_school_sees_it_and_the_old_one_what_it_filed(mensen: Mensen, actor_als: ActorAls) -> None:
    pupil, new = maak(mensen.iber, mensen.school), SchoolFactory()
    old = in_staat(procedure.GEWEIGERD, leerling=pupil, verwijzende_school=mensen.school)
    moved = draag_over(actor=mensen.swv, pk=pupil.pk, versie=1, school=new.pk, per=LATER, vandaag=LATER)
    assert isinstance(moved, Leerling), moved
    pupil.refresh_from_db()
    periods = [(each.school, each.van, each.tot) for each in pupil.schoolperioden.order_by("van")]
    assert periods == [(mensen.school, VANDAAG, LATER), (new, LATER, None)]
    assert (pupil.school, pupil.versie) == (new, 2)
    there = actor_als(Rol.IBER, new)
    assert list(Leerling.objects.visible_to(there.bereik)) == [pupil]
    assert list(Leerling.objects.visible_to(mensen.iber.bereik)) == []
    newer = in_staat(procedure.CONCEPT, leerling=pupil, verwijzende_school=new)
    assert list(Aanvraag.objects.visible_to(mensen.iber.bereik)) == [old]
    assert list(Aanvraag.objects.visible_to(there.bereik)) == [newer]


def test_what_is_refused(mensen: Mensen) -> None:
    pupil, new = maak(mensen.iber, mensen.school), SchoolFactory()

    def move(**changes: object) -> Leerling | Refusal:
        given = {"actor": mensen.swv, "pk": pupil.pk, "versie": 1, "school": new.pk, "per": LATER, "vandaag": LATER}
        return draag_over(**{**given, **changes})  # type: ignore[arg-type]

    assert code(move(actor=mensen.iber)) == "rol"
    assert code(move(versie=9)) == "verouderd"
    assert code(move(school=0)) == "school"
    assert code(move(school=mensen.school.pk)) == "zelfde_school"
    assert code(move(per=LATER + timedelta(days=1))) == "toekomst"
    assert code(move(per=date(2020, 1, 1))) == "te_vroeg"
    row = in_staat(procedure.CONCEPT, leerling=pupil, verwijzende_school=mensen.school)
    answer = move()
    assert code(answer) == "loopt_nog"
    assert isinstance(answer, Refusal)
    assert row.kenmerk in answer.zin
    pupil.refresh_from_db()
    assert pupil.school == mensen.school
    Aanvraag.objects.filter(pk=row.pk).update(staat=procedure.INGEDIEND)
    assert isinstance(move(), Leerling)


def test_the_database_keeps_one_open_period(mensen: Mensen) -> None:
    pupil = maak(mensen.iber, mensen.school)
    with pytest.raises(IntegrityError), transaction.atomic():
        Schoolperiode.objects.create(leerling=pupil, school=SchoolFactory(), van=LATER)
