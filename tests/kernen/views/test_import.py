"""Importing on the screen: upload, preview, confirm; nothing lost on refresh, nothing twice."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kernen.models import Leerlingtelling, School, Schoolimport
from swv_portal.common.scoping import Rol
from swv_portal.jobs.clamav import Verdict
from swv_portal.jobs.models import Document
from swv_portal.jobs.registry import daily_jobs, job_kind
from tests.factories import kernen as maak
from tests.kernen.duo import bestand_02, bestand_06, rij_02, rij_06

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(als):
    return als(Rol.SWV_MEDEWERKER)


def stuur(client, inhoud: bytes, soort: str = "scholen", **velden: str):
    file = SimpleUploadedFile("duo.csv", inhoud)
    return client.post(reverse("kernen:imports"), {"soort": soort, "bestand": file, **velden})


def bevestig(client, row: Schoolimport, **velden: str):
    return client.post(reverse("kernen:import_bevestigen", args=[row.pk]), velden, follow=True)


def test_the_preview_names_new_changed_and_gone_and_writes_nothing(client):
    maak.SchoolFactory(vestigingscode="99AA00", naam="Oude Naam", gemeente="Testdorp")
    maak.SchoolFactory(vestigingscode="99AC00", naam="De Verdwenen School", gemeente="Testdorp")
    maak.SchoolFactory(vestigingscode="99AD00", naam="School Buiten", gemeente="Elders")
    response = stuur(client, bestand_02(rij_02("99AA00", "Nieuwe Naam"), rij_02("99AB00")), gemeenten="Testdorp")
    row = Schoolimport.objects.get()
    assert response.url == reverse("kernen:import", args=[row.pk])
    for _ in range(2):
        page = client.get(response.url).content.decode()
        assert "naam: Oude Naam wordt Nieuwe Naam" in page
        assert "Nieuw: 1" in page
        assert "De Verdwenen School" in page
        assert "School Buiten" not in page
    assert School.objects.count() == 3
    assert School.objects.get(vestigingscode="99AA00").naam == "Oude Naam"


def test_confirming_twice_imports_once(client):
    stuur(client, bestand_02(rij_02("99AA00")))
    row = Schoolimport.objects.get()
    assert Document.objects.filter(soort="kernen.importbestand").count() == 1
    for _ in range(2):
        assert "Het bestand is ingelezen." in bevestig(client, row).content.decode()
    row.refresh_from_db()
    assert row.staat == "toegepast"
    assert School.objects.get().versie == 1
    # The file itself is not kept.
    assert not Document.objects.filter(soort="kernen.importbestand").exists()
    assert "1 nieuw" in client.get(reverse("kernen:import", args=[row.pk])).content.decode()


@pytest.mark.parametrize(("velden", "actief"), [({}, True), ({"sluit_verdwenen": "on"}, False)])
def test_gone_schools_close_only_when_chosen(client, velden, actief):
    gone = maak.SchoolFactory(vestigingscode="99AC00")
    stuur(client, bestand_02(rij_02("99AA00")))
    bevestig(client, Schoolimport.objects.get(), **velden)
    gone.refresh_from_db()
    assert gone.actief is actief


def test_when_the_schools_changed_meanwhile_the_preview_is_made_anew(client):
    school = maak.SchoolFactory(vestigingscode="99AA00", naam="Oud")
    stuur(client, bestand_02(rij_02("99AA00", "Nieuw")))
    School.objects.filter(pk=school.pk).update(naam="Intussen anders")
    row = Schoolimport.objects.get()
    page = bevestig(client, row).content.decode()
    assert "zijn intussen gewijzigd" in page
    assert "Intussen anders wordt Nieuw" in page
    school.refresh_from_db()
    assert school.naam == "Intussen anders"
    assert "Het bestand is ingelezen." in bevestig(client, row).content.decode()
    school.refresh_from_db()
    assert school.naam == "Nieuw"


def test_a_wrong_file_shows_rows_and_columns(client):
    response = stuur(client, bestand_02(rij_02("99AA00"), rij_02("99AA00"), rij_02("99AB00", postcode="x")))
    page = client.get(response.url).content.decode()
    assert "99AA00 staat ook in rij 2." in page
    assert "POSTCODE" in page
    assert not School.objects.exists()
    assert not Document.objects.exists()
    assert "kan niet meer worden ingelezen" in bevestig(client, Schoolimport.objects.get()).content.decode()


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "is leeg"),
        (b"\x00\x01\x02", "Dit soort bestand"),
        (b"PK\x03\x04rommel", "beschadigd"),
        (b"a" * 5000, "Dit soort bestand"),
        (b"%PDF-1.7 %%EOF", "Dit soort bestand"),
        (b"\xd0\xcf\x11\xe0oud", "wachtwoord"),
    ],
)
def test_a_file_that_is_no_table_is_not_kept(client, inhoud, zin):
    response = stuur(client, inhoud)
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not Schoolimport.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("oordeel", "zin"), [(Verdict.INFECTED, "zit een virus"), (Verdict.UNKNOWN, "nu niet op virussen controleren")]
)
def test_what_the_virus_scanner_did_not_clear_is_not_imported(client, monkeypatch, oordeel, zin):
    monkeypatch.setattr("swv_portal.jobs.services.uploads.scan", lambda content: oordeel)
    response = stuur(client, bestand_02(rij_02("99AA00")))
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not Schoolimport.objects.exists()
    assert not Document.objects.exists()


def test_the_name_of_the_file_is_kept_nowhere(client):
    response = stuur(client, bestand_02(rij_02("99AA00")))
    assert "duo.csv" not in client.get(response.url).content.decode()
    assert "duo.csv" not in client.get(reverse("kernen:imports")).content.decode()
    assert "bestandsnaam" not in {field.name for field in Schoolimport._meta.get_fields()}


def test_the_night_lets_go_of_what_nobody_confirmed(client):
    stuur(client, bestand_02(rij_02("99AA00")))
    stuur(client, bestand_02(rij_02("99AB00")))
    old, young = Schoolimport.objects.order_by("pk")
    Schoolimport.objects.filter(pk=old.pk).update(aangemaakt=timezone.now() - timedelta(days=32))
    seen: list[tuple[int, int]] = []
    job_kind("kernen.opruimen").handler(SimpleNamespace(progress=lambda *done: seen.append(done)))
    assert seen == [(1, 1)]
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.staat, old.document, young.staat) == ("vervallen", None, "klaar")
    assert Document.objects.get() == young.document
    assert "op tijd" in client.get(reverse("kernen:import", args=[old.pk])).content.decode()
    assert "kernen.opruimen" in {daily.job_kind for daily in daily_jobs()}


def test_dropping_an_import_removes_the_file(client):
    stuur(client, bestand_02(rij_02("99AA00")))
    row = Schoolimport.objects.get()
    client.post(reverse("kernen:import_vervallen", args=[row.pk]))
    row.refresh_from_db()
    assert row.staat == "vervallen"
    assert not Document.objects.exists()
    assert "kan niet meer" in bevestig(client, row).content.decode()


def test_counts_on_the_screen(client):
    maak.SchoolFactory(vestigingscode="99AA00")
    content = bestand_06(rij_06("99AA00", "<5"), rij_06("99AB00", "31", soort="SO"))
    response = stuur(client, content, "leerlingen", jaar="2023")
    page = client.get(response.url).content.decode()
    assert "1 februari 2023" in page
    assert "99AB00" in page
    bevestig(client, Schoolimport.objects.get())
    assert Leerlingtelling.objects.count() == 2


@pytest.mark.parametrize(
    ("velden", "zin"), [({"pc4": "20A1"}, "geen PC4"), ({"jaar": "twee"}, "geen getal"), ({"soort": "x"}, "Selecteer")]
)
def test_what_the_form_refuses(client, velden, zin):
    response = stuur(client, bestand_02(rij_02("99AA00")), **{"soort": "scholen", **velden})
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not Schoolimport.objects.exists()
