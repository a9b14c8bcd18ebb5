"""The capaciteitenlijst in a real browser: for parents without an account, and for a school that fills it in."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from swv_portal.common.scoping import Rol
from tests.browser.conftest import WIDTHS, geen_axe_fouten, open_page
from tests.factories.kernen import SchoolFactory
from tests.ondersteuning.views.test_capaciteit import lijst

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school() -> Any:
    found = SchoolFactory(naam="De Zeester", plaats="Wijk aan Zee", gemeente="Beverwijk")
    lijst(found, dagen=300, g1=("plaats", ""), g2=("overleg", "Bel eerst voor een gesprek."), g3=("vol", ""))
    SchoolFactory(naam="De Lange Naam van een Samenwerkingsschool", plaats="IJmuiden", gemeente="Velsen")
    return found


def test_parents_read_and_filter_it(pagina: Page, school: Any) -> None:
    pagina.goto("/capaciteit/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Waar is plaats?")
    geen_axe_fouten(pagina)
    pagina.get_by_label("Heeft plaats in").select_option("1")
    pagina.get_by_role("button", name="Toon").click()
    expect(pagina.get_by_role("main")).to_contain_text("1 school")
    geen_axe_fouten(pagina)


def test_it_works_without_scripts(browser: Any, live_server: Any, school: Any) -> None:
    with open_page(browser, live_server.url, WIDTHS["smal"], scripts=False) as (page, problems):
        page.goto("/capaciteit/")
        page.get_by_label("Gemeente").select_option("Velsen")
        page.get_by_role("button", name="Toon").click()
        expect(page.get_by_role("main")).to_contain_text("1 school")
        expect(page.get_by_role("table")).not_to_contain_text("De Zeester")
    assert problems == []


def test_the_school_fills_it_in(ingelogd: Any, school: Any) -> None:
    page = ingelogd(Rol.SCHOOLDIRECTEUR, school)
    page.goto("/capaciteit/")
    page.get_by_role("link", name="De Zeester").click()
    geen_axe_fouten(page)
    page.get_by_role("group", name="Groep 4").get_by_label("Toelichting").fill("Wachtlijst tot mei")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("[data-foutoverzicht]")).to_be_focused()
    geen_axe_fouten(page)
    page.get_by_role("group", name="Groep 4").get_by_label("Is er plaats?").select_option("vol")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("table")).to_contain_text("Wachtlijst tot mei.")
    geen_axe_fouten(page)
