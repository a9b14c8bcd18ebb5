"""The screens of agreements: list, beginning, filling in, steps, passing on; for each side."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ondersteuning.models import EerdereDeelnemer, Leerling, Overeenkomst
from swv_portal.audit.models import Event
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, SboFactory
from tests.factories.overeenkomsten import overeenkomst
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db
Als = Callable[..., Client]
LIJST = "/ondersteuning/overeenkomsten/"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def tekst(client: Client, url: str = LIJST, **query: Any) -> str:
    response = client.get(url, query, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def adres(row: Overeenkomst, naam: str = "overeenkomst", *more: Any) -> str:
    return reverse(f"ondersteuning:{naam}", args=[row.pk, *more])


def stap(client: Client, row: Overeenkomst, naam: str, **data: Any) -> Any:
    row.refresh_from_db()
    url = adres(row, "overeenkomst_stap", naam)
    return client.post(url, {"versie": row.versie, **data}, follow=True)


def nu(staat: str, soort: str = "symbiose", **other: Any) -> Overeenkomst:
    made: Overeenkomst = overeenkomst(staat, soort, vandaag=timezone.localdate(), **other)
    return made


def test_a_school_begins_one_for_a_pupil_with_a_dossier(als: Als) -> None:
    school = SchoolFactory()
    pupil, client = LeerlingFactory(school=school), als(Rol.IBER, school)
    page = tekst(client, f"{LIJST}nieuw/")
    assert "Mila Test Kanariepiet" in page
    data = {"soort": "symbiose", "school": school.pk, "leerling": pupil.pk} | nieuwe_sleutel()
    done = client.post(f"{LIJST}nieuw/", data)
    row = Overeenkomst.objects.get()
    assert done["Location"] == adres(row, "overeenkomst_wijzigen")
    assert row.leerling == pupil
    assert str(pupil) not in done["Location"]


def test_a_pupil_without_a_dossier_gets_one(als: Als) -> None:
    school = SchoolFactory()
    client = als(Rol.SCHOOLDIRECTEUR, school)
    data = {"soort": "dws", "school": school.pk, "voornamen": "Zeeklaver"}
    refused = client.post(f"{LIJST}nieuw/", data | nieuwe_sleutel())
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Fout:" in text
    assert "Zeeklaver" in text
    assert not Leerling.objects.exists()
    whole = data | {"achternaam": "Wantij", "geboortedatum": "3-4-2016"} | nieuwe_sleutel()
    assert client.post(f"{LIJST}nieuw/", whole).status_code == 302
    assert Overeenkomst.objects.get().leerling.naam == "Zeeklaver Wantij"


def test_filling_in_asks_what_the_kind_needs_and_keeps_what_was_typed(als: Als) -> None:
    row = nu("concept", "dws", doelen="")
    client, url = als(Rol.IBER, row.school), adres(row, "overeenkomst_wijzigen")
    page = tekst(client, url)
    assert "Andere school" not in page
    assert "krijgt geen geld terug" in page
    refused = client.post(url, {"versie": 1, "groep": "4", "doelen": "Zeeklaver", "begin": "32-1-2026"})
    assert refused.status_code == 422
    assert "Zeeklaver" in refused.content.decode()
    old = client.post(url, {"versie": 1, "groep": "5", "doelen": "Zeeklaver", "begin": "01-05-1900"})
    assert "Kies een datum van 01-01-2015" in old.content.decode()
    again = client.post(url, {"versie": 1, "groep": "4", "doelen": "Zeeklaver"})
    assert "vanaf groep 5" in again.content.decode()
    done = client.post(url, {"versie": 1, "groep": "5", "doelen": "Zeeklaver"}, follow=True)
    text = done.content.decode()
    assert "De overeenkomst is bewaard." in text
    assert "kan nog niet: Vul eerst in: de begindatum, de toestemming van de ouders." in text


def test_the_whole_way_of_a_symbiose(als: Als) -> None:
    row = nu("concept")
    iber, director = als(Rol.IBER, row.school), als(Rol.SCHOOLDIRECTEUR, row.school)
    other, swv = als(Rol.SCHOOLDIRECTEUR, row.andere_school), als(Rol.SWV_MEDEWERKER)
    assert other.get(adres(row)).status_code == 404
    assert "De overeenkomst is voorgelegd." in stap(iber, row, "leg_voor").content.decode()
    assert "Teken voor uw school" in tekst(director, adres(row))
    assert "U hebt getekend." in stap(other, row, "teken_andere").content.decode()
    assert "U hebt getekend." in stap(director, row, "teken").content.decode()
    page = tekst(swv, adres(row))
    assert "Afgesproken" in page
    assert "Dinsdag en donderdag rekenen en gym." in page
    assert "Heeft getekend voor de andere school." in page


def test_reading_from_outside_the_school_is_recorded(als: Als) -> None:
    row = nu("bij_scholen")
    reads = Event.objects.filter(onderwerp_soort="ondersteuning.overeenkomst", lezen=True)
    tekst(als(Rol.IBER, row.school), adres(row))
    assert not reads.exists()
    for role, place in ((Rol.SWV_MEDEWERKER, None), (Rol.ORTHOPEDAGOOG, row.andere_school)):
        client = als(role, place)
        tekst(client, adres(row))
        tekst(client, adres(row))
    assert reads.count() == 2


def test_who_says_no_no_longer_reads_it(als: Als) -> None:
    row = nu("bij_scholen")
    other = als(Rol.SCHOOLDIRECTEUR, row.andere_school)
    empty = stap(other, row, "zeg_nee", toelichting="")
    assert empty.status_code == 422
    done = stap(other, row, "zeg_nee", toelichting="Geen ruimte.")
    assert done.redirect_chain[-1][0] == LIJST
    assert other.get(adres(row)).status_code == 404
    assert "Geen ruimte." in tekst(als(Rol.IBER, row.school), adres(row))


def test_stopping_a_dws_place_says_before_that_nothing_is_refunded(als: Als) -> None:
    row = nu("lopend", "dws")
    client = als(Rol.SCHOOLDIRECTEUR, row.school)
    for url in (adres(row), adres(row, "overeenkomst_stap", "stop")):
        assert "U krijgt geen geld terug" in tekst(client, url)
    year = Schooljaar.van(timezone.localdate())
    wrong = stap(client, row, "stop", toelichting="Zeeklaver", dag=f"{year.volgende.laatste_dag:%d-%m-%Y}")
    assert wrong.status_code == 422
    assert "Zeeklaver" in wrong.content.decode()
    done = stap(client, row, "stop", toelichting="Te zwaar.", dag=f"{year.eerste_dag:%d-%m-%Y}")
    assert "De overeenkomst is gestopt." in done.content.decode()


def test_a_place_is_passed_on_and_the_page_tells_who_had_it(als: Als) -> None:
    row = nu("lopend", "dws")
    second = LeerlingFactory(school=row.school, achternaam="Zandoog")
    client, url = als(Rol.IBER, row.school), adres(row, "overeenkomst_doorgeven")
    page = tekst(client, url)
    assert "Zandoog" in page
    assert ">Mila Test Kanariepiet</option>" not in page
    today = timezone.localdate()
    data = {"versie": 1, "leerling": second.pk, "groep": "6", "doelen": "Zeeklaver"}
    data |= {"toestemming_op": f"{today:%d-%m-%Y}", "vanaf": f"{row.begin:%d-%m-%Y}"}
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "Zeeklaver" in refused.content.decode()
    day = f"{row.einde - timedelta(days=3):%d-%m-%Y}"  # type: ignore[operator]
    done = client.post(url, {**data, "vanaf": day}, follow=True).content.decode()
    assert "De plaats is doorgegeven." in done
    assert "Wie had deze plaats eerder" in done
    assert "Mila Test Kanariepiet" in done
    assert EerdereDeelnemer.objects.count() == 1


def test_a_symbiose_is_not_passed_on(als: Als) -> None:
    row = nu("lopend")
    client = als(Rol.IBER, row.school)
    assert "Geef door" not in tekst(client, adres(row))
    assert client.get(adres(row, "overeenkomst_doorgeven"))["Location"] == adres(row)


def test_where_nobody_can_sign_the_swv_invites(als: Als) -> None:
    row = nu("bij_scholen")
    als(Rol.SCHOOLDIRECTEUR, row.school)
    assert f"Bij {row.andere_school} heeft nog geen directeur een account." in tekst(
        als(Rol.IBER, row.school), adres(row)
    )
    page = tekst(als(Rol.SWV_MEDEWERKER), adres(row))
    assert f"rol=schooldirecteur&amp;school={row.andere_school_id}" in page
    als(Rol.SCHOOLDIRECTEUR, row.andere_school)
    assert "Nog te tekenen door de directeuren van" in tekst(als(Rol.IBER, row.school), adres(row))


def test_the_list_filters_and_shows_names_to_the_own_school_only(als: Als) -> None:
    school = SchoolFactory()
    mine, other = nu("lopend", "dws", school=school), nu("concept", "observatie")
    client, swv = als(Rol.IBER, school), als(Rol.DIRECTEUR_BESTUURDER)
    page = tekst(client)
    assert "Kanariepiet" in page
    assert other.kenmerk not in page
    assert "Kanariepiet" not in tekst(swv)
    for query, found in (
        ({"soort": "dws"}, {mine}),
        ({"staat": "nu"}, {mine}),
        ({"staat": "concept"}, {other}),
        ({"school": other.school_id}, {other}),
        ({"q": mine.kenmerk.lower()}, {mine}),
        ({"soort": "x", "staat": "y", "school": "z"}, {mine, other}),
    ):
        text = tekst(swv, **query)
        assert {row for row in (mine, other) if row.kenmerk in text} == found
    assert "Er is geen overeenkomst die hierbij past." in tekst(swv, staat="afgewezen")


def test_an_empty_list_says_so_and_what_is_over_is_called_that(als: Als) -> None:
    client = als(Rol.SWV_MEDEWERKER)
    assert "Er is nog geen overeenkomst." in tekst(client)
    year = Schooljaar.van(timezone.localdate()).vorige
    over = nu("lopend", begin=year.eerste_dag, einde=year.laatste_dag)
    assert over.kenmerk in tekst(client, staat="afgelopen")
    assert "Afgelopen" in tekst(client, adres(over))
    assert "Stop eerder" not in tekst(als(Rol.IBER, over.school), adres(over))


def test_the_pages_ask_the_database_a_constant_number_of_times(als: Als) -> None:
    school = SchoolFactory()
    client = als(Rol.IBER, school)

    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    row = nu("bij_scholen", school=school)
    client.get(LIJST)
    one = asked(LIJST)
    for _ in range(29):
        nu("concept", school=school, andere_school=SboFactory())
    assert asked(LIJST) == one <= 8
    assert asked(adres(row)) <= 12


@pytest.mark.parametrize("naam", ["geef_door", "gaat_in", "x"])
def test_a_step_without_a_page_is_not_found(als: Als, naam: str) -> None:
    row = nu("lopend", "dws")
    assert als(Rol.IBER, row.school).get(adres(row, "overeenkomst_stap", naam)).status_code == 404
