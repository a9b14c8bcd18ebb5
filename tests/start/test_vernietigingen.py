"""The page with destruction records."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from swv_portal.audit import services as audit
from swv_portal.common.scoping import Rol
from tests.factories import kernen as maak

pytestmark = pytest.mark.django_db


def _destroy(number: int) -> None:
    for _ in range(number):
        audit.destroy_for("test.ding", [1], regel="Drie jaar na afloop", rijen=1234, soort="proefdossier")


def test_a_record_shows_what_and_how_much(als):
    _destroy(1)
    page = als(Rol.BEHEERDER).get(reverse("start:vernietigingen")).content.decode()
    assert "proefdossier" in page
    assert "Drie jaar na afloop" in page
    assert "1.234" in page


def test_without_records_the_page_says_so(als):
    assert "Er is nog niets vernietigd." in als(Rol.DIRECTEUR_BESTUURDER).get("/vernietigingen/").content.decode()


@pytest.mark.parametrize("rol", [Rol.SWV_MEDEWERKER, Rol.CONTROLLER])
def test_who_does_not_answer_for_retention_gets_no(als, rol):
    assert als(rol).get(reverse("start:vernietigingen")).status_code == 403


def test_thirty_records_cost_no_more_queries_than_one(als):
    maak.SamenwerkingsverbandFactory()
    client = als(Rol.BEHEERDER)
    client.get(reverse("start:vernietigingen"))  # the name of the SWV is remembered from here
    counts = []
    for number in (1, 29):
        _destroy(number)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("start:vernietigingen"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
