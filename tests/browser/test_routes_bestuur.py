"""The routes that a board starts, in a browser: every distinct page on desk and telephone, and what is typed wrong."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from ondersteuning.domain.aanvraag import CONCEPT, INGEDIEND, TOEGEKEND
from ondersteuning.models import Aanvraag, Bestuursadvies
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.browser.conftest import WIDTHS, geen_axe_fouten
from tests.browser.pagina import geweigerd
from tests.factories.kernen import PersoonFactory, SamenwerkingsverbandFactory, SchoolFactory, geef_rol
from tests.factories.ondersteuning import in_staat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def breedte() -> int:
    """One journey, of which every page is looked at in both widths."""
    return WIDTHS["breed"]


def op_een_telefoon(page: Page) -> None:
    """The same page, of which the desk was looked at already."""
    page.set_viewport_size({"width": WIDTHS["smal"], "height": 900})
    geen_axe_fouten(page)
    page.set_viewport_size({"width": WIDTHS["breed"], "height": 900})


def bekijk(page: Page, kop: str) -> None:
    """The page with this heading, on a desk and on a telephone."""
    expect(page.get_by_role("heading", level=1)).to_have_text(kop)
    geen_axe_fouten(page)
    op_een_telefoon(page)


def knop(page: Page, naam: str) -> None:
    page.get_by_role("main").get_by_role("button", name=naam, exact=True).click()


def become(page: Page, user: Any, adres: str) -> None:
    """Somebody who was there already logs in in this window."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": adres}])


def test_the_one_sided_application(ingelogd: Any, tmp_path: Path) -> None:
    SamenwerkingsverbandFactory()
    school = SchoolFactory(naam="Basisschool De Zeester")
    board = {"verwijzende_school": school, "route": "EZ", "indienend_bestuur": school.bestuur}
    row = in_staat(CONCEPT, **board)
    page: Page = ingelogd(Rol.SCHOOLBESTUURDER, school.bestuur)
    page.goto(reverse("start:thuis"))
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Aanvragen").click()
    page.get_by_role("link", name="Nieuwe aanvraag").click()
    bekijk(page, "Nieuwe aanvraag")
    page.goto(reverse("ondersteuning:stap", args=[row.pk, "bemiddeling"]))
    page.get_by_label("Dag van het verwijderingsbesluit").fill("20-01-2099")
    page.get_by_label("Het is aangeboden, maar de ouders wilden het niet").check()
    knop(page, "Bewaar en ga verder")
    geweigerd(page, "Die dag ligt niet na vandaag.")
    expect(page.get_by_label("Dag van het verwijderingsbesluit")).to_have_value("20-01-2099")
    op_een_telefoon(page)
    page.goto(reverse("ondersteuning:bemiddeling", args=[row.pk]))
    wrong = tmp_path / "brief.exe"
    wrong.write_bytes(b"MZ\x90\x00 niet")
    page.get_by_label("Bestand over de bemiddeling").set_input_files(wrong)
    knop(page, "Voeg het bestand toe")
    geweigerd(page, "Dit soort bestand nemen wij niet aan.")
    op_een_telefoon(page)
    page.goto(reverse("ondersteuning:stap", args=[row.pk, "controleren"]))
    bekijk(page, "Controleren")

    row = in_staat(INGEDIEND, bemiddeling="mediation", **board)
    page = ingelogd(Rol.DIRECTEUR_BESTUURDER)
    page.goto(reverse("ondersteuning:dossier", args=[row.pk]))
    page.get_by_role("link", name="Leg het onafhankelijk onderzoek vast").click()
    knop(page, "Leg het onderzoek vast")
    geweigerd(page, "Vul dit in")
    op_een_telefoon(page)
    page.goto(reverse("ondersteuning:besluit", args=[row.pk]))
    bekijk(page, "Toets en besluit")


def test_the_tlv_at_the_basisschool(ingelogd: Any, live_server: Any) -> None:
    SamenwerkingsverbandFactory()
    school = SchoolFactory(naam="Basisschool De Zeester")
    own = {"verwijzende_school": school, "ontvangende_school": school, "route": "TB", "categorie": "I"}
    row = in_staat(INGEDIEND, indienend_bestuur=school.bestuur, **own)
    boards = [SchoolFactory().bestuur for _ in range(2)]
    for board in boards:
        geef_rol(PersoonFactory(), Rol.SCHOOLBESTUURDER, board)
    page: Page = ingelogd(Rol.SWV_MEDEWERKER)
    page.goto(reverse("ondersteuning:dossier", args=[row.pk]))
    page.get_by_role("link", name="Vraag twee leden om advies").click()
    expect(page.get_by_text("Er staan nog te weinig leden op de lijst.")).to_be_visible()
    page.get_by_role("link", name="Wijzig de lijst met leden").click()
    knop(page, "Zet op de lijst")
    geweigerd(page, "Maak een keuze")
    for _ in boards:
        page.get_by_label("Wie is lid van de algemene vergadering?").select_option(index=1)
        knop(page, "Zet op de lijst")
    op_een_telefoon(page)
    page.get_by_role("link", name="Terug naar de aanvraag").click()
    boxes = page.get_by_role("checkbox")
    boxes.first.check()
    knop(page, "Vraag deze leden")
    geweigerd(page, "Kies precies twee leden.")
    expect(boxes.first).to_be_checked()
    boxes.last.check()
    op_een_telefoon(page)
    knop(page, "Vraag deze leden")
    expect(page.get_by_text("De twee leden van de algemene vergadering")).to_be_visible()

    asked = Bestuursadvies.objects.first()
    assert asked is not None
    become(page, asked.lid.user, live_server.url)
    page.goto(reverse("ondersteuning:bestuursadviezen"))
    bekijk(page, "Advies als lid van de algemene vergadering")
    page.get_by_role("link", name="Bekijk").click()
    page.get_by_label("Waarom vindt u dit?").fill("Eerst zorg.")
    knop(page, "Geef advies")
    geweigerd(page, "Maak een keuze")
    expect(page.get_by_label("Waarom vindt u dit?")).to_have_value("Eerst zorg.")
    op_een_telefoon(page)
    Aanvraag.objects.filter(pk=row.pk).update(staat="aanvulling")
    page.get_by_label("Nee", exact=True).check()
    knop(page, "Geef advies")  # somebody of the SWV was first: nothing that was typed is lost
    expect(page.get_by_label("Waarom vindt u dit?")).to_have_value("Eerst zorg.")
    page.reload()
    expect(page.get_by_text("Daarna kunt u advies geven")).to_be_visible()
    op_een_telefoon(page)

    year = Schooljaar.van(timezone.localdate())
    granted = in_staat(TOEGEKEND, gewenst_van=year.eerste_dag, gewenst_tot=year.laatste_dag, **own)
    page = ingelogd(Rol.IBER, school)
    page.goto(reverse("ondersteuning:nog_een_jaar", args=[granted.pk]))
    bekijk(page, "Nog een schooljaar extra budget")
