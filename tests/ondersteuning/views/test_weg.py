"""The whole way on screen: every page as its own person, from the first step to the letter."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.models import Aanvraag
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.documents import documents_of
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import SboFactory
from tests.ondersteuning.services.test_weg import run_jobs
from tests.ondersteuning.views.reis import (
    DESKUNDIGE,
    LEERLING,
    ONDERBOUWING,
    OUDERS,
    brief,
    leg_voor,
    open_link,
    post,
    version,
)
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.usefixtures("swv_bestaat")


def test_the_whole_way_on_screen(als: Callable[..., Client]) -> None:
    school, ikc = SchoolFactory(naam="Basisschool De Zeester"), SboFactory(naam="IKC Duinrand")
    iber, ortho, swv = als(Rol.IBER, school), als(Rol.ORTHOPEDAGOOG, ikc), als(Rol.SWV_MEDEWERKER)
    post(iber, "ondersteuning:nieuw", [], {"school": school.pk, **nieuwe_sleutel()})
    pk = Aanvraag.objects.get().pk
    _the_school_fills_in(iber, pk, ikc)
    codes = leg_voor(iber, pk)
    assert len(codes) == 3
    _the_receiving_school_answers(ortho, pk)
    expert, parent = _the_expert_advises(codes), _a_parent_disagrees(codes)
    post(iber, "ondersteuning:stap_zetten", [pk, "dien_in"], {"versie": version(pk)})
    _the_swv_grants(swv, pk)

    granted = Aanvraag.objects.get()
    assert granted.staat == "toegekend"
    _what_the_letter_says(granted)
    letter = reverse("jobs:document", args=[documents_of(granted).get().sleutel])
    assert letter in parent.get(reverse("ondersteuning:ouder")).content.decode()
    for client in (parent, iber, ortho, swv):
        answer = client.get(letter)
        assert answer.status_code == 200, client
        assert b"".join(answer).startswith(b"%PDF")
    assert Client().get(letter).status_code in {302, 403, 404}
    assert als(Rol.IBER).get(letter).status_code == 404
    assert als(Rol.CONTROLLER).get(letter).status_code == 404
    _the_expert_knows_the_outcome(expert, granted, letter)
    page = iber.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    assert granted.tlvnummer.nummer in page
    assert "Heeft het dossier bekeken." in page  # the school sees that the SWV read it
    assert str(timezone.localdate().year) in page


def _the_school_fills_in(iber: Client, pk: int, ikc: Any) -> None:
    """Every page of the form, until it can be put before the others."""
    school = {
        "ontvangende_school": ikc.pk,
        "categorie": "SBO",
        "eerste_functie": "orthopedagoog",
        "gewenst_van": "1-8-2026",
        "gewenst_tot": "31-7-2028",
        "geen_terugkeer_reden": "De leerling blijft tot groep 8.",
    }
    steps: dict[str, dict[str, Any]] = {
        "leerling": LEERLING,
        "ouders": {**OUDERS, "ouder2_naam": "Ouder Twee", "ouder2_email": "twee@test.example"},
        "school": school,
        "onderbouwing": {**ONDERBOUWING, "reden_school": "Kleine groep"},
        "deskundige": DESKUNDIGE,
    }
    for number, (step, data) in enumerate(steps.items(), start=1):
        page = iber.get(reverse("ondersteuning:stap", args=[pk, step])).content.decode()
        assert f"Stap {number} van 6" in page
        there = post(iber, "ondersteuning:stap", [pk, step], {**data, "versie": version(pk), "verder": "ja"})
    assert there.endswith("/controleren/")
    assert "Leg voor aan ouders en deskundigen" in iber.get(there).content.decode()


def _the_receiving_school_answers(ortho: Client, pk: int) -> None:
    data = {"functie": "orthopedagoog", "steunt": "ja", "tekst": "Eigen advies", "betrokken": "on"}
    post(ortho, "ondersteuning:advies", [pk], {**data, "versie": version(pk)})
    post(ortho, "ondersteuning:plaats", [pk], {"versie": version(pk), "stap": "bevestig_plaats", "toelichting": ""})


def _the_expert_advises(codes: dict[str, str]) -> Client:
    expert = open_link("drie@test.example", codes["drie@test.example"])
    body = expert.get(reverse("ondersteuning:deskundige")).content.decode()
    assert "Kanariepiet" in body
    assert "een@test.example" not in body
    data = {"steunt": "ja", "tekst": "Ook eigen advies", "betrokken": "on", "niet_in_dienst": "on"}
    post(expert, "ondersteuning:deskundige", [], data)
    return expert


def _a_parent_disagrees(codes: dict[str, str]) -> Client:
    """One of the two, who reads the advice of the expert and nothing of the other parent."""
    parent = open_link("een@test.example", codes["een@test.example"])
    body = parent.get(reverse("ondersteuning:ouder")).content.decode()
    assert "Ook eigen advies" in body
    assert "twee@test.example" not in body
    post(parent, "ondersteuning:ouder", [], {"eens": "nee", "tekst": "Wij twijfelen."})
    return parent


def _the_swv_grants(swv: Client, pk: int) -> None:
    """With reasons, because not everybody agrees; nothing is decided before the page to check it was confirmed."""
    page = swv.get(reverse("ondersteuning:besluit", args=[pk])).content.decode()
    assert "Niet eens: ouder 1" in page
    assert "Niet getekend: ouder 2" in page
    decision = {"besluit": "ken_toe", "geldig_van": "1-8-2026", "geldig_tot": "31-7-2028", "versie": version(pk)}
    post(swv, "ondersteuning:besluit", [pk], {**decision, "motivering": ""}, expect=422)
    decision["motivering"] = "De deskundigen zijn het eens."
    check = post(swv, "ondersteuning:besluit", [pk], decision, expect=200)
    assert "Controleer uw besluit" in check
    assert Aanvraag.objects.get().tlvnummer is None
    post(swv, "ondersteuning:besluit", [pk], {**decision, "bevestigd": "ja"})
    run_jobs()


def _what_the_letter_says(granted: Aanvraag) -> None:
    text = brief(granted)
    for expected in (
        granted.tlvnummer.nummer,
        "Mila Kanariepiet",
        "4 mei 2017",
        "SBO. Meer hulp nodig bij leren",
        "1 augustus 2026 tot en met 31 juli 2028",
        "De leerling blijft tot groep 8.",
        "De deskundigen zijn het eens.",
        "Niet iedereen was het eens met de aanvraag: een van de ouders.",
        "Niet getekend voor gezien: een van de ouders.",
        "bezwaar maken",
        granted.kenmerk,
    ):
        assert expected in text, expected


def _the_expert_knows_the_outcome(expert: Client, granted: Aanvraag, letter: str) -> None:
    """The second expert reads no letter; what the panel says is what happens."""
    assert expert.get(letter).status_code == 404
    body = expert.get(reverse("ondersteuning:deskundige")).content.decode()
    assert letter not in body
    assert "Het samenwerkingsverband heeft besloten." in body
    assert granted.tlvnummer.nummer not in body
    assert "de aanvraag, de uitkomst en het eigen advies, niet de brief" in body
