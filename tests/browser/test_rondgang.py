"""A walk through the whole portal on the example data: every kind of page a role can click to, on desk and telephone.

The walk follows links, so a new page joins by itself.  For each page: it answers, has one heading, speaks Dutch, is
accessible, fits a narrow screen, and shows nothing that belongs in code.
"""

import re
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import Resolver404, resolve
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
from swv_portal.local.roles import demo_adres
from swv_portal.local.voorbeeld.laden import load
from tests.browser.conftest import WIDTHS, axe_violations, open_page

pytestmark = pytest.mark.django_db(transaction=True)

#: Of one kind of page (one view) this many are looked at per role: dossiers differ by state.
PER_VIEW = 2
#: What is downloaded, or ends the walk.
SKIP = re.compile(
    r"\.(pdf|xlsx|csv|json|ics|txt)$|^/documenten/[0-9a-f-]{36}/|/pdf/$|^/account/logout/|^/technisch-beheer/|/download/$"
)
#: Left over from code, or from a language that our readers do not speak.
CODE = re.compile(
    r"\bNone\b|\{\{|\{%|\bDecimal\(|<bound |object at 0x|\bTrue\b|\bFalse\b"
    r"|\b(submit|delete|error|please|required|invalid|page not found|sign in)\b",
    re.IGNORECASE,
)


def view_of(path: str) -> str | None:
    """The name of the view behind ``path``; ``None`` for what is no page."""
    if SKIP.search(path):
        return None
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def log_in(page: Page, base_url: str, rol: Rol) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(email=demo_adres(rol)))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])


def look_at(page: Page, path: str, *, thoroughly: bool) -> list[str]:
    """What is wrong with the page at ``path``; ``thoroughly`` has axe look at it too, at both widths."""
    page.set_viewport_size({"width": WIDTHS["breed"], "height": 900})
    response = page.goto(path)
    if response is None or response.status != 200:
        return [f"answers {response and response.status}"]
    wrong = [f"axe: {violation}" for violation in axe_violations(page)] if thoroughly else []
    headings = page.locator("h1").count()
    if headings != 1:
        wrong.append(f"{headings} headings of level 1")
    if found := CODE.search(page.locator("body").inner_text()):
        wrong.append(f"shows '{found[0]}'")
    page.set_viewport_size({"width": WIDTHS["smal"], "height": 800})
    if thoroughly:
        wrong += [f"axe, narrow: {violation}" for violation in axe_violations(page)]
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if too_wide > 0:
        wrong.append(f"{too_wide} pixels too wide for a telephone")
    return wrong


def links_on(page: Page, base_url: str) -> list[str]:
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.href)")
    parts = [urlsplit(link) for link in found if link.startswith(base_url)]
    return [f"{part.path}?{part.query}" if part.query else part.path for part in parts]


def walk(page: Page, base_url: str, examined: Counter[str]) -> list[str]:
    """Follow the links from the home page; what is wrong.  ``examined`` counts what axe has seen, over all roles."""
    waiting, seen, problems = ["/"], {"/"}, []
    visits: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        view = view_of(path.partition("?")[0])
        if view is None or visits[view] >= PER_VIEW:
            continue
        visits[view] += 1
        examined[view] += 1
        problems += [f"{path}: {wrong}" for wrong in look_at(page, path, thoroughly=examined[view] <= PER_VIEW)]
        for link in links_on(page, base_url):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return problems


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


def test_every_page_that_a_role_can_click_to(browser, live_server) -> None:
    load(date.today())  # noqa: DTZ011
    problems: list[str] = []
    examined: Counter[str] = Counter()
    for rol in Rol:
        with open_page(browser, live_server.url, WIDTHS["breed"]) as (page, console):
            log_in(page, live_server.url, rol)
            wrong = walk(page, live_server.url, examined)
        problems += [f"{rol} {line}" for line in [*wrong, *console]]
    assert problems == [], "\n".join(problems)
    # The walk did not stop at the door.
    assert {"kernen:school", "ondersteuning:aanvragen", "financien:overzicht", "evaluatie:ronde"} <= set(examined)
