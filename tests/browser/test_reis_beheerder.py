"""The journey of the beheerder: somebody new, the schools of DUO, and a mail that failed."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from kernen.models import Roltoekenning, School
from swv_portal.access.models import User
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.mail import enqueue_mail
from tests.browser.pagina import (
    WACHTWOORD,
    Reis,
    bericht_aan,
    gezien,
    klik,
    link_in,
    melding,
    menu,
    persoon,
    smal,
    typ_login,
    volg,
)
from tests.conftest import wait_until
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.kernen.duo import bestand_02, rij_02

pytestmark = pytest.mark.django_db(transaction=True)

NIEUW = "nieuw@school.example"


def nodig_uit(page: Page, school: School) -> None:
    menu(page, "Personen")
    gezien(page, "Personen en rollen")
    volg(page, "Iemand uitnodigen")
    gezien(page, "Iemand uitnodigen")
    page.get_by_role("main").get_by_label("Naam").fill("Robin Zeester")
    page.get_by_label("E-mailadres").fill(NIEUW)
    page.get_by_label("Rol", exact=True).select_option(str(Rol.IBER))
    page.get_by_role("main").get_by_label("School").select_option(str(school.pk))
    klik(page, "Nodig uit")
    melding(page, "krijgt een uitnodiging per e-mail")


def kies_wachtwoord(reis: Reis) -> None:
    """Who was invited, on a telephone: the link of the mail, a password, and in."""
    page = reis.venster("smal")
    page.goto(link_in(bericht_aan(NIEUW)))
    gezien(page, "Maak uw account")
    expect(page.get_by_label("Naam")).to_have_value("Robin Zeester")
    page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_label("Wachtwoord nog een keer").fill(WACHTWOORD)
    klik(page, "Account maken")
    gezien(page, "Inloggen")
    page.context.clear_cookies()
    typ_login(page, NIEUW)
    gezien(page, "Mijn taken")


def lees_scholen_in(page: Page) -> None:
    menu(page, "Scholen")
    volg(page, "Bestand van DUO inlezen")
    gezien(page, "Bestand van DUO inlezen")
    page.get_by_role("radio").first.check()
    rows = bestand_02(rij_02("99ZA00"), rij_02("99ZB00", naam="Basisschool De Krab"))
    page.get_by_label("Bestand", exact=True).set_input_files(
        [{"name": "vestigingen.csv", "mimeType": "text/csv", "buffer": rows}]
    )
    klik(page, "Bekijk wat er verandert")
    with smal(page):
        gezien(page, "Bestand inlezen")
        expect(page.get_by_text("Basisschool De Krab").first).to_be_visible()
    assert not School.objects.filter(brin="99ZB").exists()
    page.get_by_role("main").get_by_role("button", name="Lees", exact=False).first.click()
    expect(page.get_by_role("status").first).to_be_visible()
    assert School.objects.get(vestigingscode="99ZB00").naam == "Basisschool De Krab"


def probeer_opnieuw(page: Page, job: Job) -> None:
    menu(page, "Opdrachten")
    gezien(page, "Opdrachten")
    volg(page, f"Opdracht {job.pk}")
    expect(page.get_by_text(job.fout).first).to_be_visible()
    klik(page, "Probeer opnieuw")
    melding(page, "De opdracht wordt opnieuw geprobeerd.")
    wait_until(lambda: Job.objects.get(pk=job.pk).staat == "klaar", what="the mail that failed")
    assert bericht_aan("traag@school.example").onderwerp == "Bekijk uw documenten"
    page.reload()
    gezien(page, f"Opdracht {job.pk}")


def mislukte_mail() -> Job:
    """A mail that nobody could send; it is not offered to the worker before it failed."""
    with transaction.atomic():
        job = enqueue_mail(
            sjabloon="jobs_klaar",
            onderwerp="Bekijk uw documenten",
            context={"url": "/documenten/"},
            aan_adres="traag@school.example",
        )
        job.staat, job.fout, job.pogingen = Job.Staat.DOOD, "De mailserver weigert dit bericht.", 5
        job.save()
    return job


def test_beheerder_invites_imports_and_retries(reis: Reis, werker: Any) -> None:
    SamenwerkingsverbandFactory()
    school, job = SchoolFactory(), mislukte_mail()
    page = reis.log_in(persoon(Rol.BEHEERDER))
    nodig_uit(page, school)
    kies_wachtwoord(reis)
    new = User.objects.get(email=NIEUW)
    granted = Roltoekenning.objects.get(user=new)
    assert new.is_active
    assert (granted.rol, granted.school, granted.van <= date.today()) == (Rol.IBER, school, True)  # noqa: DTZ011
    lees_scholen_in(page)
    probeer_opnieuw(page, job)
