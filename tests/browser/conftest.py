"""A real browser on a real server: Playwright with the system's Chromium, and axe on every page."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from swv_portal.local import paths
from tests.conftest import WorkerProcess

#: Playwright runs an event loop in this thread; Django would see it and refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

AXE = paths.BASE / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {"breed": 1280, "smal": 360}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    """The browser to test with: ``CHROMIUM``, or the first one that this machine has."""
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if not found:
        pytest.fail("there is no chromium: apt-get install chromium, or set CHROMIUM to its path")
    return found


def launch_arguments() -> list[str]:
    """Chromium's sandbox does not work as root, nor its shared memory in many containers."""
    return ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=launch_arguments())
        yield browser
        browser.close()


@pytest.fixture(params=WIDTHS)
def breedte(request: pytest.FixtureRequest) -> int:
    """Tests that ask for this run twice: on a desk and on a telephone."""
    return WIDTHS[request.param]


@pytest.fixture
def pagina(browser: Browser, live_server: Any, breedte: int) -> Iterator[Page]:
    """An empty page of ``breedte`` pixels.  What the console complains of, or the CSP blocks, fails the test."""
    with open_page(browser, live_server.url, breedte) as (page, problems):
        yield page
    assert problems == []


class open_page:
    """A page in a context of its own, with everything that went wrong in it."""

    def __init__(self, browser: Browser, base_url: str, width: int, *, scripts: bool = True) -> None:
        self.context = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": 900},
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            java_script_enabled=scripts,
        )
        self.home = (base_url, "data:", "blob:")
        self.problems: list[str] = []

    def __enter__(self) -> tuple[Page, list[str]]:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("console", self._note)
        page.on("request", self._stays_home)
        return page, self.problems

    def _note(self, message: Any) -> None:
        # A status of 4xx that the test asked for is no mistake of the page.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _stays_home(self, request: Any) -> None:
        if not request.url.startswith(self.home):
            self.problems.append(f"asks another server: {request.url}")

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.fixture
def ingelogd(pagina: Page, live_server: Any, als: Callable[..., Client]) -> Callable[..., Page]:
    """``ingelogd(rol, plaats=None)``: the page, logged in as a new user with that role."""

    def log_in(rol: Any, plaats: Any = None) -> Page:
        client = als(rol, plaats)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        pagina.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return pagina

    return log_in


@pytest.fixture
def wissel(browser: Browser, live_server: Any, als: Callable[..., Client]) -> Iterator[Callable[..., Page]]:
    """``wissel(rol, plaats=None)``: one window, each time of somebody else; ``wissel(client=)``: by a link."""
    with open_page(browser, live_server.url, WIDTHS["breed"]) as (page, problems):

        def change(rol: Any = None, plaats: Any = None, *, client: Client | None = None) -> Page:
            cookies = (client or als(rol, plaats)).cookies.values()
            page.context.clear_cookies()
            page.context.add_cookies([{"name": c.key, "value": c.value, "url": live_server.url} for c in cookies])
            return page

        yield change
    assert problems == []


def axe_violations(page: Page) -> list[str]:
    """What axe finds wrong, each with the elements it found it in."""
    # Not by a script tag: the Content-Security-Policy would, rightly, refuse it.
    if not page.evaluate("'axe' in window"):
        page.evaluate(Path(AXE).read_text())
    # Only what is wrong comes back: the whole result of a long page takes five times as long.
    return page.evaluate(
        """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false}).then(
          result => result.violations.map(violation => violation.id + " (" + violation.help + "): "
            + violation.nodes.slice(0, 4).map(node => node.html.slice(0, 160)).join("; ")))""",
        RULES,
    )


def geen_axe_fouten(page: Page) -> None:
    """No violation of WCAG 2.2 AA or good practice, and nothing that makes the page wider than its window."""
    assert axe_violations(page) == [], page.url
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"{page.url} is {too_wide} pixels wider than its window"


def op_beide(page: Page) -> None:
    """As ``geen_axe_fouten``, on a desk and on a telephone."""
    geen_axe_fouten(page)
    op_telefoon(page)


def op_telefoon(page: Page) -> None:
    """As ``geen_axe_fouten`` on a telephone, of somebody who is at a desk."""
    page.set_viewport_size({"width": WIDTHS["smal"], "height": 900})
    geen_axe_fouten(page)
    page.set_viewport_size({"width": WIDTHS["breed"], "height": 900})


@pytest.fixture(scope="session")
def _wachtende_werker(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One Celery worker for all journeys of this process: starting one takes seconds.  It waits until it is asked."""
    from django.db import connection

    worker = WorkerProcess(str(connection.settings_dict["NAME"]), tmp_path_factory.mktemp("werker"))
    try:
        worker.start()
        worker.rest()
        yield worker
    finally:
        worker.stop()


@pytest.fixture
def werker(_wachtende_werker: WorkerProcess, transactional_db: None, settings: Any) -> Iterator[WorkerProcess]:
    """A real worker that does the work of this test only; its mail is in the mailbox of ``swv_portal.local``."""
    settings.POST_MAP = str(_wachtende_werker.post)
    shutil.rmtree(_wachtende_werker.post, ignore_errors=True)
    _wachtende_werker.resume()
    yield _wachtende_werker
    _wachtende_werker.rest()


@pytest.fixture
def reis(browser: Browser, live_server: Any) -> Iterator[Any]:
    """A journey through windows of several people.  What a console complains of, or the CSP blocks, fails the test."""
    from tests.browser.pagina import Reis

    with Reis(browser, live_server.url) as journey:
        yield journey
        problems = journey.problemen
    assert problems == []
