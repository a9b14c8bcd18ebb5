"""Overstappen in a real browser: a terugplaatsing as three parties, a bao-bao with its errors, leaving; with axe."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ondersteuning.models import Overstap
from swv_portal.common.scoping import Rol
from tests.browser.conftest import WIDTHS, geen_axe_fouten
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, PlaatsingFactory, SoFactory
from tests.factories.overstap import baobao

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scholen(db: None) -> tuple[Any, Any]:
    SamenwerkingsverbandFactory()
    return SoFactory(naam="SO De Vuurtoren"), SchoolFactory(naam="Basisschool De Zeester", plaats="Zandvoort")


def _kijk(page: Page) -> None:
    """The page is accessible and fits, on a desk and on a telephone."""
    for width in (WIDTHS["smal"], WIDTHS["breed"]):
        page.set_viewport_size({"width": width, "height": 900})
        geen_axe_fouten(page)


def _klik(page: Page, naam: str) -> None:
    page.get_by_role("main").get_by_role("button", name=naam).click()


def _volg(page: Page, naam: str) -> None:
    page.get_by_role("main").get_by_role("link", name=naam).first.click()


def test_a_terugplaatsing(ingelogd: Any, scholen: tuple[Any, Any]) -> None:
    so, bao = scholen
    today = timezone.localdate()
    place = PlaatsingFactory(school_ontvangend=so, categorie="I", begin=today - timedelta(days=400))
    page = ingelogd(Rol.IBER, so)
    page.goto("/ondersteuning/overstap/")
    _kijk(page)
    _volg(page, "Nieuwe terugplaatsing")
    _klik(page, "Bewaar")
    expect(page.locator("[data-foutoverzicht]")).to_be_focused()
    _kijk(page)
    page.get_by_label("TLV-nummer").fill(place.verwijzing)
    page.get_by_label("Voornamen").fill("Fenna")
    page.get_by_label("Achternaam").fill("Zeewier")
    page.get_by_label("Geboortedatum").fill("4-5-2017")
    page.get_by_label("De leerling zat nog nooit op een gewone school").check()
    page.get_by_label("Naar welke school gaat de leerling?").select_option(str(bao.pk))
    page.get_by_label("Eerste dag op de nieuwe school").fill(f"{today:%d-%m-%Y}")
    _klik(page, "Bewaar")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fenna Zeewier")
    _kijk(page)
    _volg(page, "Vraag de nieuwe school")
    _kijk(page)
    _klik(page, "Voorleggen")
    adres = f"/ondersteuning/overstap/{Overstap.objects.get().pk}/"

    page = ingelogd(Rol.IBER, bao)
    page.goto(adres)
    _volg(page, "Leg het startgesprek vast")
    page.get_by_label("Wanneer was het startgesprek?").fill(f"{today:%d-%m-%Y}")
    for who in ("ouder(s) met gezag", "de school die de leerling verlaat", "de nieuwe school"):
        page.get_by_label(who).check()
    page.get_by_label("Wat is er afgesproken?").fill("Twee ochtenden wennen.")
    page.get_by_label("Ouders gaven toestemming op").fill(f"{today:%d-%m-%Y}")
    _kijk(page)
    _klik(page, "Bewaar")
    _volg(page, "Bevestig de komst van de leerling")
    _klik(page, "Komst van de leerling bevestigen")
    expect(page.get_by_role("main")).to_contain_text("Bij het samenwerkingsverband")
    _kijk(page)

    page = ingelogd(Rol.SWV_MEDEWERKER)
    page.goto(adres)
    _volg(page, "Maak definitief")
    expect(page.get_by_role("main")).to_contain_text("Er is budget van")
    _kijk(page)
    _klik(page, "Terugplaatsing definitief maken")
    _volg(page, "Meld dat de leerling is vertrokken")
    _kijk(page)
    page.get_by_label("Op welke dag vertrok de leerling?").fill(f"{today + timedelta(days=9):%d-%m-%Y}")
    _klik(page, "Bewaar het vertrek")
    expect(page.locator("[data-foutoverzicht]")).to_contain_text("Meld het vertrek pas als de leerling weg is.")
    page.get_by_label("Op welke dag vertrok de leerling?").fill(f"{today:%d-%m-%Y}")
    _klik(page, "Bewaar het vertrek")
    expect(page.get_by_role("main")).to_contain_text("Vertrek wijzigen")
    page.goto("/ondersteuning/overstap/budgetten/?stand=alle")
    _kijk(page)


def test_a_baobao(ingelogd: Any, scholen: tuple[Any, Any]) -> None:
    _, old = scholen
    LeerlingFactory(school=old)
    page = ingelogd(Rol.IBER, old)
    page.goto("/ondersteuning/overstap/bao-bao/nieuw/")
    _kijk(page)
    row = baobao("gevraagd", van_school=old)
    page = ingelogd(Rol.SCHOOLDIRECTEUR, row.naar_school)
    page.goto(f"/ondersteuning/overstap/{row.pk}/")
    _kijk(page)
    _volg(page, "Bevestig voor de nieuwe school")
    page.get_by_label("De leerling heeft extra ondersteuning nodig.").check()
    _klik(page, "Overstap bevestigen")
    expect(page.locator("[data-foutoverzicht]")).to_be_focused()
    expect(page.get_by_label("De leerling heeft extra ondersteuning nodig.")).to_be_checked()
    _kijk(page)
    page.get_by_label("De leerling stapt niet over door een verhuizing.").check()
    _klik(page, "Overstap bevestigen")
    expect(page.get_by_role("main")).not_to_contain_text("Bevestig voor de nieuwe school")


def test_the_settings(ingelogd: Any, scholen: tuple[Any, Any]) -> None:
    page = ingelogd(Rol.DIRECTEUR_BESTUURDER)
    page.goto("/ondersteuning/overstap/instellingen/")
    _kijk(page)
