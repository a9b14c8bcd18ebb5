"""The journey of the directeur-bestuurder: establish the budget, publish an evaluation, and have its report made."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from evaluatie.models import Ronde
from financien.models import Budget
from financien.services.budget import bereken_budget
from swv_portal.common.scoping import Rol
from tests.browser.pagina import WERKTIJD, Reis, download, gezien, klik, melding, menu, persoon, smal, tekst_van, volg
from tests.factories.evaluatie import maak_ronde
from tests.factories.financien import maak_jaar
from tests.factories.kernen import SamenwerkingsverbandFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_directeur_bestuurder_establishes_publishes_and_reports(
    reis: Reis, werker: Any, actor_als: Any, tmp_path: Path
) -> None:
    SamenwerkingsverbandFactory()
    year, _ = maak_jaar(2)
    bereken_budget(actor=actor_als(Rol.CONTROLLER), jaar_pk=year.pk)
    maak_ronde(publiceer=False)
    user = persoon(Rol.DIRECTEUR_BESTUURDER)
    page = reis.log_in(user)
    volg(page, "Stel vast: budget 2024, versie 1")
    gezien(page, "Budget 2024")
    klik(page, "Stel vast")
    melding(page, "Het budget 2024 is vastgesteld.")
    gezien(page, "Budget 2024")
    assert Budget.objects.get().staat == "vastgesteld"

    menu(page, "Evaluatie")
    gezien(page, "Evaluatie")
    volg(page, "Evaluatie van de kernen")
    with smal(page):
        gezien(page, "Evaluatie van de kernen")
        expect(page.get_by_text("15 respondenten in 3 groepen.").first).to_be_visible()
        klik(page, "Sluit en publiceer")
        gezien(page, "Evaluatie van de kernen")
    assert Ronde.objects.get().staat == "gesloten"

    klik(page, "Maak een PDF")
    expect(page.get_by_role("main")).to_contain_text("1 van 1 klaar", timeout=WERKTIJD * 1000)
    gezien(page, re.compile("^Opdracht"))
    text = tekst_van(download(page, "Bekijk het resultaat", tmp_path))
    assert "Evaluatie van de kernen" in text
    assert "15 respondenten" in text
