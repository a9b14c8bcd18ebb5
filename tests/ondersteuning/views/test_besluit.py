"""The decision on screen: check page, going back to change, asking for completion."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import AANVULLING, INGEDIEND, WORDT_VERSTUURD
from ondersteuning.models import Aanvraag
from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import in_staat

Als = Callable[..., Client]


@pytest.fixture
def row(db: None) -> Aanvraag:
    SamenwerkingsverbandFactory()
    return in_staat(INGEDIEND, vandaag=timezone.localdate())


@pytest.fixture
def swv(als: Als) -> Client:
    return als(Rol.SWV_MEDEWERKER)


def data(row: Aanvraag, **changes: str) -> dict[str, str]:
    base = {"besluit": "ken_toe", "geldig_van": "1-8-2025", "geldig_tot": "31-7-2027", "versie": str(row.versie)}
    return {**base, "motivering": "", **changes}


def test_first_the_check_page_then_the_decision(swv: Client, row: Aanvraag) -> None:
    address = reverse("ondersteuning:besluit", args=[row.pk])
    page = swv.post(address, data(row)).content.decode()
    assert "Controleer uw besluit" in page
    assert "vr 1 augustus 2025 tot en met za 31 juli 2027" in page
    back = swv.post(address, data(row, wijzig="ja")).content.decode()
    assert "Toetslijst" in back
    assert 'value="1-8-2025"' in back
    row.refresh_from_db()
    assert row.staat == INGEDIEND
    assert swv.post(address, data(row, bevestigd="ja")).status_code == 302
    again = swv.post(address, data(row, bevestigd="ja"))
    assert again.status_code == 422
    assert Job.objects.filter(soort="ondersteuning.besluitbrief").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"besluit": "weiger"}, "Schrijf waarom u weigert."),
        ({"geldig_tot": "30-6-2027"}, "Een TLV geldt altijd tot en met een 31 juli."),
        ({"geldig_van": "", "geldig_tot": ""}, "Vul een datum in"),
        ({"besluit": ""}, "Maak een keuze."),
    ],
)
def test_what_is_wrong_stays_on_the_page(swv: Client, row: Aanvraag, changes: dict[str, str], sentence: str) -> None:
    response = swv.post(reverse("ondersteuning:besluit", args=[row.pk]), data(row, bevestigd="ja", **changes))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    row.refresh_from_db()
    assert row.staat == INGEDIEND


def test_everything_that_is_wrong_at_once_with_links_to_the_fields(swv: Client, row: Aanvraag) -> None:
    row.adviezen.filter(soort="tweede").delete()
    row.zienswijzen.create(partij=row.partijen.get(soort="ouder", volgnummer=1), eens=False, gezien_op=row.sinds)
    response = swv.post(reverse("ondersteuning:besluit", args=[row.pk]), data(row, geldig_van="", geldig_tot="1-1"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fout: " in page
    summary = page.split("data-foutoverzicht")[1].split("</div>")[0]
    assert re.findall(r'href="#(\w+)"', summary) == ["id_besluit_0", "id_geldig_van", "id_geldig_tot", "id_motivering"]
    for target in ("id_besluit_0", "id_geldig_van", "id_geldig_tot", "id_motivering"):
        assert f'id="{target}"' in page
    assert "de tweede deskundige gaf een eigen advies met redenen" in summary
    # The period is looked at as well when no decision was chosen.
    page = swv.post(reverse("ondersteuning:besluit", args=[row.pk]), data(row, besluit="", geldig_tot="30-6-2027"))
    found = page.content.decode()
    assert "Maak een keuze." in found
    assert "Een TLV geldt altijd tot en met een 31 juli." in found


def test_refusing_asks_no_period(swv: Client, row: Aanvraag) -> None:
    changes = {"besluit": "weiger", "geldig_van": "", "geldig_tot": "geen datum", "motivering": "Te weinig hulp."}
    page = swv.post(reverse("ondersteuning:besluit", args=[row.pk]), data(row, **changes))
    assert page.status_code == 200
    assert "Controleer uw besluit" in page.content.decode()
    assert (
        swv.post(reverse("ondersteuning:besluit", args=[row.pk]), data(row, bevestigd="ja", **changes)).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.staat, row.uitkomst, row.motivering) == (WORDT_VERSTUURD, "geweigerd", "Te weinig hulp.")


def test_somebody_signed_meanwhile(swv: Client, row: Aanvraag) -> None:
    form = data(row, bevestigd="ja", motivering="Getypte woorden")
    Aanvraag.objects.filter(pk=row.pk).update(versie=row.versie + 1)
    response = swv.post(reverse("ondersteuning:besluit", args=[row.pk]), form)
    assert response.status_code == 422
    assert "Getypte woorden" in response.content.decode()
    row.refresh_from_db()
    assert row.staat == INGEDIEND


def test_completion_on_screen(swv: Client, als: Als, row: Aanvraag) -> None:
    address = reverse("ondersteuning:aanvulling", args=[row.pk])
    page = swv.get(address).content.decode()
    assert "staat de termijn stil" in page
    limit = f"{timezone.localdate().replace(year=timezone.localdate().year + 1):%d-%m-%Y}"
    assert swv.post(address, {"versie": row.versie, "toelichting": "", "uiterlijk": limit}).status_code == 422
    assert swv.post(address, {"versie": row.versie, "toelichting": "Wat?", "uiterlijk": limit}).status_code == 302
    row.refresh_from_db()
    assert row.staat == AANVULLING
    school = als(Rol.IBER, row.verwijzende_school)
    page = school.get(reverse("ondersteuning:dossier", args=[row.pk])).content.decode()
    assert "Wat?" in page
    assert "de termijn staat stil" in page or "Stuur de aanvulling" in page
    step = reverse("ondersteuning:stap_zetten", args=[row.pk, "vul_aan"])
    assert school.post(step, {"versie": row.versie, "toelichting": ""}).status_code == 422
    assert school.post(step, {"versie": row.versie, "toelichting": "Dit."}).status_code == 302
    row.refresh_from_db()
    assert row.staat == INGEDIEND
