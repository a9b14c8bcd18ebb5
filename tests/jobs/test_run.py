"""Claiming, running, finishing, failing and retrying, one job at a time."""

from datetime import timedelta

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from swv_portal.audit.models import Vernietiging
from swv_portal.jobs.models import Job
from swv_portal.jobs.registry import LeaseLost, Permanent
from swv_portal.jobs.services.enqueue import enqueue, enqueue_group
from swv_portal.jobs.services.run import ONZEKER, claim, claim_next, is_work_waiting, run, run_claimed
from swv_portal.jobs.services.sweep import EXTRA_KANSEN, give_back_abandoned, must_ring

pytestmark = pytest.mark.django_db


def _effect() -> None:
    """Any write will do: a row of a table without constraints."""
    Vernietiging.objects.create(soort="proef", regel="proef", rijen=1)


def test_the_effect_and_done_are_one(job_kind, bells):
    job = enqueue(job_kind(lambda context: _effect), params={"nummer": 12}, geheim={"adres": "x@example.org"})
    assert run(job.pk) == "done"
    job.refresh_from_db()
    assert (job.staat, job.geheim, job.lease_tot, job.pogingen) == ("klaar", None, None, 1)
    assert Vernietiging.objects.count() == 1
    assert run(job.pk) == "not mine"
    assert Vernietiging.objects.count() == 1


def test_a_finish_that_fails_leaves_nothing(job_kind, bells):
    def handler(context):
        def finish():
            _effect()
            raise RuntimeError("Jan Jansen heeft dyslexie")

        return finish

    job = enqueue(job_kind(handler))
    assert run(job.pk) == "failed"
    job.refresh_from_db()
    assert job.staat == "wacht"
    assert not Vernietiging.objects.exists()
    assert job.fout == "Onverwachte fout (RuntimeError)."


def test_what_somebody_typed_is_in_no_log(job_kind, bells, caplog, capsys):
    def handler(context):
        raise ValueError("Jan Jansen heeft dyslexie")

    run(enqueue(job_kind(handler)).pk)
    shown = caplog.text + str(capsys.readouterr())
    assert "ValueError" in shown
    assert "Jansen" not in shown


def test_it_is_tried_again_with_growing_pauses_and_is_dead_after_five(job_kind, bells):
    def handler(context):
        raise RuntimeError

    job = enqueue(job_kind(handler), geheim="bewaard tot het lukt")
    pauses = []
    for _ in range(5):
        Job.objects.filter(pk=job.pk).update(niet_voor=timezone.now())
        before = timezone.now()
        outcome = run(job.pk)
        job.refresh_from_db()
        pauses.append(round((job.niet_voor - before).total_seconds()))
    assert outcome == "dead"
    assert pauses[:4] == [10, 20, 40, 80]
    assert (job.staat, job.pogingen, job.geheim) == ("dood", 5, "bewaard tot het lukt")
    assert job.klaar_op is not None
    assert run(job.pk) == "not mine"


def test_it_is_not_taken_before_its_time(job_kind, bells):
    job = enqueue(job_kind(), niet_voor=timezone.now() + timedelta(minutes=5))
    assert run(job.pk) == "not mine"
    assert claim_next() is None
    assert not is_work_waiting()


def test_what_no_retry_can_mend_is_dead_at_once(job_kind, bells):
    def handler(context):
        raise Permanent("Het budget is nog niet vastgesteld.")

    job = enqueue(job_kind(handler))
    assert run(job.pk) == "dead"
    job.refresh_from_db()
    assert (job.staat, job.fout) == ("dood", "Het budget is nog niet vastgesteld.")


def test_a_worker_that_lost_its_lease_has_no_effect(job_kind, bells):
    job = enqueue(job_kind(lambda context: _effect))
    slow = claim(job.pk)
    Job.objects.filter(pk=job.pk).update(lease_tot=timezone.now() - timedelta(seconds=1))
    quick = claim(job.pk)
    assert slow is not None
    assert quick is not None
    assert quick.fence == slow.fence + 1
    assert run_claimed(slow) == "lost"
    assert not Vernietiging.objects.exists()
    assert run_claimed(quick) == "done"
    assert Vernietiging.objects.count() == 1


def test_progress_renews_the_lease_and_stops_who_lost_it(job_kind, bells):
    seen = {}

    def handler(context):
        row = Job.objects.filter(pk=context.job_id)
        row.update(lease_tot=timezone.now() + timedelta(seconds=1))
        context.progress(3, 10)
        job = row.get()
        seen.update(gedaan=job.gedaan, totaal=job.totaal, left=(job.lease_tot - timezone.now()).total_seconds())
        row.update(staat="gestopt", lease_tot=None)
        try:
            context.progress(4, 10)
        except LeaseLost:
            seen["stopped"] = True
            raise

    job = enqueue(job_kind(handler))
    assert run(job.pk) == "lost"
    assert (seen["gedaan"], seen["totaal"], seen["stopped"]) == (3, 10, True)
    assert seen["left"] > 50
    job.refresh_from_db()
    assert job.staat == "gestopt"


def test_the_database_being_away_gives_the_job_back(job_kind, bells, monkeypatch):
    monkeypatch.setattr("swv_portal.jobs.services.run.connection.close", lambda: None)  # the test's own connection

    def handler(context):
        raise OperationalError("server closed the connection unexpectedly")

    job = enqueue(job_kind(handler))
    assert run(job.pk) == "failed"
    job.refresh_from_db()
    assert (job.staat, job.fout) == ("wacht", "De database was even niet bereikbaar.")


def test_the_first_single_job_goes_before_a_group(job_kind, bells):
    soort = job_kind()
    enqueue_group(soort, [{"nummer": 1}, {"nummer": 2}])
    single = enqueue(soort, params={"nummer": 3})
    taken = [claim_next() for _ in range(4)]
    assert taken[0] == single
    assert [job.params["nummer"] for job in taken[1:3]] == [1, 2]
    assert taken[3] is None


def test_abandoned_jobs_wait_again_and_are_given_up_in_the_end(job_kind, bells, settings):
    soort = job_kind()
    job, worst = enqueue(soort), enqueue(soort)
    for each in (job, worst):
        assert claim(each.pk)
    assert not must_ring()
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.update(lease_tot=past)
    Job.objects.filter(pk=worst.pk).update(pogingen=settings.JOB_MAX_ATTEMPTS + EXTRA_KANSEN)
    assert must_ring()
    job.refresh_from_db()
    worst.refresh_from_db()
    assert (job.staat, worst.staat) == ("wacht", "dood")
    assert worst.fout == "De opdracht brak te vaak af zonder dat bekend is waarom."
    assert give_back_abandoned() == 0


def test_an_effect_outside_is_not_repeated(job_kind, bells):
    sent = []

    def handler(context):
        context.outside()
        sent.append(context.attempt)
        raise MemoryError

    job = enqueue(job_kind(handler))
    assert run(job.pk) == "failed"
    Job.objects.update(niet_voor=timezone.now())
    assert run(job.pk) == "dead"
    job.refresh_from_db()
    assert (sent, job.fout) == ([1], ONZEKER)


def test_a_kind_that_nobody_knows_is_tried_again_later(db, bells):
    """The new version of the portal may have asked, and an old worker heard it."""
    job = Job.objects.create(soort="van.morgen", niet_voor=timezone.now())
    assert run(job.pk) == "failed"
    job.refresh_from_db()
    assert job.staat == "wacht"


def test_a_running_job_always_has_a_lease(db):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(soort="mail", staat="bezig", niet_voor=timezone.now())
