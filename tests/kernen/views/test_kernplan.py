"""The kernplan on the screen: beginning, the check page, judging, PDF."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from kernen.models import Kernplan
from swv_portal.common.scoping import Rol
from tests.factories import kernen as maak
from tests.kernen.kernplan import DOELEN, stap

pytestmark = pytest.mark.django_db


def test_the_chair_begins_from_the_kern_page(als):
    kern = maak.KernFactory()
    client = als(Rol.KERNVOORZITTER, kern)
    url = reverse("kernen:kernplan_beginnen", args=[kern.pk, 2025])
    assert url in client.get(reverse("kernen:kern", args=[kern.pk]) + "?schooljaar=2025").content.decode()
    response = client.post(url)
    assert response.url == stap(Kernplan.objects.get(), 1)


def test_a_long_plan_warns_and_can_not_be_submitted(voorzitter, plan):
    text = "Wij maken afspraken en leren van elkaar. " * 24
    goals = {f"tekst_{n}": text[:590] for n in range(1, 5)} | {f"activiteiten_{n}": text[:960] for n in range(1, 5)}
    response = voorzitter.post(
        stap(plan, 1), {"versie": "1", "aanleiding": text[:900], **goals}, headers={"HX-Request": "true"}
    )
    assert "Past niet op één A4." in response.content.decode()
    url = reverse("kernen:kernplan_controleren", args=[plan.pk])
    assert "U kunt het plan nog niet indienen." in voorzitter.get(url).content.decode()
    refused = voorzitter.post(url, {"versie": "2"})
    assert refused.status_code == 422
    assert "Doelen en activiteiten" in refused.content.decode()
    plan.refresh_from_db()
    assert plan.staat == "concept"


def test_submitting_and_establishing(als, voorzitter, plan):
    response = voorzitter.post(reverse("kernen:kernplan_controleren", args=[plan.pk]), {"versie": "1"})
    assert response.url == reverse("kernen:kernplan", args=[plan.pk])
    assert voorzitter.get(stap(plan, 1)).status_code == 302
    assert voorzitter.post(stap(plan, 1), DOELEN).status_code == 422
    staff = als(Rol.SWV_MEDEWERKER)
    dossier = staff.get(response.url).content.decode()
    assert 'value="stel_vast"' in dossier
    assert "stuur_terug" in dossier
    staff.post(reverse("kernen:kernplan_actie", args=[plan.pk]), {"stap": "stel_vast", "versie": "2"})
    plan.refresh_from_db()
    assert plan.staat == "vastgesteld"
    assert "heropen" not in staff.get(response.url).content.decode()
    assert "heropen" in als(Rol.DIRECTEUR_BESTUURDER).get(response.url).content.decode()


def test_the_remark_reaches_the_chair_and_nobody_else(als, voorzitter, plan):
    Kernplan.objects.update(staat="ingediend")
    url = reverse("kernen:kernplan_opmerking", args=[plan.pk, "stuur_terug"])
    staff = als(Rol.SWV_MEDEWERKER)
    assert staff.post(url, {"opmerking": " ", "versie": "1"}).status_code == 422
    assert staff.post(url, {"opmerking": "Maak het meetbaar", "versie": "1"}).status_code == 302
    page = reverse("kernen:kernplan", args=[plan.pk])
    assert "Maak het meetbaar" in voorzitter.get(page).content.decode()
    school = maak.KernlidmaatschapFactory(kern=plan.kern).school
    assert als(Rol.IBER, school).get(page).status_code == 404


def test_the_pdf_is_one_page_with_everything_on_it(als, voorzitter, plan):
    maak.MenukaartthemaFactory()
    response = voorzitter.get(reverse("kernen:kernplan_pdf", args=[plan.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="Kernplan Kern Noord 2025-2026.pdf"' in response["Content-Disposition"]
    reader = PdfReader(io.BytesIO(response.content))
    assert len(reader.pages) == 1
    text = " ".join(reader.pages[0].extract_text().split())
    for part in (
        "Kernplan Kern Noord",
        "2025-2026",
        "Meer rust in de klas.",
        "Samen scholing volgen.",
        "Leerkracht",
        "€ 600,00",
        "Eigen mensen",
        "SWV Testkust",
        "Pagina 1 van 1",
    ):
        assert part in text.replace("\xa0", " "), part
    assert reader.trailer["/Root"]["/Lang"] == "nl"


def test_the_check_page_names_everything_and_links_to_the_place(voorzitter, plan):
    Kernplan.objects.update(stap=3, overige_kosten=10)
    plan.inzet.update(uren=0)
    page = voorzitter.get(reverse("kernen:kernplan_controleren", args=[plan.pk])).content.decode()
    for url, words in (
        (f"{stap(plan, 2)}#id_waarom_niet_1", "waarom stap 1 niet genoeg is."),
        (f"{stap(plan, 2)}#id_waarom_niet_2", "waarom stap 2 niet genoeg is."),
        (stap(plan, 3), "Vul bij regel 1 (&#x27;Leerkracht&#x27;) uren boven nul in."),
        (f"{stap(plan, 3)}#id_overige_toelichting", "Schrijf op waar de overige kosten voor zijn."),
    ):
        assert re.search(rf'<a href="{re.escape(url)}">[^<]*{re.escape(words)}</a>', page), words


def test_a_refused_submission_has_no_link_to_a_field_of_another_page(voorzitter, plan):
    Kernplan.objects.update(stap=2)
    page = voorzitter.post(reverse("kernen:kernplan_controleren", args=[plan.pk]), {"versie": "1"}).content.decode()
    assert "data-foutoverzicht" in page
    assert 'href="#id_' not in page


def test_what_stayed_empty_is_not_printed_on_an_established_plan(als, plan):
    Kernplan.objects.update(staat="vastgesteld", toelichting="")
    plan.inzet.all().delete()
    page = als(Rol.SWV_MEDEWERKER).get(reverse("kernen:kernplan", args=[plan.pk])).content.decode()
    assert "Nog n" not in page
    assert "Nog geen" not in page
    assert "Dit plan kost niets." in page
