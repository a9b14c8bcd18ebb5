"""Writing a kernplan in a browser: what is wrong is named with its row, and is gone as soon as it was saved."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from swv_portal.common.scoping import Rol
from tests.browser.conftest import geen_axe_fouten
from tests.factories import kernen as maak

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_error_names_its_row_and_goes_away_when_it_is_saved(ingelogd: Any) -> None:
    plan = maak.KernplanFactory(gevuld=True)
    tariff = maak.UurtariefFactory(professional="Assistent", bedrag="40.00")
    page = ingelogd(Rol.KERNVOORZITTER, plan.kern)
    page.goto(reverse("kernen:kernplan_stap", args=[plan.pk, 3]))
    page.locator("#id_tarief_2").select_option(str(tariff.pk))
    page.locator("#id_uren_2").fill("veel")
    link = page.locator("#tussenstand").get_by_role("link", name=re.compile("Regel 2, uren: dit is geen getal"))
    expect(link).to_have_attribute("href", "#id_uren_2")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page).to_have_title(re.compile("^Fout: "))
    geen_axe_fouten(page)
    page.locator("[data-foutoverzicht]").get_by_role("link").click()
    expect(page.locator("#id_uren_2")).to_be_focused()
    page.locator("#id_uren_2").fill("12,5")
    expect(page.locator("#tussenstand")).to_contain_text("Bewaard om", timeout=15_000)
    expect(page.locator(".veldfout, .veld-fout, .is-invalid, [data-foutoverzicht]")).to_have_count(0)
    expect(page).not_to_have_title(re.compile("^Fout: "))
    expect(page.locator("#tussenstand table")).to_contain_text("12,5")
    expect(page.locator("#tussenstand table")).not_to_contain_text("12,50")
    geen_axe_fouten(page)
