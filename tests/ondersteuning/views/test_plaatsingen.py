"""Importing places on screen: offer, look over, confirm or let go."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kernen.models import School
from ondersteuning.models import Plaatsing
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Aanbod, Document
from tests.besluiten import TWEE_BESLUITEN, besluit_tweemaal
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import SboFactory

pytestmark = pytest.mark.django_db
Als = Callable[..., Client]

KOP = "verwijzing;vestigingscode_verwijzend;vestigingscode_ontvangend;categorie;soort;kostendrager;begin;einde"


@pytest.fixture
def scholen() -> tuple[School, School]:
    return SchoolFactory(), SboFactory()


@pytest.fixture
def tabel(scholen: tuple[School, School]) -> str:
    sender, ikc = scholen
    return f"{KOP}\nP1;{sender.vestigingscode};{ikc.vestigingscode};SBO;tlv;school;2024-08-01;\n"


def stuur(client: Client, tekst: str):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("p.csv", tekst.encode())
    return client.post(reverse("ondersteuning:plaatsingen_importeren"), {"bestand": file})


def test_a_wrong_file_is_refused_with_row_and_column(als: Als, tabel: str) -> None:
    response = stuur(als(Rol.CONTROLLER), tabel.replace("SBO", "IV"))
    assert response.status_code == 422
    assert "ij 2, kolom &#x27;categorie&#x27;" in response.content.decode()
    assert not Aanbod.objects.exists()
    assert not Document.objects.exists()


def test_the_page_names_all_that_is_wrong_at_once(als: Als, tabel: str) -> None:
    row = tabel.splitlines()[1]
    wrong = tabel.replace("SBO", "IV") + row.replace("2024-08-01;", "2024-08-01;2024-07-01") + "\nP2;99QQ00\n"
    text = stuur(als(Rol.CONTROLLER), wrong).content.decode()
    for place in (
        "ij 2, kolom &#x27;categorie&#x27;",
        "ij 3, kolom &#x27;verwijzing&#x27;",
        "ij 3, kolom &#x27;einde&#x27;",
    ):
        assert place in text
    assert "ij 4: Deze rij heeft 2 cellen" in text


def test_letting_go_imports_nothing(als: Als, tabel: str) -> None:
    client = als(Rol.CONTROLLER)
    preview = stuur(client, tabel)["Location"]
    assert "1: P1" in client.get(preview).content.decode()
    assert not Plaatsing.objects.exists()
    assert client.post(preview, {"actie": "verwerp"})["Location"] == reverse("ondersteuning:plaatsingen")
    assert not Plaatsing.objects.exists()
    assert not Document.objects.exists()


def test_confirming_imports(als: Als, scholen: tuple[School, School], tabel: str) -> None:
    client, (sender, ikc) = als(Rol.CONTROLLER), scholen
    preview = stuur(client, tabel)["Location"]
    page = client.post(preview, {"actie": "bevestig"}, follow=True).content.decode()
    assert "1 nieuwe plaatsing;" in page
    assert Plaatsing.objects.get().verwijzing == "P1"
    assert not Document.objects.exists()
    shown = client.get(reverse("ondersteuning:plaatsingen"), {"q": "p", "soort": "tlv"}).content.decode()
    assert ikc.naam in shown
    assert ikc.naam not in als(Rol.IBER).get(reverse("ondersteuning:plaatsingen")).content.decode()
    assert ikc.naam in als(Rol.IBER, sender).get(reverse("ondersteuning:plaatsingen")).content.decode()


@pytest.mark.parametrize(("eerst", "daarna", "zin"), TWEE_BESLUITEN)
def test_who_decides_second_is_told(als: Als, tabel: str, eerst: str, daarna: str, zin: str) -> None:
    client = als(Rol.CONTROLLER)
    preview = stuur(client, tabel)["Location"]
    response, page = besluit_tweemaal(client, preview, eerst, daarna)
    assert response["Location"] == reverse("ondersteuning:plaatsingen")
    assert zin in page
    assert Plaatsing.objects.count() == (eerst == "bevestig")
    assert zin in client.get(preview, follow=True).content.decode()


def test_a_file_that_became_wrong_is_not_imported_and_says_why(als: Als, tabel: str) -> None:
    client = als(Rol.CONTROLLER)
    preview = stuur(client, tabel)["Location"]
    School.objects.filter(soort="SBO").update(vestigingscode="99ZZ99", brin="99ZZ")
    for response in (client.get(preview), client.post(preview, {"actie": "bevestig"})):
        assert response.status_code == 422
        assert "vestigingscode_ontvangend" in response.content.decode()
    assert not Plaatsing.objects.exists()
    assert client.post(preview, {"actie": "verwerp"}).status_code == 302
