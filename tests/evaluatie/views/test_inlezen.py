"""Reading in on screen: offer, look over, confirm or withdraw."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluatie.domain.ronde import AL_GEPUBLICEERD
from evaluatie.models import Ronde
from swv_portal.common.scoping import SWV_KERNEN, Rol
from swv_portal.jobs.clamav import Verdict
from swv_portal.jobs.models import Aanbod, Document
from tests.besluiten import TWEE_BESLUITEN, besluit_tweemaal
from tests.factories.evaluatie import antwoorden, maak_ronde
from tests.factories.kernen import KernFactory, SamenwerkingsverbandFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def stuur(client, inhoud: bytes, **anders):
    data = {
        "bestand": SimpleUploadedFile("antwoorden van de kern.csv", inhoud, "text/csv"),
        "vragenlijst": "kernevaluatie",
        "ronde": "kernen-2024-2025",
        "titel": "Evaluatie kernen",
        "schooljaar": "2024-2025",
        "publiceer": "on",
    } | anders
    return client.post(reverse("evaluatie:inlezen"), {key: value for key, value in data.items() if value is not None})


@pytest.mark.parametrize("rol", list(Rol))
def test_only_staff_for_kernen(als, rol):
    client = als(rol)
    assert client.get(reverse("evaluatie:inlezen")).status_code == (200 if rol in SWV_KERNEN else 403)
    assert stuur(client, antwoorden({"Noord": 5})).status_code == (302 if rol in SWV_KERNEN else 403)
    assert Aanbod.objects.exists() == (rol in SWV_KERNEN)


def test_offer_look_over_and_confirm(als):
    client = als(Rol.SWV_MEDEWERKER)
    response = stuur(client, antwoorden({"Noord": 6, "Klein": 2}))
    assert response.status_code == 302
    assert not Ronde.objects.exists()
    text = client.get(response["Location"]).content.decode()
    assert "antwoorden van de kern.csv" not in text
    assert not any("van de kern" in naam for naam in Document.objects.values_list("naam", flat=True))
    assert "nee, minder dan 5" in text
    assert client.post(response["Location"], {"actie": "bevestig"})["Location"] == reverse(
        "evaluatie:ronde", args=["kernen-2024-2025"]
    )
    ronde = Ronde.objects.get()
    assert (ronde.titel, ronde.schooljaar, ronde.staat) == ("Evaluatie kernen", 2024, "gesloten")
    assert not Document.objects.exists()


def test_withdraw_keeps_nothing(als):
    client = als(Rol.SWV_MEDEWERKER)
    url = stuur(client, antwoorden({"Noord": 6}))["Location"]
    assert Document.objects.count() == 1
    assert client.post(url, {"actie": "verwerp"})["Location"] == reverse("evaluatie:rondes")
    assert not Ronde.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(("eerst", "daarna", "zin"), TWEE_BESLUITEN)
def test_who_decides_second_is_told(als, eerst, daarna, zin):
    client = als(Rol.SWV_MEDEWERKER)
    url = stuur(client, antwoorden({"Noord": 6}))["Location"]
    response, page = besluit_tweemaal(client, url, eerst, daarna)
    assert response["Location"] == reverse("evaluatie:rondes")
    assert zin in page
    assert Ronde.objects.count() == (eerst == "bevestig")
    assert zin in client.get(url, follow=True).content.decode()


def test_what_another_offered_is_not_there(als):
    url = stuur(als(Rol.SWV_MEDEWERKER), antwoorden({"Noord": 6}))["Location"]
    other = als(Rol.SWV_MEDEWERKER)
    assert other.get(url).status_code == 404
    assert other.post(url, {"actie": "bevestig"}).status_code == 404
    assert als(Rol.IBER).get(url).status_code == 403
    assert not Ronde.objects.exists()


def test_the_stored_file_is_served_to_nobody(als):
    client = als(Rol.DIRECTEUR_BESTUURDER)
    stuur(client, antwoorden({"Noord": 6}))
    document = Document.objects.get()
    with document.bestand.open("rb") as stored:
        assert b"Noord" not in stored.read()
    assert client.get(reverse("jobs:document", args=[document.sleutel])).status_code == 404


@pytest.mark.parametrize(
    ("inhoud", "anders", "zin"),
    [
        (b"", {}, "leeg"),
        (b"%PDF-1.7 nee", {}, ""),
        (antwoorden({"Noord": 2}).replace(b";4;", b";9;", 1), {}, "Rij 2, kolom &#x27;tevredenheid_samenwerking&#x27;"),
        (b"kern;vraag\r\nNoord;ja\r\n", {}, "kolom &#x27;vraag&#x27;"),
        (antwoorden({"Noord": 2}), {"ronde": "Fout!"}, "kleine letters"),
        (antwoorden({"Noord": 2}), {"schooljaar": "2024"}, "2024-2025"),
        (antwoorden({"Noord": 2}), {"titel": None}, "Vul dit in"),
        (antwoorden({"Noord": 2}), {"vragenlijst": "weg"}, ""),
    ],
)
def test_a_wrong_file_or_form_comes_back_with_what_was_typed(als, inhoud, anders, zin):
    response = stuur(als(Rol.SWV_MEDEWERKER), inhoud, **anders)
    text = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fout: " in text
    assert zin in text
    assert 'value="kernen-2024-2025"' in text or "ronde" in anders
    assert not Aanbod.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("oordeel", "zin"), [(Verdict.INFECTED, "zit een virus"), (Verdict.UNKNOWN, "nu niet op virussen controleren")]
)
def test_what_the_virus_scanner_did_not_clear_is_not_read(als, monkeypatch, oordeel, zin):
    monkeypatch.setattr("swv_portal.jobs.services.uploads.scan", lambda content: oordeel)
    response = stuur(als(Rol.SWV_MEDEWERKER), antwoorden({"Noord": 6}))
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not Aanbod.objects.exists()
    assert not Document.objects.exists()


def test_many_errors_are_cut_short(als):
    wrong = antwoorden({"Noord": 40}).replace(b"Noord;ja", b"Noord;misschien")
    text = stuur(als(Rol.SWV_MEDEWERKER), wrong).content.decode()
    assert "Er zijn nog meer fouten" in text


def test_replacing_is_asked_for_and_said(als):
    maak_ronde("kernen-2024-2025", antwoorden({"Zuid": 9}))
    client = als(Rol.SWV_MEDEWERKER)
    refused = stuur(client, antwoorden({"Noord": 6}))
    assert refused.status_code == 422
    assert "al antwoorden van 9 respondenten" in refused.content.decode()
    url = stuur(client, antwoorden({"Noord": 6}), vervang="on")["Location"]
    assert "de antwoorden van 9 respondenten" in client.get(url).content.decode()
    client.post(url, {"actie": "bevestig"})
    assert [groep.naam for groep in Ronde.objects.get().groepen.all()] == ["Noord"]


def test_the_preview_says_that_other_answers_are_not_published(als):
    maak_ronde("kernen-2024-2025", antwoorden({"Noord": 9}))
    client = als(Rol.SWV_MEDEWERKER)
    url = stuur(client, antwoorden({"Noord": 10}), vervang="on")["Location"]
    text = client.get(url).content.decode()
    assert "Deze antwoorden kunnen niet worden gepubliceerd." in text
    assert AL_GEPUBLICEERD.zin in text
    assert "zijn nog niet voor anderen" in text
    assert "<dt>Bestaat al</dt><dd>ja</dd>" in text
    assert client.post(url, {"actie": "bevestig"}).status_code == 302
    assert Ronde.objects.get().staat == "open"
    page = client.get(reverse("evaluatie:ronde", args=["kernen-2024-2025"])).content.decode()
    assert f"Sluit en publiceer</strong> kan niet. {AL_GEPUBLICEERD.zin}" in page
    stap = {"stap": "sluit", "versie": Ronde.objects.get().versie}
    refused = client.post(reverse("evaluatie:stap", args=["kernen-2024-2025"]), stap)
    assert refused.status_code == 422
    assert refused.content.decode().count(AL_GEPUBLICEERD.zin) == 2


def test_the_preview_of_the_same_answers_says_that_they_are_published(als):
    maak_ronde("kernen-2024-2025", antwoorden({"Noord": 9}))
    SamenwerkingsverbandFactory(minimum_groep=20)
    client = als(Rol.SWV_MEDEWERKER)
    text = client.get(stuur(client, antwoorden({"Noord": 9}), vervang="on")["Location"]).content.decode()
    assert AL_GEPUBLICEERD.zin not in text
    assert "worden meteen gepubliceerd" in text
    assert "nee, minder dan" not in text
    other = stuur(client, antwoorden({"Noord": 9}), ronde="anders")["Location"]
    assert "nee, minder dan 20" in client.get(other).content.decode()


def test_a_round_that_came_in_between_refuses_the_confirmation(als):
    client = als(Rol.SWV_MEDEWERKER)
    url = stuur(client, antwoorden({"Noord": 6}))["Location"]
    maak_ronde("kernen-2024-2025", antwoorden({"Zuid": 9}))
    response = client.post(url, {"actie": "bevestig"})
    assert response.status_code == 422
    assert "al antwoorden van 9 respondenten" in response.content.decode()
    assert [groep.naam for groep in Ronde.objects.get().groepen.all()] == ["Zuid"]


def test_a_code_that_looks_like_another_asks_whether_it_is_new(als):
    maak_ronde("kernen-2023-2024")
    client = als(Rol.SWV_MEDEWERKER)
    refused = stuur(client, antwoorden({"Noord": 6}), ronde="kernen-2023-2042")
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Bedoelt u kernen-2023-2024?" in text
    assert 'name="nieuw"' in text
    url = stuur(client, antwoorden({"Noord": 6}), ronde="kernen-2023-2042", nieuw="on")["Location"]
    assert "nee, dit wordt een nieuwe ronde" in client.get(url).content.decode()
    client.post(url, {"actie": "bevestig"})
    assert Ronde.objects.count() == 2


def test_the_preview_names_groups_that_are_no_kern(als):
    KernFactory(naam="Noord")
    client = als(Rol.SWV_MEDEWERKER)
    text = client.get(stuur(client, antwoorden({"Noord": 6, "Nord": 7}))["Location"]).content.decode()
    assert "Let op: Nord is geen kern van het samenwerkingsverband." in text
    assert re.findall(r">(Noord|Nord)</th><td[^>]*>(ja|nee)</td>", text) == [("Noord", "ja"), ("Nord", "nee")]
    text = client.get(stuur(client, antwoorden({"Noord": 6}))["Location"]).content.decode()
    assert "geen kern" not in text


def test_not_published_stays_with_staff(als):
    client = als(Rol.SWV_MEDEWERKER)
    url = stuur(client, antwoorden({"Noord": 6}), publiceer=None)["Location"]
    client.post(url, {"actie": "bevestig"})
    assert Ronde.objects.get().staat == "open"


def test_a_link_from_a_round_fills_in_what_is_known(als):
    ronde = maak_ronde("kernen-2025-2026", publiceer=False, titel="Ronde van straks")
    ronde.groepen.all().delete()
    client = als(Rol.SWV_MEDEWERKER)
    assert "?ronde=kernen-2025-2026" in client.get(reverse("evaluatie:ronde", args=[ronde.code])).content.decode()
    text = client.get(reverse("evaluatie:inlezen"), {"ronde": ronde.code}).content.decode()
    assert 'value="kernen-2025-2026"' in text
    assert 'value="Ronde van straks"' in text
    assert client.get(reverse("evaluatie:inlezen"), {"ronde": "\x00weg"}).status_code == 200


def test_a_session_that_ended_keeps_every_field(client):
    response = client.post(
        reverse("evaluatie:inlezen"),
        {"ronde": "kernen-2024-2025", "titel": "Evaluatie", "schooljaar": "2024-2025"},
        HTTP_ORIGIN="http://testserver",
    )
    assert response.status_code == 401
    for name, value in (("ronde", "kernen-2024-2025"), ("titel", "Evaluatie"), ("schooljaar", "2024-2025")):
        assert f'<textarea name="{name}" hidden>\n{value}</textarea>' in response.content.decode()
