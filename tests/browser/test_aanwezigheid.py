"""Absence in a real browser: a school reports, the SWV follows it in six steps; on desk and telephone, with axe."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ondersteuning.models import Verzuimmelding
from swv_portal.common.scoping import Rol
from tests.browser.conftest import op_beide, op_telefoon
from tests.browser.pagina import geweigerd, klik, melding, volg
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_pupil_at_home(wissel: Any) -> None:
    SamenwerkingsverbandFactory()
    school, taker = SchoolFactory(naam="De Zeester"), SchoolFactory(naam="De Kreeft")
    today = timezone.localdate()
    page = wissel(Rol.IBER, school)
    page.goto("/ondersteuning/aanwezigheid/")
    op_beide(page)
    volg(page, "Meld een leerling")
    page.get_by_label("Toelichting").fill("Komt de deur niet uit.")
    klik(page, "Meld het verzuim")
    geweigerd(page, "Welk soort verzuim is het?")
    expect(page.get_by_label("Toelichting")).to_have_value("Komt de deur niet uit.")
    op_telefoon(page)
    for label, value in (("Voornamen", "Mila"), ("Achternaam", "Zeekraai"), ("Geboortedatum", "4-5-2016")):
        page.get_by_label(label).fill(value)
    page.get_by_label("zonder geldige reden").check()
    page.get_by_label("Eerste dag van afwezigheid").fill(f"{today - timedelta(days=40):%d-%m-%Y}")
    page.get_by_label("Hoeveel dagen per week").fill("5")
    page.get_by_label("Wat is de hoofdoorzaak?").select_option("jeugdhulp")
    klik(page, "Meld het verzuim")
    melding(page, "Het verzuim is gemeld.")
    op_telefoon(page)
    volg(page, "Noteer een actie")
    klik(page, "Noteer")
    geweigerd(page, "Wat gaat er gebeuren?")
    op_telefoon(page)
    page.get_by_label("Wat gaat er gebeuren?").fill("Bel elke maandag met de ouders.")
    page.get_by_label("Wie doet dit?").fill("de IB'er")
    klik(page, "Noteer")
    page.get_by_role("button", name=re.compile("^Gedaan.*Bel elke maandag")).click()
    melding(page, "De actie staat op gedaan.")

    row = Verzuimmelding.objects.get()
    page = wissel(Rol.SWV_MEDEWERKER)
    page.goto("/ondersteuning/aanwezigheid/overleg/")
    op_beide(page)
    volg(page, f"Melding {row.kenmerk}")
    klik(page, "Neem in behandeling")
    volg(page, "Besluit van de bestuurstafel")
    page.get_by_label("Welke school neemt de zorgplicht?").select_option(str(taker.pk))
    page.get_by_label(taker.bestuur.naam).check()
    page.get_by_label("Op welke dag is dit besloten?").fill(f"{today:%d-%m-%Y}")
    page.get_by_label("Waarom neemt deze school de zorgplicht?").fill("Dicht bij huis.")
    klik(page, "Leg vast")
    geweigerd(page, "ten minste twee besturen")
    op_telefoon(page)
    page.get_by_label(school.bestuur.naam).check()
    klik(page, "Leg vast")
    melding(page, "Het besluit is vastgelegd.")
    op_beide(page)
    page.goto("/ondersteuning/aanwezigheid/aantallen/")
    op_beide(page)

    page = wissel(Rol.SCHOOLDIRECTEUR, taker)
    page.goto(f"/ondersteuning/aanwezigheid/{row.pk}/")
    volg(page, "Sluit de melding af")
    op_beide(page)
    page.get_by_label("de leerling heeft een andere onderwijsplek").check()
    page.get_by_label("Vanaf welke dag is de leerling niet meer afwezig?").fill(f"{today:%d-%m-%Y}")
    page.get_by_label("Hoe is het opgelost?").fill("Begonnen op De Kreeft.")
    klik(page, "Sluit af")
    melding(page, "De melding is afgesloten.")
