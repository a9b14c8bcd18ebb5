"""The list of pupils and the page of one: per role, filters, names, reads, and query counts at two sizes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INGEDIEND, TOEGEKEND
from ondersteuning.models import Leerling
from ondersteuning.queries import zoek
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import (
    LeerlingdocumentFactory,
    LeerlingFactory,
    in_staat,
)
from tests.ondersteuning.views.test_paginas import Als, body, queries
from tests.sleutel import nieuwe_sleutel

LIJST, PAGINA = "ondersteuning:leerlingen", "ondersteuning:leerling"
pytestmark = pytest.mark.usefixtures("swv_bestaat")


def post(client: Client, naam: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"ondersteuning:{naam}", args=args), data)


def test_the_list_per_role(als: Als) -> None:
    school = SchoolFactory(naam="De Zeester")
    own, foreign = LeerlingFactory(school=school), LeerlingFactory(achternaam="Vreemdeling")
    shown = body(als(Rol.IBER, school), LIJST)
    assert "Mila Test Kanariepiet" in shown
    assert "Vreemdeling" not in shown
    staff = body(als(Rol.SWV_MEDEWERKER), LIJST)
    assert "Kanariepiet" not in staff
    assert f"Dossier {own.pk}" in staff
    assert f"Dossier {foreign.pk}" in staff


def test_the_list_says_what_runs_and_who_is_to_act(als: Als) -> None:
    row = in_staat(INGEDIEND, vandaag=timezone.localdate())
    granted = in_staat(TOEGEKEND, leerling=row.leerling, verwijzende_school=row.verwijzende_school)
    shown = body(als(Rol.IBER, row.verwijzende_school), LIJST)
    assert shown.count(row.kenmerk) == 1
    assert "SWV, sinds" in shown
    assert granted.kenmerk not in shown


def test_filters(als: Als) -> None:
    client = als(Rol.SWV_MEDEWERKER)
    school = SchoolFactory()
    user = client.user  # type: ignore[attr-defined]
    one = LeerlingFactory(fase="plaatsing", school=school)
    two = LeerlingFactory(fase="indicatie", consulent=user)
    for query, here, gone in (
        ({"fase": "plaatsing"}, one, two),
        ({"school": school.pk}, one, two),
        ({"consulent": user.pk}, two, one),
    ):
        shown = body(client, LIJST, **query)
        assert f"Dossier {here.pk}" in shown, query
        assert f"Dossier {gone.pk}" not in shown, query
    both = body(client, LIJST, fase="verhuisd", school="x", consulent="'")
    assert f"Dossier {one.pk}" in both
    assert "Er is geen leerling die hierbij past." in body(client, LIJST, fase="terugplaatsing")
    assert "Er is nog geen dossier." in body(als(Rol.IBER), LIJST)


@pytest.mark.parametrize("rol", [Rol.IBER, Rol.SWV_MEDEWERKER])
def test_the_list_costs_the_same_at_two_sizes(als: Als, rol: Rol) -> None:
    school = SchoolFactory()
    client = als(rol, school) if rol is Rol.IBER else als(rol)

    def make(number: int) -> None:
        for _ in range(number):
            row = in_staat(CONCEPT, verwijzende_school=school)
            Leerling.objects.filter(pk=row.leerling_id).update(consulent=client.user)  # type: ignore[attr-defined]

    make(1)
    url = reverse(LIJST)
    few = queries(client, url)
    make(29)
    assert queries(client, url) == few
    assert few <= 8


@pytest.mark.parametrize("rol", [Rol.IBER, Rol.SWV_MEDEWERKER])
def test_the_page_costs_the_same_at_two_sizes(als: Als, rol: Rol) -> None:
    school = SchoolFactory()
    client = als(rol, school) if rol is Rol.IBER else als(rol)
    pupil = LeerlingFactory(school=school)

    def make(number: int) -> None:
        for _ in range(number):
            row = in_staat(CONCEPT, verwijzende_school=school, leerling=pupil)
            LeerlingdocumentFactory(leerling=pupil).aanvragen.add(row)
            pupil.faseovergangen.create(fase="indicatie", op=timezone.localdate(), reden="Omdat.", door=client.user)  # type: ignore[attr-defined]
            last = pupil.schoolperioden.count()
            day = timezone.localdate().replace(year=1900 + last)
            pupil.schoolperioden.create(school=SchoolFactory(), van=day, tot=day.replace(year=day.year + 1))

    make(1)
    url = reverse(PAGINA, args=[pupil.pk])
    few = queries(client, url)
    make(9)
    assert queries(client, url) == few
    assert few <= 12


def test_the_page_shows_everything_of_the_dossier(als: Als) -> None:
    row = in_staat(BIJ_PARTIJEN, vandaag=timezone.localdate())
    pupil = row.leerling
    pupil.gezagsdragers.create(volgnummer=1, naam="Ouder Kanariepiet", relatie="moeder")
    pupil.schoolperioden.create(school=pupil.school, van=timezone.localdate())
    LeerlingdocumentFactory(leerling=pupil).aanvragen.add(row)
    shown = body(als(Rol.IBER, pupil.school), PAGINA, pupil.pk)
    for text in (
        "Mila Test Kanariepiet",
        "4 mei 2017",
        "Signalering",
        "Ouder Kanariepiet",
        "verslag-2025-01-15.pdf",
        f"bij aanvraag {row.kenmerk}",
        pupil.school.naam,
        "Er loopt nog iets.",
        "Wie ziet dit",
        "Tijdlijn",
    ):
        assert text in shown, text
    # An application runs, so there is no way to begin another one.
    assert "Begin een aanvraag" not in shown


def test_reading_by_the_swv_stands_in_the_timeline(als: Als) -> None:
    pupil = LeerlingFactory()
    reads = Event.objects.filter(onderwerp_soort="ondersteuning.leerling", onderwerp_id=pupil.pk, lezen=True)
    iber, staff = als(Rol.IBER, pupil.school), als(Rol.SWV_MEDEWERKER)
    body(iber, PAGINA, pupil.pk)
    assert not reads.exists()
    for _ in range(2):
        body(staff, PAGINA, pupil.pk)
    assert reads.count() == 1
    assert "Heeft het dossier bekeken." in body(iber, PAGINA, pupil.pk)


def test_who_is_outside_gets_a_404_that_says_nothing(als: Als) -> None:
    pupil = LeerlingFactory()
    client = als(Rol.IBER)
    known, unknown = (client.get(reverse(PAGINA, args=[pk])) for pk in (pupil.pk, 0))
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert known.content == unknown.content
    assert als(Rol.CONTROLLER).get(reverse(PAGINA, args=[pupil.pk])).status_code == 403
    assert als(Rol.ORTHOPEDAGOOG, pupil.school).get(reverse(PAGINA, args=[pupil.pk])).status_code == 403


def test_the_school_is_not_told_of_a_double(als: Als) -> None:
    """With a double at another school its page is the same, byte for byte but the keys of forms."""
    pupil = LeerlingFactory()
    client, url = als(Rol.IBER, pupil.school), reverse(PAGINA, args=[pupil.pk])
    alone = client.get(url).content.decode()
    other = LeerlingFactory(school=SchoolFactory(naam="Basisschool Elders"))
    with_double = client.get(url).content.decode()
    sentence = "Het samenwerkingsverband kijkt of er al een dossier is."
    assert sentence in alone
    assert sentence in with_double
    assert "Elders" not in with_double
    assert len(with_double) == len(alone)
    staff = als(Rol.SWV_MEDEWERKER)
    told = body(staff, PAGINA, pupil.pk)
    assert "Er is nog een dossier met dezelfde naam en geboortedatum" in told
    assert reverse(PAGINA, args=[other.pk]) in told
    answer = post(staff, "leerling_niet_dezelfde", pupil.pk, ander=other.pk)
    assert answer.status_code == 302
    assert "Er is nog een dossier" not in body(staff, PAGINA, pupil.pk)
    for nothing in ("", "x", "0", "9" * 40):
        assert post(staff, "leerling_niet_dezelfde", pupil.pk, ander=nothing).status_code == 404


def test_the_general_search_finds_the_dossier_by_name(als: Als, bereik_als: Any) -> None:
    pupil = LeerlingFactory(voornamen="Žoë", achternaam="Testvogel")
    url = reverse(PAGINA, args=[pupil.pk])
    own = zoek(bereik_als(Rol.IBER, pupil.school), "zoe")
    assert [(hit.titel, hit.url) for hit in own] == [("Žoë Testvogel", url)]
    staff = zoek(bereik_als(Rol.SWV_MEDEWERKER), "testvogel ZOE")
    assert [(hit.titel, hit.url) for hit in staff] == [(f"Dossier {pupil.pk}", url)]
    assert zoek(bereik_als(Rol.IBER, SchoolFactory()), "zoe") == []
    assert zoek(bereik_als(Rol.SWV_MEDEWERKER), "z") == []


def test_the_menu_has_the_way_to_the_list(als: Als) -> None:
    assert f'href="{reverse(LIJST)}"' in body(als(Rol.IBER), "ondersteuning:aanvragen")
    assert f'href="{reverse(LIJST)}"' not in body(als(Rol.ORTHOPEDAGOOG), "ondersteuning:aanvragen")


def test_the_way_from_the_dossier_to_a_new_application_chooses_the_pupil(als: Als) -> None:
    pupil = LeerlingFactory()
    client = als(Rol.IBER, pupil.school)
    way = f"{reverse('ondersteuning:nieuw')}?leerling=leerling-{pupil.pk}"
    assert f'href="{way}"' in body(client, PAGINA, pupil.pk)
    page = client.get(way).content.decode()
    assert f'<option value="leerling-{pupil.pk}" selected>' in page
    begun = client.post(way, {"school": pupil.school_id, "leerling": f"leerling-{pupil.pk}", **nieuwe_sleutel()})
    assert begun.status_code == 302
    assert pupil.aanvragen.count() == 1
