"""The one-sided application on screen, as every party: from the board to the letter and the page of the parents."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import SboFactory
from tests.ondersteuning.services.test_plaatsingsakkoord import PDF
from tests.ondersteuning.views.reis import (
    DESKUNDIGE,
    LEERLING,
    ONDERBOUWING,
    OUDERS,
    besluit,
    brief,
    fout,
    lees,
    leg_voor,
    open_link,
    post,
    teken,
    version,
    vul_in,
)
from tests.sleutel import nieuwe_sleutel

Als = Callable[..., Client]
JAAR = Schooljaar.van(timezone.localdate()).volgende
VAN, TOT = f"01-08-{JAAR.begin}", f"31-07-{JAAR.begin + 2}"
KIND = {key: value for key, value in LEERLING.items() if key != "groep"}
BEMIDDELING = {
    "verwijderd_op": "20-01-2025",
    "bemiddeling": "afgewezen",
    "bemiddeling_op": "03-02-2025",
    "bemiddeling_afgewezen_door": "ouders",
    "bemiddeling_uitkomst": "De ouders wilden geen gesprek.",
}
ONDERZOEK = {
    "onderzoeker": "Onderzoeker Test",
    "werkgever": "Bureau De Peiling",
    "afgerond_op": "01-03-2025",
    "conclusie": "past",
    "tekst": "Er is meer nodig dan de basisschool kan.",
}


@pytest.fixture
def school(db: None) -> Any:
    SamenwerkingsverbandFactory()
    return SchoolFactory(naam="Basisschool De Zeester")


def test_a_board_from_mediation_to_the_letter(als: Als, school: Any) -> None:
    ikc = SboFactory(naam="IKC Duinrand")
    board, iber = als(Rol.SCHOOLBESTUURDER, school.bestuur), als(Rol.IBER, school)
    ortho, swv, director = als(Rol.ORTHOPEDAGOOG, ikc), als(Rol.SWV_MEDEWERKER), als(Rol.DIRECTEUR_BESTUURDER)
    assert reverse("ondersteuning:aanvragen") in lees(board, "start:thuis")  # the menu leads there
    post(board, "ondersteuning:nieuw_route", ["ez"], {**KIND, "school": school.pk, **nieuwe_sleutel()})
    pk = Aanvraag.objects.get().pk
    _fill_in(board, pk, ikc)
    codes = leg_voor(board, pk)

    # Everything that is written about them the parents read, also how the mediation ended; the receiving school not.
    parent = open_link("een@test.example", codes["een@test.example"])
    page = lees(parent, "ondersteuning:ouder")
    assert "Het bestuur doet deze aanvraag ook als u het er niet mee eens bent." in page
    assert "De ouders wilden geen gesprek." in page
    assert "De ouders wilden geen gesprek." not in lees(ortho, "ondersteuning:dossier", pk)
    parent = teken(codes, "een@test.example", eens="nee")
    assert "kan het schoolbestuur de aanvraag naar het samenwerkingsverband sturen" in lees(
        parent, "ondersteuning:ouder"
    )
    advice = {"steunt": "ja", "tekst": "Eigen advies", "betrokken": "on", "functie": "orthopedagoog"}
    post(ortho, "ondersteuning:advies", [pk], {**advice, "versie": version(pk)})
    assert "terug naar het schoolbestuur" in lees(ortho, "ondersteuning:plaats", pk)
    post(ortho, "ondersteuning:plaats", [pk], {"versie": version(pk), "stap": "bevestig_plaats", "toelichting": ""})
    expert = open_link("drie@test.example", codes["drie@test.example"])
    post(expert, "ondersteuning:deskundige", [], {**advice, "tekst": "Ook eigen", "niet_in_dienst": "on"})
    post(board, "ondersteuning:stap_zetten", [pk, "dien_in"], {"versie": version(pk)})

    _investigate(swv, pk)
    for client in (swv, director, board, iber):
        assert "De directeur-bestuurder</strong> toetst" in lees(client, "ondersteuning:dossier", pk)
    _decide(swv, director, pk)

    granted = Aanvraag.objects.get()
    assert granted.staat == TOEGEKEND
    letter = brief(granted)
    for words in (
        school.bestuur.naam,
        "Basisschool De Zeester",
        "IKC Duinrand",
        "Het onderzoek is helder.",
        "de ouders",
    ):
        assert words in letter, words
    page = lees(parent, "ondersteuning:ouder")
    assert "Uw kind mag naar IKC Duinrand" in page
    assert page.count("/documenten/") == 1  # the letter, and no report about the parents
    for client in (board, iber, ortho):
        assert str(granted.tlvnummer) in lees(client, "ondersteuning:dossier", pk)
    told = lees(director, "ondersteuning:dossier", pk)
    for who in ("het schoolbestuur", "de school van de leerling", "de ontvangende school", "ouder 1"):
        assert f"Bericht gestuurd aan {who}: Het besluit is er." in told, who


def _fill_in(board: Client, pk: int, ikc: Any) -> None:
    """Every page, with what is wrong on the page of the mediation said at once, and a file that is refused."""
    assert "nergens_ingeschreven" not in lees(board, "ondersteuning:stap", pk, "leerling")
    both = {**OUDERS, "ouder2_naam": "Ouder Twee", "ouder2_email": "twee@test.example"}
    vul_in(board, pk, {"leerling": LEERLING, "ouders": both})
    empty = {"versie": version(pk), "verder": "ja", "bemiddeling": "afgewezen", "verwijderd_op": "20-01-2099"}
    page = fout(board, "ondersteuning:stap", [pk, "bemiddeling"], empty)
    for words in (
        "Die dag ligt niet na vandaag.",
        "Wanneer was dat?",
        "welke ouder dit niet wilde",
        "Hoe liep het af?",
    ):
        assert words in page, words
    assert 'value="20-01-2099"' in page  # nothing that was typed is lost
    place = {
        "ontvangende_school": ikc.pk,
        "categorie": "SBO",
        "eerste_functie": "orthopedagoog",
        "gewenst_van": VAN,
        "gewenst_tot": TOT,
        "geen_terugkeer_reden": "De leerling blijft.",
    }
    grounds = {**ONDERBOUWING, "reden_school": "Kleine groepen"}
    pages = {"bemiddeling": BEMIDDELING, "school": place, "onderbouwing": grounds}
    assert vul_in(board, pk, {**pages, "deskundige": DESKUNDIGE}).endswith("/controleren/")
    wrong = SimpleUploadedFile("brief.exe", b"MZ\x90\x00 niet")
    page = fout(board, "ondersteuning:bemiddeling", [pk], {"versie": version(pk), "bestand": wrong})
    assert "Dit soort bestand nemen wij niet aan." in page
    data = {"versie": version(pk), "bestand": SimpleUploadedFile("brief.pdf", PDF)}
    assert post(board, "ondersteuning:bemiddeling", [pk], data).endswith("/controleren/")


def _investigate(swv: Client, pk: int) -> None:
    """The SWV may not decide; it records the investigation, which is what its page asks for."""
    page = lees(swv, "ondersteuning:dossier", pk)
    assert "legt het onafhankelijk onderzoek vast" in page
    address = reverse("ondersteuning:onderzoek", args=[pk])
    assert f'<a class="btn btn-primary" href="{address}">' in page
    assert "Leg het onderzoek vast bij aanvraag" in lees(swv, "start:thuis")
    assert swv.get(reverse("ondersteuning:besluit", args=[pk])).status_code == 403
    data = {**ONDERZOEK, "versie": version(pk)}
    assert "niet onafhankelijk" in fout(swv, "ondersteuning:onderzoek", [pk], {**data, "werkgever": "IKC Duinrand"})
    assert "niet na vandaag" in fout(swv, "ondersteuning:onderzoek", [pk], {**data, "afgerond_op": "01-03-2099"})
    report = SimpleUploadedFile("verslag.pdf", PDF)
    post(swv, "ondersteuning:onderzoek", [pk], {**data, "bestand": report})
    again = swv.post(address, data)  # the back button, and once more
    assert again.status_code == 422
    assert "Wijzig het onderzoek" in lees(swv, "ondersteuning:dossier", pk)


def _decide(swv: Client, director: Client, pk: int) -> None:
    data = {"besluit": "ken_toe", "geldig_van": VAN, "geldig_tot": TOT, "versie": version(pk)}
    page = fout(director, "ondersteuning:besluit", [pk], {**data, "motivering": ""})
    assert "Bij een eenzijdige aanvraag altijd nodig." in page
    assert "Schrijf waarom u de TLV toekent." in page
    found = besluit(director, pk, **data, motivering="Het onderzoek is helder.")
    assert found.bekendgemaakt_op is not None
    assert swv.get(reverse("ondersteuning:onderzoek", args=[pk])).status_code == 302  # nothing to change any more
