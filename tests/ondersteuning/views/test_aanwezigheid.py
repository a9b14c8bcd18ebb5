"""The screens of absence: list, reporting, the case, its steps, for the school and for the SWV."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ondersteuning.models import Verzuimactie, Verzuimmelding, Zorgplichtbesluit
from ondersteuning.queries import taken, zoek
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Bereik, Rol
from tests.factories.aanwezigheid import VerzuimactieFactory, VerzuimmeldingFactory, afgesloten, opgave
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.django_db
Als = Callable[..., Client]
BereikAls = Callable[..., Bereik]
LIJST = "/ondersteuning/aanwezigheid/"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def tekst(client: Client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def adres(naam: str, row: Verzuimmelding) -> str:
    return reverse(f"ondersteuning:{naam}", args=[row.pk])


def sinds(dagen: int) -> date:
    return timezone.localdate() - timedelta(days=dagen)


def test_an_empty_list_says_so(als: Als) -> None:
    assert "Er is nog geen leerling gemeld." in tekst(als(Rol.IBER), LIJST)
    assert "Er is geen melding die hierbij past." in tekst(als(Rol.SWV_MEDEWERKER), LIJST, staat="afgesloten")


def test_the_school_reads_the_name_in_the_list_and_the_swv_does_not(als: Als) -> None:
    row = VerzuimmeldingFactory(school=SchoolFactory(naam="De Zeester"))
    assert "Kanariepiet" in tekst(als(Rol.IBER, row.school), LIJST)
    text = tekst(als(Rol.SWV_MEDEWERKER), LIJST)
    assert "Kanariepiet" not in text
    assert row.kenmerk in text
    assert row.kenmerk not in tekst(als(Rol.IBER), LIJST)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"staat": "open"}, {"nieuw", "vier", "drie"}),
        ({"staat": "afgesloten"}, {"dicht"}),
        ({"alarm": "vier_weken"}, {"vier"}),
        ({"alarm": "drie_maanden"}, {"drie"}),
        ({"oorzaak": "thuis"}, {"vier"}),
        ({"q": "v-2425-0003"}, {"drie"}),
        ({"staat": "zomaar"}, {"nieuw", "vier", "drie", "dicht"}),
    ],
)
def test_filters(als: Als, query: dict[str, str], shown: set[str]) -> None:
    rows = {
        "nieuw": VerzuimmeldingFactory(kenmerk="V-2425-0001", eerste_dag=sinds(27)),
        "vier": VerzuimmeldingFactory(kenmerk="V-2425-0002", eerste_dag=sinds(28), oorzaak="thuis"),
        "drie": VerzuimmeldingFactory(kenmerk="V-2425-0003", eerste_dag=sinds(93)),
        "dicht": afgesloten(sinds(3), kenmerk="V-2425-0004", eerste_dag=sinds(200)),
    }
    text = tekst(als(Rol.SWV_MEDEWERKER), LIJST, **query)
    assert {name for name, row in rows.items() if f">{row.kenmerk}<" in text} == shown


def test_less_than_a_week_is_told_in_days(als: Als) -> None:
    for days in (0, 1, 6, 7, 14):
        VerzuimmeldingFactory(eerste_dag=sinds(days), gemeld_op=sinds(0))
    text = tekst(als(Rol.SWV_MEDEWERKER), LIJST).replace("\u00a0", " ")
    for told in ("(0 dagen)", "(1 dag)", "(6 dagen)", "(1 week)", "(2 weken)"):
        assert told in text


def test_the_list_costs_the_same_with_thirty_rows(als: Als) -> None:
    client = als(Rol.SWV_MEDEWERKER)
    tekst(client, LIJST)
    counts = []
    for number in (1, 24):
        for _ in range(number):
            VerzuimmeldingFactory()
        with CaptureQueriesContext(connection) as seen:
            tekst(client, LIJST)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def melden(client: Client, **changes: Any) -> Any:
    return client.post(reverse("ondersteuning:verzuim_melden"), opgave(**changes) | nieuwe_sleutel())


NIEUW = {"voornamen": "Mila", "achternaam": "Zeekraai", "geboortedatum": "04-05-2016"}


def test_a_school_reports_a_new_pupil_and_comes_at_the_case(als: Als) -> None:
    client = als(Rol.IBER)
    answer = melden(client, **NIEUW)
    row = Verzuimmelding.objects.get()
    assert answer["Location"] == adres("verzuimmelding", row)
    text = tekst(client, answer["Location"])
    for word in ("Mila Zeekraai", row.kenmerk, "Komt de deur niet uit.", "Nog niet overal gemeld."):
        assert word in text


def test_a_school_chooses_its_own_pupil(als: Als) -> None:
    pupil, other = LeerlingFactory(), LeerlingFactory(achternaam="Vreemdeling")
    client = als(Rol.IBER, pupil.school)
    page = tekst(client, reverse("ondersteuning:verzuim_melden"))
    assert "Kanariepiet" in page
    assert "Vreemdeling" not in page
    assert melden(client, leerling=other.pk).status_code == 422
    assert melden(client, leerling=pupil.pk).status_code == 302
    again = melden(client, leerling=pupil.pk)
    assert again.status_code == 422
    assert "Er loopt al een melding voor deze leerling" in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Vul dit in, of kies een leerling uit de lijst."),
        (NIEUW | {"eerste_dag": "morgen"}, "Dit is geen datum."),
        (NIEUW | {"eerste_dag": "01-01-2100"}, "ligt niet na vandaag"),
        (NIEUW | {"dagen_per_week": "6"}, "niet hoger is dan 5"),
        (NIEUW | {"dagen_per_week": "veel"}, "Dit is geen getal. Schrijf bijvoorbeeld 2,5."),
        (NIEUW | {"dagen_per_week": "2,25"}, "Vul hoogstens 1 cijfer na de komma in."),
        (NIEUW | {"soort": ""}, "Maak een keuze."),
        (NIEUW | {"soort": "absoluut", "dagen_per_week": "3"}, "alle 5 dagen"),
        (NIEUW | {"oorzaak": "zomaar"}, "Zeekraai"),
        (NIEUW | {"toelichting": "a\x00b"}, "teken"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_lost(als: Als, changes: dict[str, str], sentence: str) -> None:
    answer = melden(als(Rol.IBER), **changes)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert sentence in text
    assert "deur niet uit" in text or "toelichting" in changes
    assert not Verzuimmelding.objects.exists()


def test_the_swv_chooses_a_school_first(als: Als) -> None:
    school = SchoolFactory(naam="De Zeester")
    SchoolFactory(naam="De Kreeft")
    client, url = als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:verzuim_melden")
    assert "Van welke school is de leerling?" in tekst(client, url)
    assert "De Zeester" in tekst(client, url, school=str(school.pk))
    answer = client.post(f"{url}?school={school.pk}", opgave(**NIEUW) | nieuwe_sleutel())
    assert answer.status_code == 302
    assert Verzuimmelding.objects.get().school == school


def test_reading_from_outside_the_school_is_recorded(als: Als) -> None:
    row = VerzuimmeldingFactory()
    read = Event.objects.filter(onderwerp_soort="ondersteuning.verzuimmelding", lezen=True)
    tekst(als(Rol.IBER, row.school), adres("verzuimmelding", row))
    assert not read.exists()
    staff = als(Rol.SWV_MEDEWERKER)
    for _ in range(2):
        tekst(staff, adres("verzuimmelding", row))
    assert read.count() == 1


def test_the_definitions_stand_side_by_side(als: Als) -> None:
    row = VerzuimmeldingFactory(soort="absoluut", eerste_dag=sinds(60), gemeld_op=sinds(50))
    text = tekst(als(Rol.IBER, row.school), adres("verzuimmelding", row))
    found = [
        text.split(name)[1].split("</li>")[0]
        for name in ("Landelijke definitie", "Eigen definitie", "Oudere definitie")
    ]
    assert ["telt niet mee" in part for part in found] == [True, False, False]


def test_the_swv_takes_a_case_in_hand_and_the_school_has_no_button(als: Als) -> None:
    row, staff = VerzuimmeldingFactory(), als(Rol.SWV_MEDEWERKER)
    assert "Neem in behandeling" in tekst(staff, adres("verzuimmelding", row))
    assert "Neem in behandeling" not in tekst(als(Rol.IBER, row.school), adres("verzuimmelding", row))
    staff.post(adres("verzuim_stap", row), {"stap": "neem_in_behandeling", "versie": 1})
    row.refresh_from_db()
    assert row.staat == "in_behandeling"
    assert staff.post(adres("verzuim_stap", row), {"stap": "sluit_af", "versie": 2}).status_code == 404


def test_an_action_is_noted_and_ticked_off(als: Als) -> None:
    row = VerzuimmeldingFactory()
    client = als(Rol.IBER, row.school)
    told = {"stap": "stem_af", "wat": "Bel de jeugdarts.", "wie": "de IB'er", "versie": 1}
    assert client.post(adres("verzuim_actie", row), told | nieuwe_sleutel()).status_code == 302
    action = Verzuimactie.objects.get()
    assert "Bel de jeugdarts." in tekst(client, adres("verzuimmelding", row))
    url = reverse("ondersteuning:verzuim_gedaan", args=[row.pk, action.pk])
    assert "De actie staat op gedaan." in client.post(url, follow=True).content.decode()
    other = VerzuimactieFactory()
    assert client.post(reverse("ondersteuning:verzuim_gedaan", args=[row.pk, other.pk])).status_code == 404


def test_closing_asks_how_it_ended(als: Als) -> None:
    row = VerzuimmeldingFactory()
    client = als(Rol.SCHOOLDIRECTEUR, row.school)
    told = {"einde_soort": "terug", "einde_op": "05-01-2025", "einde_reden": "Weer terug.", "versie": 1}
    refused = client.post(adres("verzuim_afsluiten", row), told)
    assert refused.status_code == 422
    assert "voor de eerste dag van afwezigheid" in refused.content.decode()
    assert client.post(adres("verzuim_afsluiten", row), told | {"einde_op": "07-01-2025"}).status_code == 302
    text = tekst(client, adres("verzuimmelding", row))
    assert "de leerling is terug op de eigen school" in text
    assert "Noteer een actie" not in text


def test_the_decision_of_the_board_table(als: Als) -> None:
    row, taker, staff = VerzuimmeldingFactory(), SchoolFactory(naam="De Kreeft"), als(Rol.DIRECTEUR_BESTUURDER)
    there = als(Rol.SCHOOLDIRECTEUR, taker)
    assert there.get(adres("verzuimmelding", row)).status_code == 404
    told = {"school": taker.pk, "besturen": [taker.bestuur_id], "besloten_op": "10-01-2025", "versie": 1}
    refused = staff.post(adres("verzuim_zorgplicht", row), told | {"motivering": "Dicht bij huis."})
    assert refused.status_code == 422
    assert "ten minste twee besturen" in refused.content.decode()
    assert "Dicht bij huis." in refused.content.decode()
    boards = [taker.bestuur_id, row.school.bestuur_id]
    done = staff.post(adres("verzuim_zorgplicht", row), told | {"motivering": "Dicht bij huis.", "besturen": boards})
    assert done.status_code == 302
    assert Zorgplichtbesluit.objects.get().school == taker
    text = tekst(there, adres("verzuimmelding", row))
    assert "Dicht bij huis." in text
    assert "De Kreeft" in text
    assert Event.objects.filter(lezen=True, user=there.user).count() == 1  # type: ignore[attr-defined]


def test_a_case_takes_few_queries(als: Als) -> None:
    row = VerzuimmeldingFactory()
    for _ in range(10):
        VerzuimactieFactory(melding=row)
    client = als(Rol.SWV_MEDEWERKER)
    tekst(client, adres("verzuimmelding", row))
    with CaptureQueriesContext(connection) as seen:
        tekst(client, adres("verzuimmelding", row))
    assert len(seen) <= 12


def titels(bereik: Bereik) -> list[str]:
    return [task.titel for task in taken(bereik, timezone.localdate())]


def test_tasks_of_an_alarm_end_with_an_action(bereik_als: BereikAls) -> None:
    row = VerzuimmeldingFactory(eerste_dag=sinds(30), staat="in_behandeling")
    title = f"Noteer een actie bij melding {row.kenmerk}: vier weken of langer afwezig"
    school, staff = bereik_als(Rol.IBER, row.school), bereik_als(Rol.SWV_MEDEWERKER)
    assert title in titels(school)
    assert title in titels(staff)
    assert title not in titels(bereik_als(Rol.IBER))
    VerzuimactieFactory(melding=row, afgesproken_op=sinds(3))
    assert title in titels(school)
    VerzuimactieFactory(melding=row, afgesproken_op=sinds(2))
    assert title not in titels(school)


def test_a_new_report_is_a_task_of_the_swv(bereik_als: BereikAls) -> None:
    row = VerzuimmeldingFactory(eerste_dag=sinds(3), gemeld_op=sinds(1))
    title = f"Neem melding {row.kenmerk} in behandeling"
    assert title in titels(bereik_als(Rol.SWV_MEDEWERKER))
    assert title not in titels(bereik_als(Rol.IBER, row.school))


def test_a_case_is_found_by_reference_and_the_pupil_by_name(bereik_als: BereikAls) -> None:
    row = VerzuimmeldingFactory()
    for reach in (bereik_als(Rol.IBER, row.school), bereik_als(Rol.SWV_MEDEWERKER)):
        assert f"Melding {row.kenmerk}" in {found.titel for found in zoek(reach, row.kenmerk)}
        pages = {found.url for found in zoek(reach, "kanariepiet")}
        assert reverse("ondersteuning:leerling", args=[row.leerling_id]) in pages
    elsewhere = bereik_als(Rol.IBER)
    assert not zoek(elsewhere, row.kenmerk)
    assert not zoek(elsewhere, "kanariepiet")
