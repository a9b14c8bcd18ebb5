"""The journey of the schooldirecteur: answer the SWV in place of the IB'er, and see why the school gets its budget."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from swv_portal.common.scoping import Rol
from tests.browser.pagina import Reis, gezien, klik, melding, menu, persoon, smal, volg
from tests.browser.tlv import leerlingnaam
from tests.factories.financien import maak_jaar, vastgesteld_budget
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import in_staat

pytestmark = pytest.mark.django_db(transaction=True)

STEM = "Ik wil graag naar de school van mijn zus, maar een rustige klas is ook fijn."
ANTWOORD = "Wij spraken de leerling en schreven op wat zij vindt."


def test_schooldirecteur_completes_an_application_and_reads_the_budget(reis: Reis, actor_als: Any) -> None:
    SamenwerkingsverbandFactory()
    year, (school, other) = maak_jaar(2)
    budget = vastgesteld_budget(actor_als(Rol.DIRECTEUR_BESTUURDER), year)
    begin = timezone.localdate() - timedelta(days=14)
    aanvraag = in_staat("aanvulling", vandaag=begin, verwijzende_school=school)

    page = reis.log_in(persoon(Rol.SCHOOLDIRECTEUR, school))
    volg(page, f"Vul aanvraag {aanvraag.kenmerk} aan")
    gezien(page, leerlingnaam(aanvraag))
    expect(page.get_by_text("Wat vindt de leerling?").first).to_be_visible()
    volg(page, "Wijzig de aanvraag")
    with smal(page):
        gezien(page, "Onderbouwing")
        page.get_by_label("Wat vindt de leerling?").fill(STEM)
        klik(page, "Bewaar en stop")
        gezien(page, leerlingnaam(aanvraag))
    volg(page, "Stuur de aanvulling")
    gezien(page, "Aanvulling sturen")
    page.get_by_label("wat hebt u aangevuld?").fill(ANTWOORD)
    klik(page, "Aanvulling sturen")
    melding(page, "De aanvulling is gestuurd.")
    aanvraag.refresh_from_db()
    asked = aanvraag.aanvullingen.get()
    assert (aanvraag.staat, aanvraag.stem_leerling) == ("ingediend", STEM)
    assert (asked.antwoord, asked.aangevuld_op) == (ANTWOORD, timezone.localdate())

    menu(page, "Geld")
    gezien(page, "Geld")
    expect(page.get_by_text(other.naam)).to_have_count(0)
    volg(page, school.naam)
    gezien(page, school.naam)
    expect(page.get_by_text("Het budget 2024 is € 90.000,00.")).to_be_visible()
    assert budget.staat == "vastgesteld"
