"""The routes that a board starts, in a browser: every distinct page on desk and telephone, and what is typed wrong."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from ondersteuning.domain.aanvraag import CONCEPT, INGEDIEND, TOEGEKEND
from ondersteuning.models import Aanvraag, Bestuursadvies
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.browser.conftest import op_beide, op_telefoon
from tests.browser.pagina import geweigerd, klik
from tests.factories.kernen import PersoonFactory, SamenwerkingsverbandFactory, SchoolFactory, geef_rol
from tests.factories.ondersteuning import in_staat

pytestmark = pytest.mark.django_db(transaction=True)


def bekijk(page: Page, kop: str) -> None:
    """The page with this heading, on a desk and on a telephone."""
    expect(page.get_by_role("heading", level=1)).to_have_text(kop)
    op_beide(page)


def test_the_one_sided_application(wissel: Any, tmp_path: Path) -> None:
    SamenwerkingsverbandFactory()
    school = SchoolFactory(naam="Basisschool De Zeester")
    board = {"verwijzende_school": school, "route": "EZ", "indienend_bestuur": school.bestuur}
    row = in_staat(CONCEPT, **board)
    page: Page = wissel(Rol.SCHOOLBESTUURDER, school.bestuur)
    page.goto(reverse("start:thuis"))
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Aanvragen").click()
    page.get_by_role("link", name="Nieuwe aanvraag").click()
    bekijk(page, "Nieuwe aanvraag")
    page.goto(reverse("ondersteuning:stap", args=[row.pk, "bemiddeling"]))
    page.get_by_label("Dag van het verwijderingsbesluit").fill("20-01-2099")
    page.get_by_label("Het is aangeboden, maar de ouders wilden het niet").check()
    klik(page, "Bewaar en ga verder")
    geweigerd(page, "Die dag ligt niet na vandaag.")
    expect(page.get_by_label("Dag van het verwijderingsbesluit")).to_have_value("20-01-2099")
    op_telefoon(page)
    page.goto(reverse("ondersteuning:bemiddeling", args=[row.pk]))
    wrong = tmp_path / "brief.exe"
    wrong.write_bytes(b"MZ\x90\x00 niet")
    page.get_by_label("Bestand over de bemiddeling").set_input_files(wrong)
    klik(page, "Voeg het bestand toe")
    geweigerd(page, "Dit soort bestand nemen wij niet aan.")
    op_telefoon(page)
    page.goto(reverse("ondersteuning:stap", args=[row.pk, "controleren"]))
    bekijk(page, "Controleren")

    row = in_staat(INGEDIEND, bemiddeling="mediation", **board)
    page = wissel(Rol.DIRECTEUR_BESTUURDER)
    page.goto(reverse("ondersteuning:dossier", args=[row.pk]))
    page.get_by_role("link", name="Leg het onafhankelijk onderzoek vast").click()
    klik(page, "Leg het onderzoek vast")
    geweigerd(page, "Vul dit in")
    op_telefoon(page)
    page.goto(reverse("ondersteuning:besluit", args=[row.pk]))
    bekijk(page, "Toets en besluit")


def test_the_tlv_at_the_basisschool(wissel: Any) -> None:
    SamenwerkingsverbandFactory()
    school = SchoolFactory(naam="Basisschool De Zeester")
    own = {"verwijzende_school": school, "ontvangende_school": school, "route": "TB", "categorie": "I"}
    row = in_staat(INGEDIEND, indienend_bestuur=school.bestuur, **own)
    boards = [SchoolFactory().bestuur for _ in range(2)]
    for board in boards:
        geef_rol(PersoonFactory(), Rol.SCHOOLBESTUURDER, board)
    page: Page = wissel(Rol.SWV_MEDEWERKER)
    page.goto(reverse("ondersteuning:dossier", args=[row.pk]))
    page.get_by_role("link", name="Vraag twee leden om advies").click()
    expect(page.get_by_text("Er staan nog te weinig leden op de lijst.")).to_be_visible()
    page.get_by_role("link", name="Wijzig de lijst met leden").click()
    klik(page, "Zet op de lijst")
    geweigerd(page, "Maak een keuze")
    for _ in boards:
        page.get_by_label("Wie is lid van de algemene vergadering?").select_option(index=1)
        klik(page, "Zet op de lijst")
    op_telefoon(page)
    page.get_by_role("link", name="Terug naar de aanvraag").click()
    boxes = page.get_by_role("checkbox")
    boxes.first.check()
    klik(page, "Vraag deze leden")
    geweigerd(page, "Kies precies twee leden.")
    expect(boxes.first).to_be_checked()
    boxes.last.check()
    op_telefoon(page)
    klik(page, "Vraag deze leden")
    expect(page.get_by_text("De twee leden van de algemene vergadering")).to_be_visible()

    asked = Bestuursadvies.objects.first()
    assert asked is not None
    member = Client()
    member.force_login(asked.lid.user)
    wissel(client=member)
    page.goto(reverse("ondersteuning:bestuursadviezen"))
    bekijk(page, "Advies als lid van de algemene vergadering")
    page.get_by_role("link", name="Bekijk").click()
    page.get_by_label("Waarom vindt u dit?").fill("Eerst zorg.")
    klik(page, "Geef advies")
    geweigerd(page, "Maak een keuze")
    expect(page.get_by_label("Waarom vindt u dit?")).to_have_value("Eerst zorg.")
    op_telefoon(page)
    Aanvraag.objects.filter(pk=row.pk).update(staat="aanvulling")
    page.get_by_label("Nee", exact=True).check()
    klik(page, "Geef advies")  # somebody of the SWV was first: nothing that was typed is lost
    expect(page.get_by_label("Waarom vindt u dit?")).to_have_value("Eerst zorg.")
    page.reload()
    expect(page.get_by_text("Daarna kunt u advies geven")).to_be_visible()
    op_telefoon(page)

    year = Schooljaar.van(timezone.localdate())
    granted = in_staat(TOEGEKEND, gewenst_van=year.eerste_dag, gewenst_tot=year.laatste_dag, **own)
    page = wissel(Rol.IBER, school)
    page.goto(reverse("ondersteuning:nog_een_jaar", args=[granted.pk]))
    bekijk(page, "Nog een schooljaar extra budget")
