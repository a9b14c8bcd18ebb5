"""Searching in a browser: the name of a child comes in no address, with and without scripts."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from swv_portal.common.scoping import Rol
from tests.browser.conftest import geen_axe_fouten
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import in_staat

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_bar_finds_a_pupil_and_keeps_the_name_out_of_the_address(ingelogd: Any) -> None:
    SamenwerkingsverbandFactory()
    school = SchoolFactory()
    row = in_staat("ingediend", verwijzende_school=school)
    page = ingelogd(Rol.IBER, school)
    page.goto(reverse("ondersteuning:aanvragen"))
    bar = page.get_by_label("Zoeken in het portaal")
    for _ in range(2):
        bar.fill("Kanariepiet")
        bar.press("Enter")
        expect(page.get_by_role("link", name=f"Aanvraag {row.kenmerk}")).to_be_visible()
        assert "anariepiet" not in page.url + page.title()
    geen_axe_fouten(page)
    # The filter of the list stands in the address: the browser does not send a name with it.
    page.goto(reverse("ondersteuning:aanvragen"))
    page.get_by_label("Kenmerk of TLV-nummer").fill("Kanariepiet")
    page.get_by_role("button", name="Toon").click()
    assert "anariepiet" not in page.url
    page.get_by_label("Kenmerk of TLV-nummer").fill(row.kenmerk)
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("link", name=row.kenmerk)).to_be_visible()


def test_searching_works_without_scripts(browser: Any, live_server: Any, als: Any) -> None:
    SchoolFactory(naam="De Zeester")
    cookie = als(Rol.SWV_MEDEWERKER).cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="nl-NL")
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Zoeken in het portaal").fill("zeester")
    page.get_by_role("button", name="Zoek").click()
    expect(page.get_by_role("link", name="De Zeester")).to_be_visible()
    assert "zeester" not in page.url
    context.close()
