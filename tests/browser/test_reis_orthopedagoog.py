"""The journey of the orthopedagoog of the receiving school: the first advice, and whether there is a place."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ondersteuning.models import Advies
from swv_portal.common.scoping import Rol
from tests.browser.pagina import Reis, gezien, klik, melding, persoon, smal, volg
from tests.browser.tlv import leerlingnaam
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import SboFactory, in_staat

pytestmark = pytest.mark.django_db(transaction=True)

ADVIES = "De kleine groep op onze school past bij wat Mila nodig heeft."


def test_orthopedagoog_gives_advice_and_confirms_the_place(reis: Reis) -> None:
    SamenwerkingsverbandFactory()
    ikc = SboFactory(naam="IKC De Ark")
    aanvraag = in_staat("bij_partijen", vandaag=timezone.localdate(), ontvangende_school=ikc)
    elsewhere = in_staat("bij_partijen", vandaag=timezone.localdate())
    user = persoon(Rol.ORTHOPEDAGOOG, ikc)
    page = reis.log_in(user)
    expect(page.get_by_text(elsewhere.kenmerk)).to_have_count(0)
    volg(page, f"Geef advies bij aanvraag {aanvraag.kenmerk}")
    gezien(page, leerlingnaam(aanvraag))
    volg(page, "Geef advies")

    gezien(page, "Uw advies")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("textbox", name="Uw advies").fill(ADVIES)
    page.get_by_label("Ik ben echt betrokken").check()
    klik(page, "Geef advies")
    with smal(page):
        gezien(page, "Is er plaats?")
        klik(page, "Er is plaats")
        melding(page, "De plaats is bevestigd.")
        gezien(page, leerlingnaam(aanvraag))

    given = Advies.objects.get()
    assert (given.soort, given.functie, given.steunt) == ("eerste", "orthopedagoog", True)
    assert (given.tekst, given.user) == (ADVIES, user)
    aanvraag.refresh_from_db()
    assert (aanvraag.staat, aanvraag.plaats_bevestigd) == ("bij_partijen", True)
    page.goto("/")
    expect(page.get_by_text(f"aanvraag {aanvraag.kenmerk}")).to_have_count(0)
