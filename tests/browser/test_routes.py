"""The other routes in a browser, on desk and telephone; the choice of a school changes the questions."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from ondersteuning.domain.aanvraag import INGEDIEND
from ondersteuning.services.beginnen import begin_namens_instelling
from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.access.services.links import give_link
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.browser.conftest import geen_axe_fouten
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.kernen import RoltoekenningFactory, SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import PlaatsingFactory, SboFactory, in_staat

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_swv_chooses_a_route_and_starts_one(ingelogd: Any) -> None:
    SamenwerkingsverbandFactory()
    JeugdhulpinstellingFactory(naam="Jeugdhulp De Golf")
    page: Page = ingelogd(Rol.SWV_MEDEWERKER)
    page.goto(reverse("ondersteuning:nieuw"))
    geen_axe_fouten(page)
    page.get_by_role("link", name="Kies vanuit de jeugdhulp naar SO of SBO").click()
    geen_axe_fouten(page)
    page.get_by_role("button", name="Begin de aanvraag").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    geen_axe_fouten(page)
    page.get_by_label("Welke jeugdhulpinstelling doet de aanvraag?").select_option(label="Jeugdhulp De Golf")
    page.get_by_label("De leerling zat nog niet op school").check()
    page.get_by_role("button", name="Begin de aanvraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De aanvraag is begonnen")
    geen_axe_fouten(page)
    page.get_by_role("link", name="Naar de aanvraag").click()
    expect(page.get_by_role("button", name="Geef een nieuwe link aan jeugdhulpinstelling")).to_be_visible()
    geen_axe_fouten(page)


def test_the_lists_of_the_swv(ingelogd: Any) -> None:
    SamenwerkingsverbandFactory()
    JeugdhulpinstellingFactory()
    year = Schooljaar.van(timezone.localdate())
    granted = in_staat(
        INGEDIEND,
        route="PA",
        verwijzende_school=None,
        ander_swv_code="PO3004",
        ander_swv_naam="SWV Duinstreek",
        ander_tlvnummer="PO3004-2526-0012",
    )
    PlaatsingFactory(
        aanvraag=granted, school_verwijzend=None, kostendrager="ander_swv", begin=year.eerste_dag, einde=None
    )
    page: Page = ingelogd(Rol.SWV_MEDEWERKER)
    for name in ("jeugdhulpinstellingen", "jeugdhulpinstelling_nieuw", "te_factureren"):
        page.goto(reverse(f"ondersteuning:{name}"))
        geen_axe_fouten(page)
    expect(page.get_by_role("heading", name="SWV Duinstreek (PO3004)").first).to_be_visible()
    page.goto(reverse("ondersteuning:dossier", args=[granted.pk]))
    geen_axe_fouten(page)


def test_the_ikc_adds_the_consent(ingelogd: Any) -> None:
    SamenwerkingsverbandFactory()
    ikc = SboFactory(naam="IKC Duinrand")
    page: Page = ingelogd(Rol.IBER, ikc)
    page.goto(reverse("ondersteuning:nieuw_route", args=["pa"]))
    geen_axe_fouten(page)
    page.get_by_role("button", name="Begin de aanvraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leerling")
    page.goto(page.url.replace("/leerling/", "/akkoord/"))
    geen_axe_fouten(page)
    page.goto(page.url.replace("/invullen/akkoord/", "/invullen/controleren/"))
    geen_axe_fouten(page)
    page.get_by_role("link", name="Voeg het akkoord toe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Het akkoord van het andere samenwerkingsverband")
    geen_axe_fouten(page)


def test_the_institution_fills_in_by_its_link(pagina: Page) -> None:
    SamenwerkingsverbandFactory()
    SchoolFactory(naam="Basisschool De Zeester")
    today = timezone.localdate()
    held = RoltoekenningFactory(rol=Rol.SWV_MEDEWERKER)
    actor = Actor(bereik_voor(held.user_id, today), user_id=held.user_id)
    started = begin_namens_instelling(
        actor=actor, instelling_id=JeugdhulpinstellingFactory().pk, aanleiding="voorschools", vandaag=today
    )
    assert not isinstance(started, Refusal), started
    party = started[1].partij
    given = give_link(
        soort="ondersteuning.instelling", onderwerp_id=party.pk, naam=party.label, geldig_dagen=9, actor=actor
    )
    party.link_id = given.link.pk
    party.save()
    page = pagina
    page.goto(given.pad)
    page.get_by_label("Code").fill(given.code)
    page.get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("De aanvraag van uw instelling")
    geen_axe_fouten(page)
    page.get_by_role("link", name="Ga verder met invullen").click()
    geen_axe_fouten(page)
    page.goto(reverse("ondersteuning:instelling_stap", args=["school"]))
    expect(page.get_by_label("Categorie")).to_be_visible()
    page.get_by_label("Ontvangende school").select_option(label="Basisschool De Zeester (BAO, Testdorp)")
    # Stored by itself; a regular school is asked other things.
    expect(page.get_by_text("Bij deze school vragen wij andere dingen.")).to_be_visible()
    expect(page.get_by_label("De ouders weten van het instroombudget en willen het")).to_be_visible()
    expect(page.get_by_label("Categorie")).to_have_count(0)
    geen_axe_fouten(page)
    page.goto(reverse("ondersteuning:instelling_stap", args=["controleren"]))
    geen_axe_fouten(page)
