"""The radar of the SWV and the page on which schools answer, in the browser's eyes."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.domain.overstap import GEVRAAGD
from ondersteuning.domain.radar import einddag
from ondersteuning.models import Aanvraag, Plaatsing, Radarvraag
from ondersteuning.services.bekendmaken import leg_plaats_vast
from swv_portal.audit.models import Event
from swv_portal.common.paging import PER_BLADZIJDE
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import PlaatsingFactory, SboFactory, in_staat
from tests.factories.overstap import terugplaatsing
from tests.sleutel import sleutel_uit

Als = Callable[..., Client]
RADAR = "/ondersteuning/radar/"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def tlv(ikc: Any, **fields: Any) -> Aanvraag:
    return in_staat(TOEGEKEND, ontvangende_school=ikc, gewenst_tot=einddag(timezone.localdate()), **fields)


def test_choose_ask_and_see_what_was_asked(als: Als) -> None:
    ikc = SboFactory()
    rows = [tlv(ikc), tlv(ikc), tlv(ikc)]
    PlaatsingFactory(einde=einddag(timezone.localdate()))
    client = als(Rol.SWV_MEDEWERKER)
    page = client.get(RADAR)
    text = html.unescape(page.content.decode())
    assert "3 TLV's lopen af." in text
    assert "1 ingelezen plaatsing eindigt" in text
    assert "Kanariepiet" not in text
    assert " checked" not in text
    every = client.get(RADAR, {"alles": "1"})
    assert every.content.decode().count(" checked") == 3
    data = {"aanvraag": [rows[0].pk, rows[1].pk], **sleutel_uit(every)}
    answer = client.post(RADAR, data, follow=True)
    assert "Over 2 TLV's is gevraagd bij 1 school." in html.unescape(answer.content.decode())
    assert Radarvraag.objects.count() == 2
    assert len(client.get(RADAR, {"stand": "wacht"}).context["page"].rijen) == 2
    assert len(client.get(RADAR, {"stand": "niet_gevraagd"}).context["page"].rijen) == 1
    assert len(client.get(RADAR, {"school": SchoolFactory().pk}).context["page"].rijen) == 0


def test_nothing_chosen_is_said_and_nothing_is_lost(als: Als) -> None:
    tlv(SboFactory())
    client = als(Rol.SWV_MEDEWERKER)
    answer = client.post(RADAR, {"aanvraag": ["x", "-1", "9" * 40], **sleutel_uit(client.get(RADAR))})
    assert answer.status_code == 422
    assert "Kies ten minste één TLV." in answer.content.decode()
    assert not Radarvraag.objects.exists()


def test_strange_filters_show_the_coming_31_july(als: Als) -> None:
    row = tlv(SboFactory())
    client = als(Rol.SWV_MEDEWERKER)
    for strange in ({"schooljaar": "1999-2000"}, {"school": "x"}, {"stand": "x"}, {"na": "x"}):
        assert str(row.tlvnummer) in client.get(RADAR, strange).content.decode()


def test_a_reason_that_is_read_stands_in_the_timeline(als: Als) -> None:
    ikc = SboFactory()
    agreed = tlv(ikc)
    row = tlv(ikc, terugkeer_moment=None, geen_terugkeer_reden="De leerling blijft tot groep 8.")
    client: Any = als(Rol.SWV_MEDEWERKER)
    for _ in range(2):
        assert "blijft tot groep 8" in client.get(RADAR).content.decode()
    read = Event.objects.filter(lezen=True, onderwerp_soort="ondersteuning.aanvraag")
    assert list(read.values_list("onderwerp_id", "user_id")) == [(row.pk, client.user.pk)]
    assert agreed.pk != row.pk


def test_as_many_questions_for_a_full_page_as_for_one_row(als: Als) -> None:
    ikc = SboFactory()
    tlv(ikc)
    client = als(Rol.SWV_MEDEWERKER)

    def asked() -> int:
        client.get(RADAR)
        with CaptureQueriesContext(connection) as captured:
            client.get(RADAR)
        return len(captured)

    one = asked()
    for _ in range(PER_BLADZIJDE + 2):
        tlv(ikc)
    assert asked() == one
    assert one <= 12


def vraag_aan(ikc: Any) -> Radarvraag:
    today = timezone.localdate()
    return Radarvraag.objects.create(aanvraag=tlv(ikc), school=ikc, gevraagd_op=today, uiterlijk=today)


def test_the_school_answers_and_goes_on(als: Als) -> None:
    ikc = SboFactory()
    row = vraag_aan(ikc)
    client: Any = als(Rol.IBER, ikc)
    shown = client.get(reverse("ondersteuning:radarvragen")).content.decode()
    assert "Kanariepiet" in shown
    assert str(row.aanvraag.tlvnummer) in shown
    url = reverse("ondersteuning:radarvraag", args=[row.pk])
    assert "Begin de verlenging" not in client.get(url).content.decode()
    bad = client.post(url, {"versie": 1, "antwoord": "anders", "toelichting": ""})
    assert bad.status_code == 422
    assert "Schrijf wat er na de TLV gebeurt." in bad.content.decode()
    back = client.post(url, {"versie": 1, "antwoord": "terugkeer"}, follow=True).content.decode()
    assert f"{reverse('ondersteuning:terugplaatsing_nieuw')}?tlv={row.aanvraag.tlvnummer}" in back
    page = client.post(url, {"versie": 2, "antwoord": "verlenging"}, follow=True)
    assert "Begin de verlenging" in page.content.decode()
    start = client.post(reverse("ondersteuning:radar_verlengen", args=[row.pk]), sleutel_uit(page), follow=True)
    assert start.status_code == 200
    begun = Aanvraag.objects.get(vorige=row.aanvraag)
    assert begun.kenmerk in client.get(url).content.decode()
    assert Event.objects.filter(lezen=True, onderwerp_id=row.aanvraag_id, user_id=client.user.pk).exists()


def test_the_number_is_filled_in_for_a_return(als: Als) -> None:
    ikc = SboFactory()
    page = als(Rol.IBER, ikc).get(reverse("ondersteuning:terugplaatsing_nieuw"), {"tlv": "PO9901-2425-0001"})
    assert 'value="PO9901-2425-0001"' in page.content.decode()


def test_the_swv_sees_no_name_in_the_list_of_questions(als: Als) -> None:
    vraag_aan(SboFactory())
    page = als(Rol.SWV_MEDEWERKER).get(reverse("ondersteuning:radarvragen")).content.decode()
    assert "Kanariepiet" not in page


def test_the_swv_fills_in_what_it_heard_of_the_school(als: Als) -> None:
    ikc = SboFactory()
    row = vraag_aan(ikc)
    url = reverse("ondersteuning:radarvraag", args=[row.pk])
    swv, school = als(Rol.SWV_MEDEWERKER), als(Rol.SCHOOLDIRECTEUR, ikc)
    assert "Vul het alleen in als u het van de school hoorde." in swv.get(url).content.decode()
    assert "Het samenwerkingsverband ziet uw antwoord." in school.get(url).content.decode()
    done = swv.post(url, {"versie": 1, "antwoord": "verlenging"}, follow=True).content.decode()
    assert "Zo gaat het verder" in done
    assert "verlenging, op " in done
    assert "Wijzig het antwoord" in done
    assert "De school begint de aanvraag voor de verlenging." in done
    assert "Begin de verlenging" in school.get(url).content.decode()


def test_another_school_does_not_find_it(als: Als) -> None:
    row = vraag_aan(SboFactory())
    for role, place in ((Rol.IBER, SchoolFactory()), (Rol.IBER, row.aanvraag.verwijzende_school)):
        client = als(role, place)
        assert client.get(reverse("ondersteuning:radarvraag", args=[row.pk])).status_code == 404
        assert str(row.aanvraag.tlvnummer) not in client.get(reverse("ondersteuning:radarvragen")).content.decode()


def test_a_return_that_runs_stands_in_the_list_and_on_the_page(als: Als) -> None:
    ikc = SboFactory()
    row = vraag_aan(ikc)
    Radarvraag.objects.filter(pk=row.pk).update(antwoord="terugkeer", beantwoord_op=timezone.localdate())
    leg_plaats_vast(row.aanvraag)
    place = Plaatsing.objects.get(aanvraag=row.aanvraag)
    case = terugplaatsing(GEVRAAGD, van_school=ikc, leerling=row.aanvraag.leerling, tlv_plaats=place)
    link = f'href="{reverse("ondersteuning:overstap", args=[case.pk])}"'
    assert link in als(Rol.SWV_MEDEWERKER).get(RADAR).content.decode()
    page = als(Rol.IBER, ikc).get(reverse("ondersteuning:radarvraag", args=[row.pk])).content.decode()
    assert link in page
    assert "Begin de terugplaatsing" not in page


def test_a_tlv_of_another_swv_has_its_own_number_on_the_page(als: Als) -> None:
    ikc = SboFactory()
    row = vraag_aan(ikc)
    Aanvraag.objects.filter(pk=row.aanvraag_id).update(route="PA", tlvnummer=None, ander_tlvnummer="PO3004-2526-0042")
    page = als(Rol.IBER, ikc).get(reverse("ondersteuning:radarvraag", args=[row.pk])).content.decode()
    assert "<title>TLV PO3004-2526-0042" in page
    assert 'Wat gebeurt er na TLV <span class="heel">PO3004-2526-0042</span>?' in page
