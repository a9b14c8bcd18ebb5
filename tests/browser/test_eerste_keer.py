"""The first view: light, from us alone, readable on paper, in other colours and without movement."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from swv_portal.common.scoping import Rol
from tests.browser.conftest import geen_axe_fouten

pytestmark = pytest.mark.django_db(transaction=True)

MOST_BYTES = 120_000
MOST_REQUESTS = 8


@pytest.mark.parametrize("path", ["/account/login/", "/", "/mijn-account/"])
def test_the_first_view_is_light(ingelogd, path) -> None:
    page = ingelogd(Rol.SWV_MEDEWERKER)
    if "login" in path:
        page.context.clear_cookies()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= MOST_REQUESTS, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def look(page: Page) -> dict[str, Any]:
    return page.evaluate(
        """() => ({
          nav: getComputedStyle(document.querySelector("nav.schil-navigatie")).display,
          head: getComputedStyle(document.querySelector(".schil-kop")).backgroundColor,
          moves: [...document.querySelectorAll("*")].some(e => parseFloat(getComputedStyle(e).transitionDuration) > 0),
        })"""
    )


def test_on_paper_the_menus_are_gone_and_nothing_is_dark(ingelogd) -> None:
    page = ingelogd(Rol.SWV_MEDEWERKER)
    page.goto("/")
    assert look(page)["nav"] == "block"
    page.emulate_media(media="print")
    assert look(page)["nav"] == "none"
    assert look(page)["head"] == "rgba(0, 0, 0, 0)"


def test_in_forced_colours_and_without_movement_everything_is_still_there(ingelogd) -> None:
    page = ingelogd(Rol.SWV_MEDEWERKER)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert look(page)["moves"] is False
    geen_axe_fouten(page)


def test_the_menu_of_the_person_works_with_the_keyboard(ingelogd) -> None:
    page = ingelogd(Rol.SWV_MEDEWERKER)
    page.goto("/")
    button = page.locator("details.menu > summary")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Uitloggen")).to_be_visible()
    geen_axe_fouten(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Uitloggen")).to_be_hidden()
    expect(button).to_be_focused()
