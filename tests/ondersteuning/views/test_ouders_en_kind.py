"""The pages of a parent, the form of the child and the call with the parents, as somebody finds them."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN, CONCEPT, INGEDIEND, OUDER, TOEGEKEND, TWEEDE_DESKUNDIGE
from ondersteuning.domain.evaluatiegesprek import VRAGEN
from ondersteuning.models import Aanvraag, Evaluatiegesprek, Kindformulier, Sectiereactie
from swv_portal.audit.models import Event
from swv_portal.common.scoping import Rol
from tests.architecture.ouder_formulieren import client_van_link
from tests.factories.kernen import SamenwerkingsverbandFactory
from tests.factories.ondersteuning import EvaluatiegesprekFactory, bekendgemaakt, in_staat
from tests.ondersteuning.views.test_paginas import queries

Als = Callable[..., Client]
PAGINA = "ondersteuning:ouder"


@pytest.fixture(autouse=True)
def swv(db: None) -> None:
    SamenwerkingsverbandFactory()


def parent(row: Aanvraag, nummer: int = 1) -> Client:
    return client_van_link(row.partijen.get(soort=OUDER, volgnummer=nummer))


def text(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def deel(sectie: str = "onderbouwing") -> str:
    return reverse("ondersteuning:ouder_deel", args=[sectie])


def test_a_parent_writes_beside_a_part_and_school_and_swv_read_it_there(als: Als) -> None:
    row = in_staat(BIJ_PARTIJEN)
    client = parent(row)
    assert deel() in text(client, PAGINA)
    form = client.get(deel()).content.decode()
    assert "Veel structuur" in form  # the part itself stands beside the form
    empty = client.post(deel(), {"tekst": " ", "versie": "1"})
    assert empty.status_code == 422
    assert "Schrijf op wat er niet klopt." in empty.content.decode()
    answer = client.post(deel(), {"tekst": "Mila zit nooit stil", "versie": "1"}, follow=True)
    assert "Mila zit nooit stil" in answer.content.decode()
    assert "Mila zit nooit stil" not in text(parent(row, 2), PAGINA)
    for role, place in ((Rol.IBER, row.verwijzende_school), (Rol.SWV_MEDEWERKER, None)):
        page = text(als(role, place), "ondersteuning:dossier", row.pk)
        assert "Ouder 1 schreef op" in page
        assert "Mila zit nooit stil" in page
    assert "Mila zit nooit stil" not in text(
        als(Rol.ORTHOPEDAGOOG, row.ontvangende_school), "ondersteuning:dossier", row.pk
    )
    expert = client_van_link(row.partijen.get(soort=TWEEDE_DESKUNDIGE))
    assert "Mila zit nooit stil" not in text(expert, "ondersteuning:deskundige")
    Aanvraag.objects.filter(pk=row.pk).update(staat=INGEDIEND, ingediend_op=row.sinds)
    assert "ouder 1 bij Onderbouwing" in text(als(Rol.SWV_MEDEWERKER), "ondersteuning:besluit", row.pk)


def test_after_the_decision_there_is_nothing_to_write(als: Als) -> None:
    client = parent(bekendgemaakt(in_staat(TOEGEKEND)))
    page = text(client, PAGINA)
    assert "/ouder/deel/" not in page
    assert "Vul het samen in" not in page
    assert client.get(deel()).status_code == 302
    refused = client.post(deel(), {"tekst": "Zeeklaver", "versie": "1"})
    assert refused.status_code == 422
    assert "Zeeklaver" in refused.content.decode()
    assert not Sectiereactie.objects.exists()


def test_a_part_that_is_not_there(als: Als) -> None:
    client = parent(in_staat(BIJ_PARTIJEN))
    for part in ("kind", "controleren", "x"):
        assert client.get(deel(part)).status_code == 404
        assert client.post(deel(part), {"tekst": "x", "versie": "1"}).status_code == 404


def test_while_the_school_changes_it_nothing_of_the_part_is_shown(als: Als) -> None:
    client = parent(in_staat(CONCEPT))
    assert client.get(deel()).status_code == 302
    refused = client.post(deel(), {"tekst": "Zeeklaver", "versie": "1"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Zeeklaver" in page
    assert "Veel structuur" not in page


def test_the_child_says_it_with_a_parent_and_everybody_who_reads_the_application_reads_it(als: Als) -> None:
    row = in_staat(BIJ_PARTIJEN)
    client = parent(row)
    assert "Vul het samen in" in text(client, PAGINA)
    url = reverse("ondersteuning:ouder_kind")
    empty = client.post(url, {"versie": "1"})
    assert empty.status_code == 422
    assert "Vul ten minste één antwoord van het kind in" in empty.content.decode()
    client.post(url, {"versie": "1", "gevoel": "gaat_wel", "goed": "Gym en tekenen"})
    assert Kindformulier.objects.get().ingevuld_met == "ouder 1"
    readers = [
        (client, PAGINA, ()),
        (parent(row, 2), PAGINA, ()),
        (client_van_link(row.partijen.get(soort=TWEEDE_DESKUNDIGE)), "ondersteuning:deskundige", ()),
        (als(Rol.ORTHOPEDAGOOG, row.ontvangende_school), "ondersteuning:dossier", (row.pk,)),
        (als(Rol.SWV_MEDEWERKER), "ondersteuning:dossier", (row.pk,)),
    ]
    for reader, name, args in readers:
        page = text(reader, name, *args)
        assert "Gym en tekenen" in page
        assert "Gaat wel" in page
    # What the child said with one parent the other does not change.
    assert parent(row, 2).get(url).status_code == 302


def test_the_school_fills_it_in_while_it_writes_the_application(als: Als) -> None:
    row = in_staat(CONCEPT, leerling_gehoord=False, stem_leerling="")
    client = als(Rol.IBER, row.verwijzende_school)
    url = reverse("ondersteuning:kindformulier", args=[row.pk])
    assert url in text(client, "ondersteuning:dossier", row.pk)
    assert url in text(client, "ondersteuning:stap", row.pk, "onderbouwing")
    assert client.post(url, {"versie": "1", "helpt": "Een rustig plekje"}).status_code == 302
    check = text(client, "ondersteuning:stap", row.pk, "controleren")
    assert "/invullen/kind/" not in check
    Aanvraag.objects.filter(pk=row.pk).update(staat=INGEDIEND, ingediend_op=row.sinds)
    assert client.get(url).status_code == 302


def test_a_parent_keeps_the_application_as_a_document_with_no_more_than_the_page(als: Als) -> None:
    row = in_staat(INGEDIEND)
    row.sectiereacties.create(
        partij=row.partijen.get(soort=OUDER, volgnummer=2), sectie="school", tekst="Zeeklaver", geschreven_op=row.sinds
    )
    client = parent(row)
    url = reverse("ondersteuning:ouder_pdf")
    assert url in text(client, PAGINA)
    answer = client.get(url)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Disposition"] == f'attachment; filename="Aanvraag-{row.kenmerk}.pdf"'
    words = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
    assert "Veel structuur" in words
    assert "Deze plek past" in words
    assert "Zeeklaver" not in words  # the words of the other parent
    assert "ouder1@test.example" not in words
    Aanvraag.objects.filter(pk=row.pk).update(staat=CONCEPT)
    assert client.get(url).status_code == 302


def test_a_parent_reads_the_decision_before_the_own_words_of_then() -> None:
    row = bekendgemaakt(in_staat(TOEGEKEND))
    row.zienswijzen.create(
        partij=row.partijen.get(soort=OUDER, volgnummer=1), eens=True, tekst="Zeeklaver", gezien_op=row.sinds
    )
    page = text(parent(row), PAGINA)
    assert page.index(">Het besluit<") < page.index("U hebt getekend voor gezien.") < page.index("Zeeklaver")


def test_a_parent_reads_who_pays_and_that_an_advice_is_old(als: Als) -> None:
    row = bekendgemaakt(in_staat(TOEGEKEND))
    page = text(parent(row), PAGINA)
    assert "Wie betaalt deze plek?" in page
    assert "ouder dan een jaar" in page
    row.adviezen.update(gegeven_op=timezone.localdate())
    assert "ouder dan een jaar" not in text(parent(row), PAGINA)


def test_the_swv_calls_and_records(als: Als) -> None:
    today = timezone.localdate()
    row = bekendgemaakt(in_staat(TOEGEKEND, vandaag=today))
    client = als(Rol.SWV_MEDEWERKER)
    listed = text(client, "ondersteuning:evaluatiegesprekken")
    assert row.kenmerk in listed
    assert "Kanariepiet" not in listed
    url = reverse("ondersteuning:evaluatiegesprek", args=[row.pk])
    assert url in text(client, "ondersteuning:dossier", row.pk)
    page = client.get(url).content.decode()
    assert "0600000000" in page
    assert Event.objects.filter(lezen=True, onderwerp_id=row.pk, user=client.user).exists()  # type: ignore[attr-defined]
    day = f"{today:%d-%m-%Y}"
    data = {"versie": "1", "afloop": "gesproken", "op": day, "toelichting_serieus": "Zeeklaver"}
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "Zeeklaver" in refused.content.decode()
    assert refused.content.decode().count('class="veld veld-fout') == len(VRAGEN)
    client.post(url, data | {f"antwoord_{code}": "deels" for code in VRAGEN})
    assert Evaluatiegesprek.objects.get().afloop == "gesproken"
    assert row.kenmerk not in text(client, "ondersteuning:evaluatiegesprekken")
    assert row.kenmerk in text(client, "ondersteuning:evaluatiegesprekken", stand="gesproken")
    counts = text(client, "ondersteuning:evaluatie_uitkomsten")
    assert "Van één gesprek." in counts
    assert "Zeeklaver" not in counts
    assert "Zeeklaver" in client.get(url).content.decode()
    school = als(Rol.IBER, row.verwijzende_school)
    assert "Gesprek met de ouders" not in text(school, "ondersteuning:dossier", row.pk)


def test_strange_addresses(als: Als) -> None:
    client = als(Rol.SWV_MEDEWERKER)
    assert "Nog te bellen" in text(client, "ondersteuning:evaluatiegesprekken", stand="x", pagina="0")
    assert client.get(reverse("ondersteuning:evaluatie_uitkomsten"), {"schooljaar": "x"}).status_code == 404
    row = in_staat(INGEDIEND)
    assert client.get(reverse("ondersteuning:evaluatiegesprek", args=[row.pk])).status_code == 302


def test_the_list_asks_as_much_for_thirty_rows_as_for_one(als: Als) -> None:
    client, url = als(Rol.SWV_MEDEWERKER), reverse("ondersteuning:evaluatiegesprekken")
    day = timezone.localdate() - timedelta(days=50)
    bekendgemaakt(in_staat(TOEGEKEND, vandaag=day))
    one = queries(client, url)
    for _ in range(30):
        bekendgemaakt(in_staat(TOEGEKEND, vandaag=day))
    assert queries(client, url) == one
    assert one <= 8
    assert "te laat" in text(client, "ondersteuning:evaluatiegesprekken")


def test_the_page_of_a_call_asks_a_fixed_number(als: Als) -> None:
    row = EvaluatiegesprekFactory()
    url = reverse("ondersteuning:evaluatiegesprek", args=[row.aanvraag_id])
    assert queries(als(Rol.SWV_MEDEWERKER), url) <= 20
