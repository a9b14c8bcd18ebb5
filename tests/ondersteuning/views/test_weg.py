"""The whole way on screen: every page as its own person, from the first step to the letter."""

import io
import re
from collections.abc import Callable

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from ondersteuning.models import Aanvraag
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.documents import documents_of, read_document
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import SboFactory
from tests.ondersteuning.services.test_weg import run_jobs
from tests.sleutel import nieuwe_sleutel


def post(client: Client, name: str, args: list, data: dict, expect: int = 302) -> str:
    response = client.post(reverse(name, args=args), data)
    assert response.status_code == expect, (name, response.status_code, response.content.decode()[:4000])
    return response.content.decode() if expect == 200 else response["Location"] if expect == 302 else ""


def version(pk: int) -> int:
    return Aanvraag.objects.values_list("versie", flat=True).get(pk=pk)


def open_link(address: str, code: str) -> Client:
    """What a parent does: follow the link, enter the code."""
    mails = [message.body for message in mail.outbox if message.to == [address] and "/link/" in message.body]
    found = re.search(r"https?://[^/]+(/link/\S+)", mails[-1])
    assert found is not None
    client = Client()
    assert client.get(found[1]).status_code == 200
    answer = client.post(found[1], {"code": code}, follow=True)
    assert answer.status_code == 200
    return client


def test_the_whole_way_on_screen(als: Callable[..., Client]) -> None:
    SamenwerkingsverbandFactory()
    school, ikc = SchoolFactory(naam="Basisschool De Zeester"), SboFactory(naam="IKC Duinrand")
    iber, ortho, swv = als(Rol.IBER, school), als(Rol.ORTHOPEDAGOOG, ikc), als(Rol.SWV_MEDEWERKER)
    today = timezone.localdate()

    post(iber, "ondersteuning:nieuw", [], {"school": school.pk, **nieuwe_sleutel()})
    pk = Aanvraag.objects.get().pk
    steps = {
        "leerling": {"voornamen": "Mila", "achternaam": "Kanariepiet", "geboortedatum": "4-5-2017", "groep": "4"},
        "ouders": {
            "ouder1_naam": "Ouder Een",
            "ouder1_email": "een@test.example",
            "ouder2_naam": "Ouder Twee",
            "ouder2_email": "twee@test.example",
        },
        "school": {
            "ontvangende_school": ikc.pk,
            "categorie": "SBO",
            "eerste_functie": "orthopedagoog",
            "gewenst_van": "1-8-2026",
            "gewenst_tot": "31-7-2028",
            "geen_terugkeer_reden": "De leerling blijft tot groep 8.",
        },
        "onderbouwing": {
            "onderwijsbehoefte": "Rust",
            "geboden_hulp": "Hulp in de klas",
            "reden_school": "Kleine groep",
            "leerling_gehoord": "on",
            "stem_leerling": "Ik wil rust.",
        },
        "deskundige": {
            "tweede_naam": "Deskundige Drie",
            "tweede_functie": "jeugdarts",
            "tweede_dienstverband": "elders",
            "tweede_werkgever": "GGD Kust",
            "tweede_email": "drie@test.example",
        },
    }
    for number, (step, data) in enumerate(steps.items(), start=1):
        page = iber.get(reverse("ondersteuning:stap", args=[pk, step])).content.decode()
        assert f"Stap {number} van 6" in page
        there = post(iber, "ondersteuning:stap", [pk, step], {**data, "versie": version(pk), "verder": "ja"})
    assert there.endswith("/controleren/")
    page = iber.get(there).content.decode()
    assert "Leg voor aan ouders en deskundigen" in page
    shown = post(iber, "ondersteuning:stap", [pk, "controleren"], {"versie": version(pk)}, expect=200)
    codes = re.findall(r'<span class="cijfer">([^<]+)</span>', shown)
    assert len(codes) == 3
    run_jobs()
    order = [party.email for party in Aanvraag.objects.get().partijen.all()]

    data = {"functie": "orthopedagoog", "steunt": "ja", "tekst": "Eigen advies", "betrokken": "on"}
    post(ortho, "ondersteuning:advies", [pk], {**data, "versie": version(pk)})
    post(ortho, "ondersteuning:plaats", [pk], {"versie": version(pk), "stap": "bevestig_plaats", "toelichting": ""})

    expert = open_link("drie@test.example", codes[order.index("drie@test.example")])
    body = expert.get(reverse("ondersteuning:deskundige")).content.decode()
    assert "Kanariepiet" in body
    assert "een@test.example" not in body
    data = {"steunt": "ja", "tekst": "Ook eigen advies", "betrokken": "on", "niet_in_dienst": "on"}
    post(expert, "ondersteuning:deskundige", [], data)

    parent = open_link("een@test.example", codes[order.index("een@test.example")])
    body = parent.get(reverse("ondersteuning:ouder")).content.decode()
    assert "Ook eigen advies" in body
    assert "twee@test.example" not in body
    post(parent, "ondersteuning:ouder", [], {"eens": "nee", "tekst": "Wij twijfelen."})

    post(iber, "ondersteuning:stap_zetten", [pk, "dien_in"], {"versie": version(pk)})
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

    granted = Aanvraag.objects.get()
    assert granted.staat == "toegekend"
    letter = documents_of(granted).get()
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(read_document(letter))).pages).split())
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
    address = reverse("jobs:document", args=[letter.sleutel])
    body = parent.get(reverse("ondersteuning:ouder")).content.decode()
    assert address in body
    for client in (parent, iber, ortho, swv):
        answer = client.get(address)
        assert answer.status_code == 200, client
        assert b"".join(answer).startswith(b"%PDF")
    # The second expert knows the outcome and reads no letter; what the panel says is what happens.
    assert expert.get(address).status_code == 404
    body = expert.get(reverse("ondersteuning:deskundige")).content.decode()
    assert address not in body
    assert "Het samenwerkingsverband heeft besloten." in body
    assert granted.tlvnummer.nummer not in body
    assert "de aanvraag, de uitkomst en het eigen advies, niet de brief" in body
    assert Client().get(address).status_code in {302, 403, 404}
    assert als(Rol.IBER).get(address).status_code == 404
    assert als(Rol.CONTROLLER).get(address).status_code == 404
    page = iber.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    assert granted.tlvnummer.nummer in page
    assert "Heeft het dossier bekeken." in page  # the school sees that the SWV read it
    assert str(today.year) in page
