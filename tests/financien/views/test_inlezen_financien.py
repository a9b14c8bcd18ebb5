"""Reading in on the screen: first a preview, then it is kept; nothing of a wrong file is."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from financien.models import Begroting, Tarief
from swv_portal.common.scoping import Rol
from swv_portal.jobs.clamav import Verdict

pytestmark = pytest.mark.django_db

TARIEVEN = b"code;omschrijving;bedrag;eenheid\nbao_per_leerling;bedrag per leerling;460,00;per leerling\n"
POSTEN = b"soort;groep;post;2024;2025\nbaten;rijk;licht;100;110\nlasten;zorg;zorg;90;\n"
TOTALEN = b"regel;2024;2025\ntotaal baten;100;111\n"


def bestand(inhoud):
    return SimpleUploadedFile("bestand.csv", inhoud)


def pakket(response):
    return re.search(r'name="pakket" value="([^"]+)"', response.content.decode())[1]


def test_tariffs_are_shown_first_and_then_kept(als):
    client, url = als(Rol.CONTROLLER), reverse("financien:tarieven_inlezen")
    assert client.get(url).status_code == 200
    data = {"bestand": bestand(TARIEVEN), "jaar": "2025", "bron": "AV", "vastgesteld": "12-12-2024"}
    preview = client.post(url, data)
    assert "1 tarieven voor 2025" in preview.content.decode()
    assert not Tarief.objects.exists()
    assert client.post(url, {"pakket": pakket(preview)}).status_code == 302
    tarief = Tarief.objects.get()
    assert (tarief.jaar, str(tarief.bedrag), tarief.bron) == (2025, "460.0000", "AV")


def test_a_begroting_is_shown_first_and_then_kept(als):
    client, url = als(Rol.DIRECTEUR_BESTUURDER), reverse("financien:begroting_inlezen")
    data = {"posten": bestand(POSTEN), "totalen": bestand(TOTALEN), "naam": "Proef", "bron": "AV"}
    preview = client.post(url, data)
    text = preview.content.decode()
    assert "2 posten over 2024 tot en met 2025" in text
    assert "1 gepubliceerde bedragen" in text
    assert not Begroting.objects.exists()
    response = client.post(url, {"pakket": pakket(preview)})
    assert response.url == reverse("financien:begroting_detail", args=[Begroting.objects.get().pk])


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        (b"a;b\n1;2\n", "kolom per jaar"),
        (b"soort;2024\nbaten;1\n", "ontbreekt"),
        (b"", "leeg"),
        (b"x" * 200_001, "hoogstens 200 kB"),
        (b"soort\x00;groep", "Dit soort bestand"),
        (b"%PDF-1.7 %%EOF", "Dit soort bestand"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(als, inhoud, woord):
    client = als(Rol.CONTROLLER)
    response = client.post(
        reverse("financien:begroting_inlezen"), {"posten": bestand(inhoud), "naam": "Proef", "bron": "AV"}
    )
    assert response.status_code == 422
    assert woord in response.content.decode()
    assert not Begroting.objects.exists()


@pytest.mark.parametrize(
    ("oordeel", "zin"), [(Verdict.INFECTED, "zit een virus"), (Verdict.UNKNOWN, "nu niet op virussen controleren")]
)
@pytest.mark.parametrize(
    ("pagina", "bestanden"),
    [
        ("tarieven_inlezen", {"bestand": TARIEVEN}),
        ("begroting_inlezen", {"posten": POSTEN}),
        ("begroting_inlezen", {"posten": POSTEN, "totalen": TOTALEN}),
    ],
)
def test_what_the_virus_scanner_did_not_clear_is_not_read(als, monkeypatch, pagina, bestanden, oordeel, zin):
    monkeypatch.setattr("swv_portal.jobs.services.uploads.scan", lambda content: oordeel)
    data = {"jaar": "2025", "bron": "AV", "naam": "Proef"} | {key: bestand(value) for key, value in bestanden.items()}
    response = als(Rol.CONTROLLER).post(reverse(f"financien:{pagina}"), data)
    assert response.status_code == 422
    assert response.content.decode().count(f"{zin}") >= len(bestanden)
    assert "pakket" not in response.content.decode()


def test_a_packet_of_another_person_or_a_changed_one_is_refused(als):
    url = reverse("financien:tarieven_inlezen")
    first, second = als(Rol.CONTROLLER), als(Rol.CONTROLLER)
    packet = pakket(first.post(url, {"bestand": bestand(TARIEVEN), "jaar": "2025", "bron": "AV"}))
    for client, value in ((second, packet), (first, packet[:-2]), (first, "")):
        assert client.post(url, {"pakket": value}).status_code == 422
    assert not Tarief.objects.exists()
