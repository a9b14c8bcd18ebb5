"""The lists: filters, pages, and as many queries for thirty rows as for one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from swv_portal.common.scoping import Rol
from tests.factories import kernen as maak

pytestmark = pytest.mark.django_db


def vul(number: int) -> None:
    for _ in range(number):
        school = maak.SchoolFactory()
        kern = maak.KernFactory()
        maak.KernlidmaatschapFactory(school=school, kern=kern)
        maak.LeerlingtellingFactory(school=school)
        maak.geef_rol(maak.PersoonFactory(), Rol.KERNVOORZITTER, kern)
        maak.KernplanFactory(kern=kern, schooljaar=2025, gevuld=True)
        maak.KernsessieFactory(kern=kern, schooljaar=2025)


def aantal(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    ("naam", "meest"),
    [("scholen", 8), ("kernen", 8), ("kernplannen", 8), ("sessies", 8), ("besturen", 8), ("personen", 8)],
)
def test_queries_do_not_grow_with_the_rows(als, naam, meest):
    maak.SamenwerkingsverbandFactory()
    client = als(Rol.SWV_MEDEWERKER)
    url = reverse(f"kernen:{naam}") + "?schooljaar=2025"
    vul(1)
    client.get(url)
    one = aantal(client, url)
    vul(29)
    assert aantal(client, url) == one <= meest


@pytest.mark.parametrize("naam", ["kern", "school", "bestuur", "kernplan"])
def test_queries_of_one_page_do_not_grow(als, naam):
    maak.SamenwerkingsverbandFactory()
    client = als(Rol.SWV_MEDEWERKER)
    school, kern = maak.SchoolFactory(), maak.KernFactory()
    maak.KernlidmaatschapFactory(school=school, kern=kern)
    plan = maak.KernplanFactory(kern=kern, gevuld=True)
    pk = {"kern": kern, "school": school, "bestuur": school.bestuur, "kernplan": plan}[naam].pk
    url = reverse(f"kernen:{naam}", args=[pk])
    client.get(url)
    one = aantal(client, url)
    for number in range(29):
        other = maak.SchoolFactory(bestuur=school.bestuur)
        maak.KernlidmaatschapFactory(school=other, kern=kern)
        maak.LeerlingtellingFactory(school=school, teldatum=date(1990 + number, 2, 1))
        maak.geef_rol(maak.PersoonFactory(), Rol.IBER, school)
        maak.KernsessieFactory(kern=kern, schooljaar=2026)
    assert aantal(client, url) == one <= 14


def namen(client, **filters: str) -> str:
    return client.get(reverse("kernen:scholen"), filters).content.decode()


def test_filters_of_the_schools(als):
    client = als(Rol.SWV_MEDEWERKER)
    sea = maak.SchoolFactory(naam="De Zeehond", soort="SBO", is_ikc=True, plaats="IJmuiden", gemeente="Velsen")
    land = maak.SchoolFactory(naam="De Egel", plaats="Uitgeest", gemeente="Uitgeest", actief=False)
    kern = maak.KernlidmaatschapFactory(school=sea).kern
    for filters in (
        {"q": "zeeh"},
        {"q": "ijmuiden"},
        {"q": sea.vestigingscode.lower()},
        {"q": "zee ijm"},
        {"soort": "SBO"},
        {"soort": "IKC"},
        {"bestuur": str(sea.bestuur_id)},
        {"kern": str(kern.pk)},
        {"gemeente": "Velsen"},
        {},
    ):
        page = namen(client, **filters)
        assert "De Zeehond" in page, filters
        assert "De Egel" not in page, filters
    assert "De Egel (gesloten)" in namen(client, gesloten="ja")
    assert "Geen school past bij deze filters." in namen(client, q="zeeh", soort="SO")
    assert land.naam not in namen(client, bestuur="x' or 1=1", kern="9" * 40, q="\x00")


def test_pages_of_the_schools(als):
    client = als(Rol.SWV_MEDEWERKER)
    for number in range(27):
        maak.SchoolFactory(naam=f"School {number:02}")
    first, second = namen(client), namen(client, pagina="2")
    assert "27 scholen, bladzijde 1 van 2" in first
    assert "School 24" in first
    assert "School 25" not in first
    assert "School 26" in second


def test_the_school_page_shows_hidden_counts_as_such(als):
    school = maak.SchoolFactory()
    maak.LeerlingtellingFactory(school=school, teldatum=date(2022, 2, 1), aantal=None, minder_dan_vijf=True)
    maak.LeerlingtellingFactory(school=school, teldatum=date(2023, 2, 1), aantal=1124)
    page = als(Rol.IBER, school).get(reverse("kernen:school", args=[school.pk])).content.decode()
    assert "&lt;5" in page
    assert "1.124" in page
    assert "Op 1 februari 2023 telde de school 1.124 leerlingen." in page
