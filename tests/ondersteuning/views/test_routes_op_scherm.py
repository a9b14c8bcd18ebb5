"""The plaatsingsakkoord on screen, every page as its own person, and who may not start a route."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag
from ondersteuning.services.toekenning_dag import doe_de_dag
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import SboFactory
from tests.ondersteuning.services.test_plaatsingsakkoord import PDF
from tests.ondersteuning.services.test_weg import run_jobs
from tests.ondersteuning.views.reis import brief, post, version
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.usefixtures("swv_bestaat")
Als = Callable[..., Client]
JAAR = Schooljaar.van(timezone.localdate()).volgende


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


def test_who_may_not_start_a_route(als: Als) -> None:
    iber, swv = als(Rol.IBER, SchoolFactory()), als(Rol.SWV_MEDEWERKER)
    for route in ("b", "d", "di", "pa"):
        assert iber.get(reverse("ondersteuning:nieuw_route", args=[route])).status_code == 403
    assert swv.get(reverse("ondersteuning:nieuw_route", args=["a"])).status_code == 403
    assert swv.get(reverse("ondersteuning:nieuw_route", args=["zzz"])).status_code == 404
