"""A handler that says nothing for long keeps its job, and the sign of life leaves no connection behind."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from swv_portal.jobs.models import Job
from swv_portal.jobs.services.enqueue import enqueue
from swv_portal.jobs.services.run import RunningJob, claim, run
from swv_portal.jobs.services.sweep import give_back_abandoned

pytestmark = pytest.mark.django_db(transaction=True)

LEASE = 0.6


@pytest.fixture(autouse=True)
def short_lease(settings, bells) -> None:
    settings.JOB_LEASE_SECONDS = LEASE


def _connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def _beats() -> int:
    return sum(1 for thread in threading.enumerate() if thread.name.startswith("heartbeat"))


def test_it_keeps_the_job_of_a_silent_handler(job_kind):
    seen = {}

    def handler(context):
        first = Job.objects.get(pk=context.job_id).lease_tot
        time.sleep(3 * LEASE)
        seen["renewed"] = Job.objects.get(pk=context.job_id).lease_tot > first + timedelta(seconds=LEASE)
        seen["given_back"] = give_back_abandoned()
        seen["claimed"] = claim(context.job_id)

    before = _connections()
    job = enqueue(job_kind(handler))
    assert run(job.pk) == "done"
    assert seen == {"renewed": True, "given_back": 0, "claimed": None}
    assert _connections() == before
    assert _beats() == 0


def test_it_survives_a_database_that_is_away_for_a_while(job_kind, monkeypatch):
    tries = []
    renew = RunningJob.renew

    def flaky(running):
        tries.append(None)
        if len(tries) < 3:
            raise OperationalError("the connection is lost")
        renew(running)

    monkeypatch.setattr(RunningJob, "renew", flaky)
    job = enqueue(job_kind(lambda context: time.sleep(1.5 * LEASE)))
    assert run(job.pk) == "done"
    assert len(tries) >= 3


def test_it_stops_when_the_job_is_somebody_elses(job_kind):
    def handler(context):
        Job.objects.filter(pk=context.job_id).update(staat="gestopt", lease_tot=None)
        time.sleep(LEASE)
        return lambda: pytest.fail("a stopped job has no effect")

    assert run(enqueue(job_kind(handler)).pk) == "lost"
    assert _beats() == 0
