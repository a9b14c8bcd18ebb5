"""Objections on screen: recording, the steps, the list, and what the others read of it."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Bezwaar
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Document
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import BezwaarFactory, bekendgemaakt, in_staat

Als = Callable[..., Client]


@pytest.fixture
def swv(als: Als) -> Client:
    return als(Rol.SWV_MEDEWERKER)


@pytest.fixture
def row(db: None) -> Aanvraag:
    SamenwerkingsverbandFactory()
    return bekendgemaakt(in_staat(TOEGEKEND, vandaag=timezone.localdate()))


def filled(client: Client, address: str, **changes: object) -> dict[str, object]:
    key = client.get(address).content.decode().split('name="formuliersleutel" value="')[1].split('"')[0]
    today = f"{timezone.localdate():%d-%m-%Y}"
    base = {"tegen": "besluit", "indiener": "ouder_1", "ontvangen_op": today, "gronden": "Getypte gronden."}
    return {**base, "formuliersleutel": key, **changes}


def test_recorded_with_its_letter(swv: Client, als: Als, row: Aanvraag) -> None:
    address = reverse("ondersteuning:bezwaar_nieuw", args=[row.pk])
    assert address in swv.get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
    wrong = swv.post(address, filled(swv, address, ontvangen_op="1-1-2020"))
    assert wrong.status_code == 422
    assert "Getypte gronden." in wrong.content.decode()
    file = SimpleUploadedFile("brief van Kanariepiet.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    page = swv.post(address, filled(swv, address, bestand=file), follow=True).content.decode()
    made = Bezwaar.objects.get()
    for words in ("Het bezwaar is vastgelegd.", "Getypte gronden.", "Op tijd", "Awb art. 7:10", "Kies een"):
        assert (words in page) is (words != "Kies een"), words
    letter = Document.objects.get()
    assert letter.naam == f"bezwaarschrift-{made.pk}.pdf"
    fetched = reverse("jobs:document", args=[letter.sleutel])
    assert swv.get(fetched).status_code == 200
    for role, place in ((Rol.IBER, row.verwijzende_school), (Rol.ORTHOPEDAGOOG, row.gevraagde_school)):
        assert als(role, place).get(fetched).status_code == 404


def test_a_wrong_file_is_refused_and_nothing_is_lost(swv: Client, row: Aanvraag) -> None:
    address = reverse("ondersteuning:bezwaar_nieuw", args=[row.pk])
    file = SimpleUploadedFile("x.exe", b"MZ\x90\x00 een programma", "application/octet-stream")
    answer = swv.post(address, filled(swv, address, bestand=file))
    assert answer.status_code == 422
    assert "Getypte gronden." in answer.content.decode()
    assert not Bezwaar.objects.exists()


def test_the_school_reads_facts_only(als: Als, row: Aanvraag) -> None:
    made = BezwaarFactory(aanvraag=row, gronden="Geheime gronden.")
    page = als(Rol.IBER, row.verwijzende_school).get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
    assert "Bezwaar van ouder 1" in page
    assert "Beslissing uiterlijk" in page
    assert "Geheime gronden." not in page
    assert reverse("ondersteuning:bezwaar", args=[made.pk]) not in page


def test_every_step_by_its_page(swv: Client, row: Aanvraag) -> None:
    made = BezwaarFactory(aanvraag=row)
    today = f"{timezone.localdate():%d-%m-%Y}"

    def step(name: str, **data: str) -> int:
        made.refresh_from_db()
        address = reverse("ondersteuning:bezwaar_stap", args=[made.pk, name])
        assert swv.get(address).status_code == 200
        return swv.post(address, {"versie": str(made.versie), **data}).status_code

    assert step("verstuur_verweer", dag="1-1-2020") == 422
    assert step("verstuur_verweer", dag=today) == 302
    assert step("verdaag", toelichting="") == 422
    assert step("verdaag", toelichting="Er is meer tijd nodig.") == 302
    assert step("ontvang_advies", dag=today, toelichting="") == 302
    assert step("beslis", uitkomst="ongegrond", gevolg="vervalt", toelichting="Nee.") == 422
    assert step("beslis", uitkomst="ongegrond", gevolg="blijft", toelichting="Nee, want.") == 302
    made.refresh_from_db()
    assert (made.staat, made.uitkomst) == ("beslist", "ongegrond")
    page = swv.get(reverse("ondersteuning:bezwaar", args=[made.pk])).content.decode()
    assert "Nee, want." in page
    assert "Wat kunt u doen" not in page
    closed = swv.get(reverse("ondersteuning:bezwaar_stap", args=[made.pk, "beslis"]))
    assert closed.status_code == 302
    assert swv.get(reverse("ondersteuning:bezwaar_stap", args=[made.pk, "onzin"])).status_code == 404
    assert Event.objects.filter(onderwerp_id=row.pk, lezen=True).exists()


def test_the_list_and_its_filter(swv: Client, row: Aanvraag) -> None:
    address = reverse("ondersteuning:bezwaren")
    assert "Er loopt geen bezwaar." in swv.get(address).content.decode()
    BezwaarFactory(aanvraag=row)
    assert row.kenmerk in swv.get(address).content.decode()
    assert row.kenmerk not in swv.get(address, {"staat": "beslist"}).content.decode()
    assert row.kenmerk in swv.get(address, {"staat": ""}).content.decode()


def test_as_many_queries_for_thirty_as_for_one(
    swv: Client, row: Aanvraag, django_assert_max_num_queries: Callable[..., object]
) -> None:
    BezwaarFactory(aanvraag=row)
    swv.get(reverse("ondersteuning:bezwaren"))
    for _ in range(29):
        BezwaarFactory(aanvraag=row)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        page = swv.get(reverse("ondersteuning:bezwaren")).content.decode()
    assert "30 bezwaren" in page
