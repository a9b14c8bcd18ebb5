"""Mail: what may stand in it, whom it goes to, and that it is sent once."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from swv_portal.jobs.models import Job
from swv_portal.jobs.services.mail import absolute_url, check_subject, enqueue_mail
from swv_portal.jobs.services.run import ONZEKER, run

KLAAR = {"sjabloon": "jobs_klaar", "context": {"titel": "Beschikking maken", "mislukt": 0, "url": "https://x.example/"}}


def _ask(**options: Any) -> Job:
    return enqueue_mail(**{**KLAAR, "onderwerp": "Bekijk opdracht 12", **options})


@pytest.mark.parametrize(
    "onderwerp", ["", "  ", "twee\nregels", "x" * 121, "Bekijk 12-03-2015", "Schrijf jan@example.org", "a\x00b"]
)
def test_a_subject_is_a_verb_and_a_reference(onderwerp):
    with pytest.raises(ValueError, match="subject"):
        check_subject(onderwerp)


def test_a_reference_is_fine():
    assert (
        check_subject("Bekijk aanvraag 2425-0012: kern Duin en Bollen")
        == "Bekijk aanvraag 2425-0012: kern Duin en Bollen"
    )


def test_links_are_absolute(settings):
    settings.SITE_URL = "https://portaal.example/"
    assert absolute_url("/aanvragen/3/") == "https://portaal.example/aanvragen/3/"
    with pytest.raises(ValueError, match="path"):
        absolute_url("https://elders.example/")


def test_one_addressee(db, user, bells):
    with pytest.raises(ValueError, match="user or to an address"):
        _ask()
    with pytest.raises(ValueError, match="user or to an address"):
        _ask(aan_user=user, aan_adres="x@example.org")


def test_nothing_of_a_mail_is_readable_in_the_table(db, bells):
    _ask(aan_adres="ouder@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(jobs_job)::text FROM jobs_job")
        row = cursor.fetchone()[0]
    assert "jobs_klaar" in row
    for secret in ("ouder@", "Bekijk opdracht", "Beschikking", "x.example"):
        assert secret not in row


def test_it_is_sent_and_wiped(db, user, bells, settings):
    settings.SITE_URL = "https://portaal.example"
    user.naam = "Noor d'Ancona <b>"
    user.save()
    job = _ask(aan_user=user)
    assert run(job.pk) == "done"
    (sent,) = mail.outbox
    assert sent.to == [user.email]
    assert sent.subject == "Bekijk opdracht 12"
    assert "Noor d'Ancona <b>" in sent.body  # plain text: nothing is escaped
    assert "Beschikking maken" in sent.body
    assert sent.extra_headers == {
        "Message-ID": f"<opdracht-{job.pk}@portaal.example>",
        "Auto-Submitted": "auto-generated",
    }
    job.refresh_from_db()
    assert (job.staat, job.geheim) == ("klaar", None)


def test_the_address_of_a_user_is_looked_up_when_it_goes_out(db, user, bells):
    job = _ask(aan_user=user.pk)
    user.email = "nieuw@test.example"
    user.save()
    run(job.pk)
    assert mail.outbox[0].to == ["nieuw@test.example"]


def test_a_closed_account_gets_nothing(db, user, bells):
    job = _ask(aan_user=user)
    user.is_active = False
    user.save()
    assert run(job.pk) == "done"
    assert mail.outbox == []


def test_asking_twice_sends_once(db, user, bells):
    jobs = {_ask(aan_user=user, uniek="herinnering-1").pk for _ in range(2)}
    assert len(jobs) == 1
    run(jobs.pop())
    assert len(mail.outbox) == 1


class _Smtp(socketserver.StreamRequestHandler):
    """A mail server that answers as the test wants.  ``cut``: it takes the message and breaks the connection."""

    def handle(self) -> None:
        server: Any = self.server
        self._say("220 proef")
        while line := self.rfile.readline().strip():
            verb = line.split()[0].upper()
            if verb == b"DATA":
                self._say("354 go on")
                while self.rfile.readline().strip() != b".":
                    pass
                server.taken += 1
                if server.answer == "cut":
                    return
                self._say("250 taken")
            elif verb == b"RCPT" and server.answer.startswith(("4", "5")):
                self._say(server.answer)
            else:
                self._say("221 bye" if verb == b"QUIT" else "250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def smtp(settings) -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp) as server:
        server.answer, server.taken = "250", 0  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_TIMEOUT = 3
        yield server
        server.shutdown()


def _again(job: Job) -> str:
    Job.objects.filter(pk=job.pk).update(niet_voor=timezone.now())
    outcome = run(job.pk)
    job.refresh_from_db()
    return outcome


def test_a_mail_server_takes_it(db, bells, smtp):
    job = _ask(aan_adres="ouder@example.org")
    assert run(job.pk) == "done"
    assert smtp.taken == 1


def test_a_connection_that_breaks_after_the_message_is_not_tried_again(db, bells, smtp):
    """Whether the server took it is not known; sending again could send it twice."""
    smtp.answer = "cut"
    job = _ask(aan_adres="ouder@example.org")
    assert run(job.pk) == "failed"
    smtp.answer = "250"
    assert _again(job) == "dead"
    assert smtp.taken == 1
    assert job.fout == ONZEKER
    assert job.geheim is not None  # staff may decide to send it again


def test_a_server_that_says_later_gets_it_later(db, bells, smtp):
    smtp.answer = "451 later"
    job = _ask(aan_adres="ouder@example.org")
    assert run(job.pk) == "failed"
    smtp.answer = "250"
    assert _again(job) == "done"
    assert smtp.taken == 1


def test_a_server_that_says_no_is_not_asked_again(db, bells, smtp):
    smtp.answer = "550 no such person"
    job = _ask(aan_adres="bestaat.niet@example.org")
    assert run(job.pk) == "dead"
    job.refresh_from_db()
    assert job.fout == "De mailserver weigert dit bericht. Controleer het e-mailadres."
    assert "example" not in job.fout


def test_without_a_mail_server_it_waits(db, bells, settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    job = _ask(aan_adres="ouder@example.org")
    assert run(job.pk) == "failed"
    job.refresh_from_db()
    assert (job.staat, job.buiten_sinds) == ("wacht", None)
