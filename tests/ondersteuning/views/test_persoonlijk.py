"""Personal links: what does not open, and that opening a link fifty times does nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import INGEDIEND
from ondersteuning.models import Aanvraag, Zienswijze
from ondersteuning.services.aanvraag import haal_terug, leg_voor, trek_in
from ondersteuning.services.partijen import nodig_uit, trek_link_in
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.audit.models import Event
from swv_portal.common.workflow import Refusal
from tests.factories.ondersteuning import VANDAAG, AanvraagFactory
from tests.ondersteuning.conftest import Mensen, codes, ouder
from tests.ondersteuning.services.test_weg import run_jobs

OUDER, DESKUNDIGE = "ondersteuning:ouder", "ondersteuning:deskundige"


class Gegeven:
    """An application that was put before the parties, with the link and the code of parent 1."""

    def __init__(self, mensen: Mensen) -> None:
        row = AanvraagFactory(verwijzende_school=mensen.school, ontvangende_school=mensen.ikc)
        answer = leg_voor(actor=mensen.iber, pk=row.pk, versie=None, vandaag=VANDAAG)
        assert not isinstance(answer, Refusal)
        run_jobs()
        self.aanvraag: Aanvraag = answer[0]
        self.codes = codes(answer[1])
        self.pad = self.link("ouder1@test.example")

    @staticmethod
    def link(address: str) -> str:
        bodies = [m.body for m in mail.outbox if m.to == [address] and "/link/" in m.body]
        found = re.search(r"https?://[^/]+(/link/\S+)", bodies[-1])
        assert found is not None
        return found[1]

    def open(self, label: str = "ouder 1", pad: str | None = None) -> Client:
        client = Client()
        client.post(pad or self.pad, {"code": self.codes[label]})
        return client


@pytest.fixture
def gegeven(mensen: Mensen) -> Gegeven:
    return Gegeven(mensen)


def status(client: Client, name: str = OUDER) -> int:
    return client.get(reverse(name)).status_code


def test_fifty_scanners_burn_nothing_and_see_nothing(gegeven: Gegeven) -> None:
    events = Event.objects.count()
    for _ in range(50):
        page = Client().get(gegeven.pad)
        assert page.status_code == 200
        text = page.content.decode()
        for word in ("Kanariepiet", "Mila", "De Zeester", "Duinrand", gegeven.aanvraag.kenmerk):
            assert word not in text
    assert Event.objects.count() == events
    assert not Zienswijze.objects.exists()
    assert status(gegeven.open()) == 200


def test_without_the_code_nothing(gegeven: Gegeven) -> None:
    client = Client()
    client.get(gegeven.pad)
    assert status(client) == 403
    client.post(gegeven.pad, {"code": "AAAA-AAAA"})
    assert status(client) == 403
    assert b"Kanariepiet" not in client.get(reverse(OUDER)).content


def test_the_code_of_another_party_does_not_fit(gegeven: Gegeven) -> None:
    assert status(gegeven.open("ouder 2")) == 403
    assert status(gegeven.open("tweede deskundige")) == 403


def test_a_parent_does_not_get_the_experts_page_and_the_other_way_round(gegeven: Gegeven) -> None:
    assert status(gegeven.open(), DESKUNDIGE) == 403
    expert = gegeven.open("tweede deskundige", gegeven.link("deskundige@test.example"))
    assert status(expert, DESKUNDIGE) == 200
    assert status(expert, OUDER) == 403


@pytest.mark.parametrize("how", ["expired", "withdrawn", "renewed", "application_withdrawn"])
def test_a_link_that_ended(gegeven: Gegeven, mensen: Mensen, how: str) -> None:
    client = gegeven.open()
    assert status(client) == 200
    partij = ouder(gegeven.aanvraag)
    pk: Any = gegeven.aanvraag.pk
    if how == "expired":
        PersoonlijkeLink.objects.filter(pk=partij.link_id).update(verloopt=timezone.now() - timedelta(seconds=1))
    elif how == "withdrawn":
        trek_link_in(actor=mensen.iber, pk=pk, partij_pk=partij.pk)
    elif how == "renewed":
        nodig_uit(actor=mensen.iber, pk=pk, partij_pk=partij.pk, vandaag=VANDAAG)
    else:
        trek_in(actor=mensen.iber, pk=pk, versie=None, vandaag=VANDAAG)
    assert status(client) in {403, 404}
    assert status(gegeven.open()) in {403, 404}
    client.post(reverse(OUDER), {"eens": "ja", "tekst": ""})
    assert not Zienswijze.objects.exists()


def test_while_the_school_changes_it_there_is_nothing_to_read(gegeven: Gegeven, mensen: Mensen) -> None:
    client = gegeven.open()
    assert b"Kanariepiet" in client.get(reverse(OUDER)).content
    haal_terug(actor=mensen.iber, pk=gegeven.aanvraag.pk, versie=None, vandaag=VANDAAG)
    page = client.get(reverse(OUDER)).content.decode()
    assert "De school past de aanvraag nu aan" in page
    assert "Kanariepiet" not in page
    assert client.post(reverse(OUDER), {"eens": "ja"}).status_code == 422
    assert not Zienswijze.objects.exists()


def test_signing_once_in_own_words(gegeven: Gegeven) -> None:
    client = gegeven.open()
    assert client.post(reverse(OUDER), {"tekst": "Wij twijfelen"}).status_code == 422
    answer = client.post(reverse(OUDER), {"eens": "nee", "tekst": "Wij twijfelen"}, follow=True)
    assert "U bent het niet eens" in answer.content.decode()
    assert client.post(reverse(OUDER), {"eens": "ja"}).status_code == 422
    view = Zienswijze.objects.get()
    assert (view.eens, view.tekst) == (False, "Wij twijfelen")


def test_who_signed_reads_the_own_words_again_and_what_comes_next(gegeven: Gegeven) -> None:
    client = gegeven.open()
    before = client.get(reverse(OUDER)).content.decode()
    page = client.post(reverse(OUDER), {"eens": "nee", "tekst": "Wij twijfelen"}, follow=True).content.decode()
    for words in ("Wat u schreef", "Wij twijfelen", "Als de adviezen er zijn, kan de school"):
        assert words not in before
        assert words in page
    Aanvraag.objects.filter(pk=gegeven.aanvraag.pk).update(staat=INGEDIEND, ingediend_op=VANDAAG)
    assert "Het samenwerkingsverband neemt nu een besluit." in client.get(reverse(OUDER)).content.decode()
    other = gegeven.open("ouder 2", gegeven.link("ouder2@test.example")).get(reverse(OUDER)).content.decode()
    assert "Uw reactie" in other
    assert "Wij twijfelen" not in other


def test_reading_by_link_is_in_the_timeline_under_the_role(gegeven: Gegeven) -> None:
    gegeven.open().get(reverse(OUDER))
    event = Event.objects.filter(onderwerp_soort="ondersteuning.aanvraag", lezen=True).get()
    assert (event.door, event.user_id) == ("ouder 1", None)


def test_pages_of_links_leak_no_address(gegeven: Gegeven) -> None:
    response = gegeven.open().get(reverse(OUDER))
    assert response["Referrer-Policy"] in {"no-referrer", "same-origin", "strict-origin"}
    assert "no-store" in response["Cache-Control"]
    assert gegeven.pad.split("/")[2] not in response.content.decode()
