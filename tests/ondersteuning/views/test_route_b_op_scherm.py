"""Route B on screen, as every party: a pupil stays longer at the special school."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.factories.ondersteuning import SboFactory, in_staat
from tests.ondersteuning.views.reis import (
    DESKUNDIGE,
    ONDERBOUWING,
    besluit,
    brief,
    lees,
    leg_voor,
    open_link,
    post,
    teken,
    version,
    vul_in,
)
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.usefixtures("swv_bestaat")
Als = Callable[..., Client]


def test_a_prolongation_from_the_running_tlv_to_the_letter(als: Als) -> None:
    ikc = SboFactory(naam="IKC Duinrand")
    until = date(Schooljaar.van(timezone.localdate()).begin + 1, 7, 31)
    running = in_staat(TOEGEKEND, ontvangende_school=ikc, gewenst_tot=until, gewenst_van=until - timedelta(days=700))
    iber, ortho, swv = als(Rol.IBER, ikc), als(Rol.ORTHOPEDAGOOG, ikc), als(Rol.SWV_MEDEWERKER)
    page = lees(iber, "ondersteuning:nieuw_route", "b")
    for words in (running.leerling.naam, str(running.tlvnummer)):
        assert words in page
    chosen = {"school": ikc.pk, "leerling": f"tlv-{running.pk}", **nieuwe_sleutel()}
    there = post(iber, "ondersteuning:nieuw_route", ["b"], chosen)
    pk = Aanvraag.objects.get(route="B").pk
    assert there == reverse("ondersteuning:stap", args=[pk, "leerling"])
    _fill_in(iber, pk, ikc.pk, until)
    codes = leg_voor(iber, pk)

    parent_address = next(address for address in codes if address.startswith("ouder1"))
    parent = teken(codes, parent_address, eens="ja")
    advice = {"steunt": "ja", "tekst": "Eigen advies", "betrokken": "on", "functie": "orthopedagoog"}
    post(ortho, "ondersteuning:advies", [pk], {**advice, "versie": version(pk)})
    page = lees(swv, "ondersteuning:dossier", pk)
    assert "bevestigt de plaats" not in page  # the pupil has it already
    expert = open_link("drie@test.example", codes["drie@test.example"])
    asked = lees(expert, "ondersteuning:deskundige")
    assert f"vraagt of {running.leerling.naam} langer op IKC Duinrand mag blijven." in asked
    post(expert, "ondersteuning:deskundige", [], {**advice, "tekst": "Ook eigen", "niet_in_dienst": "on"})
    post(iber, "ondersteuning:stap_zetten", [pk, "dien_in"], {"versie": version(pk)})
    data = {"geldig_van": f"01-08-{until.year}", "geldig_tot": f"31-07-{until.year + 1}"}
    data["vorige_school"] = str(running.verwijzende_school_id)
    granted = besluit(swv, pk, besluit="ken_toe", motivering="De leerling heeft dit nog nodig.", **data)

    assert granted.staat == TOEGEKEND
    letter = brief(granted)
    for words in (str(granted.tlvnummer), "De leerling blijft hier.", "Aan de ouders of verzorgers, en IKC Duinrand"):
        assert words in letter, words
    page = lees(parent, "ondersteuning:ouder")
    assert "Uw kind mag op IKC Duinrand blijven" in page
    assert "Wie betaalt deze plek?" in page


def _fill_in(iber: Client, pk: int, ikc: int, until: date) -> None:
    """A prolongation that begins too early is refused on its page; then every page as it should be."""
    early = {
        "vorig_tlvnummer": Aanvraag.objects.get(pk=pk).vorig_tlvnummer,
        "vorig_geldig_tot": f"{until:%d-%m-%Y}",
        "ontvangende_school": ikc,
        "categorie": "SBO",
        "eerste_functie": "orthopedagoog",
        "gewenst_van": f"01-08-{until.year - 1}",
        "gewenst_tot": f"31-07-{until.year + 1}",
        "geen_terugkeer_reden": "De leerling blijft.",
    }
    data = {**early, "versie": version(pk), "verder": "ja"}
    response = iber.post(reverse("ondersteuning:stap", args=[pk, "school"]), data)
    assert response.status_code == 422
    assert "Een verlenging begint daarna." in response.content.decode()
    parents = {
        "ouder1_naam": "Ouder Een",
        "ouder1_email": "ouder1@test.example",
        "ouder2_naam": "",
        "ouder2_email": "",
        "ouder2_telefoon": "",
        "een_ouder_reden": "Er is één ouder met gezag.",
    }
    pages = {
        "leerling": {"groep": "5"},
        "ouders": parents,
        "school": {**early, "gewenst_van": f"01-08-{until.year}"},
        "onderbouwing": {**ONDERBOUWING, "reden_school": "Kleine groep"},
    }
    assert vul_in(iber, pk, {**pages, "deskundige": DESKUNDIGE}).endswith("/controleren/")
