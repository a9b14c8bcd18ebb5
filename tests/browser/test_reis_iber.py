"""The journey of the IB'er: an application from the first word until it lies with parents and experts."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ondersteuning.models import Aanvraag, Partij
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.browser.pagina import Reis, bericht_aan, geweigerd, gezien, klik, link_in, menu, persoon, smal, volg
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import SboFactory

pytestmark = pytest.mark.django_db(transaction=True)

VERDER = "Bewaar en ga verder"


def vul(page: Page, velden: dict[str, str]) -> None:
    for label, waarde in velden.items():
        page.get_by_label(label).fill(waarde)


def vul_leerling_en_ouders(page: Page) -> None:
    gezien(page, "Leerling")
    vul(page, {"Voornamen": "Noor", "Achternaam": "Zandloper", "Geboortedatum": "12-06-2018", "Groep": "3"})
    klik(page, VERDER)
    gezien(page, "Ouders en gezag")
    vul(page, {"Naam van ouder 1": "Ouder Eén Zandloper", "E-mailadres van ouder 1": "een@ouders.example"})
    vul(page, {"Naam van ouder 2": "Ouder Twee Zandloper", "E-mailadres van ouder 2": "twee@ouders.example"})
    klik(page, VERDER)


def vul_school_en_onderbouwing(page: Page, school: str) -> None:
    gezien(page, "Ontvangende school")
    page.get_by_label("Ontvangende school").select_option(label=school)
    page.get_by_label("Categorie").select_option("SBO")
    page.get_by_label("Functie van de eerste deskundige").select_option("orthopedagoog")
    begin = Schooljaar.van(timezone.localdate()).begin + 1
    vul(page, {"Gewenste begindatum": f"01-08-{begin}", "Gewenste einddatum": f"31-07-{begin + 2}"})
    vul(page, {"Wanneer bekijkt u samen": f"01-03-{begin + 2}"})
    klik(page, VERDER)
    gezien(page, "Onderbouwing")
    vul(
        page,
        {
            "Wat heeft de leerling nodig?": "Een kleine groep en veel rust.",
            "Wat heeft de school al gedaan?": "Extra instructie en een vaste plek.",
            "Waarom past de ontvangende school?": "De groepen zijn daar klein.",
            "Wat vindt de leerling?": "Ik wil een rustige klas.",
        },
    )
    page.get_by_label("De leerling is gehoord").check()
    klik(page, VERDER)


def kies_deskundige(page: Page, functie: str) -> None:
    page.get_by_label("Functie").select_option(functie)
    klik(page, VERDER)


def test_iber_starts_fills_in_and_sends_an_application_to_the_parties(reis: Reis, werker: Any) -> None:
    SamenwerkingsverbandFactory()
    school, ikc = SchoolFactory(naam="De Wulk"), SboFactory(naam="IKC De Ark")
    orthopedagoog = persoon(Rol.ORTHOPEDAGOOG, ikc)
    page = reis.log_in(persoon(Rol.IBER, school))
    menu(page, "Aanvragen")
    gezien(page, "Aanvragen")
    volg(page, "Nieuwe aanvraag")
    gezien(page, "Nieuwe aanvraag")
    klik(page, "Begin de aanvraag")
    vul_leerling_en_ouders(page)
    vul_school_en_onderbouwing(page, "IKC De Ark (IKC, SBO, Testdorp)")

    # The second expert may not have the profession of the first.
    with smal(page):
        gezien(page, "Tweede deskundige")
        vul(page, {"Naam van de tweede deskundige": "Deskundige Strandgaper", "E-mailadres": "arts@ggd.example"})
        vul(page, {"Naam van de werkgever": "GGD Testkust"})
        page.get_by_label("Ergens anders").check()
        kies_deskundige(page, "orthopedagoog")
        geweigerd(page, "mag niet dezelfde functie hebben als de eerste")
    kies_deskundige(page, "jeugdarts")
    gezien(page, "Controleren")
    klik(page, "Leg voor aan ouders en deskundigen")
    gezien(page, "De aanvraag is voorgelegd")
    with smal(page):
        gezien(page, "De aanvraag is voorgelegd")
    codes = page.get_by_role("main").locator(".cijfer").all_text_contents()

    aanvraag = Aanvraag.objects.get()
    assert (aanvraag.staat, aanvraag.verwijzende_school, aanvraag.gevraagde_school) == ("bij_partijen", school, ikc)
    assert len(set(codes)) == PersoonlijkeLink.objects.count() == 3
    assert not Partij.objects.filter(uitgenodigd_op=None).exists()
    links = {link_in(bericht_aan(email)) for email in ("een@ouders.example", "twee@ouders.example", "arts@ggd.example")}
    assert len(links) == 3
    notice = bericht_aan(orthopedagoog.email)
    assert aanvraag.kenmerk in notice.onderwerp
    assert "Zandloper" not in notice.onderwerp + notice.tekst
    volg(page, "Naar de aanvraag")
    gezien(page, "Noor Zandloper")
    expect(page.get_by_role("region", name="Wie is aan zet")).to_contain_text("ontvangende school")
