"""The journey of the SWV-medewerker: the test list, a decision against a parent, the letter that the worker makes."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ondersteuning.models import Aanvraag, Tlvinstellingen, Zienswijze
from ondersteuning.services.besluit import BRIEF
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document
from tests.browser.pagina import (
    Reis,
    bericht_aan,
    download,
    geweigerd,
    gezien,
    klik,
    melding,
    persoon,
    smal,
    tekst_van,
    tot,
    volg,
)
from tests.browser.tlv import leerlingnaam
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import in_staat

pytestmark = pytest.mark.django_db(transaction=True)

MOTIVERING = "De ouder wil een andere school, maar daar is de hulp niet die nodig is."


def ingediend_tegen_een_ouder() -> Aanvraag:
    """Everything is there, the term ends today; one parent signed and disagrees."""
    begin = timezone.localdate() - timedelta(weeks=6)
    SamenwerkingsverbandFactory()
    aanvraag = in_staat("ingediend", vandaag=begin)
    parent = aanvraag.partijen.get(soort="ouder", volgnummer=1)
    Zienswijze.objects.create(aanvraag=aanvraag, partij=parent, eens=False, tekst="Nee.", gezien_op=begin)
    return aanvraag


def test_swv_medewerker_checks_decides_and_fetches_the_letter(reis: Reis, werker: Any, tmp_path: Path) -> None:
    aanvraag = ingediend_tegen_een_ouder()
    Tlvinstellingen.objects.create(terugneemminuten=0)  # this SWV does not wait: the letter goes out at once
    iber = persoon(Rol.IBER, aanvraag.verwijzende_school)
    page = reis.log_in(persoon(Rol.SWV_MEDEWERKER))
    volg(page, f"Besluit op aanvraag {aanvraag.kenmerk}")
    gezien(page, leerlingnaam(aanvraag))
    volg(page, "Toets en besluit")

    gezien(page, "Toets en besluit")
    page.get_by_label("Toekennen").check()
    klik(page, "Controleer het besluit")
    with smal(page):
        geweigerd(page, "Schrijf waarom u toch toekent.")
        page.get_by_label("Motivering").fill(MOTIVERING)
        klik(page, "Controleer het besluit")
        gezien(page, "Controleer uw besluit")
    klik(page, "Neem dit besluit")
    melding(page, "Het besluit is genomen.")

    tot(page, lambda: Document.objects.filter(soort=BRIEF).exists(), "the letter")
    gezien(page, leerlingnaam(aanvraag))
    aanvraag.refresh_from_db()
    number = aanvraag.tlvnummer.nummer
    assert (aanvraag.staat, aanvraag.motivering, aanvraag.besloten_op) == (
        "toegekend",
        MOTIVERING,
        timezone.localdate(),
    )
    expect(page.get_by_text(number).first).to_be_visible()
    letter = download(page, Document.objects.get(soort=BRIEF).naam, tmp_path)
    text = tekst_van(letter)
    names = (leerlingnaam(aanvraag), aanvraag.verwijzende_school.naam, aanvraag.ontvangende_school.naam)
    for words in (number, aanvraag.kenmerk, MOTIVERING, "uiterlijk op", *names):
        assert words in text
    assert aanvraag.kenmerk in bericht_aan(iber.email).onderwerp
