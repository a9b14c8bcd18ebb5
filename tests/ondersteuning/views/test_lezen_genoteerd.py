"""Whoever reads about a pupil of another school stands in the timeline: forms and lists of names too."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Onderzoek
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import AanvraagFactory, LeerlingFactory, SboFactory, bekendgemaakt, in_staat

Als = Callable[..., Client]


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def reads(row: Any) -> int:
    label = row._meta.label_lower
    return Event.objects.filter(onderwerp_soort=label, onderwerp_id=row.pk, lezen=True).count()


def test_the_swv_that_sees_the_names_of_a_school(als: Als) -> None:
    pupil, other = LeerlingFactory(), LeerlingFactory()
    address = reverse("ondersteuning:verzuim_melden")
    assert "Kanariepiet" in als(Rol.IBER, pupil.school).get(address).content.decode()
    assert reads(pupil) == 0
    swv = als(Rol.SWV_MEDEWERKER)
    for _ in range(2):
        assert "Kanariepiet" in swv.get(address, {"school": pupil.school_id}).content.decode()
    assert (reads(pupil), reads(other)) == (1, 0)


def test_the_special_school_that_sees_whose_tlv_it_can_continue(als: Als) -> None:
    day = timezone.localdate()
    row = bekendgemaakt(in_staat(TOEGEKEND, vandaag=day - timedelta(days=3), gewenst_tot=date(day.year + 1, 7, 31)))
    page = als(Rol.IBER, row.ontvangende_school).get(reverse("ondersteuning:nieuw_route", args=["b"]))
    assert "Kanariepiet" in page.content.decode()
    assert reads(row) == 1


@pytest.mark.parametrize("name", ["leerling", "controleren"])
def test_the_board_that_fills_in(als: Als, name: str) -> None:
    row: Aanvraag = AanvraagFactory(route="EZ", kenmerk="EZ-2425-0001")
    row.indienend_bestuur = row.verwijzende_school.bestuur
    row.save()
    board = als(Rol.SCHOOLBESTUURDER, row.indienend_bestuur)
    for _ in range(2):
        assert board.get(reverse("ondersteuning:stap", args=[row.pk, name])).status_code == 200
    assert reads(row) == 1


@pytest.mark.parametrize("name", ["leerling", "controleren"])
def test_the_swv_that_fills_in(als: Als, name: str) -> None:
    ikc = SboFactory()
    row: Aanvraag = AanvraagFactory(
        route="PA",
        kenmerk="PA-2425-0001",
        verwijzende_school=None,
        leerling=LeerlingFactory(school=None),
        ontvangende_school=ikc,
        deelnemende_school=ikc,
    )
    address = reverse("ondersteuning:stap", args=[row.pk, name])
    assert als(Rol.IBER, ikc).get(address).status_code == 200
    assert reads(row) == 0
    assert als(Rol.SWV_MEDEWERKER).get(address).status_code == 200
    assert reads(row) == 1


def test_the_own_school_is_not_noted(als: Als) -> None:
    row = AanvraagFactory()
    school = als(Rol.IBER, row.verwijzende_school)
    for address in (
        reverse("ondersteuning:stap", args=[row.pk, "leerling"]),
        reverse("ondersteuning:aanvraag_documenten", args=[row.pk]),
    ):
        assert school.get(address).status_code == 200
    assert reads(row) == 0


def test_where_an_investigator_works_is_stored_encrypted() -> None:
    made = Onderzoek.objects.create(
        aanvraag=AanvraagFactory(),
        onderzoeker="Onderzoeker Test",
        werkgever="Bureau Testkust",
        afgerond_op=timezone.localdate(),
        conclusie="past",
        tekst="Past.",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT werkgever FROM ondersteuning_onderzoek WHERE id = %s", [made.pk])
        assert "Testkust" not in cursor.fetchone()[0]
    made.refresh_from_db()
    assert made.werkgever == "Bureau Testkust"
