"""The virus scanner: judged at once, waiting in quarantine while it is away, and what becomes of a virus."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from swv_portal.audit.queries import tijdlijn
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.documents import Upload, accept_upload, content_of, store_upload
from swv_portal.jobs.services.rescan import enqueue_rescan
from swv_portal.jobs.services.run import run
from tests.jobs import files
from tests.jobs.documents import actor_of, store, uploaded

pytestmark = pytest.mark.usefixtures("own_folder")


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
    upload = accept_upload(uploaded(large))
    assert isinstance(upload, Upload)
    assert upload.staat == "goed"
    assert clamav.scanned == [len(large)]


def test_a_virus_is_refused(clamav):
    found = accept_upload(uploaded(b"%PDF-1.4 EICAR %%EOF"))
    assert isinstance(found, Refusal)
    assert found.code == "virus"


def test_an_answer_that_is_no_judgement_means_quarantine(clamav):
    clamav.answer = b"INSTREAM size limit exceeded. ERROR"
    upload = accept_upload(uploaded(files.PDF))
    assert isinstance(upload, Upload)
    assert upload.staat == "quarantaine"


def test_with_the_scanner_away_it_waits_in_quarantine_until_it_is_back(user, settings, clamav, bells):
    address = settings.CLAMAV_URL
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMAV_URL = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    stored = []
    for content in (files.PDF, b"%PDF-1.4 EICAR %%EOF"):
        upload = accept_upload(uploaded(content))
        assert isinstance(upload, Upload)
        stored.append(store_upload(upload, soort="proef", onderwerp=user, naam="verslag", actor=actor_of(user)))
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
    document = store(user, inhoud=b"%PDF-1.4 EICAR %%EOF", staat="quarantaine")
    enqueue_rescan()
    with django_capture_on_commit_callbacks(execute=True):
        run(Job.objects.get().pk)
    assert not default_storage.exists(str(document.bestand.name))


def test_a_file_that_can_not_be_read_does_not_hold_up_the_others(user, clamav, bells):
    lost, changed, good = (store(user, inhoud=files.PDF, staat="quarantaine") for _ in range(3))
    default_storage.delete(str(lost.bestand.name))
    default_storage.delete(str(changed.bestand.name))
    default_storage.save(str(changed.bestand.name), ContentFile(b"not what was stored"))
    enqueue_rescan()
    assert run(Job.objects.get().pk) == "done"
    assert [each.staat for each in Document.objects.order_by("pk")] == ["quarantaine", "quarantaine", "goed"]
    assert content_of(user, good.soort) == files.PDF
