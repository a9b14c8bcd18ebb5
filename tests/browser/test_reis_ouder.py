"""The journey of a parent: a link from the mailbox, the code of the school, and words of one's own."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ondersteuning.models import Zienswijze
from tests.browser.pagina import Reis, bericht_aan, geweigerd, gezien, klik, link_in, melding, volg
from tests.browser.tlv import kom_binnen
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import in_staat

pytestmark = pytest.mark.django_db(transaction=True)

WOORDEN = "Wij willen dat Mila bij haar zus op school blijft."


def test_ouder_reads_signs_as_seen_and_disagrees_in_own_words(reis: Reis, werker: Any) -> None:
    SamenwerkingsverbandFactory()
    aanvraag = in_staat("bij_partijen", vandaag=timezone.localdate())
    school, page = kom_binnen(reis, aanvraag, "ouder 1", "ouder1@test.example")

    gezien(page, "De aanvraag voor uw kind")
    expect(page.get_by_text(aanvraag.onderwijsbehoefte)).to_be_visible()
    page.get_by_label("Wat wilt u erbij zeggen?").fill(WOORDEN)
    klik(page, "Teken voor gezien")
    geweigerd(page, "Bent u het eens met de aanvraag?")
    page.get_by_label("Nee, ik ben het niet eens").check()
    klik(page, "Teken voor gezien")
    melding(page, "Wij hebben uw reactie bewaard.")
    gezien(page, "De aanvraag voor uw kind")

    given = Zienswijze.objects.get()
    assert (given.partij.label, given.eens, given.tekst, given.gezien_op) == (
        "ouder 1",
        False,
        WOORDEN,
        timezone.localdate(),
    )
    # Who closes the page needs the code again; a signed link is no open door.
    klik(page, "Klaar? Sluit deze pagina")
    page.goto(link_in(bericht_aan("ouder1@test.example")))
    gezien(page, "Vul uw code in")

    volg(school, "Naar de aanvraag")
    expect(school.get_by_role("region", name="Wie doen mee")).to_contain_text("niet eens")
