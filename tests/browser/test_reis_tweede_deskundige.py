"""The journey of the second expert: without an account, with an advice of one's own."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ondersteuning.models import Advies
from tests.browser.pagina import Reis, geweigerd, gezien, klik, melding, volg
from tests.browser.tlv import kom_binnen
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import in_staat

pytestmark = pytest.mark.django_db(transaction=True)

ADVIES = "Ik zie Mila elke maand. Een kleine groep helpt haar."


def test_tweede_deskundige_gives_an_own_advice(reis: Reis, werker: Any) -> None:
    SamenwerkingsverbandFactory()
    aanvraag = in_staat("bij_partijen", vandaag=timezone.localdate())
    school, page = kom_binnen(reis, aanvraag, "tweede deskundige", "deskundige@test.example")

    gezien(page, "Uw advies als tweede deskundige")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("textbox", name="Uw advies").fill(ADVIES)
    page.get_by_label("Ik ben echt betrokken").check()
    klik(page, "Geef advies")
    geweigerd(page, "Ik werk niet bij een van de twee scholen")
    expect(page.get_by_role("textbox", name="Uw advies")).to_have_value(ADVIES)
    page.get_by_label("Ik werk niet bij een van de twee scholen").check()
    klik(page, "Geef advies")
    melding(page, "Uw advies is bewaard.")
    gezien(page, "Uw advies als tweede deskundige")

    given = Advies.objects.get()
    assert (given.soort, given.functie, given.steunt, given.betrokken) == ("tweede", "jeugdarts", True, True)
    assert (given.tekst, given.partij.label, given.user) == (ADVIES, "tweede deskundige", None)
    volg(school, "Naar de aanvraag")
    expect(school.get_by_role("region", name="Advies van de tweede deskundige")).to_contain_text(ADVIES)
