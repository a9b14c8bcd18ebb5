"""What goes away at night, what returns every day, and the sweep."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from swv_portal.audit.models import Event, Vernietiging
from swv_portal.audit.services import record
from swv_portal.jobs import registry, tasks
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.cleanup import remove_expired_documents, remove_old_jobs, remove_orphan_files
from swv_portal.jobs.services.daily import enqueue_due_daily
from swv_portal.jobs.services.documents import store_document
from swv_portal.jobs.services.run import run

pytestmark = pytest.mark.usefixtures("own_folder")


def _document(user, **options):
    return store_document(
        soort="proef", onderwerp=user, naam="x.pdf", inhoud=b"x", content_type="application/pdf", **options
    )


def test_documents_past_their_date_go_with_file_timeline_and_record(user, actor, django_capture_on_commit_callbacks):
    today = timezone.localdate()
    old = _document(user, bewaren_tot=today - timedelta(days=1))
    kept = [_document(user, bewaren_tot=today), _document(user)]
    record(actor=actor, soort="proef", onderwerp=old, tekst="Gemaakt.")
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_expired_documents() == 1
    assert list(Document.objects.order_by("pk")) == kept
    assert not default_storage.exists(str(old.bestand.name))
    assert not Event.objects.exists()
    made = Vernietiging.objects.get()
    assert (made.soort, made.rijen, made.bestanden, made.gebeurtenissen) == ("document proef", 1, 1, 1)
    assert remove_expired_documents() == 0
    assert Vernietiging.objects.count() == 1


def test_files_without_a_row_go_after_a_day(user, own_folder: Path):
    known = _document(user)
    old = default_storage.save("documenten/ab/abcdef", ContentFile(b"x"))
    fresh = default_storage.save("documenten/ab/abcd00", ContentFile(b"x"))
    yesterday = (timezone.now() - timedelta(hours=25)).timestamp()
    for name in (old, str(known.bestand.name)):
        os.utime(own_folder / name, (yesterday, yesterday))
    assert remove_orphan_files() == 1
    assert not default_storage.exists(old)
    assert default_storage.exists(fresh)
    assert default_storage.exists(str(known.bestand.name))


def test_without_any_file_there_is_nothing_to_do(db):
    assert remove_orphan_files() == 0


@pytest.mark.parametrize(
    ("staat", "uniek", "days", "goes"),
    [
        ("klaar", None, 31, True),
        ("klaar", None, 29, False),
        ("klaar", "sleutel", 31, False),
        ("klaar", "sleutel", 401, True),
        ("klaar", "dag:jobs.opruimen:2026-01-01", 31, True),
        ("klaar", "jobs.herkeur:202601010010", 31, True),
        ("dood", None, 89, False),
        ("dood", None, 91, True),
        ("gestopt", None, 91, True),
        ("wacht", None, 500, False),
    ],
)
def test_old_jobs(db, staat, uniek, days, goes):
    ended = timezone.now() - timedelta(days=days)
    Job.objects.create(soort="proef", staat=staat, uniek=uniek, niet_voor=ended, klaar_op=ended)
    remove_old_jobs()
    assert Job.objects.exists() is not goes


def test_the_nightly_job_does_all_of_it(user, bells):
    Session.objects.create(session_key="oud", session_data="x", expire_date=timezone.now() - timedelta(days=1))
    _document(user, bewaren_tot=timezone.localdate() - timedelta(days=1))
    job = Job.objects.create(soort="jobs.opruimen", niet_voor=timezone.now())
    assert run(job.pk) == "done"
    assert not Session.objects.exists()
    assert not Document.objects.exists()


def test_daily_work_is_asked_for_once_a_day_after_its_time(db, job_kind, bells, monkeypatch):
    registry._daily.clear()
    registry.register_daily("proef", "02:30", job_kind())
    moments = ["2026-03-28 02:29", "2026-03-28 02:31", "2026-03-28 23:59", "2026-03-29 00:10", "2026-03-29 03:05"]
    counts = []
    for text in moments:
        now = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
        monkeypatch.setattr("swv_portal.jobs.services.daily.timezone.localtime", lambda now=now: now)
        enqueue_due_daily()
        counts.append(Job.objects.count())
    assert counts == [0, 1, 1, 1, 2]  # the second night has no half past two: the clock goes forward


def test_the_sweep_rings_when_work_waits(db, job_kind, bells, monkeypatch):
    registry._daily.clear()
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    tasks.sweep()
    assert bells == []
    Job.objects.create(soort=job_kind(), niet_voor=timezone.now())
    tasks.sweep()
    assert bells == [1]


def test_a_worker_passes_the_bell_on_before_it_works(db, job_kind, bells, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    rung_at_work = []
    soort = job_kind(lambda context: rung_at_work.append(len(bells)))
    for _ in range(2):
        Job.objects.create(soort=soort, niet_voor=timezone.now())
    tasks.run_next()
    assert rung_at_work == [1]
    tasks.run_next()
    assert rung_at_work == [1, 1]  # nothing more waits: no bell
    tasks.run_next()
    assert Job.objects.filter(staat="klaar").count() == 2
