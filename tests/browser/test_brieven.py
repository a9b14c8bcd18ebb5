"""The letters in a browser: written, looked at and made geldend, on desk and telephone, and accessible."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ondersteuning.domain.briefsoorten import SOORTEN
from ondersteuning.domain.briefversie import GELDEND
from ondersteuning.models import Briefversie
from swv_portal.common.scoping import Rol
from tests.browser.conftest import geen_axe_fouten
from tests.factories.kernen import SamenwerkingsverbandFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_director_writes_a_letter(ingelogd: Any) -> None:
    SamenwerkingsverbandFactory()
    page = ingelogd(Rol.DIRECTEUR_BESTUURDER)
    page.goto(reverse("ondersteuning:brieven"))
    geen_axe_fouten(page)
    page.get_by_role("link", name=SOORTEN["toekenning"].naam, exact=True).click()
    expect(page.get_by_role("heading", name="Toekenning van een TLV", level=1)).to_be_visible()
    geen_axe_fouten(page)
    page.get_by_role("button", name="Begin een nieuwe versie").click()
    field = page.get_by_label("Hoe het verder gaat")
    field.fill("Wij bellen {leeling}.")
    page.get_by_role("button", name="Bekijk het voorbeeld").click()
    expect(page.get_by_text("Bedoelt u {leerling}?").first).to_be_visible()
    geen_axe_fouten(page)
    field.fill("Wij bellen {leerling}.")
    page.get_by_role("button", name="Bekijk het voorbeeld").click()
    expect(page.get_by_role("article").get_by_text("Wij bellen Noor Voorbeeld.")).to_be_visible()
    geen_axe_fouten(page)
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("De teksten zijn bewaard.")).to_be_visible()
    geen_axe_fouten(page)
    page.get_by_role("link", name="Maak geldend").click()
    geen_axe_fouten(page)
    page.get_by_role("button", name="Maak deze versie geldend").click()
    expect(page.get_by_text("Deze versie geldt nu voor nieuwe brieven.")).to_be_visible()
    geen_axe_fouten(page)
    assert Briefversie.objects.get().staat == GELDEND
