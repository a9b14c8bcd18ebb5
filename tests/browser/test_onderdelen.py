"""The shared parts, drawn together on one page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import geen_axe_fouten

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.urls")]


def test_the_parts_are_accessible(pagina: Page) -> None:
    pagina.goto("/demo/onderdelen/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Onderdelen")
    geen_axe_fouten(pagina)


def test_the_parts_are_accessible_at_double_size(pagina: Page) -> None:
    pagina.set_viewport_size({"width": 640, "height": 450})
    pagina.goto("/demo/onderdelen/")
    geen_axe_fouten(pagina)


def test_errors_are_summed_up_with_the_focus_and_lead_to_their_field(pagina: Page) -> None:
    pagina.goto("/demo/onderdelen/")
    pagina.get_by_label("Titel").fill("Rust in de klas")
    pagina.get_by_role("button", name="Opslaan").click()
    summary = pagina.locator("[data-foutoverzicht]")
    expect(summary).to_be_focused()
    assert pagina.title().startswith("Fout: ")
    expect(pagina.get_by_label("Titel")).to_have_value("Rust in de klas")
    summary.get_by_role("link", name="Soort").click()
    expect(pagina.get_by_label("Basisonderwijs")).to_be_focused()
    geen_axe_fouten(pagina)


def test_the_form_works_without_scripts(browser, live_server) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    page.goto("/demo/onderdelen/")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.locator("[data-foutoverzicht] li")).to_have_count(5)
    context.close()


def test_the_dialog_opens_closes_and_gives_the_focus_back(pagina: Page) -> None:
    pagina.goto("/demo/onderdelen/")
    pagina.get_by_role("button", name="Weghalen", exact=True).click()
    dialog = pagina.get_by_role("dialog")
    expect(dialog).to_be_visible()
    geen_axe_fouten(pagina)
    pagina.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(pagina.get_by_role("button", name="Weghalen", exact=True)).to_be_focused()


def test_the_first_tab_goes_past_the_menu(pagina: Page) -> None:
    pagina.goto("/demo/onderdelen/")
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    pagina.keyboard.press("Enter")
    expect(pagina.locator("main")).to_be_focused()
