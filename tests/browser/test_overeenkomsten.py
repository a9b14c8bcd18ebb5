"""Agreements in a real browser: symbiose and a DWS place as every party, on desk and telephone, with axe."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ondersteuning.models import Overeenkomst
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.browser.conftest import op_beide, op_telefoon
from tests.browser.pagina import geweigerd, klik, melding, volg
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import LeerlingFactory, SboFactory
from tests.factories.overeenkomsten import overeenkomst

pytestmark = pytest.mark.django_db(transaction=True)


def _vul(page: Page, **velden: str) -> None:
    for label, value in velden.items():
        page.get_by_label(label.replace("_", " ")).fill(value)


def test_a_symbiose_and_a_dws_place(wissel: Any) -> None:
    SamenwerkingsverbandFactory()
    school, ikc = SchoolFactory(naam="Basisschool De Zeester"), SboFactory(naam="IKC Duinrand", plaats="Testdorp")
    pupil, other = LeerlingFactory(school=school), LeerlingFactory(school=school, achternaam="Zandoog")
    today = timezone.localdate()
    day, year = f"{today:%d-%m-%Y}", Schooljaar.van(today)

    page = wissel(Rol.IBER, school)
    page.goto("/ondersteuning/overeenkomsten/")
    volg(page, "Nieuwe overeenkomst")
    klik(page, "Ga verder")
    geweigerd(page, "Wat wilt u afspreken?")
    op_telefoon(page)
    page.get_by_label("Symbiose").check()
    page.get_by_label("Om welke leerling gaat het?").select_option(str(pupil.pk))
    klik(page, "Ga verder")
    page.get_by_label("Andere school").select_option("IKC Duinrand (Testdorp)")
    _vul(
        page,
        Doelen="Wennen aan een kleine groep.",
        Programma="Dinsdagochtend.",
        Wie_betaalt_wat="Ieder het eigen deel.",
    )
    page.get_by_label("Vanaf").fill(day)
    page.get_by_label("Tot en met").fill("31-02-2026")
    klik(page, "Bewaren")
    geweigerd(page, "Dit is geen datum")
    expect(page.get_by_label("Doelen")).to_have_value("Wennen aan een kleine groep.")
    op_telefoon(page)
    page.get_by_label("Tot en met").fill(f"{year.laatste_dag:%d-%m-%Y}")
    page.get_by_label("De afspraken staan in het ontwikkelingsperspectief").check()
    page.get_by_label("Op welke dag gaven alle ouders").fill(day)
    klik(page, "Bewaren")
    volg(page, "Leg voor om te tekenen")
    klik(page, "Leg voor om te tekenen")
    row = Overeenkomst.objects.get()
    address = f"/ondersteuning/overeenkomsten/{row.pk}/"

    for place in (school, ikc):
        page = wissel(Rol.SCHOOLDIRECTEUR, place)
        page.goto(address)
        volg(page, "Teken voor uw school" if place == school else "Teken voor de andere school")
        klik(page, "Teken")
        melding(page, "U hebt getekend.")
    expect(page.get_by_role("main")).to_contain_text("Afgesproken")
    op_beide(page)

    bought = overeenkomst("bij_swv", "dws", school=school, leerling=pupil, vandaag=today)
    page = wissel(Rol.SWV_MEDEWERKER)
    page.goto("/ondersteuning/overeenkomsten/?staat=bij_swv")
    op_beide(page)
    volg(page, bought.kenmerk)
    volg(page, "Wijs af")
    klik(page, "Wijs af")
    expect(page.locator("[data-foutoverzicht]")).to_contain_text("Vul dit in.")
    volg(page, f"Overeenkomst {bought.kenmerk}")
    volg(page, "Stem in")
    klik(page, "Stem in")
    expect(page.get_by_role("main")).to_contain_text("Afgesproken")

    page = wissel(Rol.IBER, school)
    page.goto(f"/ondersteuning/overeenkomsten/{bought.pk}/")
    volg(page, "Geef door aan een andere leerling")
    page.get_by_label("Om welke leerling gaat het?").select_option(str(other.pk))
    page.get_by_label("Doelen").fill("Samen denken.")
    klik(page, "Geef door")
    geweigerd(page, "Vanaf welke dag?")
    expect(page.get_by_label("Doelen")).to_have_value("Samen denken.")
    op_telefoon(page)
    volg(page, f"Overeenkomst {bought.kenmerk}")
    volg(page, "Stop eerder")
    expect(page.get_by_role("main")).to_contain_text("U krijgt geen geld terug.")
    op_beide(page)
