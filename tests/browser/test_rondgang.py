"""The walk behind personal links; and that the walks of ``test_rondgang_<group>.py`` leave nobody out."""

from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from ondersteuning.domain.aanvraag import (
    BIJ_PARTIJEN,
    CONCEPT,
    GEWEIGERD,
    INGETROKKEN,
    OUDER,
    TOEGEKEND,
    TWEEDE_DESKUNDIGE,
)
from ondersteuning.models import Partij
from ondersteuning.services.partijen import LINK_DESKUNDIGE, LINK_OUDER
from swv_portal.access.actors import PORTAAL
from swv_portal.access.services.links import give_link
from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld.laden import load
from tests.browser.conftest import WIDTHS, open_page
from tests.browser.rondgang import GROEPEN, look_at


def test_every_role_walks_in_one_of_the_files() -> None:
    assert Counter(rol for group in GROEPEN.values() for rol in group) == Counter(Rol)
    files = Path(__file__).parent.glob("test_rondgang_*.py")
    assert {file.stem.removeprefix("test_rondgang_") for file in files} == set(GROEPEN)


def personal_links() -> list[tuple[str, str]]:
    """Path and code of new links: for a parent and for a second expert, per kind of page that they can get."""
    found = []
    for kind, link_kind in ((OUDER, LINK_OUDER), (TWEEDE_DESKUNDIGE, LINK_DESKUNDIGE)):
        for state in (CONCEPT, BIJ_PARTIJEN, TOEGEKEND, GEWEIGERD, INGETROKKEN):
            party = Partij.objects.filter(aanvraag__staat=state, soort=kind).order_by("pk")[0]
            given = give_link(soort=link_kind, onderwerp_id=party.pk, naam="wie", geldig_dagen=9, actor=PORTAAL)
            Partij.objects.filter(pk=party.pk).update(link_id=given.link.pk)
            found.append((given.pad, given.code))
    return found


def look_behind(page: Page, path: str, code: str) -> list[str]:
    """What is wrong with the page behind the code of a link."""
    page.goto(path)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Verder").click()
    page.wait_for_url(lambda url: path not in url)
    inside = urlsplit(page.url).path
    state = page.get_by_role("main").locator(".status").first.inner_text()
    return [f"{inside} ({state}): {problem}" for problem in look_at(page, inside, thoroughly=True)]


@pytest.mark.django_db(transaction=True)
def test_every_page_behind_a_personal_link(browser, live_server) -> None:
    load(date.today())  # noqa: DTZ011
    links = personal_links()
    with open_page(browser, live_server.url, WIDTHS["breed"]) as (page, console):
        # Never the path itself: the token of a link comes in no report.
        problems = [f"/link/: {problem}" for problem in look_at(page, links[0][0], thoroughly=True)]
        for path, code in links:
            problems += look_behind(page, path, code)
        page.get_by_role("button", name="Klaar? Sluit deze pagina").click()
        page.wait_for_url("**/link/gestopt/")
        problems += [f"/link/gestopt/: {problem}" for problem in look_at(page, "/link/gestopt/", thoroughly=True)]
    assert problems + console == [], "\n".join(problems + console)
