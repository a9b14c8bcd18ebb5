"""The screens of consulenten: the overview of the SWV, the page of a school, and the forms."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.consulenten import GEEN_NAMEN
from ondersteuning.models import Consulentbezoek, Consulentschap, Jaarafspraken, Tlvinstellingen
from ondersteuning.queries.consulententaken import vraag_consulenten
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.taskqueries import taken_uit
from tests.factories.kernen import SchoolFactory
from tests.factories.overeenkomsten import BezoekFactory, jaarafspraken
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db
Als = Callable[..., Client]
BereikAls = Callable[..., Bereik]
OVERZICHT = "/ondersteuning/consulenten/"


def tekst(client: Client, url: str = OVERZICHT, **query: Any) -> str:
    response = client.get(url, query, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def adres(naam: str, *args: Any) -> str:
    return reverse(f"ondersteuning:{naam}", args=args)


def vorig() -> Schooljaar:
    """A year on which one can look back, whatever the day."""
    return Schooljaar.van(timezone.localdate()).vorige


def test_the_director_sees_which_schools_are_left_behind(als: Als) -> None:
    BezoekFactory(school=SchoolFactory(naam="De Zeester"), datum=timezone.localdate())
    jaarafspraken(SchoolFactory(naam="De Branding"), Schooljaar.van(timezone.localdate()))
    SchoolFactory(naam="De Gesloten School", actief=False)
    client = als(Rol.DIRECTEUR_BESTUURDER)
    page = tekst(client)
    assert "Van de 2 scholen hebben er 2 geen consulent." in page
    assert "De Gesloten School" not in page
    without = tekst(client, zonder="afspraken")
    assert "De Zeester" in without
    assert "De Branding" not in without
    assert "Geen school past bij deze filters." in tekst(client, consulent=10**6)


@pytest.mark.parametrize(
    "query", [{"schooljaar": "x"}, {"zonder": "y"}, {"consulent": "z"}, {"schooljaar": "1850-1851"}]
)
def test_an_address_that_makes_no_sense_shows_this_year(als: Als, query: dict[str, str]) -> None:
    SchoolFactory(naam="De Zeester")
    assert "De Zeester" in tekst(als(Rol.SWV_MEDEWERKER), **query)


def test_a_school_reads_its_own_page_and_sees_no_other(als: Als) -> None:
    school, other = SchoolFactory(naam="De Zeester"), SchoolFactory(naam="De Branding")
    BezoekFactory(school=school, datum=timezone.localdate(), onderwerpen="De bovenbouw")
    client = als(Rol.IBER, school)
    page = tekst(client)
    assert "<h1>De Zeester</h1>" in page
    assert f"schooljaar {vorig()}" in tekst(client, schooljaar=str(vorig()))
    assert "De bovenbouw" in page
    assert "Bezoek opschrijven" not in page
    assert client.get(adres("consulent_school", other.pk)).status_code == 404


def test_a_consulent_is_chosen_and_stands_on_the_page_of_the_school(als: Als) -> None:
    school, client = SchoolFactory(), als(Rol.SWV_MEDEWERKER)
    url = adres("consulent_toewijzen", school.pk)
    assert "Kies een medewerker" in client.post(url, {"consulent": ""}).content.decode()
    done = client.post(url, {"consulent": client.user.pk}, follow=True)  # type: ignore[attr-defined]
    assert "De consulent is bewaard." in done.content.decode()
    assert Consulentschap.objects.get().consulent_id == client.user.pk  # type: ignore[attr-defined]
    assert client.user.naam in tekst(als(Rol.SCHOOLDIRECTEUR, school))  # type: ignore[attr-defined]


def test_agreements_are_made_and_what_is_wrong_is_said_at_the_row(als: Als) -> None:
    school, client = SchoolFactory(), als(Rol.SWV_MEDEWERKER)
    url = adres("jaarafspraken", school.pk, 2025)
    assert GEEN_NAMEN in tekst(client, url)
    wrong = client.post(url, {"versie": 1, "tekst_2": "Zeeklaver", "uiterlijk_2": "1-9-2026"})
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Schrijf bij afspraak 2 op wat dit oplevert." in text
    assert "Kies een dag van 1 augustus 2025 tot en met 31 juli 2026." in text
    assert "Zeeklaver" in text
    data = {"versie": 1, "tekst_2": "Zeeklaver", "doel_2": "Rust", "uiterlijk_2": "1-3-2026"}
    assert "De afspraken zijn bewaard." in client.post(url, data, follow=True).content.decode()
    row = Jaarafspraken.objects.get().regels.get()
    assert (row.volgnummer, row.uiterlijk) == (1, date(2026, 3, 1))
    page = tekst(als(Rol.IBER, school), adres("consulent_school", school.pk), schooljaar="2025-2026")
    assert "Zeeklaver" in page


@pytest.mark.parametrize("begin", [1, 1999, 2101, 10**7])
def test_a_school_year_that_can_not_be_is_not_found(als: Als, begin: int) -> None:
    assert als(Rol.SWV_MEDEWERKER).get(adres("jaarafspraken", SchoolFactory().pk, begin)).status_code == 404


def test_school_and_consulent_look_back_each_on_their_own(als: Als) -> None:
    year, school = vorig(), SchoolFactory()
    jaarafspraken(school, year, "Zeeklaver")
    url = adres("jaarafspraken_terug", school.pk, year.begin)
    iber, swv = als(Rol.IBER, school), als(Rol.SWV_MEDEWERKER)
    assert "Zeeklaver" in tekst(iber, url)
    empty = iber.post(url, {"versie": 1, "uitkomst_1": "niet"})
    assert "Schrijf bij afspraak 1 op waarom het (deels) niet lukte." in empty.content.decode()
    iber.post(url, {"versie": 1, "uitkomst_1": "niet", "toelichting_1": "Geen tijd."})
    swv.post(url, {"versie": 2, "uitkomst_1": "deels", "toelichting_1": "Er is een begin."})
    page = tekst(iber, adres("consulent_school", school.pk), schooljaar=str(year))
    for words in (
        "De school:</strong> niet bereikt. Geen tijd.",
        "De consulent:</strong> deels bereikt. Er is een begin.",
    ):
        assert words in page


def test_looking_back_too_early_says_when(als: Als) -> None:
    school, year = SchoolFactory(), Schooljaar.van(timezone.localdate()).volgende
    jaarafspraken(school, year)
    iber, url = als(Rol.IBER, school), adres("jaarafspraken_terug", school.pk, year.begin)
    assert f"Terugkijken op schooljaar {year} kan vanaf 1 mei {year.begin + 1}." in tekst(iber, url)
    Tlvinstellingen.objects.create(terugkijken_vanaf="15-06")
    assert f"Terugkijken op schooljaar {year} kan vanaf 15 juni {year.begin + 1}." in tekst(iber, url)


def test_the_task_of_looking_back_follows_the_setting(bereik_als: BereikAls) -> None:
    school, year = SchoolFactory(), Schooljaar(2025)
    jaarafspraken(school, year)
    reader = bereik_als(Rol.IBER, school)

    def asked(day: date) -> bool:
        return any("Kijk terug" in task.titel for task in taken_uit(vraag_consulenten(reader, day)))

    assert (asked(date(2026, 4, 30)), asked(date(2026, 5, 1))) == (False, True)
    Tlvinstellingen.objects.create(terugkijken_vanaf="15-06")
    assert (asked(date(2026, 6, 14)), asked(date(2026, 6, 15))) == (False, True)


def test_a_visit_is_written_down_and_changed(als: Als) -> None:
    school, client = SchoolFactory(), als(Rol.SWV_MEDEWERKER)
    url = adres("bezoek_nieuw", school.pk)
    assert GEEN_NAMEN in tekst(client, url)
    data = {"consulent": client.user.pk, "soort": "ib", "onderwerpen": "Zeeklaver"}  # type: ignore[attr-defined]
    wrong = client.post(url, data | {"datum": "1-1-2090"} | nieuwe_sleutel())
    assert "Het bezoek is nog niet geweest." in wrong.content.decode()
    for day in ("1-5-1900", "1-5-1950"):
        old = client.post(url, data | {"datum": day} | nieuwe_sleutel())
        assert "Kies een datum van 01-01-2015" in old.content.decode()
    assert "Zeeklaver" in wrong.content.decode()
    done = client.post(url, data | {"datum": f"{timezone.localdate():%d-%m-%Y}"} | nieuwe_sleutel(), follow=True)
    assert "Het bezoek is opgeschreven." in done.content.decode()
    row = Consulentbezoek.objects.get()
    edit = adres("bezoek", row.pk)
    assert "Zeeklaver" in tekst(client, edit)
    changed = data | {"datum": "1-9-2025", "onderwerpen": "Duinroos", "versie": 1}
    assert "Duinroos" in client.post(edit, changed, follow=True).content.decode()


def test_the_pages_ask_the_database_a_constant_number_of_times(als: Als) -> None:
    client, school = als(Rol.SWV_MEDEWERKER), SchoolFactory()

    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    jaarafspraken(school, Schooljaar.van(timezone.localdate()))
    client.get(OVERZICHT)
    one, page = asked(OVERZICHT), asked(adres("consulent_school", school.pk))
    SchoolFactory.create_batch(20)
    BezoekFactory.create_batch(20, school=school, datum=timezone.localdate())
    assert asked(OVERZICHT) == one <= 8
    assert asked(adres("consulent_school", school.pk)) == page <= 12
