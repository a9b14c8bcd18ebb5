"""Takes the pictures of docs/schermen from a running demo: ``python -m tests.browser.schermafdrukken [address]``.

One per role, and one of each kind of screen.  Only example data is on them.
"""

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from swv_portal.local import paths
from tests.browser.conftest import chromium, launch_arguments

FOLDER = paths.BASE / "docs" / "schermen"


@dataclass(frozen=True)
class Scherm:
    """A picture: its name, the role that looks, and the links to click from the home page (text, or a CSS selector)."""

    naam: str
    rol: str
    klikken: tuple[str, ...] = ()
    breedte: int = 1280


SCHERMEN = (
    Scherm("rol-swv-medewerker", "swv_medewerker"),
    Scherm("rol-directeur-bestuurder", "directeur_bestuurder", ("Geld",)),
    Scherm("rol-controller", "controller", ("Geld", "Bekijk het budget")),
    Scherm("rol-iber", "iber", ("Aanvragen",)),
    Scherm("rol-schooldirecteur", "schooldirecteur", ("Geld",)),
    Scherm("rol-kernvoorzitter", "kernvoorzitter", ("Kernplannen", "table tbody a")),
    Scherm("rol-schoolbestuurder", "schoolbestuurder", ("Geld",)),
    Scherm("rol-orthopedagoog", "orthopedagoog", ("Aanvragen",)),
    Scherm("rol-beheerder", "beheerder", ("Personen",)),
    Scherm("taken-op-een-telefoon", "swv_medewerker", (), 360),
    Scherm("lijst", "swv_medewerker", ("Scholen",)),
    Scherm("dossier", "swv_medewerker", ("Aanvragen", "table tbody tr:nth-child(3) a")),
    Scherm("stapformulier", "kernvoorzitter", ("Kernplannen", "table tbody a", "Verder schrijven")),
    Scherm("uitkomsten", "swv_medewerker", ("Evaluatie", "table tbody tr:last-child a")),
    Scherm("opdrachten", "beheerder", ("Opdrachten",)),
)


def click(page: Page, target: str) -> None:
    """Follow a link: by its words, or the first one that a selector finds."""
    by_selector = target.startswith("table")
    link = page.locator(target) if by_selector else page.get_by_role("link", name=target)
    link.first.click()
    page.wait_for_load_state("networkidle")


def take(browser: Browser, address: str, scherm: Scherm) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": 1280, "height": 900}, locale="nl-NL", timezone_id="Europe/Amsterdam"
    )
    page = context.new_page()
    page.goto("/account/login/")
    page.locator(f"form[action$='/{scherm.rol}/'] button").first.click()
    page.wait_for_load_state("networkidle")
    for target in scherm.klikken:
        click(page, target)
    page.set_viewport_size({"width": scherm.breedte, "height": 900})
    picture = Image.open(io.BytesIO(page.screenshot()))
    # A palette is enough for a screen, and three times smaller.
    picture.convert("RGB").quantize(96).save(FOLDER / f"{scherm.naam}.png", optimize=True)
    context.close()


def main(address: str) -> None:
    Path(FOLDER).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=launch_arguments())
        for scherm in SCHERMEN:
            take(browser, address, scherm)
            print(scherm.naam)  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
