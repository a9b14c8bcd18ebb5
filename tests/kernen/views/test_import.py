"""Importing on the screen: upload, preview, confirm; nothing lost on refresh, nothing twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kernen.models import Leerlingtelling, School, Schoolbestuur
from swv_portal.common.scoping import Rol
from swv_portal.jobs.clamav import Verdict
from swv_portal.jobs.models import Aanbod, Document
from tests.besluiten import TWEE_BESLUITEN, besluit_tweemaal
from tests.factories import kernen as maak
from tests.kernen.duo import bestand_02, bestand_06, met_besturen, rij_02, rij_06

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(als):
    return als(Rol.SWV_MEDEWERKER)


def stuur(client, inhoud: bytes, soort: str = "scholen", **velden: str):
    file = SimpleUploadedFile("duo.csv", inhoud)
    return client.post(reverse("kernen:imports"), {"soort": soort, "bestand": file, **velden})


def bevestig(client, row: Aanbod, **velden: str):
    return client.post(reverse("kernen:import", args=[row.sleutel]), {"actie": "bevestig", **velden}, follow=True)


def test_the_preview_names_new_changed_and_gone_and_writes_nothing(client):
    maak.SchoolFactory(vestigingscode="99AA00", naam="Oude Naam", gemeente="Testdorp")
    maak.SchoolFactory(vestigingscode="99AC00", naam="De Verdwenen School", gemeente="Testdorp")
    maak.SchoolFactory(vestigingscode="99AD00", naam="School Buiten", gemeente="Elders")
    response = stuur(client, bestand_02(rij_02("99AA00", "Nieuwe Naam"), rij_02("99AB00")), gemeenten="Testdorp")
    row = Aanbod.objects.get()
    assert response.url == reverse("kernen:import", args=[row.sleutel])
    for _ in range(2):
        page = client.get(response.url).content.decode()
        assert "naam: Oude Naam wordt Nieuwe Naam" in page
        assert "Nieuw: 1" in page
        assert "De Verdwenen School" in page
        assert 'name="sluit_verdwenen"' in page
        assert "School Buiten" not in page
    assert School.objects.count() == 3
    assert School.objects.get(vestigingscode="99AA00").naam == "Oude Naam"


def test_the_preview_names_boards_that_are_called_otherwise_in_the_file(client, monkeypatch):
    monkeypatch.setattr("kernen.services.imports.TOON", 1)
    for number in ("99901", "99902"):
        maak.SchoolbestuurFactory(bevoegd_gezag_nummer=number, naam=f"Stichting {number}")
    rows = [("99AA00", "99901", "Stichting Zee"), ("99AB00", "99902", "Stichting Duin")]
    rows += [("99AC00", "99903", "Twijfel"), ("99AD00", "99903", "Zeker"), ("99AE00", "99903", "Zeker")]
    response = stuur(client, met_besturen(*rows))
    page = " ".join(client.get(response.url).content.decode().split())
    assert "2 besturen heten in het bestand anders; de naam in het portaal blijft." in page
    assert "1 bestuur heeft in het bestand meer dan één naam" in page
    assert "Stichting 99901" in page
    assert "Stichting Zee" in page
    assert "Stichting Duin" not in page, "of many only some are shown"
    assert "En nog 1 andere." in page
    assert "Zeker" in page
    done = bevestig(client, Aanbod.objects.get()).content.decode()
    assert "2 besturen heten in het bestand anders" in done
    names = Schoolbestuur.objects.values_list("naam", flat=True)
    assert set(names) == {"Stichting 99901", "Stichting 99902", "Zeker"}


def test_confirming_imports_and_keeps_what_was_done(client):
    stuur(client, bestand_02(rij_02("99AA00")))
    row = Aanbod.objects.get()
    assert Document.objects.count() == 1
    assert "Het bestand is ingelezen." in bevestig(client, row).content.decode()
    row.refresh_from_db()
    assert row.staat == "toegepast"
    # The file itself is not kept.
    assert not Document.objects.exists()
    page = client.get(reverse("kernen:import", args=[row.sleutel])).content.decode()
    assert "1 nieuw" in page
    assert "Lees in" not in page


@pytest.mark.parametrize(("eerst", "daarna", "zin"), TWEE_BESLUITEN)
def test_who_decides_second_is_told(client, eerst, daarna, zin):
    stuur(client, bestand_02(rij_02("99AA00")))
    page = reverse("kernen:import", args=[Aanbod.objects.get().sleutel])
    response, text = besluit_tweemaal(client, page, eerst, daarna)
    assert response["Location"] == page
    assert zin in text
    assert list(School.objects.values_list("versie", flat=True)) == ([1] if eerst == "bevestig" else [])


def test_a_colleague_confirms_what_another_offered(client, als):
    stuur(client, bestand_02(rij_02("99AA00")))
    bevestig(als(Rol.SWV_MEDEWERKER), Aanbod.objects.get())
    assert School.objects.count() == 1


@pytest.mark.parametrize(("velden", "actief"), [({}, True), ({"sluit_verdwenen": "on"}, False)])
def test_gone_schools_close_only_when_chosen(client, velden, actief):
    gone = maak.SchoolFactory(vestigingscode="99AC00")
    stuur(client, bestand_02(rij_02("99AA00")))
    bevestig(client, Aanbod.objects.get(), **velden)
    gone.refresh_from_db()
    assert gone.actief is actief


def test_when_the_schools_changed_meanwhile_the_preview_is_made_anew(client):
    school = maak.SchoolFactory(vestigingscode="99AA00", naam="Oud")
    stuur(client, bestand_02(rij_02("99AA00", "Nieuw")))
    School.objects.filter(pk=school.pk).update(naam="Intussen anders")
    row = Aanbod.objects.get()
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
    page = response.content.decode()
    assert response.status_code == 422
    assert "99AA00 staat ook in rij 2." in page
    assert "POSTCODE" in page
    assert not School.objects.exists()
    assert not Aanbod.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "is leeg"),
        (b"\x00\x01\x02", "Hier staat een NUL-teken"),
        (b"PK\x03\x04rommel", "beschadigd"),
        (b"a" * 5000, "Dit soort bestand"),
        (b"%PDF-1.7 %%EOF", "Dit is een PDF. Sla het op als CSV of XLSX."),
        (b"\xd0\xcf\x11\xe0oud", "wachtwoord"),
    ],
)
def test_a_file_that_is_no_table_is_not_kept(client, inhoud, zin):
    response = stuur(client, inhoud)
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not Aanbod.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("oordeel", "zin"), [(Verdict.INFECTED, "zit een virus"), (Verdict.UNKNOWN, "nu niet op virussen controleren")]
)
def test_what_the_virus_scanner_did_not_clear_is_not_imported(client, monkeypatch, oordeel, zin):
    monkeypatch.setattr("swv_portal.jobs.services.uploads.scan", lambda content: oordeel)
    response = stuur(client, bestand_02(rij_02("99AA00")))
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not Aanbod.objects.exists()
    assert not Document.objects.exists()


def test_the_name_of_the_file_is_kept_nowhere(client):
    response = stuur(client, bestand_02(rij_02("99AA00")))
    assert "duo.csv" not in client.get(response.url).content.decode()
    assert "duo.csv" not in client.get(reverse("kernen:imports")).content.decode()
    assert not any("duo" in naam for naam in Document.objects.values_list("naam", flat=True))


def test_dropping_an_import_removes_the_file(client):
    stuur(client, bestand_02(rij_02("99AA00")))
    row = Aanbod.objects.get()
    page = client.post(reverse("kernen:import", args=[row.sleutel]), {"actie": "verwerp"}, follow=True)
    assert "wat er zou zijn veranderd" in page.content.decode()
    row.refresh_from_db()
    assert row.staat == "vervallen"
    assert not Document.objects.exists()


def test_counts_on_the_screen(client):
    maak.SchoolFactory(vestigingscode="99AA00")
    content = bestand_06(rij_06("99AA00", "<5"), rij_06("99AB00", "31", soort="SO"))
    response = stuur(client, content, "leerlingen", jaar="2023")
    page = client.get(response.url).content.decode()
    assert "1 februari 2023" in page
    assert "99AB00" in page
    bevestig(client, Aanbod.objects.get())
    assert Leerlingtelling.objects.count() == 2


@pytest.mark.parametrize(
    ("velden", "zin"), [({"pc4": "20A1"}, "geen PC4"), ({"jaar": "twee"}, "geen getal"), ({"soort": "x"}, "Selecteer")]
)
def test_what_the_form_refuses(client, velden, zin):
    response = stuur(client, bestand_02(rij_02("99AA00")), **{"soort": "scholen", **velden})
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert not Aanbod.objects.exists()
