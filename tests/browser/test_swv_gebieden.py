"""The page of the SWV areas in a browser: accessible and not too wide, with a table, with an error, and empty."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ondersteuning.models import SwvGebied
from swv_portal.common.scoping import Rol
from tests.browser.conftest import geen_axe_fouten
from tests.factories.kernen import SamenwerkingsverbandFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_postcode_is_looked_up(ingelogd: Any) -> None:
    SamenwerkingsverbandFactory()
    page = ingelogd(Rol.SWV_MEDEWERKER)
    page.goto(reverse("ondersteuning:swv_gebieden"))
    expect(page.get_by_text("Er is nog geen tabel met SWV-gebieden.")).to_be_visible()
    geen_axe_fouten(page)
    SwvGebied.objects.create(pc4="1970", swv_code="PO9988", swv_naam="SWV Polder", ingelezen_op=date(2025, 3, 10))
    page.reload()
    field = page.get_by_label("Postcode, alleen de vier cijfers")
    field.fill("1970 AB")
    field.press("Enter")
    expect(page.get_by_text("Schrijf alleen de vier cijfers")).to_be_visible()
    geen_axe_fouten(page)
    field.fill("1970")
    page.get_by_role("button", name="Zoek op").click()
    expect(page.get_by_text("hoort bij SWV Polder (PO9988)")).to_be_visible()
    geen_axe_fouten(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
