"""How somebody without an account gets into an application: a link from the mailbox, a code from the school."""

from playwright.sync_api import Page, expect

from ondersteuning.models import Aanvraag
from swv_portal.common.scoping import Rol
from tests.browser.pagina import Reis, bericht_aan, gezien, klik, link_in, menu, persoon, volg


def open_dossier(page: Page, aanvraag: Aanvraag) -> None:
    """From the home page to the application, by the list."""
    menu(page, "Aanvragen")
    volg(page, aanvraag.kenmerk)
    expect(page.get_by_role("heading", level=1)).to_have_text(leerlingnaam(aanvraag))


def kom_binnen(reis: Reis, aanvraag: Aanvraag, wie: str, adres: str) -> tuple[Page, Page]:
    """The school gives ``wie`` a link; the window of the school, and that of ``wie`` (a telephone) after the code."""
    school = reis.log_in(persoon(Rol.IBER, aanvraag.verwijzende_school))
    open_dossier(school, aanvraag)
    klik(school, f"Geef een nieuwe link aan {wie}")
    gezien(school, "De nieuwe link is verstuurd")
    code = school.get_by_role("main").locator(".cijfer").inner_text()
    page = reis.venster("smal")
    page.goto(link_in(bericht_aan(adres)))
    geef_code(page, code)
    return school, page


def geef_code(page: Page, code: str) -> None:
    gezien(page, "Vul uw code in")
    page.get_by_label("Code").fill(code)
    klik(page, "Verder")


def leerlingnaam(aanvraag: Aanvraag) -> str:
    return f"{aanvraag.leerling.voornamen} {aanvraag.leerling.achternaam}"
