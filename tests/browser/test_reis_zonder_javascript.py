"""A journey without JavaScript: what htmx does by itself, buttons do."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from kernen.models import Kernplan
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.browser.pagina import Reis, klik, menu, persoon, typ_login, volg
from tests.factories.kernen import KernFactory, SamenwerkingsverbandFactory, UurtariefFactory

pytestmark = pytest.mark.django_db(transaction=True)

VERDER = "Bewaar en ga verder"
DOEL = "In elke klas is het in mei rustig."


def test_without_scripts_a_kernplan_is_written_previewed_and_submitted(reis: Reis) -> None:
    SamenwerkingsverbandFactory()
    kern, year = KernFactory(naam="Duinrand"), Schooljaar.van(timezone.localdate()).begin
    tariff = UurtariefFactory(schooljaar=year, professional="Leerkracht", stap=1)
    page = reis.venster(scripts=False)
    typ_login(page, persoon(Rol.KERNVOORZITTER, kern).email)
    menu(page, "Kernplannen")
    klik(page, "Begin het kernplan van Duinrand")
    page.get_by_label("Aanleiding").fill("Het is onrustig in de klassen.")
    page.get_by_role("group", name="Doel 1").get_by_role("textbox").first.fill(DOEL)
    klik(page, "Bekijk voorbeeld")
    expect(page.get_by_role("article", name="Voorbeeld van het plan")).to_contain_text(DOEL)
    volg(page, "Terug naar stap 1")
    page.get_by_role("group", name="Doel 1").get_by_label("Wat gaat u doen?").fill("Twee trainingen.")
    klik(page, VERDER)
    page.get_by_role("radio").first.check()
    klik(page, VERDER)
    row = page.get_by_role("group", name="Regel 1")
    row.get_by_label("Wie").select_option(str(tariff.pk))
    row.get_by_label("Uren").fill("veel")
    klik(page, VERDER)
    expect(page.locator("[data-foutoverzicht]")).to_contain_text("dit is geen getal")
    row.get_by_label("Uren").fill("10")
    klik(page, VERDER)
    klik(page, "Dien het kernplan in")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Kernplan Duinrand"))
    plan = Kernplan.objects.get()
    assert (plan.staat, plan.doelen.get().tekst) == ("ingediend", DOEL)
