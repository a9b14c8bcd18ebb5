"""After the decision: parents can read it, and how to object, behind a link that works long enough."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ondersteuning.domain.aanvraag import GEWEIGERD, TOEGEKEND
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.services.bekendmaken import maak_bekend
from ondersteuning.services.partijen import GELDIG_DAGEN, nodig_uit, trek_link_in
from swv_portal.access.actors import PORTAAL
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.services.links import extend_link
from swv_portal.audit.models import Event
from swv_portal.common.dates import datum
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories.ondersteuning import in_staat
from tests.ondersteuning.conftest import Mensen, deskundige, ouder
from tests.ondersteuning.services.test_weg import run_jobs

NU = timezone.now


class Besloten:
    """A decided application of which everybody has a link; the letter is not there yet."""

    def __init__(self, mensen: Mensen, staat: str) -> None:
        self.dag = timezone.localdate()
        self.aanvraag = in_staat(
            staat, vandaag=self.dag, verwijzende_school=mensen.school, ontvangende_school=mensen.ikc
        )
        self.mensen, self.codes = mensen, {}
        for party in self.aanvraag.partijen.all():
            given = nodig_uit(actor=mensen.iber, pk=self.aanvraag.pk, partij_pk=party.pk, vandaag=self.dag)
            assert not isinstance(given, Refusal)
            self.codes[party.label] = given.code
        run_jobs()

    def maak_bekend(self) -> None:
        def letter(row: Aanvraag) -> None:
            from swv_portal.jobs.services.documents import store_document

            store_document(
                soort="ondersteuning.besluitbrief",
                onderwerp=row,
                naam="TLV.pdf",
                inhoud=b"%PDF-1.7",
                content_type="application/pdf",
            )

        maak_bekend(pk=self.aanvraag.pk, vandaag=self.dag, bewaar_brief=letter)
        run_jobs()

    def open(self, party: Partij) -> Client:
        bodies = [m.body for m in mail.outbox if m.to == [party.email] and "/link/" in m.body]
        found = re.search(r"https?://[^/]+(/link/\S+)", bodies[-1])
        assert found is not None
        client = Client()
        client.post(found[1], {"code": self.codes[party.label]})
        return client

    def link(self, party: Partij) -> PersoonlijkeLink:
        party.refresh_from_db()
        return PersoonlijkeLink.objects.get(pk=party.link_id)


@pytest.fixture
def besloten(mensen: Mensen, request: pytest.FixtureRequest) -> Besloten:
    return Besloten(mensen, getattr(request, "param", TOEGEKEND))


def expire(link: PersoonlijkeLink) -> None:
    PersoonlijkeLink.objects.filter(pk=link.pk).update(verloopt=NU() - timedelta(days=3))


@pytest.mark.parametrize("besloten", [TOEGEKEND, GEWEIGERD], indirect=True)
def test_a_parent_reads_the_decision_the_letter_and_how_to_object(besloten: Besloten) -> None:
    row, parent = besloten.aanvraag, ouder(besloten.aanvraag)
    Aanvraag.objects.filter(pk=row.pk).update(motivering="Omdat het zo is.")
    expire(besloten.link(parent))  # the procedure took longer than the link
    besloten.maak_bekend()
    row.refresh_from_db()
    client = besloten.open(parent)
    page = client.get(reverse("ondersteuning:ouder")).content.decode()
    assert ("TLV) heeft nummer" if row.staat == TOEGEKEND else "De aanvraag is geweigerd") in page
    assert "Omdat het zo is." in page
    assert row.bezwaar_tot is not None
    assert f"<strong>{datum(row.bezwaar_tot)}</strong> naar: SWV Testkust" in page
    assert f'het kenmerk <span class="heel">{row.kenmerk}</span>' in page
    address = re.findall(r'href="(/documenten/[^"]+)"', page)
    assert len(address) == 1
    letter = client.get(address[0])
    assert b"".join(letter.streaming_content if letter.streaming else [letter.content]) == b"%PDF-1.7"
    until = datum(timezone.localdate(besloten.link(parent).verloopt))
    assert f'Uw persoonlijke link werkt tot <span class="heel">{until}</span>' in page
    # After the term the decision can still be read; objecting is over.
    Aanvraag.objects.filter(pk=row.pk).update(bezwaar_tot=besloten.dag - timedelta(days=1))
    assert "Die termijn is voorbij." in client.get(reverse("ondersteuning:ouder")).content.decode()


def test_the_link_of_a_parent_covers_the_objection_and_that_of_the_expert_does_not_grow(besloten: Besloten) -> None:
    parent, expert = ouder(besloten.aanvraag), deskundige(besloten.aanvraag)
    soon = NU() + timedelta(days=10)
    PersoonlijkeLink.objects.update(verloopt=soon)
    besloten.maak_bekend()
    besloten.aanvraag.refresh_from_db()
    end = besloten.link(parent).verloopt
    assert end > NU() + timedelta(days=GELDIG_DAGEN - 1)
    assert timezone.localdate(end) > besloten.aanvraag.bezwaar_tot + timedelta(weeks=12)
    assert besloten.link(expert).verloopt == soon
    extended = Event.objects.filter(soort="link.verlengd").count()
    assert extended == 2  # one per parent
    besloten.maak_bekend()
    assert Event.objects.filter(soort="link.verlengd").count() == extended


def test_before_the_letter_there_is_no_decision_to_read_yet(besloten: Besloten) -> None:
    page = besloten.open(ouder(besloten.aanvraag)).get(reverse("ondersteuning:ouder")).content.decode()
    assert "De brief wordt nu gemaakt." in page
    assert "bezwaar maken. Stuur" not in page


@pytest.mark.parametrize("changes", [{"ingetrokken": NU()}, {"pogingen": 10}])
def test_what_was_closed_on_purpose_is_not_opened_again(besloten: Besloten, changes: dict[str, Any]) -> None:
    link = besloten.link(ouder(besloten.aanvraag))
    PersoonlijkeLink.objects.filter(pk=link.pk).update(verloopt=NU(), **changes)
    extend_link(link_id=link.pk, dagen=90, actor=PORTAAL)
    link.refresh_from_db()
    assert link.verloopt < NU()


def test_a_link_never_becomes_shorter(besloten: Besloten) -> None:
    link = besloten.link(ouder(besloten.aanvraag))
    extend_link(link_id=link.pk, dagen=7, actor=PORTAAL)
    before = link.verloopt
    link.refresh_from_db()
    assert link.verloopt == before


def test_the_school_sees_which_parent_can_not_read_the_decision(besloten: Besloten, als: Any) -> None:
    first, second = ouder(besloten.aanvraag, 1), ouder(besloten.aanvraag, 2)
    trek_link_in(actor=besloten.mensen.iber, pk=besloten.aanvraag.pk, partij_pk=second.pk)
    besloten.maak_bekend()
    client = als(Rol.IBER, besloten.mensen.school)
    answer = client.get(reverse("ondersteuning:dossier", args=[besloten.aanvraag.pk]))
    told = {line.partij_id: line.link for line in answer.context["dossier"].partijen if line.partij_id}
    assert "link werkt tot" in told[first.pk]
    assert "geef een nieuwe link, of stuur de brief" not in told[first.pk]
    assert (
        "er is geen link die werkt: geef een nieuwe link, of stuur de brief van het besluit per post" in told[second.pk]
    )
