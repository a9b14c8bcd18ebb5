"""The journey of the controller: the budget of 2024, why it is that amount, the letters, and the begroting."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from financien.models import Begroting, Beschikking, Budget
from financien.services.budget import stel_budget_vast
from swv_portal.common.scoping import Rol
from swv_portal.local.voorbeeld.financien import DATA
from tests.browser.pagina import WERKTIJD, Reis, download, gezien, klik, menu, persoon, smal, tekst_van, volg
from tests.factories.financien import PlaatsingFactory, maak_jaar
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import SboFactory

pytestmark = pytest.mark.django_db(transaction=True)


def reken_uit(page: Page, school: Any) -> Budget:
    """200 pupils at € 450,00, less € 6.635,00 for one place."""
    menu(page, "Geld")
    gezien(page, "Geld")
    volg(page, "Instellingen 2024")
    gezien(page, "Instellingen 2024")
    klik(page, "Bereken het budget 2024")
    gezien(page, "Budget 2024")
    expect(page.get_by_text("2 scholen, samen € 173.365,00.")).to_be_visible()
    volg(page, school.naam)
    with smal(page):
        gezien(page, school.naam)
        expect(page.get_by_text("Het budget 2024 is € 83.365,00.")).to_be_visible()
        expect(page.get_by_role("heading", name="Waarom dit bedrag")).to_be_visible()
        row = page.get_by_role("row").filter(has_text="€ 90.000,00")
        row.get_by_text("Waarom", exact=False).first.click()
        expect(row.get_by_text("Bron:")).to_be_visible()
        gezien(page, school.naam)
    return Budget.objects.get()


def maak_brieven(page: Page, map_: Path, school: Any) -> None:
    """A letter for each school and each board; the progress fills by itself until all four are there."""
    page.goto("/")
    volg(page, "Maak de beschikkingen van budget 2024, versie 1")
    gezien(page, "Beschikkingen 2024")
    klik(page, "Maak beschikkingen")
    gezien(page, "Beschikkingen 2024")
    expect(page.locator(".voortgang")).to_contain_text("4 van 4 klaar", timeout=WERKTIJD * 1000)
    assert sorted(Beschikking.objects.values_list("staat", flat=True)) == ["klaar"] * 4
    page.reload()
    gezien(page, "Beschikkingen 2024")
    letter = Beschikking.objects.get(school=school)
    text = tekst_van(download(page, re.compile(f"^{letter.kenmerk}.*PDF"), map_))
    assert school.naam in text
    assert "83.365,00" in text


def lees_begroting_in(page: Page) -> None:
    menu(page, "Geld")
    volg(page, "Meerjarenbegroting")
    gezien(page, "Meerjarenbegroting")
    volg(page, "Begroting inlezen")
    page.get_by_label("Bestand met de posten").set_input_files(DATA / "begroting_2023_2028.csv")
    page.get_by_label("Bestand met de gepubliceerde totalen").set_input_files(DATA / "begroting_totalen_2023_2028.csv")
    page.get_by_label("Naam").fill("Meerjarenbegroting 2023-2028")
    page.get_by_label("Bron").fill("Ondersteuningsplan, hoofdstuk 12")
    klik(page, "Bekijk het bestand")
    expect(page.get_by_role("button", name="Lees in")).to_be_visible()
    assert not Begroting.objects.exists()
    klik(page, "Lees in")
    gezien(page, "Meerjarenbegroting 2023-2028")
    expect(page.get_by_text("De directeur-bestuurder maakt het geldend.")).to_be_visible()
    volg(page, "Alle begrotingen")
    with smal(page):
        gezien(page, "Alle begrotingen")
    expect(page.get_by_role("row").filter(has_text="2023-2028")).to_contain_text("concept")


def maak_begroting_geldend(page: Page) -> None:
    """The directeur-bestuurder finds the concept among the tasks."""
    page.goto("/")
    volg(page, "Maak geldend: Meerjarenbegroting 2023-2028")
    with smal(page):
        gezien(page, "Meerjarenbegroting 2023-2028")
    klik(page, "Maak geldend")
    gezien(page, "Meerjarenbegroting 2023-2028")
    expect(page.get_by_text("is nu de geldende begroting.")).to_be_visible()


def test_controller_computes_explains_writes_letters_and_reads_in_the_begroting(
    reis: Reis, werker: Any, actor_als: Any, tmp_path: Path
) -> None:
    SamenwerkingsverbandFactory()
    _, (school, _) = maak_jaar(2)
    PlaatsingFactory(school_verwijzend=school, school_ontvangend=SboFactory())
    page = reis.log_in(persoon(Rol.CONTROLLER))
    budget = reken_uit(page, school)
    assert (budget.staat, budget.versienummer) == ("concept", 1)
    director = actor_als(Rol.DIRECTEUR_BESTUURDER)
    assert isinstance(stel_budget_vast(actor=director, pk=budget.pk, versie=budget.versie), Budget)
    maak_brieven(page, tmp_path, school)
    lees_begroting_in(page)
    assert (Begroting.objects.get().naam, Begroting.objects.get().staat) == ("Meerjarenbegroting 2023-2028", "concept")
    maak_begroting_geldend(reis.log_in(persoon(Rol.DIRECTEUR_BESTUURDER)))
    assert Begroting.objects.get().staat == "geldend"
