"""Routes B, D and the plaatsingsakkoord on screen: every page as its own person."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Jeugdhulpinstelling, Plaatsing
from ondersteuning.services.besluit import BRIEF
from ondersteuning.services.toekenning_dag import doe_de_dag
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.documents import documents_of, read_document
from tests.factories.jeugdhulp import JeugdhulpinstellingFactory
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import SboFactory, in_staat
from tests.ondersteuning.services.test_plaatsingsakkoord import PDF
from tests.ondersteuning.services.test_weg import run_jobs
from tests.ondersteuning.views.test_weg import open_link, post, version
from tests.sleutel import nieuwe_sleutel

Als = Callable[..., Client]
JAAR = Schooljaar.van(timezone.localdate()).volgende
STAPPEN = {
    "leerling": {"voornamen": "Mila", "achternaam": "Kanariepiet", "geboortedatum": "4-5-2021", "woon_pc4": "2011"},
    "ouders": {
        "ouder1_naam": "Ouder Een",
        "ouder1_email": "een@test.example",
        "een_ouder_reden": "Er is één ouder met gezag.",
    },
    "onderbouwing": {
        "onderwijsbehoefte": "Rust",
        "geboden_hulp": "Een kleine groep",
        "reden_school": "Dicht bij huis",
        "stem_leerling": "De leerling praat nog niet.",
    },
    "deskundige": {
        "tweede_naam": "Deskundige Drie",
        "tweede_functie": "jeugdarts",
        "tweede_dienstverband": "elders",
        "tweede_werkgever": "GGD Kust",
        "tweede_email": "drie@test.example",
    },
}


@pytest.fixture(autouse=True)
def swv_bestaat(db: None) -> None:
    SamenwerkingsverbandFactory()


def brief(aanvraag: Aanvraag) -> str:
    document = documents_of(aanvraag, BRIEF).get()
    pages = PdfReader(io.BytesIO(read_document(document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_route_d_with_a_budget_on_screen(als: Als) -> None:
    school = SchoolFactory(naam="Basisschool De Zeester")
    swv, iber = als(Rol.SWV_MEDEWERKER), als(Rol.IBER, school)
    institution = JeugdhulpinstellingFactory(naam="Jeugdhulp De Golf", email="vier@test.example")
    start = swv.get(reverse("ondersteuning:nieuw")).content.decode()
    assert "Vanuit de jeugdhulp naar SO of SBO" in start
    assert "Van basisschool naar SO of SBO" not in start

    data = {"instelling": institution.pk, "aanleiding": "voorschools", **nieuwe_sleutel()}
    shown = post(swv, "ondersteuning:nieuw_route", ["d"], data, expect=200)
    run_jobs()
    code = re.findall(r'<span class="cijfer">([^<]+)</span>', shown)[0]
    golf = open_link("vier@test.example", code)
    pk = Aanvraag.objects.get().pk

    home = golf.get(reverse("ondersteuning:instelling")).content.decode()
    assert "Ga verder met invullen" in home
    first_day = date(JAAR.begin, 8, 20)
    school_step = {"ontvangende_school": school.pk, "gewenst_van": f"{first_day:%d-%m-%Y}", "budget_afgestemd": "on"}
    page = golf.get(reverse("ondersteuning:instelling_stap", args=["leerling"])).content.decode()
    assert "Eerste schooldag" in page
    assert 'name="groep"' not in page
    # Until a school is chosen the page asks what special education needs; a regular school makes it other questions.
    asked = reverse("ondersteuning:instelling_stap", args=["school"])
    assert 'name="categorie"' in golf.get(asked).content.decode()
    chosen = {"ontvangende_school": school.pk, "versie": version(pk)}
    auto = golf.post(asked, chosen, headers={"HX-Request": "true"})
    assert auto["HX-Redirect"] == asked
    page = golf.get(asked).content.decode()
    assert "Bij deze school vragen wij andere dingen." in page
    assert 'name="budget_afgestemd"' in page
    assert 'name="categorie"' not in page
    for step, fields in {**STAPPEN, "school": school_step}.items():
        typed = {**fields, "versie": version(pk), "verder": "ja"}
        post(golf, "ondersteuning:instelling_stap", [step], typed)
    check = golf.get(reverse("ondersteuning:instelling_stap", args=["controleren"])).content.decode()
    assert "Leg voor aan ouders en deskundigen" in check
    shown = post(golf, "ondersteuning:instelling_stap", ["controleren"], {"versie": version(pk)}, expect=200)
    codes = re.findall(r'<span class="cijfer">([^<]+)</span>', shown)
    assert len(codes) == 2
    again = golf.post(reverse("ondersteuning:instelling_stap", args=["controleren"]), {"versie": version(pk)})
    assert again.status_code == 302
    assert codes[0] not in golf.get(reverse("ondersteuning:instelling")).content.decode()
    run_jobs()

    assert "Zeg of er plaats is" in iber.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    assert "Bevestig de plaats bij aanvraag" in iber.get("/").content.decode()
    post(iber, "ondersteuning:plaats", [pk], {"versie": version(pk), "stap": "bevestig_plaats", "toelichting": ""})
    parties = [p.email for p in Aanvraag.objects.get().partijen.exclude(soort="instelling") if p.naam]
    expert = open_link("drie@test.example", codes[parties.index("drie@test.example")])
    advice = {"steunt": "ja", "tekst": "Eigen advies", "betrokken": "on", "niet_in_dienst": "on"}
    post(expert, "ondersteuning:deskundige", [], advice)
    parent = open_link("een@test.example", codes[parties.index("een@test.example")])
    assert "Jeugdhulp De Golf vraagt voor Mila Kanariepiet" in " ".join(
        parent.get(reverse("ondersteuning:ouder")).content.decode().split()
    )
    post(parent, "ondersteuning:ouder", [], {"eens": "ja", "tekst": ""})
    assert "kan nog niet" not in golf.get(reverse("ondersteuning:instelling")).content.decode()
    post(golf, "ondersteuning:instelling_doe", ["dien_in"], {"versie": version(pk)})

    page = swv.get(reverse("ondersteuning:besluit", args=[pk])).content.decode()
    assert "Het budget is met de ouders afgestemd" in page
    assert f"31-08-{JAAR.begin + 2}" in page
    decision = {
        "besluit": "ken_toe",
        "geldig_van": f"{first_day:%d-%m-%Y}",
        "geldig_tot": f"31-08-{JAAR.begin + 2}",
        "motivering": "",
        "betaler": "route_d",
        "betaler_toelichting": "",
        "versie": version(pk),
    }
    wrong = {**decision, "geldig_tot": f"31-07-{JAAR.begin + 2}"}
    assert "Het budget duurt twee jaar" in _fout(swv, pk, wrong)
    assert "Controleer uw besluit" in post(swv, "ondersteuning:besluit", [pk], decision, expect=200)
    post(swv, "ondersteuning:besluit", [pk], {**decision, "bevestigd": "ja"})
    run_jobs()
    granted = Aanvraag.objects.get()
    assert granted.staat == TOEGEKEND
    assert Plaatsing.objects.get(aanvraag=granted).soort == "instroombudget"
    letter = brief(granted)
    assert "Mila Kanariepiet" in letter
    assert "instroombudget" in letter.lower()
    body = parent.get(reverse("ondersteuning:ouder")).content.decode()
    assert "een budget om uw kind te begeleiden" in body
    assert "toelaatbaarheidsverklaring" not in body
    assert "heeft besloten" in golf.get(reverse("ondersteuning:instelling")).content.decode()


def _fout(client: Client, pk: int, data: dict[str, Any]) -> str:
    response = client.post(reverse("ondersteuning:besluit", args=[pk]), data)
    assert response.status_code == 422
    return response.content.decode()


def test_a_plaatsingsakkoord_on_screen(als: Als) -> None:
    ikc = SboFactory(naam="IKC Duinrand")
    director, swv, controller = als(Rol.SCHOOLDIRECTEUR, ikc), als(Rol.SWV_MEDEWERKER), als(Rol.CONTROLLER)
    start = director.get(reverse("ondersteuning:nieuw")).content.decode()
    assert "ander samenwerkingsverband naar het IKC" in start
    assert "Van SO, SBO of IKC naar SO, SBO of IKC" in start
    post(director, "ondersteuning:nieuw_route", ["pa"], {"school": ikc.pk, **nieuwe_sleutel()})
    made = Aanvraag.objects.get()
    pk, way = made.pk, reverse("ondersteuning:leerling", args=[made.leerling_id])
    # The pupil is not at the IKC yet: it reads the application, and is not led to a page that it may not see.
    concept = director.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    assert made.kenmerk in concept
    assert way not in concept
    assert "Kies de documenten" not in concept
    assert director.get(way).status_code == 404
    assert made.kenmerk in director.get(reverse("start:thuis")).content.decode()
    assert way in swv.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()
    steps = {
        "leerling": {"voornamen": "Mila", "achternaam": "Kanariepiet", "geboortedatum": "4-5-2017", "groep": "4"},
        "akkoord": {
            "ander_swv_code": "po3004",
            "ander_swv_naam": "SWV Duinstreek",
            "ander_tlvnummer": "PO3004-2526-0012",
        },
        "school": {
            "ontvangende_school": ikc.pk,
            "gewenst_van": f"01-08-{JAAR.begin}",
            "gewenst_tot": f"31-07-{JAAR.begin + 1}",
        },
    }
    for step, data in steps.items():
        post(director, "ondersteuning:stap", [pk, step], {**data, "versie": version(pk), "verder": "ja"})
    check = reverse("ondersteuning:stap", args=[pk, "controleren"])
    assert "Indienen kan nog niet" in director.get(check).content.decode()
    bad = director.post(
        reverse("ondersteuning:akkoord", args=[pk]),
        {"versie": version(pk), "bestand": SimpleUploadedFile("akkoord.exe", b"MZ\x90\x00 niet")},
    )
    assert bad.status_code == 422
    file = SimpleUploadedFile("akkoord Kanariepiet.pdf", PDF)
    response = director.post(reverse("ondersteuning:akkoord", args=[pk]), {"versie": version(pk), "bestand": file})
    assert response.status_code == 302, response.content.decode()[:3000]
    assert response["Location"] == check
    post(director, "ondersteuning:stap", [pk, "controleren"], {"versie": version(pk)})
    assert Aanvraag.objects.get().staat == "ingediend"

    page = swv.get(reverse("ondersteuning:besluit", args=[pk])).content.decode()
    assert "Het andere samenwerkingsverband gaat akkoord" in page
    decision = {
        "besluit": "ken_toe",
        "geldig_van": f"01-08-{JAAR.begin}",
        "geldig_tot": f"31-07-{JAAR.begin + 1}",
        "motivering": "",
        "betaler": "ander_swv",
        "betaler_toelichting": "",
        "versie": version(pk),
    }
    assert "Controleer uw besluit" in post(swv, "ondersteuning:besluit", [pk], decision, expect=200)
    post(swv, "ondersteuning:besluit", [pk], {**decision, "bevestigd": "ja"})
    run_jobs()
    granted = Aanvraag.objects.get()
    assert granted.staat == TOEGEKEND
    assert "IKC Duinrand" in brief(granted)
    assert director.get(way).status_code == 404  # the place begins next school year
    assert doe_de_dag(pk=pk, vandaag=JAAR.eerste_dag)
    assert director.get(way).status_code == 200
    assert way in director.get(reverse("ondersteuning:dossier", args=[pk])).content.decode()

    address = reverse("ondersteuning:te_factureren")
    for client in (swv, controller):
        page = client.get(address, {"jaar": JAAR.begin}).content.decode()
        assert "SWV Duinstreek (PO3004)" in page
        assert granted.kenmerk in page
        assert "Kanariepiet" not in page
    assert "geen plaats die een ander samenwerkingsverband betaalt" in swv.get(address, {"jaar": "x"}).content.decode()
    csv = controller.get(reverse("ondersteuning:te_factureren_csv"), {"jaar": JAAR.begin})
    text = csv.content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith(f"PO3004;SWV Duinstreek;{granted.kenmerk};PO3004-2526-0012;")
    assert text.splitlines()[1].endswith(";12")


def test_route_b_starts_from_the_running_tlv(als: Als) -> None:
    ikc = SboFactory(naam="IKC Duinrand")
    until = date(Schooljaar.van(timezone.localdate()).begin + 1, 7, 31)
    running = in_staat(TOEGEKEND, ontvangende_school=ikc, gewenst_tot=until, gewenst_van=until - timedelta(days=700))
    iber = als(Rol.IBER, ikc)
    page = iber.get(reverse("ondersteuning:nieuw_route", args=["b"])).content.decode()
    assert running.leerling.naam in page
    assert str(running.tlvnummer) in page
    chosen = {"school": ikc.pk, "leerling": f"tlv-{running.pk}", **nieuwe_sleutel()}
    there = post(iber, "ondersteuning:nieuw_route", ["b"], chosen)
    made = Aanvraag.objects.get(route="B")
    assert there == reverse("ondersteuning:stap", args=[made.pk, "leerling"])
    page = iber.get(reverse("ondersteuning:stap", args=[made.pk, "school"])).content.decode()
    assert str(running.tlvnummer) in page
    early = {
        "versie": made.versie,
        "verder": "ja",
        "vorig_tlvnummer": made.vorig_tlvnummer,
        "vorig_geldig_tot": f"{until:%d-%m-%Y}",
        "ontvangende_school": ikc.pk,
        "categorie": "SBO",
        "eerste_functie": "orthopedagoog",
        "gewenst_van": f"01-08-{until.year - 1}",
        "gewenst_tot": f"31-07-{until.year + 1}",
        "geen_terugkeer_reden": "De leerling blijft.",
    }
    response = iber.post(reverse("ondersteuning:stap", args=[made.pk, "school"]), early)
    assert response.status_code == 422
    assert "Een verlenging begint daarna." in response.content.decode()


def test_the_list_of_institutions(als: Als) -> None:
    swv = als(Rol.SWV_MEDEWERKER)
    address = reverse("ondersteuning:jeugdhulpinstellingen")
    assert "Er staat nog geen instelling in de lijst." in swv.get(address).content.decode()
    data = {
        "versie": 0,
        "naam": "Jeugdhulp De Golf",
        "contactpersoon": "Contact Vijf",
        "email": "vijf@test.example",
        "gemandateerd_van": "01-08-2024",
        "gemandateerd_tot": "",
    }
    post(swv, "ondersteuning:jeugdhulpinstelling_nieuw", [], {**data, **nieuwe_sleutel()})
    row = Jeugdhulpinstelling.objects.get()
    twice = swv.post(reverse("ondersteuning:jeugdhulpinstelling_nieuw"), {**data, **nieuwe_sleutel()})
    assert twice.status_code == 422
    assert "Er staat al een instelling met deze naam" in twice.content.decode()
    ended = {**data, "versie": row.versie, "gemandateerd_tot": "31-07-2024"}
    wrong = swv.post(reverse("ondersteuning:jeugdhulpinstelling", args=[row.pk]), ended)
    assert wrong.status_code == 422
    assert "De laatste dag ligt voor de eerste dag." in wrong.content.decode()
    post(swv, "ondersteuning:jeugdhulpinstelling", [row.pk], {**ended, "gemandateerd_tot": "31-07-2025"})
    page = swv.get(address).content.decode()
    assert "tot en met" in page
    assert "Contact Vijf" in page
    assert als(Rol.IBER).get(address).status_code == 403


def test_the_list_of_institutions_costs_the_same_for_many(
    als: Als, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    swv = als(Rol.SWV_MEDEWERKER)
    address = reverse("ondersteuning:jeugdhulpinstellingen")
    JeugdhulpinstellingFactory()
    swv.get(address)
    with django_assert_max_num_queries(8) as few:
        swv.get(address)
    JeugdhulpinstellingFactory.create_batch(30)
    with django_assert_num_queries(len(few)):
        swv.get(address)


def test_who_may_not_start_a_route(als: Als) -> None:
    iber, swv = als(Rol.IBER, SchoolFactory()), als(Rol.SWV_MEDEWERKER)
    for route in ("b", "d", "di", "pa"):
        assert iber.get(reverse("ondersteuning:nieuw_route", args=[route])).status_code == 403
    assert swv.get(reverse("ondersteuning:nieuw_route", args=["a"])).status_code == 403
    assert swv.get(reverse("ondersteuning:nieuw_route", args=["zzz"])).status_code == 404
