"""A walk over the whole portal on the example data: as every role, and behind personal links."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.conf import settings
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
from tests.browser.rondgang import EINDPUNTEN, look_at, mankementen, te_bekijken
from tests.wandeling import client_als, wandel


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
    return [f"{inside} ({state}): {problem}" for problem in look_at(page, inside)]


def log_in(page: Page, base_url: str, rol: Rol) -> None:
    cookie = client_als(rol).cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])


@pytest.mark.django_db(transaction=True)
def test_every_page_that_somebody_can_click_to(browser, live_server) -> None:
    load(date.today())  # noqa: DTZ011
    pages = [page for rol in Rol for page in wandel(rol, per_view=2)]
    problems = [f"{page.rol} {page.path}: {wrong}" for page in pages for wrong in mankementen(page)]
    for rol, ends in EINDPUNTEN.items():
        seen = {page.view for page in pages if page.rol == rol}
        problems += [f"{rol} never came to {view}" for view in sorted(ends - seen)]
    for rol, to_see in te_bekijken(pages):
        with open_page(browser, live_server.url, WIDTHS["breed"]) as (page, console):
            log_in(page, live_server.url, rol)
            problems += [f"{rol} {each.path}: {wrong}" for each in to_see for wrong in look_at(page, each.path)]
        problems += [f"{rol}: {line}" for line in console]
    assert problems == [], "\n".join(problems)


@pytest.mark.django_db(transaction=True)
def test_every_page_behind_a_personal_link(browser, live_server) -> None:
    load(date.today())  # noqa: DTZ011
    links = personal_links()
    with open_page(browser, live_server.url, WIDTHS["breed"]) as (page, console):
        # Never the path itself: the token of a link comes in no report.
        problems = [f"/link/: {problem}" for problem in look_at(page, links[0][0])]
        for path, code in links:
            problems += look_behind(page, path, code)
        page.get_by_role("button", name="Klaar? Sluit deze pagina").click()
        page.wait_for_url("**/link/gestopt/")
        problems += [f"/link/gestopt/: {problem}" for problem in look_at(page, "/link/gestopt/")]
    assert problems + console == [], "\n".join(problems + console)
