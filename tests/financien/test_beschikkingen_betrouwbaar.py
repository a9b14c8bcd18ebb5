"""A real worker is killed in the middle of the batch: of every letter there is exactly one valid document."""

import os
import signal
import time

import pytest
from django.db import connection

from financien.models import Beschikking, Budget
from financien.services.beschikkingen import maak_beschikkingen
from swv_portal.common.scoping import Rol
from swv_portal.jobs.doorbell import ring
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.documents import read_document
from swv_portal.jobs.services.sweep import must_ring
from tests.conftest import wait_until
from tests.factories.financien import PlaatsingFactory, maak_jaar, vastgesteld_budget


@pytest.fixture
def partij(celery_worker_process, actor_als):
    """Twelve letters in the queue of a running worker."""
    director = actor_als(Rol.DIRECTEUR_BESTUURDER)
    jaar, schools = maak_jaar(6)
    for school in schools:
        PlaatsingFactory(school_verwijzend=school)
    budget = vastgesteld_budget(director, jaar)
    assert isinstance(maak_beschikkingen(actor=director, pk=budget.pk), Budget)
    return budget


LIMIET = 240


def _klaar(budget):
    return Beschikking.objects.filter(budget=budget, staat="klaar").count()


def _let_leases_run_out():
    """What the sweeper finds a minute after a worker died; the test does not wait for that minute."""
    Job.objects.filter(staat="bezig").update(lease_tot="2024-01-01T00:00:00Z")


def _wait_for_all(budget):
    """Sweep as beat does, until every letter is there; a letter that failed on the way shows with its reason."""
    end = time.monotonic() + LIMIET
    while _klaar(budget) < 12:
        if time.monotonic() > end:
            raise AssertionError(list(Job.objects.exclude(staat="klaar").values_list("staat", "pogingen", "fout")))
        if must_ring():
            ring()
        time.sleep(1)


def test_a_killed_worker_loses_nothing_and_makes_nothing_twice(partij, celery_worker_process):
    wait_until(lambda: _klaar(partij) >= 2, 60, "the first letters")
    celery_worker_process.kill()
    connection.close()
    half = _klaar(partij)
    celery_worker_process.start()
    _let_leases_run_out()
    _wait_for_all(partij)
    assert half < 12, "everything was made before the worker was killed"
    letters = list(Beschikking.objects.filter(budget=partij).select_related("document", "job"))
    assert len(letters) == 12
    assert sorted(letter.nummer for letter in letters) == list(range(1, 13))
    assert {letter.staat for letter in letters} == {"klaar"}
    assert {letter.job.staat for letter in letters} == {"klaar"}
    assert Document.objects.filter(soort="financien.beschikking").count() == 12
    for letter in letters:
        assert read_document(letter.document).startswith(b"%PDF-1.7")
    assert len({letter.document.sha256 for letter in letters}) == 12


def test_a_worker_that_comes_back_late_has_no_effect(partij, celery_worker_process):
    """A worker that was frozen wakes up after another took its jobs over: its letters are not stored a second time."""
    wait_until(lambda: Job.objects.filter(staat="bezig").exists(), 60, "a job under way")
    frozen = celery_worker_process.process.pid
    os.killpg(frozen, signal.SIGSTOP)
    try:
        second = type(celery_worker_process)(
            str(connection.settings_dict["NAME"]), celery_worker_process.log.parent / "tweede"
        )
        second.log.parent.mkdir()
        second.start()
        _let_leases_run_out()
        _wait_for_all(partij)
    finally:
        os.killpg(frozen, signal.SIGCONT)
    time.sleep(2)
    second.stop()
    assert _klaar(partij) == 12
    assert Document.objects.filter(soort="financien.beschikking").count() == 12
