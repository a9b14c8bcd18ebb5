"""From the page of a pupil to what can be begun for it, and from each procedure back to the pupil."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.domain.overeenkomst import BIJ_SCHOLEN
from ondersteuning.models import Radarvraag
from swv_portal.common.scoping import Rol
from tests.factories.aanwezigheid import VerzuimmeldingFactory
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, SoFactory, in_staat
from tests.factories.overeenkomsten import overeenkomst

pytestmark = pytest.mark.django_db
Als = Callable[..., Client]
NAAR = "Naar het dossier van de leerling"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def tekst(client: Client, naam: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(f"ondersteuning:{naam}", args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def weg(naam: str, pupil: Any) -> str:
    return f"{reverse(f'ondersteuning:{naam}')}?school={pupil.school_id}&amp;leerling={pupil.pk}"


def test_a_regular_school_begins_everything_for_its_pupil(als: Als) -> None:
    pupil = LeerlingFactory(school=SchoolFactory())
    shown = tekst(als(Rol.IBER, pupil.school), "leerling", pupil.pk)
    for name in ("verzuim_melden", "overeenkomst_nieuw", "baobao_nieuw"):
        assert weg(name, pupil) in shown
    assert weg("terugplaatsing_nieuw", pupil) not in shown


def test_a_special_school_begins_a_terugplaatsing(als: Als) -> None:
    pupil = LeerlingFactory(school=SoFactory())
    shown = tekst(als(Rol.SCHOOLDIRECTEUR, pupil.school), "leerling", pupil.pk)
    assert weg("terugplaatsing_nieuw", pupil) in shown
    assert weg("baobao_nieuw", pupil) not in shown


def test_the_swv_reports_absence_and_begins_nothing_else(als: Als) -> None:
    pupil = LeerlingFactory(school=SchoolFactory())
    client = als(Rol.SWV_MEDEWERKER)
    shown = tekst(client, "leerling", pupil.pk)
    assert weg("verzuim_melden", pupil) in shown
    assert weg("overeenkomst_nieuw", pupil) not in shown
    assert weg("baobao_nieuw", pupil) not in shown
    VerzuimmeldingFactory(leerling=pupil, school=pupil.school)
    assert weg("verzuim_melden", pupil) not in tekst(client, "leerling", pupil.pk)


@pytest.mark.parametrize("naam", ["verzuim_melden", "overeenkomst_nieuw", "baobao_nieuw"])
def test_the_pupil_is_chosen_already_and_one_of_another_school_is_not(als: Als, naam: str) -> None:
    pupil, foreign = LeerlingFactory(school=SchoolFactory()), LeerlingFactory()
    client = als(Rol.IBER, pupil.school)
    assert f'<option value="{pupil.pk}" selected>' in tekst(client, naam, school=pupil.school_id, leerling=pupil.pk)
    other = tekst(client, naam, school=foreign.school_id, leerling=foreign.pk)
    assert f'value="{foreign.pk}" selected' not in other
    # The only own school stays chosen.
    assert f'<option value="{pupil.pk}">' in other
    if naam != "verzuim_melden":
        assert f'name="school" value="{pupil.school_id}"' in other


def test_a_report_of_absence_leads_to_the_pupil_for_who_sees_the_dossier(als: Als) -> None:
    taker = SchoolFactory()
    row = VerzuimmeldingFactory(zorgplicht_school=taker)
    for client in (als(Rol.IBER, row.school), als(Rol.SWV_MEDEWERKER)):
        shown = tekst(client, "verzuimmelding", row.pk)
        assert NAAR in shown
        assert reverse("ondersteuning:leerling", args=[row.leerling_id]) in shown
    assert NAAR not in tekst(als(Rol.IBER, taker), "verzuimmelding", row.pk)


def test_an_agreement_leads_to_the_pupil_for_who_sees_the_dossier(als: Als) -> None:
    row = overeenkomst(BIJ_SCHOLEN, "symbiose", vandaag=timezone.localdate())
    assert NAAR in tekst(als(Rol.IBER, row.school), "overeenkomst", row.pk)
    assert NAAR not in tekst(als(Rol.SCHOOLDIRECTEUR, row.andere_school), "overeenkomst", row.pk)


def test_a_question_and_an_application_lead_to_the_pupil_for_who_sees_the_dossier(als: Als) -> None:
    today = timezone.localdate()
    row = in_staat(TOEGEKEND)
    question = Radarvraag.objects.create(
        aanvraag=row, school=row.ontvangende_school, gevraagd_op=today, uiterlijk=today
    )
    pages = (("radarvraag", question.pk), ("dossier", row.pk))
    for name, pk in pages:
        assert NAAR in tekst(als(Rol.SWV_MEDEWERKER), name, pk)
    assert NAAR in tekst(als(Rol.IBER, row.leerling.school), "dossier", row.pk)
    assert NAAR not in tekst(als(Rol.IBER, row.ontvangende_school), "radarvraag", question.pk)


@pytest.mark.parametrize(
    ("naam", "anders"),
    [
        ("tlv_instellingen", ("overstap_instellingen", "aanwezigheidsinstellingen")),
        ("overstap_instellingen", ("tlv_instellingen", "aanwezigheidsinstellingen")),
        ("aanwezigheidsinstellingen", ("tlv_instellingen", "overstap_instellingen")),
    ],
)
def test_the_pages_with_settings_lead_to_each_other(als: Als, naam: str, anders: tuple[str, ...]) -> None:
    shown = tekst(als(Rol.BEHEERDER), naam)
    for other in anders:
        assert f'<li><a href="{reverse(f"ondersteuning:{other}")}"' in shown
    assert "Instellingen van ondersteuning" in shown


def test_who_plans_the_case_meeting_is_not_led_to_settings_that_are_refused(als: Als) -> None:
    client = als(Rol.SWV_MEDEWERKER)
    for page in ("aanwezigheidsinstellingen", "alle_instellingen"):
        assert reverse("ondersteuning:overstap_instellingen") not in tekst(client, page)
    assert reverse("ondersteuning:aanwezigheidsinstellingen") in tekst(client, "alle_instellingen")


def test_one_page_leads_to_every_setting(als: Als) -> None:
    shown = tekst(als(Rol.DIRECTEUR_BESTUURDER), "alle_instellingen")
    for name in ("tlv_instellingen", "overstap_instellingen", "aanwezigheidsinstellingen", "brieven", "swv_gebieden"):
        assert f'href="{reverse(f"ondersteuning:{name}")}"' in shown
