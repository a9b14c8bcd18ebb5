"""The sociale kaart in a real browser, at both widths: no axe violations, and it works without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from swv_portal.common.scoping import Rol
from tests.browser.conftest import geen_axe_fouten
from tests.factories.sociale_kaart import AanbiederFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_visitor_searches_and_reads(pagina: Page) -> None:
    AanbiederFactory(
        naam="Praktijk Mos",
        categorieen=["dyslexie", "sociale_vaardigheid"],
        telefoon="0299 123 456",
        email="praktijk-met-een-lang-adres@mos-en-varens.example",
        website="https://www.praktijk-met-een-heel-lang-adres-op-het-internet.example/aanbod/voor-scholen/",
    )
    AanbiederFactory(naam="Praktijk Gras")
    pagina.goto("/sociale-kaart/")
    geen_axe_fouten(pagina)
    pagina.get_by_label("Categorie").select_option(label="dyslexie")
    pagina.get_by_role("button", name="Toon").click()
    expect(pagina.get_by_role("link", name="Praktijk Gras")).to_have_count(0)
    pagina.get_by_role("link", name="Praktijk Mos").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Praktijk Mos")
    geen_axe_fouten(pagina)


def test_the_map_works_without_javascript(browser: Browser, live_server: Any) -> None:
    AanbiederFactory(naam="Praktijk Mos")
    AanbiederFactory(naam="Praktijk Gras")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sociale-kaart/")
    page.get_by_label("Zoek in naam").fill("mos")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("link", name="Praktijk Mos")).to_be_visible()
    expect(page.get_by_role("link", name="Praktijk Gras")).to_have_count(0)
    context.close()


def test_a_school_proposes_after_an_error(ingelogd: Any) -> None:
    page = ingelogd(Rol.IBER)
    page.goto("/sociale-kaart/voorstellen/")
    geen_axe_fouten(page)
    page.get_by_label("Naam van de aanbieder").fill("Praktijk Mos")
    page.get_by_role("button", name="Stel voor").click()
    expect(page.get_by_role("alert").first).to_contain_text("Er zijn")
    geen_axe_fouten(page)
    page.get_by_label("logopedie").check()
    page.get_by_label("Omschrijving").fill("Helpt bij spreken.")
    page.get_by_label("Plaats").fill("Duindorp")
    page.get_by_label("Telefoonnummer").fill("0299 123 456")
    page.get_by_role("button", name="Stel voor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Praktijk Mos")
    expect(page.locator("main")).to_contain_text("Dit is nog een voorstel.")


def test_the_swv_publishes_a_proposal(ingelogd: Any) -> None:
    AanbiederFactory(naam="Praktijk Mos", staat="voorstel")
    page = ingelogd(Rol.SWV_MEDEWERKER)
    page.goto("/sociale-kaart/beheer/?staat=voorstel")
    geen_axe_fouten(page)
    page.get_by_role("link", name="Praktijk Mos").click()
    geen_axe_fouten(page)
    page.get_by_role("button", name="Zet op de kaart").click()
    expect(page.get_by_role("status").first).to_contain_text("staat nu op de sociale kaart")
