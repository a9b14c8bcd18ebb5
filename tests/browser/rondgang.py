"""What a page must be, whoever looks: it answers, has one heading, speaks Dutch, is accessible and fits a telephone.

``mankementen`` reads the page as text, ``look_at`` looks at it in a real browser.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from playwright.sync_api import Page

from swv_portal.common.scoping import Rol
from tests.browser.conftest import WIDTHS, axe_violations
from tests.wandeling import Bladzijde

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
#: Left over from code, or from a language that our readers do not speak.
CODE = re.compile(
    r"\bNone\b|\{\{|\{%|\bDecimal\(|<bound |object at 0x|\bTrue\b|\bFalse\b"
    r"|\b(submit|delete|error|please|required|invalid|page not found|sign in)\b",
    re.IGNORECASE,
)
NO_TEXT = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)


def mankementen(page: Bladzijde) -> list[str]:
    """What is wrong with the words of a page that was asked for without a browser."""
    if page.response.status_code != 200:
        return [f"answers {page.response.status_code}"]
    wrong = []
    if (headings := page.html.count("<h1")) != 1:
        wrong.append(f"{headings} headings of level 1")
    body = page.html.partition("<body")[2]
    if found := CODE.search(unescape(NO_TEXT.sub(" ", f"<body{body}"))):
        wrong.append(f"shows '{found[0]}'")
    return wrong


def te_bekijken(pages: Iterable[Bladzijde]) -> Iterator[tuple[Rol, list[Bladzijde]]]:
    """Of every view two pages to look at in the browser, by two people and in two states where there are; by person."""
    by_view: dict[str, list[Bladzijde]] = defaultdict(list)
    for page in pages:
        by_view[page.view].append(page)
    chosen: dict[Rol, list[Bladzijde]] = defaultdict(list)
    for first, *rest in by_view.values():
        chosen[first.rol].append(first)
        if rest:
            second = max(rest, key=lambda page: (page.rol != first.rol) + (page.path != first.path))
            chosen[second.rol].append(second)
    yield from chosen.items()


def look_at(page: Page, path: str) -> list[str]:
    """What is wrong with the page at ``path`` in a browser, on a desk and on a telephone."""
    page.set_viewport_size({"width": WIDTHS["breed"], "height": 900})
    response = page.goto(path)
    if response is None or response.status != 200:
        return [f"answers {response and response.status}"]
    wrong = [f"axe: {violation}" for violation in axe_violations(page)]
    headings = page.locator("h1").count()
    if headings != 1:
        wrong.append(f"{headings} headings of level 1")
    if found := CODE.search(page.locator("body").inner_text()):
        wrong.append(f"shows '{found[0]}'")
    page.set_viewport_size({"width": WIDTHS["smal"], "height": 800})
    wrong += [f"axe, narrow: {violation}" for violation in axe_violations(page)]
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if too_wide > 0:
        wrong.append(f"{too_wide} pixels too wide for a telephone")
    return wrong
