"""Reading in on the screen: first a preview, then it is kept; nothing of a wrong file is."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from financien.domain.procedure import AFGESLOTEN, OPEN
from financien.models import Begroting, Budgetjaar, GepubliceerdTotaal, Tarief
from swv_portal.common.scoping import Rol
from swv_portal.jobs.clamav import Verdict
from swv_portal.jobs.models import Aanbod, Document
from tests.besluiten import TWEE_BESLUITEN, besluit_tweemaal

pytestmark = pytest.mark.django_db

TARIEVEN = b"code;omschrijving;bedrag;eenheid\nbao_per_leerling;bedrag per leerling;460,00;per leerling\n"
POSTEN = b"soort;groep;post;2024;2025\nbaten;rijk;licht;100;110\nlasten;zorg;zorg;90;\n"
TOTALEN = b"regel;2024;2025\ntotaal baten;100;111\n"


def bestand(inhoud):
    return SimpleUploadedFile("bestand.csv", inhoud)


def bied_tarieven_aan(client):
    data = {"bestand": bestand(TARIEVEN), "jaar": "2025", "bron": "AV", "vastgesteld": "12-12-2024"}
    return client.post(reverse("financien:tarieven_inlezen"), data)["Location"]


def bied_begroting_aan(client, **bestanden):
    data = {name: bestand(content) for name, content in bestanden.items()} | {"naam": "Proef", "bron": "AV"}
    return client.post(reverse("financien:begroting_inlezen"), data)["Location"]


def test_tariffs_are_shown_first_and_then_kept(als):
    client = als(Rol.CONTROLLER)
    assert client.get(reverse("financien:tarieven_inlezen")).status_code == 200
    url = bied_tarieven_aan(client)
    assert "1 tarief voor 2025" in client.get(url).content.decode()
    assert not Tarief.objects.exists()
    done = client.post(url, {"actie": "bevestig"}, follow=True)
    assert done.redirect_chain[-1][0] == f"{reverse('financien:tarieven')}?jaar=2025"
    assert "1 tarief is nieuw, 0 zijn gewijzigd." in done.content.decode()
    tarief = Tarief.objects.get()
    assert (tarief.jaar, str(tarief.bedrag), tarief.bron) == (2025, "460.0000", "AV")
    assert tarief.vastgesteld == date(2024, 12, 12)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("bestanden", "afwijkingen"), [({"posten": POSTEN, "totalen": TOTALEN}, True), ({"posten": POSTEN}, False)]
)
def test_a_begroting_is_shown_first_and_then_kept(als, bestanden, afwijkingen):
    client = als(Rol.DIRECTEUR_BESTUURDER)
    url = bied_begroting_aan(client, **bestanden)
    text = client.get(url).content.decode()
    assert "2 posten over 2024 tot en met 2025" in text
    assert ("1 gepubliceerd bedrag volgt niet uit de posten" in text) is afwijkingen
    assert not Begroting.objects.exists()
    response = client.post(url, {"actie": "bevestig"})
    kept = Begroting.objects.get()
    assert response["Location"] == reverse("financien:begroting_detail", args=[kept.pk])
    assert (kept.naam, kept.bron, kept.posten.count()) == ("Proef", "AV", 2)
    assert GepubliceerdTotaal.objects.count() == afwijkingen


@pytest.mark.parametrize(("eerst", "daarna", "zin"), TWEE_BESLUITEN)
@pytest.mark.parametrize(
    ("bied", "lijst", "model"),
    [
        (bied_tarieven_aan, "financien:tarieven", Tarief),
        (lambda client: bied_begroting_aan(client, posten=POSTEN), "financien:begroting", Begroting),
    ],
)
def test_who_decides_second_is_told(als, bied, lijst, model, eerst, daarna, zin):
    client = als(Rol.CONTROLLER)
    url = bied(client)
    response, page = besluit_tweemaal(client, url, eerst, daarna)
    assert response["Location"] == reverse(lijst)
    assert zin in page
    assert model.objects.count() == (eerst == "bevestig")
    assert zin in client.get(url, follow=True).content.decode()


def test_a_year_that_was_closed_meanwhile_is_refused_and_the_file_waits(als):
    client = als(Rol.CONTROLLER)
    url = bied_tarieven_aan(client)
    day = date(2025, 2, 1)
    year = Budgetjaar.objects.create(jaar=2025, teldatum=day, peildatum=day, staat=AFGESLOTEN)
    response = client.post(url, {"actie": "bevestig"})
    assert response.status_code == 422
    assert "afgesloten" in response.content.decode()
    assert not Tarief.objects.exists()
    year.staat = OPEN
    year.save()
    assert client.post(url, {"actie": "bevestig"}).status_code == 302
    assert Tarief.objects.count() == 1


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        (b"a;b\n1;2\n", "kolom per jaar"),
        (b"soort;2024\nbaten;1\n", "ontbreekt"),
        (b"", "leeg"),
        (b"x" * 200_001, "hoogstens 200 kB"),
        (b"soort\x00;groep", "Hier staat een NUL-teken"),
        (b"%PDF-1.7 %%EOF", "Dit is een PDF. Sla het op als CSV of XLSX."),
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
    assert not Aanbod.objects.exists()


def test_what_another_offered_is_not_there(als):
    url = bied_tarieven_aan(als(Rol.CONTROLLER))
    other = als(Rol.CONTROLLER)
    assert other.get(url).status_code == 404
    assert other.post(url, {"actie": "bevestig"}).status_code == 404
    assert not Tarief.objects.exists()
