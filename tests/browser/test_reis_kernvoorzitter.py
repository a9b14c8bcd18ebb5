"""The journey of the kernvoorzitter: a plan on one page, sent back once, established, and printed."""

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from kernen.models import Kernplan
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.browser.pagina import Reis, download, gezien, klik, menu, persoon, smal, tekst_van, volg
from tests.factories.kernen import (
    KernFactory,
    MenukaartthemaFactory,
    SamenwerkingsverbandFactory,
    UurtariefFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

PLAN = re.compile("^Kernplan Duinrand")
VERDER = "Bewaar en ga verder"
DOEL = "In elke klas is het in mei rustig."
OPMERKING = "Schrijf erbij wanneer het doel is bereikt."


def schrijf_doelen(page: Page) -> None:
    """The preview beside the form says when the plan is too long, and when it fits again."""
    gezien(page, PLAN)
    page.get_by_label("Aanleiding").fill("\n".join(f"Reden {nth}" for nth in range(100)))
    goal = page.get_by_role("group", name="Doel 1")
    goal.get_by_role("textbox").first.fill(DOEL)
    goal.get_by_label("Wat gaat u doen?").fill("\n".join("Een training in elke school." for _ in range(30)))
    preview = page.locator("#tussenstand")
    expect(preview).to_contain_text("Past niet op één A4.", timeout=20_000)
    expect(preview).to_contain_text("kort dat in")
    page.get_by_label("Aanleiding").fill("Het is onrustig in de klassen.")
    goal.get_by_label("Wat gaat u doen?").fill("Twee trainingen, en elkaar bezoeken.")
    expect(preview.get_by_text("past op één A4")).to_be_visible(timeout=20_000)
    klik(page, VERDER)


def schrijf_route_en_inzet(page: Page, tarief: int) -> None:
    with smal(page):
        expect(page.get_by_label("Wat zet de kern in?")).to_be_visible()
        gezien(page, PLAN)
        page.get_by_role("radio").first.check()
        page.get_by_label("Wat zet de kern in?").fill("Wij zetten eerst onze eigen leerkrachten in.")
        klik(page, VERDER)
    row = page.get_by_role("group", name="Regel 1")
    row.get_by_label("Wie").select_option(str(tarief))
    row.get_by_label("Uren").fill("12,5")
    klik(page, VERDER)


def dien_in(page: Page) -> None:
    expect(page.get_by_text("Het plan is compleet.")).to_be_visible()
    gezien(page, PLAN)
    klik(page, "Dien het kernplan in")
    gezien(page, PLAN)
    expect(page.get_by_role("button", name="Dien het kernplan in")).to_have_count(0)


def test_kernvoorzitter_writes_improves_and_prints_the_kernplan(reis: Reis, tmp_path: Path) -> None:
    SamenwerkingsverbandFactory()
    kern, year = KernFactory(naam="Duinrand"), Schooljaar.van(timezone.localdate()).begin
    MenukaartthemaFactory(schooljaar=year, nr=1, thema="Rust in de klas")
    tariff = UurtariefFactory(schooljaar=year, professional="Leerkracht", stap=1)
    page = reis.log_in(persoon(Rol.KERNVOORZITTER, kern))
    menu(page, "Kernplannen")
    gezien(page, re.compile("^Kernplannen"))
    klik(page, "Begin het kernplan van Duinrand")
    schrijf_doelen(page)
    schrijf_route_en_inzet(page, tariff.pk)
    dien_in(page)
    plan = Kernplan.objects.get()
    assert (plan.staat, plan.kern, plan.schooljaar, plan.stap) == ("ingediend", kern, year, 1)
    assert [(row.professional, str(row.uren), row.tarief) for row in plan.inzet.all()] == [
        ("Leerkracht", "12.50", tariff.bedrag)
    ]

    swv = reis.log_in(persoon(Rol.SWV_MEDEWERKER))
    volg(swv, re.compile("^Beoordeel kernplan Duinrand"))
    gezien(swv, PLAN)
    volg(swv, "Stuur terug")
    gezien(swv, PLAN)
    swv.get_by_label("Wat moet er anders?").fill(OPMERKING)
    klik(swv, "Stuur terug")
    plan.refresh_from_db()
    assert (plan.staat, plan.opmerking) == ("teruggestuurd", OPMERKING)

    page.goto("/")
    volg(page, re.compile("^Verbeter kernplan Duinrand"))
    expect(page.get_by_text(OPMERKING).first).to_be_visible()
    volg(page, "Verder schrijven")
    page.get_by_role("group", name="Doel 1").get_by_role("textbox").first.fill(f"{DOEL} Wij meten het in juni.")
    for _ in range(3):
        klik(page, VERDER)
    dien_in(page)

    swv.goto("/")
    volg(swv, re.compile("^Beoordeel kernplan Duinrand"))
    klik(swv, "Stel vast")
    gezien(swv, PLAN)
    plan.refresh_from_db()
    assert plan.staat == "vastgesteld"
    page.reload()
    text = tekst_van(download(page, "PDF", tmp_path))
    assert "Wij meten het in juni." in text
    assert "Duinrand" in text
