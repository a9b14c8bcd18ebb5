"""Fetching a stored file: who gets it, how it is served, and that reading it is remembered."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from swv_portal.access.links import LinkKind, register_link_kind
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Document
from tests.jobs import files
from tests.jobs.documents import actor_of, store

pytestmark = pytest.mark.usefixtures("own_folder")


def _url(document: Document) -> str:
    return reverse("jobs:document", args=[document.sleutel])


def test_it_can_only_be_saved(als, document_kind):
    client = als(Rol.SWV_MEDEWERKER)
    document = store(client.user, soort=document_kind(), naam="Beschikking 2024 – école €/12.pdf")
    response = client.get(_url(document))
    assert response.content == files.PDF
    assert response["Content-Type"] == "application/pdf"
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=utf-8''Beschikking%202024%20%E2%80%93%20%C3%A9cole%20%E2%82%AC-12.pdf" in disposition
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "no-store, private"


def test_not_for_you_and_not_there_are_the_same_for_staff_too(als, document_kind):
    client = als(Rol.BEHEERDER)
    refused = store(client.user, soort=document_kind("niet", may_fetch=lambda bereik, document: False))
    answers = [client.get(_url(refused)), client.get(reverse("jobs:document", args=[uuid.uuid4()]))]
    assert [each.status_code for each in answers] == [404, 404]
    bodies = [each.content.decode().replace(str(refused.sleutel), "") for each in answers]
    assert bodies[0] == bodies[1]


def test_a_kind_that_nobody_registered_is_served_to_nobody(als):
    client = als(Rol.BEHEERDER)
    assert client.get(_url(store(client.user, soort="onbekend"))).status_code == 404


@pytest.mark.parametrize("staat", ["quarantaine", "geweerd"])
def test_what_is_not_found_good_is_never_served(als, document_kind, staat):
    client = als(Rol.BEHEERDER)
    assert client.get(_url(store(client.user, soort=document_kind(), staat=staat))).status_code == 404


def test_visitors_go_to_the_login_page_whether_it_exists_or_not(db, user, document_kind):
    document = store(user, soort=document_kind())
    for key in (document.sleutel, uuid.uuid4()):
        response = Client().get(reverse("jobs:document", args=[key]))
        assert response.status_code == 302
        assert "/account/" in response["Location"]


def test_it_is_not_posted_to(als, document_kind):
    client = als(Rol.BEHEERDER)
    assert client.post(_url(store(client.user, soort=document_kind()))).status_code == 405


def test_reading_is_in_the_timeline_when_the_kind_asks_for_it(als, document_kind, user):
    client = als(Rol.SWV_MEDEWERKER)
    silent = store(user, soort=document_kind("stil"))
    logged = store(user, soort=document_kind("dossier", log_reading=True))
    client.get(_url(silent))
    assert tijdlijn(user) == []
    client.get(_url(logged))
    client.get(_url(logged))
    (line,) = tijdlijn(user)
    assert (line.lezen, line.tekst) == (True, f"Heeft een document opgehaald: proef dossier {logged.pk}.")
    assert line.wie == str(client.user)


def test_a_personal_link_fetches_what_is_its_own(db, user, document_kind, settings):
    from django.http import HttpResponse

    from swv_portal.access.link_session import keep_session
    from swv_portal.access.services.links import give_link, open_with_code

    register_link_kind(LinkKind("jobs.proef", start=_start))
    actor = actor_of(user)
    given = give_link(soort="jobs.proef", onderwerp_id=7, naam="ouder 1", geldig_dagen=3, actor=actor)
    link = open_with_code(token=given.pad.rstrip("/").rpartition("/")[2], code=given.code)
    assert not isinstance(link, Refusal)
    answer = HttpResponse()
    keep_session(answer, link)
    client = Client()
    client.cookies = answer.cookies

    soort = document_kind(
        "brief",
        may_fetch=lambda bereik, document: False,
        link_may_fetch=lambda link, document: (
            link.soort == "jobs.proef" and document.gegevens.get("partij") == link.onderwerp_id
        ),
        log_reading=True,
    )
    own, other = store(user, soort=soort, gegevens={"partij": 7}), store(user, soort=soort, gegevens={"partij": 8})
    accounts_only = store(user, soort=document_kind("intern"))
    assert client.get(_url(own)).content == files.PDF
    assert client.get(_url(other)).status_code == 404
    assert client.get(_url(accounts_only)).status_code == 404
    assert [line.wie for line in tijdlijn(user)] == ["ouder 1"]


def _start(link: Any) -> str:
    return "/"
