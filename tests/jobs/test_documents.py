"""Storing, taking in, scanning and fetching files."""

import socket
import socketserver
import struct
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from swv_portal.access.links import LinkKind, register_link_kind
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.crypto import Unreadable
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain.filetypes import TABEL
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.documents import (
    Upload,
    accept_upload,
    content_of,
    delete_document,
    delete_documents_of,
    documents_of,
    read_document,
    store_document,
    store_upload,
)
from swv_portal.jobs.services.rescan import enqueue_rescan
from swv_portal.jobs.services.run import run
from swv_portal.jobs.services.uploads import accept_table
from tests.jobs import files


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "bestanden")


def _store(onderwerp: Any, **options: Any) -> Document:
    values = {
        "soort": "proef",
        "onderwerp": onderwerp,
        "naam": "beschikking-12.pdf",
        "inhoud": files.PDF,
        "content_type": "application/pdf",
    }
    return store_document(**{**values, **options})


def test_a_file_is_stored_encrypted_under_a_name_that_says_nothing(user, tmp_path):
    document = _store(user, inhoud=b"%PDF- Jan Jansen heeft dyslexie")
    (stored,) = [each for each in (tmp_path / "bestanden").rglob("*") if each.is_file()]
    assert b"Jansen" not in stored.read_bytes()
    assert stored.name == document.sleutel.hex
    assert stored.stat().st_mode & 0o077 == 0
    assert read_document(Document.objects.get()) == b"%PDF- Jan Jansen heeft dyslexie"
    assert document.grootte == len(b"%PDF- Jan Jansen heeft dyslexie")


def test_a_file_that_was_changed_is_unreadable(user):
    document = _store(user)
    name = str(document.bestand.name)
    default_storage.delete(name)
    default_storage.save(name, SimpleUploadedFile("x", b"iets anders"))
    with pytest.raises(Unreadable):
        read_document(document)


def test_deleting_takes_the_file_when_the_transaction_commits(user, django_capture_on_commit_callbacks):
    document = _store(user)
    name = str(document.bestand.name)
    with django_capture_on_commit_callbacks(execute=True):
        delete_document(document)
        assert default_storage.exists(name)
    assert not default_storage.exists(name)
    assert not Document.objects.exists()


def test_documents_of_a_row(user, django_assert_num_queries):
    first, second = _store(user), _store(user, soort="anders")
    with django_assert_num_queries(1):
        assert list(documents_of(user)) == [second, first]
    assert list(documents_of(user, "proef")) == [first]
    assert delete_documents_of("access.user", [user.pk]) == 2


# ---- fetching -------------------------------------------------------------------------------------------------------
def _url(document: Document) -> str:
    return reverse("jobs:document", args=[document.sleutel])


def test_it_can_only_be_saved(als, document_kind):
    client = als(Rol.SWV_MEDEWERKER)
    document = _store(client.user, soort=document_kind(), naam="Beschikking 2024 – école €/12.pdf")
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
    refused = _store(client.user, soort=document_kind("niet", may_fetch=lambda bereik, document: False))
    answers = [client.get(_url(refused)), client.get(reverse("jobs:document", args=[uuid.uuid4()]))]
    assert [each.status_code for each in answers] == [404, 404]
    bodies = [each.content.decode().replace(str(refused.sleutel), "") for each in answers]
    assert bodies[0] == bodies[1]


def test_a_kind_that_nobody_registered_is_served_to_nobody(als):
    client = als(Rol.BEHEERDER)
    assert client.get(_url(_store(client.user, soort="onbekend"))).status_code == 404


@pytest.mark.parametrize("staat", ["quarantaine", "geweerd"])
def test_what_is_not_found_good_is_never_served(als, document_kind, staat):
    client = als(Rol.BEHEERDER)
    assert client.get(_url(_store(client.user, soort=document_kind(), staat=staat))).status_code == 404


def test_visitors_go_to_the_login_page_whether_it_exists_or_not(db, user, document_kind):
    document = _store(user, soort=document_kind())
    for key in (document.sleutel, uuid.uuid4()):
        response = Client().get(reverse("jobs:document", args=[key]))
        assert response.status_code == 302
        assert "/account/" in response["Location"]


