"""From the page of a pupil to what can be begun for it, and from each procedure back to the pupil."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, TOEGEKEND
from ondersteuning.domain.overeenkomst import BIJ_SCHOLEN
from ondersteuning.models import Aanvraag, Radarvraag
from ondersteuning.queries.zoeken import zoek
from ondersteuning.reports.briefvoorbeeld import MOTIVERINGEN
from swv_portal.common.scoping import Bereik, Rol
from tests.factories.aanwezigheid import VerzuimmeldingFactory
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, SoFactory, in_staat
from tests.factories.overeenkomsten import overeenkomst
from tests.factories.overstap import baobao
from tests.sleutel import nieuwe_sleutel

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


def test_the_settings_of_the_swv_and_of_ondersteuning_lead_to_each_other(als: Als) -> None:
    director, staff = als(Rol.DIRECTEUR_BESTUURDER), als(Rol.SWV_MEDEWERKER)
    general = f'href="{reverse("kernen:instellingen")}"'
    inner = re.compile(r"<main.*</main>", re.DOTALL)
    for name in ("alle_instellingen", "tlv_instellingen"):
        assert general in inner.findall(tekst(director, name))[0]
    assert general not in tekst(staff, "alle_instellingen")
    assert "De directeur-bestuurder of de beheerder wijzigt ze." in tekst(staff, "alle_instellingen")
    page = inner.findall(director.get(reverse("kernen:instellingen")).content.decode())[0]
    assert f'href="{reverse("ondersteuning:alle_instellingen")}"' in page


def test_who_may_not_write_letters_reads_who_does(als: Als) -> None:
    told = "De directeur-bestuurder of de beheerder wijzigt de teksten."
    for page in (("brieven",), ("briefsjabloon", "weigering"), ("briefversie", "weigering", 0)):
        assert told in tekst(als(Rol.SWV_MEDEWERKER), *page)
        assert told not in tekst(als(Rol.DIRECTEUR_BESTUURDER), *page)


@pytest.mark.parametrize("soort", ["weigering", "op_bezwaar", "intrekking"])
def test_the_example_of_a_letter_gives_a_reason_that_fits(als: Als, soort: str) -> None:
    shown = tekst(als(Rol.DIRECTEUR_BESTUURDER), "briefsjabloon", soort)
    assert "kleinere groep" not in shown
    assert MOTIVERINGEN[soort][:40] in shown


def test_who_starts_an_application_hears_of_an_overstap_that_runs(als: Als) -> None:
    school = SchoolFactory()
    moving, staying = LeerlingFactory(school=school), LeerlingFactory(school=school, voornamen="Bo")
    running = baobao(van_school=school, leerling=moving)
    client = als(Rol.IBER, school)
    choices = dict(client.get(reverse("ondersteuning:nieuw")).context["form"].fields["leerling"].choices)
    names = dict(choices["Leerlingen van uw school"])
    assert f"let op: overstap {running.kenmerk} loopt" in names[f"leerling-{moving.pk}"]
    assert "overstap" not in names[f"leerling-{staying.pk}"]
    for pupil, told in ((moving, True), (staying, False)):
        asked = {"school": school.pk, "leerling": f"leerling-{pupil.pk}", **nieuwe_sleutel()}
        page = client.post(reverse("ondersteuning:nieuw"), asked, follow=True).content.decode()
        assert Aanvraag.objects.filter(leerling=pupil).exists()
        assert (f"ook overstap {running.kenmerk}" in page) is told


def test_an_overstap_out_of_reach_is_not_told(als: Als) -> None:
    school = SchoolFactory()
    pupil = LeerlingFactory(school=school)
    baobao(van_school=SchoolFactory(), leerling=pupil)
    page = als(Rol.IBER, school).get(reverse("ondersteuning:nieuw")).content.decode()
    assert "let op: overstap" not in page


def test_the_receiving_school_finds_by_name_the_pupil_whose_application_it_reads(
    bereik_als: Callable[..., Bereik],
) -> None:
    row = in_staat(BIJ_PARTIJEN)
    other = in_staat(BIJ_PARTIJEN)
    reach = bereik_als(Rol.ORTHOPEDAGOOG, row.ontvangende_school)
    found = [hit.titel for hit in zoek(reach, row.leerling.achternaam)]
    assert found == [f"Aanvraag {row.kenmerk}"]
    assert other.leerling.achternaam == row.leerling.achternaam


def test_the_list_with_names_is_narrow_enough_for_a_laptop(als: Als) -> None:
    row = in_staat(BIJ_PARTIJEN)
    for client, narrow in ((als(Rol.IBER, row.verwijzende_school), True), (als(Rol.SWV_MEDEWERKER), False)):
        page = client.get(reverse("ondersteuning:aanvragen"))
        assert page.context["tabel"].breed is narrow
        assert ("tabel-smal" in page.content.decode()) is narrow
