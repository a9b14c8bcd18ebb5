"""The walk through the whole portal on the example data: every kind of page a role can click to, on desk and telephone.

It follows links, so a new page joins by itself.  For each page: it answers, has one heading, speaks Dutch, is
accessible, fits a narrow screen, and shows nothing that belongs in code.

A test file runs in one process, so every group of roles walks in a file of its own: ``test_rondgang_<group>.py``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from swv_portal.common.scoping import Rol
from swv_portal.local.roles import demo_adres
from swv_portal.local.voorbeeld.laden import load
from tests.browser.conftest import WIDTHS, axe_violations, open_page

#: Who walk together; the walks take about equally long.
GROEPEN: Mapping[str, tuple[Rol, ...]] = {
    "dagelijks": (
        Rol.SWV_MEDEWERKER,
        Rol.IBER,
        Rol.SCHOOLDIRECTEUR,
        Rol.ORTHOPEDAGOOG,
        Rol.KERNVOORZITTER,
        Rol.SCHOOLBESTUURDER,
    ),
    "beheer": (Rol.DIRECTEUR_BESTUURDER, Rol.CONTROLLER, Rol.BEHEERDER),
}
#: Pages far from home that a role surely comes to: its walk did not stop at the door.
EINDPUNTEN: Mapping[Rol, set[str]] = {
    Rol.SWV_MEDEWERKER: {"kernen:school", "ondersteuning:besluit", "evaluatie:ronde"},
    Rol.DIRECTEUR_BESTUURDER: {"ondersteuning:besluit", "financien:schoolbudget", "kernen:instellingen"},
    Rol.CONTROLLER: {"financien:schoolbudget", "financien:beschikkingen", "kernen:kernplan"},
    Rol.BEHEERDER: {"kernen:persoon_rol", "start:vernietigingen"},
    Rol.IBER: {"ondersteuning:stap", "kernen:sessie"},
    Rol.SCHOOLDIRECTEUR: {"ondersteuning:stap", "financien:schoolbudget"},
    Rol.ORTHOPEDAGOOG: {"ondersteuning:advies"},
    Rol.KERNVOORZITTER: {"kernen:kernplan_stap", "evaluatie:ronde"},
    Rol.SCHOOLBESTUURDER: {"financien:schoolbudget", "financien:begroting"},
}
#: Of one kind of page (one view) this many are looked at per role: dossiers differ by state.
PER_VIEW = 2
#: What is downloaded, or ends the walk.
SKIP = re.compile(
    r"\.(pdf|xlsx|csv|json|ics|txt)$|^/documenten/[0-9a-f-]{36}/|/pdf/$|/(csv|xlsx)/$|^/account/logout/|^/technisch-beheer/|/download/$"
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


def walk(page: Page, base_url: str, examined: Counter[str]) -> tuple[list[str], set[str]]:
    """Follow the links from the home page; what is wrong, and the views that were seen.

    ``examined`` counts what axe has looked at, over all roles of the group.
    """
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
    return problems, set(visits)


def loop_rond(browser: Browser, base_url: str, rollen: Iterable[Rol]) -> list[str]:
    """Walk through the example data as each of ``rollen``; everything that is wrong, a line each."""
    load(date.today())  # noqa: DTZ011
    problems: list[str] = []
    examined: Counter[str] = Counter()
    for rol in rollen:
        with open_page(browser, base_url, WIDTHS["breed"]) as (page, console):
            log_in(page, base_url, rol)
            wrong, seen = walk(page, base_url, examined)
        missed = [f"never came to {view}" for view in sorted(EINDPUNTEN[rol] - seen)]
        problems += [f"{rol} {line}" for line in [*wrong, *console, *missed]]
    return problems