def test_it_is_not_posted_to(als, document_kind):
    client = als(Rol.BEHEERDER)
    assert client.post(_url(_store(client.user, soort=document_kind()))).status_code == 405


def test_reading_is_in_the_timeline_when_the_kind_asks_for_it(als, document_kind, user):
    client = als(Rol.SWV_MEDEWERKER)
    silent = _store(user, soort=document_kind("stil"))
    logged = _store(user, soort=document_kind("dossier", log_reading=True))
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
    actor = _actor(user)
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
    own, other = _store(user, soort=soort, gegevens={"partij": 7}), _store(user, soort=soort, gegevens={"partij": 8})
    accounts_only = _store(user, soort=document_kind("intern"))
    assert client.get(_url(own)).content == files.PDF
    assert client.get(_url(other)).status_code == 404
    assert client.get(_url(accounts_only)).status_code == 404
    assert [line.wie for line in tijdlijn(user)] == ["ouder 1"]


def _start(link: Any) -> str:
    return "/"


def _actor(user: Any) -> Any:
    from swv_portal.access.actors import Actor

    return Actor(user_id=user.pk)


# ---- taking in ------------------------------------------------------------------------------------------------------
def _file(content: bytes, name: str = "TLV Jan Jansen.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_a_good_file_is_taken_without_its_name(user):
    upload = accept_upload(_file(files.PDF))
    assert isinstance(upload, Upload)
    assert "Jansen" not in repr(upload)
    document = store_upload(upload, soort="proef", onderwerp=user, naam="verslag-ouders", actor=_actor(user))
    assert (document.naam, document.content_type, document.staat) == ("verslag-ouders.pdf", "application/pdf", "goed")
    assert read_document(document) == files.PDF


def test_the_content_counts_and_not_the_name():
    upload = accept_upload(_file(files.docx(), "verslag.pdf"))
    assert isinstance(upload, Upload)
    assert upload.extensie == "docx"


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (b"", {}, "leeg"),
        (b"  \n ", {}, "leeg"),
        (files.PDF, {"max_bytes": 10}, "te_groot"),
        (b"MZ program", {}, "soort"),
        (files.PDF, {"allowed": TABEL}, "soort"),
        (files.PDF[:-8], {}, "beschadigd"),
    ],
)
def test_refusals_have_a_sentence_and_a_field(content, options, code):
    found = accept_upload(_file(content), veld="bijlage", **options)
    assert isinstance(found, Refusal)
    assert (found.code, found.veld) == (code, "bijlage")


@pytest.mark.parametrize(
    ("content", "zin"),
    [
        (b"brin;naam\n99AA;\0\n", "Rij 2: Hier staat een NUL-teken. Dit is geen tekstbestand."),
        ("brin;naam\n".encode("utf-16"), "Het bestand is opgeslagen als UTF-16. Sla het op als CSV UTF-8 of als XLSX."),
        (b"brin;naam\n99AA;\x01\n", "Rij 2: Hier staan tekens die niet in een tekstbestand horen."),
        (files.PDF, "Dit is een PDF. Sla het op als CSV of XLSX."),
        (files.PDF[:-8], "Dit is een PDF. Sla het op als CSV of XLSX."),
        (files.PNG, "Dit is een afbeelding. Sla het op als CSV of XLSX."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "Dit is een oud Excel-bestand (.xls)"),
        (files.docx(), "Kies een bestand van het soort Excel (xlsx) of tabel (csv)."),
        (b"zomaar een tekst", "Kies een bestand van het soort Excel (xlsx) of tabel (csv)."),
    ],
)
def test_what_is_no_table_hears_how_to_save_it_as_one(content, zin):
    found = accept_table(_file(content), veld="bijlage")
    assert isinstance(found, Refusal)
    assert zin in found.zin
    assert "Word" not in found.zin
    assert found.veld == "bijlage"


def test_a_size_that_lies_does_not_help():
    file = _file(files.PDF + b"\n" * 100)
    file.size = 5
    assert isinstance(accept_upload(file, max_bytes=50), Refusal)


