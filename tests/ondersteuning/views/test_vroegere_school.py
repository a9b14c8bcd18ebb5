"""A pupil who left: the former school, and the special school the pupil came from, reach nothing newer."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import AANVULLING, INGEDIEND, TOEGEKEND
from ondersteuning.domain.fase import TERUGPLAATSING
from ondersteuning.models import Aanvraag, Faseovergang, Gezagsdrager, Leerling
from ondersteuning.queries.beginnen import tlvs_op
from ondersteuning.services.aanvraag import begin_aanvraag
from ondersteuning.services.gezag import werk_dossier_bij
from ondersteuning.services.leerlingdocumenten import kies_documenten
from ondersteuning.services.leerlingen import volg_aanvraag
from ondersteuning.services.overstap_dag import rond_af_als_het_zover_is
from ondersteuning.services.schoolperiode import draag_over
from ondersteuning.services.vernietigen import vernietig
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import (
    AanvraagFactory,
    LeerlingdocumentFactory,
    PlaatsingFactory,
    bekendgemaakt,
    in_staat,
)
from tests.factories.overstap import DEFINITIEF, terugplaatsing
from tests.ondersteuning.services.test_besluit import staff

Als = Callable[..., Client]
ActorAls = Callable[..., Actor]


@pytest.fixture(autouse=True)
def swv(db: None, own_folder: Any) -> None:
    SamenwerkingsverbandFactory()


def today() -> date:
    return timezone.localdate()


def goes_to(pupil: Leerling, school: Any) -> None:
    day = today()
    answer = draag_over(actor=staff(), pk=pupil.pk, versie=None, school=school.pk, per=day, vandaag=day)
    assert isinstance(answer, Leerling), answer
    pupil.refresh_from_db()


def test_the_page_of_a_pupil_names_nothing_that_a_later_school_does_not_see(als: Als, actor_als: ActorAls) -> None:
    first, third = SchoolFactory(), SchoolFactory()
    row = in_staat(TOEGEKEND, verwijzende_school=first)
    werk_dossier_bij(row, actor=actor_als(Rol.IBER, first))
    pupil = row.leerling
    pupil.schoolperioden.create(school=first, van=today() - timedelta(days=400))
    case = terugplaatsing(DEFINITIEF, vandaag=today(), overstap_op=today(), leerling=pupil)
    Leerling.objects.filter(pk=pupil.pk).update(fase=TERUGPLAATSING)
    goes_to(pupil, third)
    case.leerling.refresh_from_db()
    assert rond_af_als_het_zover_is(case, actor=PORTAAL, vandaag=today())
    page = text(als(Rol.IBER, third).get(reverse("ondersteuning:leerling", args=[pupil.pk])))
    assert "Heeft de gegevens uit een aanvraag overgenomen" in page
    assert "De terugplaatsing is klaar: de leerling is op een andere school." in page
    assert row.kenmerk not in page
    assert case.kenmerk not in page


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def granted(**fields: Any) -> Aanvraag:
    return bekendgemaakt(
        in_staat(TOEGEKEND, vandaag=today() - timedelta(days=3), gewenst_tot=date(today().year + 1, 7, 31), **fields)
    )


def test_the_former_school_reaches_no_document_and_no_name(als: Als, actor_als: ActorAls) -> None:
    row = in_staat(AANVULLING, vandaag=today() - timedelta(days=3))
    pupil, old = row.leerling, als(Rol.IBER, row.verwijzende_school)
    ticked = LeerlingdocumentFactory(leerling=pupil, soort="verslag", datum=date(2024, 9, 1))
    ticked.aanvragen.add(row)
    goes_to(pupil, SchoolFactory())
    newer = LeerlingdocumentFactory(leerling=pupil, soort="opp", datum=date(2025, 2, 2))
    address = reverse("ondersteuning:aanvraag_documenten", args=[row.pk])
    page = text(old.get(address))
    assert "1 september 2024" in page
    assert "2 februari 2025" not in page
    assert old.post(address, {"versie": row.versie, "documenten": [newer.pk]}).status_code == 422
    actor = actor_als(Rol.IBER, row.verwijzende_school)
    with pytest.raises(NotVisible):
        kies_documenten(actor=actor, pk=row.pk, versie=None, documenten=[newer.pk])
    assert isinstance(kies_documenten(actor=actor, pk=row.pk, versie=None, documenten=[ticked.pk]), Aanvraag)
    assert old.get(reverse("jobs:document", args=[newer.document.sleutel])).status_code == 404
    row.refresh_from_db()
    step = reverse("ondersteuning:stap", args=[row.pk, "leerling"])
    typed = {"voornamen": "Gewijzigd", "achternaam": "Testvogel", "geboortedatum": "4-5-2017", "groep": "5"}
    answer = old.post(step, {"versie": row.versie, **typed, "woon_pc4": "1970", "verder": "1"})
    assert answer.status_code == 422
    assert "De leerling staat nu op een andere school." in text(answer)
    pupil.refresh_from_db()
    row.refresh_from_db()
    assert (pupil.naam, row.groep) == ("Mila Test Kanariepiet", "5")


def test_an_application_of_another_school_does_not_write_the_dossier() -> None:
    row = in_staat(AANVULLING, vandaag=today())
    pupil = row.leerling
    goes_to(pupil, SchoolFactory())
    Gezagsdrager.objects.create(leerling=pupil, volgnummer=1, naam="Voogd Test", email="v@test.example")
    row.refresh_from_db()
    werk_dossier_bij(row, actor=staff())
    assert [person.naam for person in pupil.gezagsdragers.all()] == ["Voogd Test"]


def can_continue(row: Aanvraag, school: Any, actor_als: ActorAls) -> bool:
    """Both the list and the service: they say the same."""
    listed = tlvs_op(school.pk).filter(pk=row.pk).exists()
    actor = actor_als(Rol.IBER, school)
    answer = begin_aanvraag(actor=actor, school_id=school.pk, route="B", vandaag=today(), vorige=row.pk)
    assert isinstance(answer, Aanvraag) is listed, answer
    return listed


def test_a_tlv_is_continued_at_the_school_where_the_pupil_is(actor_als: ActorAls) -> None:
    row = granted()
    assert can_continue(row, row.ontvangende_school, actor_als)


def test_not_of_a_pupil_at_a_third_school(actor_als: ActorAls) -> None:
    row = granted()
    goes_to(row.leerling, SchoolFactory())
    assert not can_continue(row, row.ontvangende_school, actor_als)


def test_not_of_a_pupil_who_was_there_and_is_back_at_the_first_school(actor_als: ActorAls) -> None:
    row = granted()
    goes_to(row.leerling, row.ontvangende_school)
    assert tlvs_op(row.ontvangende_school_id).exists()
    row.leerling.schoolperioden.update(van=today() - timedelta(days=90))
    goes_to(row.leerling, row.verwijzende_school)
    assert not can_continue(row, row.ontvangende_school, actor_als)


def test_not_after_a_definite_return(actor_als: ActorAls) -> None:
    row = granted(gewenst_van=today() - timedelta(days=300))
    terugplaatsing(
        DEFINITIEF,
        vandaag=today() - timedelta(days=30),
        leerling=row.leerling,
        van_school=row.ontvangende_school,
        naar_school=SchoolFactory(),
        overstap_op=today() - timedelta(days=1),
    )
    assert not can_continue(row, row.ontvangende_school, actor_als)


@pytest.mark.parametrize(("days", "possible"), [(0, True), (1, False)])
def test_not_when_the_place_ended_before_the_tlv(actor_als: ActorAls, days: int, possible: bool) -> None:
    row = granted()
    assert row.geldig_tot is not None
    PlaatsingFactory(aanvraag=row, einde=row.geldig_tot - timedelta(days=days))
    assert can_continue(row, row.ontvangende_school, actor_als) is possible


def test_an_application_that_one_does_not_see_is_not_named(als: Als, actor_als: ActorAls) -> None:
    row = in_staat(INGEDIEND, vandaag=today())
    pupil, old, new = row.leerling, row.verwijzende_school, SchoolFactory()

    def begin(school: Any) -> Refusal:
        answer = begin_aanvraag(
            actor=actor_als(Rol.IBER, school), school_id=school.pk, route="A", vandaag=today(), leerling_id=pupil.pk
        )
        assert isinstance(answer, Refusal)
        return answer

    assert row.kenmerk in begin(old).zin
    goes_to(pupil, new)
    refusal = begin(new)
    assert refusal.code == "loopt_al"
    assert row.kenmerk not in refusal.zin
    assert "Vraag het samenwerkingsverband." in refusal.zin


def test_the_page_of_the_pupil_tells_of_applications_within_reach_only(als: Als) -> None:
    row = in_staat(INGEDIEND, vandaag=today())
    pupil, new = row.leerling, SchoolFactory()
    volg_aanvraag(row, vandaag=today())
    told = f"Aanvraag {row.kenmerk} : bij het samenwerkingsverband."
    page = reverse("ondersteuning:leerling", args=[pupil.pk])
    assert told in text(als(Rol.IBER, row.verwijzende_school).get(page))
    goes_to(pupil, new)
    seen = text(als(Rol.IBER, new).get(page))
    assert row.kenmerk not in seen
    assert "Een aanvraag die u niet ziet." in seen
    assert told in text(als(Rol.SWV_MEDEWERKER).get(page))


def test_nothing_is_told_of_an_application_that_was_destroyed() -> None:
    row = in_staat(TOEGEKEND, vandaag=today())
    AanvraagFactory(leerling=row.leerling, verwijzende_school=row.verwijzende_school)
    volg_aanvraag(row, vandaag=today())
    assert Faseovergang.objects.get().reden
    Aanvraag.objects.filter(pk=row.pk).update(bewaren_tot=today() - timedelta(days=1))
    assert vernietig(pk=row.pk, vandaag=today())
    change = Faseovergang.objects.get()
    assert (change.reden, change.aanvraag) == ("", None)
