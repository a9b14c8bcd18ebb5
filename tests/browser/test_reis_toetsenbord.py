"""A journey without a mouse: from the login page to a step of the procedure, with Tab, letters and Enter."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from ondersteuning.models.advies import TWEEDE
from swv_portal.common.scoping import Rol
from tests.browser.pagina import WACHTWOORD, Reis, gezien, melding, persoon
from tests.browser.tlv import leerlingnaam
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import AdviesFactory, in_staat

pytestmark = pytest.mark.django_db(transaction=True)

#: More than the stops of the longest page on the way.
MEESTE_STAPPEN = 60
ZICHTBAAR = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


def tab_naar(page: Page, doel: Locator) -> None:
    """Press Tab until the focus is there; on the way every stop can be seen."""
    handle = doel.element_handle()
    for _ in range(MEESTE_STAPPEN):
        page.keyboard.press("Tab")
        assert page.evaluate(ZICHTBAAR), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("element => element === document.activeElement", handle):
            return
    raise AssertionError(f"{doel} can not be reached with Tab")


def open_met_toets(page: Page, rol: str, naam: str) -> None:
    tab_naar(page, page.get_by_role("main").get_by_role(rol, name=naam, exact=True).first)  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def test_by_keyboard_from_login_to_handing_in(reis: Reis) -> None:
    SamenwerkingsverbandFactory()
    aanvraag = in_staat("bij_partijen", vandaag=timezone.localdate())
    aanvraag.plaats_bevestigd = True
    aanvraag.save()
    AdviesFactory(aanvraag=aanvraag, gegeven_op=timezone.localdate())
    expert = aanvraag.partijen.get(soort="tweede_deskundige")
    AdviesFactory(aanvraag=aanvraag, soort=TWEEDE, functie="jeugdarts", partij=expert, gegeven_op=timezone.localdate())
    user = persoon(Rol.IBER, aanvraag.verwijzende_school)

    page = reis.venster()
    page.goto("/account/login/")
    tab_naar(page, page.get_by_label("E-mailadres"))
    page.keyboard.type(user.email)
    page.keyboard.press("Tab")
    page.keyboard.type(WACHTWOORD)
    page.keyboard.press("Enter")
    gezien(page, "Mijn taken")
    tab_naar(page, page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Aanvragen"))
    page.keyboard.press("Enter")
    gezien(page, "Aanvragen")
    open_met_toets(page, "link", aanvraag.kenmerk)
    gezien(page, leerlingnaam(aanvraag))
    open_met_toets(page, "link", "Dien in bij het samenwerkingsverband")
    gezien(page, "Aanvraag indienen")
    open_met_toets(page, "button", "Aanvraag indienen")
    melding(page, "De aanvraag is ingediend")
    expect(page.get_by_role("heading", level=1)).to_have_text(leerlingnaam(aanvraag))
    aanvraag.refresh_from_db()
    assert (aanvraag.staat, aanvraag.ingediend_op) == ("ingediend", timezone.localdate())
