"""Putting an objection right on screen: the form, documents that come later, and whose objection it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import OUDER, TOEGEKEND
from ondersteuning.models import Aanvraag, Herstelverzoek
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document
from tests.architecture.ouder_formulieren import client_van_link
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import BezwaarFactory, bekendgemaakt, in_staat
from tests.ondersteuning.views.test_bezwaar import filled

Als = Callable[..., Client]


@pytest.fixture
def row(db: None) -> Aanvraag:
    SamenwerkingsverbandFactory()
    return bekendgemaakt(in_staat(TOEGEKEND, vandaag=timezone.localdate()))


def test_parents_by_name_and_reasons_may_follow(als: Als, row: Aanvraag) -> None:
    swv = als(Rol.SWV_MEDEWERKER)
    address = reverse("ondersteuning:bezwaar_nieuw", args=[row.pk])
    parent = row.partijen.get(soort=OUDER, volgnummer=1)
    page = swv.get(address).content.decode()
    chosen = page.split('name="bezwaarmaker"')[1].split("</select>")[0]
    assert f"{parent.naam} (ouder 1)" in chosen
    assert f'value="{parent.naam}' not in chosen
    assert '<option value="" selected>Maak een keuze</option>' in chosen
    assert "Nog geen redenen? Laat dit leeg en vraag om wat ontbreekt." in page
    nobody = swv.post(address, filled(swv, address, bezwaarmaker=""))
    assert nobody.status_code == 422
    done = swv.post(address, filled(swv, address, gronden=""), follow=True)
    assert "Er zijn nog geen redenen." in done.content.decode()


def test_changed_on_screen(als: Als, row: Aanvraag) -> None:
    swv, made = als(Rol.SWV_MEDEWERKER), BezwaarFactory(aanvraag=row)
    address = reverse("ondersteuning:bezwaar_stap", args=[made.pk, "wijzig"])
    shown = swv.get(reverse("ondersteuning:bezwaar", args=[made.pk])).content.decode()
    for words in (address, "Leg vast dat het verweer is verstuurd", "Leg vast dat het advies er is"):
        assert words in shown, words
    page = swv.get(address).content.decode()
    assert made.gronden in page
    assert 'name="verweer_op"' not in page
    today = f"{timezone.localdate():%d-%m-%Y}"
    typed = {"versie": "1", "bezwaarmaker": "ouder_1", "ontvangen_op": today, "gronden": "Nieuwe redenen."}
    wrong = swv.post(address, typed | {"ontvangen_op": "1-1-2020"})
    assert wrong.status_code == 422
    assert "Nieuwe redenen." in wrong.content.decode()
    after = swv.post(address, typed, follow=True).content.decode()
    assert "De wijziging is bewaard." in after
    assert "Nieuwe redenen." in after
    made.refresh_from_db()
    made.verweer_op, made.staat = timezone.localdate(), "verweer"
    made.save()
    assert f'name="verweer_op" value="{today}"' in swv.get(address).content.decode()


def test_a_document_that_comes_later(als: Als, row: Aanvraag) -> None:
    swv, made = als(Rol.SWV_MEDEWERKER), BezwaarFactory(aanvraag=row)
    address = reverse("ondersteuning:bezwaar_stap", args=[made.pk, "voeg_document_toe"])
    assert 'enctype="multipart/form-data"' in swv.get(address).content.decode()
    bad = SimpleUploadedFile("x.exe", b"MZ\x90\x00 een programma", "application/octet-stream")
    assert swv.post(address, {"versie": "1", "soort": "advies", "bestand": bad}).status_code == 422
    good = SimpleUploadedFile("advies Kanariepiet.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    page = swv.post(address, {"versie": "1", "soort": "advies", "bestand": good}, follow=True).content.decode()
    kept = Document.objects.get()
    fetched = reverse("jobs:document", args=[kept.sleutel])
    assert fetched in page
    assert "Kanariepiet" not in page
    assert swv.get(fetched).status_code == 200
    assert als(Rol.IBER, row.verwijzende_school).get(fetched).status_code == 404


def test_who_decides_reads_what_is_not_there_yet(als: Als, row: Aanvraag) -> None:
    swv, made = als(Rol.SWV_MEDEWERKER), BezwaarFactory(aanvraag=row)
    today = timezone.localdate()
    Herstelverzoek.objects.create(
        bezwaar=made, gevraagd_op=today, uiterlijk=today + timedelta(days=14), wat="De redenen."
    )
    address = reverse("ondersteuning:bezwaar_stap", args=[made.pk, "beslis"])
    assert "Gegrond: wie bezwaar maakte, krijgt gelijk" in swv.get(address).content.decode()
    typed = {"versie": "1", "uitkomst": "niet_ontvankelijk", "gevolg": "blijft", "toelichting": "Getypt."}
    refused = swv.post(address, typed)
    assert refused.status_code == 422
    assert "Pas daarna kunt u zeggen dat het bezwaar niet-ontvankelijk is" in refused.content.decode()
    checked = swv.post(address, typed | {"uitkomst": "ongegrond"}).content.decode()
    assert "Er is nog geen advies van de commissie." in checked
    assert "Als u nu beslist, sluit u dat verzoek." in checked


def test_a_parent_reads_what_the_outcome_means(row: Aanvraag) -> None:
    BezwaarFactory(
        aanvraag=row, staat="beslist", uitkomst="ongegrond", gevolg="blijft", afgesloten_op=timezone.localdate()
    )
    page = client_van_link(row.partijen.get(soort=OUDER, volgnummer=1)).get(reverse("ondersteuning:ouder"))
    assert "ongegrond: wie bezwaar maakte, krijgt geen gelijk" in page.content.decode()


def test_the_worklist_opens_the_objection(als: Als, row: Aanvraag) -> None:
    made = BezwaarFactory(aanvraag=row)
    page = als(Rol.SWV_MEDEWERKER).get(reverse("ondersteuning:werklijst")).content.decode()
    assert page.count(f'href="{reverse("ondersteuning:bezwaar", args=[made.pk])}"') == 2