# ---- the virus scanner ----------------------------------------------------------------------------------------------
class _Clam(socketserver.BaseRequestHandler):
    """The INSTREAM protocol of clamd: chunks with their length before them, a chunk of nothing, then the judgement."""

    def handle(self) -> None:
        server: Any = self.server
        assert self._read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", self._read(4))[0]:
            content += self._read(size)
        server.scanned.append(len(content))
        answer = b"stream: Eicar-Signature FOUND" if b"EICAR" in content else server.answer
        self.request.sendall(answer + b"\0")

    def _read(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            found += self.request.recv(size - len(found))
        return found


@pytest.fixture
def clamav(settings) -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clam) as server:
        server.scanned, server.answer = [], b"stream: OK"  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def test_a_clean_file_is_available_at_once(clamav):
    large = files.PDF[:-6] + b"x" * 200_000 + b"%%EOF"
    upload = accept_upload(_file(large))
    assert isinstance(upload, Upload)
    assert upload.staat == "goed"
    assert clamav.scanned == [len(large)]


def test_a_virus_is_refused(clamav):
    found = accept_upload(_file(b"%PDF-1.4 EICAR %%EOF"))
    assert isinstance(found, Refusal)
    assert found.code == "virus"


def test_an_answer_that_is_no_judgement_means_quarantine(clamav):
    clamav.answer = b"INSTREAM size limit exceeded. ERROR"
    upload = accept_upload(_file(files.PDF))
    assert isinstance(upload, Upload)
    assert upload.staat == "quarantaine"


def test_with_the_scanner_away_it_waits_in_quarantine_until_it_is_back(user, settings, clamav, bells):
    address = settings.CLAMAV_URL
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    stored = []
    for content in (files.PDF, b"%PDF-1.4 EICAR %%EOF"):
        upload = accept_upload(_file(content))
        assert isinstance(upload, Upload)
        stored.append(store_upload(upload, soort="proef", onderwerp=user, naam="verslag", actor=_actor(user)))
    assert [each.staat for each in stored] == ["quarantaine", "quarantaine"]

    enqueue_rescan()
    enqueue_rescan()
    (job,) = Job.objects.filter(soort="jobs.herkeur")
    assert run(job.pk) == "done"
    assert Document.objects.filter(staat="quarantaine").count() == 2  # still away

    settings.CLAMAV_URL = address
    Job.objects.all().delete()
    enqueue_rescan()
    assert run(Job.objects.get().pk) == "done"
    assert [each.staat for each in Document.objects.order_by("pk")] == ["goed", "geweerd"]
    assert [len(tijdlijn(each)) for each in stored] == [1, 1]

    Job.objects.all().delete()
    enqueue_rescan()
    assert not Job.objects.exists()


def test_the_file_of_a_virus_is_wiped(user, clamav, bells, django_capture_on_commit_callbacks):
    document = _store(user, inhoud=b"%PDF-1.4 EICAR %%EOF", staat="quarantaine")
    enqueue_rescan()
    with django_capture_on_commit_callbacks(execute=True):
        run(Job.objects.get().pk)
    assert not default_storage.exists(str(document.bestand.name))


def test_a_file_that_can_not_be_read_does_not_hold_up_the_others(user, clamav, bells):
    lost, changed, good = (_store(user, inhoud=files.PDF, staat="quarantaine") for _ in range(3))
    default_storage.delete(str(lost.bestand.name))
    default_storage.delete(str(changed.bestand.name))
    default_storage.save(str(changed.bestand.name), ContentFile(b"not what was stored"))
    enqueue_rescan()
    assert run(Job.objects.get().pk) == "done"
    assert [each.staat for each in Document.objects.order_by("pk")] == ["quarantaine", "quarantaine", "goed"]
    assert content_of(user, good.soort) == files.PDF


def test_the_content_of_an_infected_file_is_not_there(user):
    _store(user, inhoud=b"oud")
    _store(user, inhoud=b"virus", staat="geweerd")
    assert content_of(user, "proef") == b"oud"
    assert content_of(user, "anders") is None


def test_a_rolled_back_transaction_leaves_a_file_without_a_row(user):
    with transaction.atomic():
        document = _store(user)
        transaction.set_rollback(True)
    assert not Document.objects.exists()
    assert default_storage.exists(str(document.bestand.name))  # the nightly clean-up takes it
