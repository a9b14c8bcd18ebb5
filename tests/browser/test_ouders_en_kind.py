"""The pages of parents and the child, and the call with parents after it; on desk and telephone, with axe."""

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, OUDER, TOEGEKEND
from ondersteuning.domain.evaluatiegesprek import VRAGEN
from swv_portal.common.scoping import Rol
from tests.architecture.ouder_formulieren import client_van_link
from tests.browser.conftest import op_beide, op_telefoon
from tests.browser.pagina import geweigerd, klik, melding, volg
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import bekendgemaakt, in_staat

pytestmark = pytest.mark.django_db(transaction=True)


def test_parents_write_with_their_child_and_are_called_later(wissel: Any) -> None:
    SamenwerkingsverbandFactory()
    today = timezone.localdate()
    row = in_staat(BIJ_PARTIJEN, vandaag=today)
    page = wissel(client=client_van_link(row.partijen.get(soort=OUDER, volgnummer=1)))
    page.goto("/ondersteuning/ouder/")
    op_beide(page)
    volg(page, re.compile("Schrijf het op.*Onderbouwing"))
    op_beide(page)
    page.get_by_label("Wat klopt er niet?").fill("Met de tafel vooraan gaat het goed.")
    klik(page, "Bewaar uw reactie")
    melding(page, "Wij hebben uw reactie bewaard.")
    expect(page.get_by_role("main")).to_contain_text("Met de tafel vooraan gaat het goed.")
    volg(page, "Vul het samen in")
    klik(page, "Bewaar")
    geweigerd(page, "Vul ten minste één antwoord van het kind in")
    op_telefoon(page)
    page.get_by_label("Gaat wel").check()
    page.get_by_label("Wat helpt jou?").fill("Een rustig plekje.")
    klik(page, "Bewaar")
    expect(page.get_by_role("main")).to_contain_text("Een rustig plekje.")

    granted = bekendgemaakt(in_staat(TOEGEKEND, vandaag=today))
    page = wissel(client=client_van_link(granted.partijen.get(soort=OUDER, volgnummer=1)))
    page.goto("/ondersteuning/ouder/")
    expect(page.get_by_role("region", name="Het besluit")).to_contain_text("U kunt bezwaar maken.")
    op_beide(page)

    page = wissel(Rol.SWV_MEDEWERKER)
    page.goto("/ondersteuning/evaluatiegesprekken/")
    op_beide(page)
    volg(page, granted.kenmerk)
    page.get_by_label("De ouders gesproken").check()
    klik(page, "Leg het gesprek vast")
    geweigerd(page, "Kies een antwoord.")
    op_telefoon(page)
    for question in VRAGEN.values():
        page.get_by_role("group", name=question).get_by_label("Een beetje").check()
    klik(page, "Leg het gesprek vast")
    melding(page, "Het gesprek is vastgelegd.")
    volg(page, "Bekijk de uitkomsten")
    op_beide(page)
