"""Reports: made at once or by a job, for the requester alone."""

import io
import socket
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.celery import app
from swv_portal.common.scoping import NIEMAND, Rol
from swv_portal.common.writing import NotVisible
from swv_portal.jobs import doorbell
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services import reports
from swv_portal.jobs.services.documents import read_document
from swv_portal.jobs.services.reports import render_report, request_report, safe_name
from swv_portal.jobs.services.run import run
from tests.sleutel import nieuwe_sleutel


@pytest.fixture(autouse=True)
def own_places(settings, own_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "reports"
    folder.mkdir(parents=True)
    (folder / "proef.html").write_text(
        '{% extends "reports/basis.html" %}'
        "{% block inhoud %}<h1>{{ titel }}</h1><p>{{ rapport.params.school }}</p>{% endblock %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path / "templates"]}]


def _actor(client: Any) -> Actor:
    bereik = bereik_voor(client.user.pk, timezone.localdate())
    return Actor(bereik=bereik, user_id=client.user.pk)


def _make(client: Any, kind: str) -> Document:
    job = request_report(kind, {"school": 12}, actor=_actor(client))
    assert run(job.pk) == "done"
    return Document.objects.get(job=job)


def test_at_once(db, report_kind):
    naam, pdf = render_report(report_kind(), NIEMAND, {"school": 12})
    assert naam == "proefrapport.pdf"
    assert pdf.startswith(b"%PDF-")


def test_a_letter_gives_the_name_of_its_sender_itself(db, report_kind, monkeypatch):
    """Without ``naam_van``, or when the letter does not know it, the portal says who it is."""
    monkeypatch.setattr(reports, "swv_naam", lambda: "SWV van het portaal")
    plain, letter = report_kind(), report_kind("proef.brief", naam_van=lambda data: data["params"]["afzender"])

    def author(kind: str, afzender: str) -> str | None:
        reader = PdfReader(io.BytesIO(render_report(kind, NIEMAND, {"afzender": afzender})[1]))
        return reader.metadata.author if reader.metadata else None

    assert author(plain, "SWV uit de brief") == "SWV van het portaal"
    assert author(letter, "SWV uit de brief") == "SWV uit de brief"
    assert author(letter, "") == "SWV van het portaal"


def test_it_becomes_a_document_of_the_requester(als, report_kind, bells):
    client = als(Rol.CONTROLLER)
    document = _make(client, report_kind())
    assert (document.soort, document.aanvrager_id) == ("rapport", client.user.pk)
    assert document.bewaren_tot == timezone.localdate() + timedelta(days=30)
    assert read_document(document).startswith(b"%PDF-")
    assert client.get(reverse("jobs:document", args=[document.sleutel])).status_code == 200


def test_nobody_else_gets_it_not_even_staff(als, report_kind, bells):
    url = reverse("jobs:document", args=[_make(als(Rol.IBER), report_kind()).sleutel])
    for rol in Rol:
        assert als(rol).get(url).status_code == 404


def test_who_lost_the_role_can_not_fetch_what_was_made_with_it(als, report_kind, bells):
    from kernen.models import Roltoekenning

    client = als(Rol.IBER)
    url = reverse("jobs:document", args=[_make(client, report_kind()).sleutel])
    assert client.get(url).status_code == 200
    Roltoekenning.objects.all().delete()
    assert client.get(url).status_code == 404


def test_it_is_built_with_the_reach_of_the_moment_itself(als, report_kind, bells):
    from kernen.models import Roltoekenning

    seen = []
    kind = report_kind(build=lambda bereik, params: seen.append(bereik.rollen) or {"params": params})
    client = als(Rol.CONTROLLER)
    job = request_report(kind, {}, actor=_actor(client))
    Roltoekenning.objects.all().delete()
    run(job.pk)
    assert seen == [frozenset()]


def test_without_an_account_there_is_no_requester(db, report_kind):
    with pytest.raises(ValueError, match="account"):
        request_report(report_kind(), {}, actor=PORTAAL)


def test_an_unknown_report_is_an_error(als):
    with pytest.raises(KeyError):
        request_report("bestaat.niet", {}, actor=_actor(als(Rol.IBER)))


@pytest.mark.parametrize(
    ("naam", "veilig"),
    [
        ("Kernplan Duin 2024-2025.pdf", "Kernplan Duin 2024-2025.pdf"),
        ("a/b\\c:d", "a-b-c-d.pdf"),
        ("..", "rapport.pdf"),
        ("x" * 200, "x" * 150 + ".pdf"),
    ],
)
def test_file_names(naam, veilig):
    assert safe_name(naam) == veilig


# ---- the page -------------------------------------------------------------------------------------------------------
def test_my_documents_shows_status_and_file(als, report_kind, bells):
    client, other = als(Rol.SCHOOLBESTUURDER), als(Rol.SCHOOLBESTUURDER)
    kind = report_kind()
    document = _make(client, kind)
    request_report(kind, {}, actor=_actor(client))
    page = client.get(reverse("jobs:documenten")).content.decode()
    assert reverse("jobs:document", args=[document.sleutel]) in page
    assert "proefrapport.pdf" in page
    assert ">wacht<" in page.replace("</svg>", ">")
    assert str(document.sleutel) not in other.get(reverse("jobs:documenten")).content.decode()


def test_its_queries_do_not_grow(als, report_kind, bells, django_assert_max_num_queries):
    client = als(Rol.IBER)
    kind, actor = report_kind(), _actor(client)
    client.get(reverse("jobs:documenten"))  # the name of the SWV is remembered from here
    counts = []
    for more in (1, 29):
        for _ in range(more):
            request_report(kind, {}, actor=actor)
        with django_assert_max_num_queries(8) as asked:
            client.get(reverse("jobs:documenten"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_offered_report_is_one_click(als, report_kind, bells):
    kind = report_kind(aanbod=frozenset({Rol.CONTROLLER}))
    client = als(Rol.CONTROLLER)
    assert "Proefrapport" in client.get(reverse("jobs:documenten")).content.decode()
    response = client.post(reverse("jobs:vraag_rapport"), {"rapport": kind, **nieuwe_sleutel()})
    job = Job.objects.get(soort="rapport")
    assert response["Location"] == reverse("jobs:voortgang", args=[job.pk])
    assert job.aanvrager_id == client.user.pk


@pytest.mark.django_db(transaction=True)
def test_without_redis_one_sees_at_once_that_it_is_being_made(als, report_kind, monkeypatch):
    """A Redis that takes the connection and says nothing: the worst kind of away."""
    kind = report_kind(aanbod=frozenset({Rol.CONTROLLER}))
    client = als(Rol.CONTROLLER)
    monkeypatch.setattr(doorbell, "_quiet_until", 0.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        # The second is read from the first as long as it has no value of its own: so it goes first.
        monkeypatch.setattr(app.conf, "broker_write_url", url)
        monkeypatch.setattr(app.conf, "broker_url", url)
        # Pools remember the address they were made with: this test has its own, and leaves none behind.
        monkeypatch.setattr(app, "_pool", None)
        monkeypatch.setattr(app.amqp, "_producer_pool", None)
        start = time.perf_counter()
        response = client.post(reverse("jobs:vraag_rapport"), {"rapport": kind, **nieuwe_sleutel()}, follow=True)
        assert time.perf_counter() - start < 3
    assert doorbell._quiet_until > 0  # it did try
    assert "in behandeling" in response.content.decode()
    assert Job.objects.get().staat == "wacht"


@pytest.mark.parametrize("rapport", ["proef.rapport", "bestaat.niet", ""])
def test_what_is_not_offered_does_not_exist(als, report_kind, rapport):
    report_kind(aanbod=frozenset({Rol.CONTROLLER}))
    client = als(Rol.IBER)
    assert "Proefrapport" not in client.get(reverse("jobs:documenten")).content.decode()
    assert client.post(reverse("jobs:vraag_rapport"), {"rapport": rapport}).status_code == 404
    assert not Job.objects.exists()


def test_visitors_log_in(db):
    assert Client().get(reverse("jobs:documenten")).status_code == 302


def test_a_report_of_what_is_not_there_fails_at_once(als, report_kind, bells):
    """Trying again would not bring it back."""

    def build(bereik, params):
        raise NotVisible("niet gevonden")

    job = request_report(report_kind(build=build), {"school": 12}, actor=_actor(als(Rol.CONTROLLER)))
    assert run(job.pk) == "dead"
    job.refresh_from_db()
    assert job.fout == "Dit rapport is er niet, of niet meer voor degene die het vroeg."
