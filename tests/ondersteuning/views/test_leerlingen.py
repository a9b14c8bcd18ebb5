"""The list of pupils and the page of one: per role, filters, names, reads, and query counts at two sizes."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INGEDIEND, TOEGEKEND
from ondersteuning.models import Leerling, Leerlingdocument
from ondersteuning.queries import zoek
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import (
    LeerlingdocumentFactory,
    LeerlingFactory,
    SboFactory,
    in_staat,
)
from tests.ondersteuning.views.test_paginas import Als, body, queries
from tests.sleutel import nieuwe_sleutel

LIJST, PAGINA = "ondersteuning:leerlingen", "ondersteuning:leerling"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def post(client: Client, naam: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"ondersteuning:{naam}", args=args), data)


def test_the_list_per_role(als: Als) -> None:
    school = SchoolFactory(naam="De Zeester")
    own, foreign = LeerlingFactory(school=school), LeerlingFactory(achternaam="Vreemdeling")
    shown = body(als(Rol.IBER, school), LIJST)
    assert "Mila Test Kanariepiet" in shown
    assert "Vreemdeling" not in shown
    staff = body(als(Rol.SWV_MEDEWERKER), LIJST)
    assert "Kanariepiet" not in staff
    assert f"Dossier {own.pk}" in staff
    assert f"Dossier {foreign.pk}" in staff


def test_the_list_says_what_runs_and_who_is_to_act(als: Als) -> None:
    row = in_staat(INGEDIEND, vandaag=timezone.localdate())
    granted = in_staat(TOEGEKEND, leerling=row.leerling, verwijzende_school=row.verwijzende_school)
    shown = body(als(Rol.IBER, row.verwijzende_school), LIJST)
    assert shown.count(row.kenmerk) == 1
    assert "SWV, sinds" in shown
    assert granted.kenmerk not in shown


def test_filters(als: Als) -> None:
    client = als(Rol.SWV_MEDEWERKER)
    school = SchoolFactory()
    user = client.user  # type: ignore[attr-defined]
    one = LeerlingFactory(fase="plaatsing", school=school)
    two = LeerlingFactory(fase="indicatie", consulent=user)
    for query, here, gone in (
        ({"fase": "plaatsing"}, one, two),
        ({"school": school.pk}, one, two),
        ({"consulent": user.pk}, two, one),
    ):
        shown = body(client, LIJST, **query)
        assert f"Dossier {here.pk}" in shown, query
        assert f"Dossier {gone.pk}" not in shown, query
    both = body(client, LIJST, fase="verhuisd", school="x", consulent="'")
    assert f"Dossier {one.pk}" in both
    assert "Er is geen leerling die hierbij past." in body(client, LIJST, fase="terugplaatsing")
    assert "Er is nog geen dossier." in body(als(Rol.IBER), LIJST)


@pytest.mark.parametrize("rol", [Rol.IBER, Rol.SWV_MEDEWERKER])
def test_the_list_costs_the_same_at_two_sizes(als: Als, rol: Rol) -> None:
    school = SchoolFactory()
    client = als(rol, school) if rol is Rol.IBER else als(rol)

    def make(number: int) -> None:
        for _ in range(number):
            row = in_staat(CONCEPT, verwijzende_school=school)
            Leerling.objects.filter(pk=row.leerling_id).update(consulent=client.user)  # type: ignore[attr-defined]

    make(1)
    url = reverse(LIJST)
    few = queries(client, url)
    make(29)
    assert queries(client, url) == few
    assert few <= 8


@pytest.mark.parametrize("rol", [Rol.IBER, Rol.SWV_MEDEWERKER])
def test_the_page_costs_the_same_at_two_sizes(als: Als, rol: Rol) -> None:
    school = SchoolFactory()
    client = als(rol, school) if rol is Rol.IBER else als(rol)
    pupil = LeerlingFactory(school=school)

    def make(number: int) -> None:
        for _ in range(number):
            row = in_staat(CONCEPT, verwijzende_school=school, leerling=pupil)
            LeerlingdocumentFactory(leerling=pupil).aanvragen.add(row)
            pupil.faseovergangen.create(fase="indicatie", op=timezone.localdate(), reden="Omdat.", door=client.user)  # type: ignore[attr-defined]
            last = pupil.schoolperioden.count()
            day = timezone.localdate().replace(year=1900 + last)
            pupil.schoolperioden.create(school=SchoolFactory(), van=day, tot=day.replace(year=day.year + 1))

    make(1)
    url = reverse(PAGINA, args=[pupil.pk])
    few = queries(client, url)
    make(9)
    assert queries(client, url) == few
    assert few <= 12


def test_the_page_shows_everything_of_the_dossier(als: Als) -> None:
    row = in_staat(BIJ_PARTIJEN, vandaag=timezone.localdate())
    pupil = row.leerling
    pupil.gezagsdragers.create(volgnummer=1, naam="Ouder Kanariepiet", relatie="moeder")
    pupil.schoolperioden.create(school=pupil.school, van=timezone.localdate())
    LeerlingdocumentFactory(leerling=pupil).aanvragen.add(row)
    shown = body(als(Rol.IBER, pupil.school), PAGINA, pupil.pk)
    for text in (
        "Mila Test Kanariepiet",
        "4 mei 2017",
        "Signalering",
        "Ouder Kanariepiet",
        "verslag-2025-01-15.pdf",
        f"bij aanvraag {row.kenmerk}",
        pupil.school.naam,
        "Er loopt nog iets.",
        "Wie ziet dit",
        "Tijdlijn",
    ):
        assert text in shown, text
    # An application runs, so there is no way to begin another one.
    assert "Begin een aanvraag" not in shown


def test_reading_by_the_swv_stands_in_the_timeline(als: Als) -> None:
    pupil = LeerlingFactory()
    reads = Event.objects.filter(onderwerp_soort="ondersteuning.leerling", onderwerp_id=pupil.pk, lezen=True)
    iber, staff = als(Rol.IBER, pupil.school), als(Rol.SWV_MEDEWERKER)
    body(iber, PAGINA, pupil.pk)
    assert not reads.exists()
    for _ in range(2):
        body(staff, PAGINA, pupil.pk)
    assert reads.count() == 1
    assert "Heeft het dossier bekeken." in body(iber, PAGINA, pupil.pk)


def test_who_is_outside_gets_a_404_that_says_nothing(als: Als) -> None:
    pupil = LeerlingFactory()
    client = als(Rol.IBER)
    known, unknown = (client.get(reverse(PAGINA, args=[pk])) for pk in (pupil.pk, 0))
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert known.content == unknown.content
    assert als(Rol.CONTROLLER).get(reverse(PAGINA, args=[pupil.pk])).status_code == 403
    assert als(Rol.ORTHOPEDAGOOG, pupil.school).get(reverse(PAGINA, args=[pupil.pk])).status_code == 403


def test_the_school_is_not_told_of_a_double(als: Als) -> None:
    """With a double at another school its page is the same, byte for byte but the keys of forms."""
    pupil = LeerlingFactory()
    client, url = als(Rol.IBER, pupil.school), reverse(PAGINA, args=[pupil.pk])
    alone = client.get(url).content.decode()
    other = LeerlingFactory(school=SchoolFactory(naam="Basisschool Elders"))
    with_double = client.get(url).content.decode()
    sentence = "Het samenwerkingsverband kijkt of er al een dossier is."
    assert sentence in alone
    assert sentence in with_double
    assert "Elders" not in with_double
    assert len(with_double) == len(alone)
    staff = als(Rol.SWV_MEDEWERKER)
    told = body(staff, PAGINA, pupil.pk)
    assert "Er is nog een dossier met dezelfde naam en geboortedatum" in told
    assert reverse(PAGINA, args=[other.pk]) in told
    answer = post(staff, "leerling_niet_dezelfde", pupil.pk, ander=other.pk)
    assert answer.status_code == 302
    assert "Er is nog een dossier" not in body(staff, PAGINA, pupil.pk)
    for nothing in ("", "x", "0", "9" * 40):
        assert post(staff, "leerling_niet_dezelfde", pupil.pk, ander=nothing).status_code == 404


def test_making_a_dossier(als: Als) -> None:
    school = SchoolFactory()
    client = als(Rol.IBER, school)
    data = {"school": school.pk, "voornamen": "Sam", "achternaam": "Testvogel", "geboortedatum": "4 mei 2017"}
    wrong = post(client, "leerling_nieuw", **{**data, "geboortedatum": "gisteren", "woon_pc4": "2011 AB"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "Dit is geen datum" in text
    assert 'value="Testvogel"' in text
    assert not Leerling.objects.exists()
    made = post(client, "leerling_nieuw", **data, **nieuwe_sleutel())
    pupil = Leerling.objects.get()
    assert made["Location"] == reverse(PAGINA, args=[pupil.pk])
    again = post(client, "leerling_nieuw", **data, **nieuwe_sleutel())
    assert again.status_code == 422
    assert "heeft al een dossier" in again.content.decode()
    assert Leerling.objects.count() == 1


def test_the_swv_makes_one_without_a_school(als: Als) -> None:
    data = {"school": "geen", "voornamen": "Sam", "achternaam": "Testvogel", "geboortedatum": "4-5-2021"}
    made = post(als(Rol.SWV_MEDEWERKER), "leerling_nieuw", **data, **nieuwe_sleutel())
    assert made.status_code == 302
    assert Leerling.objects.get().school is None
    school = SchoolFactory()
    refused = post(als(Rol.IBER, school), "leerling_nieuw", **data, **nieuwe_sleutel())
    assert refused.status_code == 422


def test_what_is_typed_stays_when_it_is_refused(als: Als) -> None:
    pupil = LeerlingFactory()
    client = als(Rol.IBER, pupil.school)
    late = post(client, "leerling_fase", pupil.pk, versie=9, fase="indicatie", reden="Valt uit bij rekenen.")
    assert late.status_code == 409
    assert "Valt uit bij rekenen." in late.content.decode()
    nameless = post(client, "leerling_gezag", pupil.pk, versie=1, email_1="ouder@test.example")
    assert nameless.status_code == 422
    assert "Vul de naam van persoon 1 in." in nameless.content.decode()
    assert "ouder@test.example" in nameless.content.decode()


def test_custody_and_phase_by_the_screen(als: Als) -> None:
    pupil = LeerlingFactory()
    client = als(Rol.IBER, pupil.school)
    assert (
        post(client, "leerling_gezag", pupil.pk, versie=1, naam_1="Ouder Een", een_reden="Een ouder.").status_code
        == 302
    )
    assert post(client, "leerling_fase", pupil.pk, versie=2, fase="indicatie", reden="Valt uit.").status_code == 302
    shown = body(client, PAGINA, pupil.pk)
    assert "Ouder Een" in shown
    assert "Een ouder." in shown
    assert "Valt uit." in shown
    assert 'value="Ouder Een"' in body(client, "ondersteuning:leerling_gezag", pupil.pk)


def test_the_swv_transfers_a_dossier(als: Als) -> None:
    pupil, new = LeerlingFactory(), SchoolFactory()
    staff = als(Rol.SWV_MEDEWERKER)
    day = timezone.localdate()
    future = post(staff, "leerling_overdragen", pupil.pk, versie=1, school=new.pk, per="1-1-2099")
    assert future.status_code == 422
    assert "Kies vandaag of een eerdere dag" in future.content.decode()
    done = post(staff, "leerling_overdragen", pupil.pk, versie=1, school=new.pk, per=f"{day:%d-%m-%Y}")
    assert done.status_code == 302
    assert als(Rol.IBER, new).get(reverse(PAGINA, args=[pupil.pk])).status_code == 200
    assert als(Rol.IBER, pupil.school).get(reverse(PAGINA, args=[pupil.pk])).status_code == 404


def test_a_document_by_the_screen(als: Als) -> None:
    pupil = LeerlingFactory()
    client = als(Rol.IBER, pupil.school)
    data = {"soort": "opp", "datum": "4-5-2024"}
    program = SimpleUploadedFile("opp.pdf", b"MZ not a pdf")
    wrong = post(client, "leerling_document_nieuw", pupil.pk, **data, bestand=program, **nieuwe_sleutel())
    assert wrong.status_code == 422
    assert "Dit soort bestand nemen wij niet aan" in wrong.content.decode()
    good = SimpleUploadedFile("mila.pdf", b"%PDF-1.7\n%%EOF")
    done = post(client, "leerling_document_nieuw", pupil.pk, **data, bestand=good, **nieuwe_sleutel())
    assert done.status_code == 302
    row = Leerlingdocument.objects.get()
    shown = body(client, PAGINA, pupil.pk)
    assert "opp-2024-05-04.pdf" in shown
    assert "mila.pdf" not in shown
    fetched = als(Rol.SWV_MEDEWERKER).get(reverse("jobs:document", args=[row.document.sleutel]))
    assert fetched.status_code == 200
    assert "Heeft een document opgehaald" in body(client, PAGINA, pupil.pk)
    pupil.refresh_from_db()
    gone = post(client, "leerling_document_verwijderen", pupil.pk, row.pk, versie=pupil.versie)
    assert gone.status_code == 302
    assert not Leerlingdocument.objects.exists()


def test_the_documents_of_an_application(als: Als) -> None:
    row = in_staat(CONCEPT, ontvangende_school=SboFactory())
    chosen, other = LeerlingdocumentFactory(leerling=row.leerling), LeerlingdocumentFactory(leerling=row.leerling)
    client = als(Rol.IBER, row.verwijzende_school)
    page = body(client, "ondersteuning:aanvraag_documenten", row.pk)
    assert page.count('type="checkbox"') == 2
    assert post(client, "aanvraag_documenten", row.pk, versie=1, documenten=chosen.pk).status_code == 302
    shown = body(client, "ondersteuning:dossier", row.pk)
    assert str(chosen.document.sleutel) in shown
    assert str(other.document.sleutel) not in shown
    assert reverse(PAGINA, args=[row.leerling_id]) in shown


def test_the_general_search_finds_the_dossier_by_name(als: Als, bereik_als: Any) -> None:
    pupil = LeerlingFactory(voornamen="Žoë", achternaam="Testvogel")
    url = reverse(PAGINA, args=[pupil.pk])
    own = zoek(bereik_als(Rol.IBER, pupil.school), "zoe")
    assert [(hit.titel, hit.url) for hit in own] == [("Žoë Testvogel", url)]
    staff = zoek(bereik_als(Rol.SWV_MEDEWERKER), "testvogel ZOE")
    assert [(hit.titel, hit.url) for hit in staff] == [(f"Dossier {pupil.pk}", url)]
    assert zoek(bereik_als(Rol.IBER, SchoolFactory()), "zoe") == []
    assert zoek(bereik_als(Rol.SWV_MEDEWERKER), "z") == []


def test_the_menu_has_the_way_to_the_list(als: Als) -> None:
    assert f'href="{reverse(LIJST)}"' in body(als(Rol.IBER), "ondersteuning:aanvragen")
    assert f'href="{reverse(LIJST)}"' not in body(als(Rol.ORTHOPEDAGOOG), "ondersteuning:aanvragen")


def test_the_way_from_the_dossier_to_a_new_application_chooses_the_pupil(als: Als) -> None:
    pupil = LeerlingFactory()
    client = als(Rol.IBER, pupil.school)
    way = f"{reverse('ondersteuning:nieuw')}?leerling=leerling-{pupil.pk}"
    assert f'href="{way}"' in body(client, PAGINA, pupil.pk)
    page = client.get(way).content.decode()
    assert f'<option value="leerling-{pupil.pk}" selected>' in page
    begun = client.post(way, {"school": pupil.school_id, "leerling": f"leerling-{pupil.pk}", **nieuwe_sleutel()})
    assert begun.status_code == 302
    assert pupil.aanvragen.count() == 1
