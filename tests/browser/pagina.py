"""What the journeys share: people who log in by hand, in windows of their own, and the post that they get."""

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from swv_portal.common.scoping import Rol
from swv_portal.local import mailbox
from tests.browser.conftest import WIDTHS, geen_axe_fouten, open_page
from tests.conftest import wait_until
from tests.factories.kernen import PersoonFactory, geef_rol

WACHTWOORD = "een-lang-wachtwoord-voor-de-reis"
#: What a worker makes may take a while on a busy machine.
WERKTIJD = 45
_LINK = re.compile(r"https?://[^/\s]+(/\S+)")


def persoon(rol: Rol, plaats: Any = None) -> Any:
    """Somebody who holds ``rol`` at ``plaats``, and logs in with ``WACHTWOORD``."""
    user = PersoonFactory()
    user.set_password(WACHTWOORD)
    user.save()
    geef_rol(user, rol, plaats)
    return user


class Reis:
    """One journey: the windows that were opened on the way, each of somebody else."""

    def __init__(self, browser: Browser, adres: str) -> None:
        self._browser, self._adres = browser, adres
        self._windows = ExitStack()
        self._problems: list[list[str]] = []

    def __enter__(self) -> "Reis":
        return self

    def __exit__(self, *_: object) -> None:
        self._windows.close()

    @property
    def problemen(self) -> list[str]:
        """What the consoles of all windows complained of."""
        return [problem for found in self._problems for problem in found]

    def venster(self, breedte: str = "breed", *, scripts: bool = True) -> Page:
        """An empty window of somebody who is not logged in."""
        window = open_page(self._browser, self._adres, WIDTHS[breedte], scripts=scripts)
        page, problems = self._windows.enter_context(window)
        self._problems.append(problems)
        return page

    def log_in(self, user: Any, breedte: str = "breed") -> Page:
        """A window in which ``user`` typed address and password, at the home page."""
        page = self.venster(breedte)
        typ_login(page, user.email)
        gezien(page, "Mijn taken")
        return page


def typ_login(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    klik(page, "Inloggen")


def gezien(page: Page, kop: str | re.Pattern[str]) -> None:
    """The page with this heading is there, and it is accessible at the width of its window."""
    expect(page.get_by_role("heading", level=1)).to_have_text(kop)
    geen_axe_fouten(page)


def geweigerd(page: Page, zin: str) -> None:
    """The page came back with its error summary, in focus; that page is accessible too."""
    summary = page.locator("[data-foutoverzicht]")
    expect(summary).to_contain_text(zin, ignore_case=True)
    expect(summary).to_be_focused()
    assert page.title().startswith("Fout: ")
    geen_axe_fouten(page)


@contextmanager
def smal(page: Page) -> Iterator[None]:
    """Some steps of somebody at a desk, as on a telephone."""
    page.set_viewport_size({"width": WIDTHS["smal"], "height": 900})
    yield
    page.set_viewport_size({"width": WIDTHS["breed"], "height": 900})


def klik(page: Page, knop: str) -> None:
    page.get_by_role("main").get_by_role("button", name=knop, exact=True).click()


def volg(page: Page, link: str | re.Pattern[str]) -> None:
    """Follow a link of the page itself (not of the menu)."""
    page.get_by_role("main").get_by_role("link", name=link, exact=isinstance(link, str)).first.click()


def menu(page: Page, onderdeel: str) -> None:
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=onderdeel, exact=True).click()


def melding(page: Page, zin: str) -> None:
    """What the portal says after an act."""
    expect(page.get_by_role("status").filter(has_text=zin).first).to_be_visible()


def bericht_aan(adres: str, onderwerp: str = "") -> mailbox.Bericht:
    """The newest mail to ``adres`` with this in its subject, as soon as the worker has sent it."""
    found: list[mailbox.Bericht] = []

    def arrived() -> bool:
        found[:] = [mail for mail in mailbox.messages() if mail.aan == adres and onderwerp in mail.onderwerp]
        return bool(found)

    wait_until(arrived, WERKTIJD, f"a mail to {adres}")
    return found[0]


def link_in(bericht: mailbox.Bericht) -> str:
    """The path of the first link in a mail: the address of the portal is another one in tests."""
    found = _LINK.search(bericht.tekst)
    assert found, bericht.tekst
    return found[1]


def geen_toegang(page: Page, pad: str) -> None:
    """What is outside one's reach does not exist."""
    answer = page.goto(pad)
    assert answer is not None
    assert answer.status == 404, pad


def tot(page: Page, klaar: Callable[[], bool], wat: str) -> None:
    """Wait for the worker, then look at the page anew."""
    wait_until(klaar, WERKTIJD, wat)
    page.reload()


def download(page: Page, link: str | re.Pattern[str], folder: Path) -> Path:
    """What a click on the link gives, as a file with the name that the browser would give it."""
    with page.expect_download() as coming:
        volg(page, link)
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def tekst_van(pdf: Path) -> str:
    """The words of a PDF on one line each."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return re.sub(r"\s+", " ", text)
