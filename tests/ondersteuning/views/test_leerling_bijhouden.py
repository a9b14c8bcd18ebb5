"""A dossier that is made and kept on screen: the pupil, custody, the phase, its school and its documents."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import CONCEPT
from ondersteuning.models import Leerling, Leerlingdocument
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import (
    LeerlingdocumentFactory,
    LeerlingFactory,
    SboFactory,
    in_staat,
)
from tests.ondersteuning.views.test_leerlingen import PAGINA, post
from tests.ondersteuning.views.test_paginas import Als, body
from tests.sleutel import nieuwe_sleutel

pytestmark = pytest.mark.usefixtures("swv_bestaat")


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
