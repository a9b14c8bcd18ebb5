"""Putting work in the table: what is refused, keys, groups, and the one ring of the bell."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from swv_portal.celery import app
from swv_portal.jobs import doorbell
from swv_portal.jobs.models import Job
from swv_portal.jobs.queries import group_progress, job_progress
from swv_portal.jobs.services.enqueue import enqueue, enqueue_group


def test_an_unknown_kind_is_an_error(db):
    with pytest.raises(KeyError):
        enqueue("bestaat.niet")


@pytest.mark.parametrize(
    "params",
    [
        {"tekst": "x" * 121},
        {"dieper": {"tekst": "x" * 121}},
        {"lijst": ["x" * 121]},
        {"inhoud": b"bytes"},
        {"dag": object()},
        {"lijst": list(range(10_001))},
    ],
)
def test_only_ids_and_codes(db, job_kind, params):
    with pytest.raises(ValueError, match="params"):
        enqueue(job_kind(), params=params)
    with pytest.raises(ValueError, match="params"):
        enqueue_group(job_kind(), [{"goed": 1}, params])
    assert not Job.objects.exists()


def test_the_refusal_does_not_repeat_the_text(db, job_kind):
    with pytest.raises(ValueError, match="too long") as caught:
        enqueue(job_kind(), params={"tekst": "Jan Jansen " * 20})
    assert "Jansen" not in str(caught.value)


def test_secrets_are_not_readable_in_the_table(db, job_kind, bells):
    enqueue(job_kind(), geheim={"adres": "ouder@example.org"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT geheim FROM jobs_job")
        assert "ouder" not in cursor.fetchone()[0]
    assert Job.objects.get().geheim == {"adres": "ouder@example.org"}


def test_a_key_makes_it_one_job(db, job_kind, bells):
    first = enqueue(job_kind(), params={"nummer": 1}, uniek="proef-1")
    second = enqueue(job_kind(), params={"nummer": 2}, uniek="proef-1")
    assert first == second
    assert Job.objects.get().params == {"nummer": 1}


def test_the_bell_rings_once_after_the_commit(db, job_kind, bells, django_capture_on_commit_callbacks):
    soort = job_kind()
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        for nummer in range(30):
            enqueue(soort, params={"nummer": nummer})
        assert bells == []
    assert len(callbacks) == 1
    assert bells == [1]


@pytest.mark.parametrize(("size", "rings"), [(0, []), (1, [1]), (2, [8]), (7000, [8])])
def test_a_batch_rings_a_few_times_whatever_its_size(
    db, job_kind, bells, django_capture_on_commit_callbacks, size, rings
):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_group(job_kind(), [{"nummer": nummer} for nummer in range(size)])
    assert bells == rings


def test_what_rolls_back_never_rings(db, job_kind, bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        enqueue(job_kind())
        transaction.set_rollback(True)
    assert bells == []
    assert not Job.objects.exists()


def test_a_group_costs_a_fixed_number_of_queries(db, job_kind, bells, django_assert_num_queries):
    soort = job_kind()
    with django_assert_num_queries(3):  # savepoint, insert, release
        small = enqueue_group(soort, [{"nummer": 1}])
    with django_assert_num_queries(3):
        large = enqueue_group(soort, [{"nummer": nummer} for nummer in range(500)])
    with django_assert_num_queries(1):
        assert group_progress(large).totaal == 500
    assert group_progress(small).totaal == 1


def test_an_empty_group_is_finished(db, job_kind, bells):
    assert group_progress(enqueue_group(job_kind(), [])).af


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"staat": "wacht"}, (1, 0, 0, 0, False)),
        ({"staat": "wacht", "gedaan": 10, "totaal": 10}, (10, 9, 0, 0, False)),
        ({"staat": "klaar", "totaal": 10}, (10, 10, 0, 0, True)),
        ({"staat": "dood"}, (1, 0, 1, 0, True)),
        ({"staat": "gestopt", "totaal": 4}, (4, 0, 4, 0, True)),
    ],
)
def test_progress_of_one_job(values, expected):
    found = job_progress(Job(**values))
    assert (found.totaal, found.klaar, found.mislukt, found.bezig, found.af) == expected


@pytest.fixture
def quiet_doorbell() -> Iterator[None]:
    doorbell._quiet_until = 0.0
    yield
    doorbell._quiet_until = 0.0


def _broker(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The second is read from the first as long as it has no value of its own: so it goes first.
    monkeypatch.setattr(app.conf, "broker_write_url", url)
    monkeypatch.setattr(app.conf, "broker_url", url)
    # Pools remember the address they were made with: this test has its own, and leaves none behind.
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


def test_nobody_waits_for_a_redis_that_refuses(quiet_doorbell, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _broker(f"redis://127.0.0.1:{port}/0", monkeypatch)
    start = time.perf_counter()
    doorbell.ring()
    assert time.perf_counter() - start < 2.5
    assert doorbell._quiet_until > 0


def test_nobody_waits_for_a_redis_that_says_nothing(quiet_doorbell, monkeypatch):
    """It takes the connection and never answers, as behind a firewall that drops everything."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        _broker(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", monkeypatch)
        start = time.perf_counter()
        doorbell.ring()
        assert time.perf_counter() - start < 2.5
        start = time.perf_counter()
        for _ in range(100):
            doorbell.ring()
        assert time.perf_counter() - start < 0.1


@pytest.mark.django_db(transaction=True)
def test_two_people_asking_for_the_same_key_at_once(job_kind, bells):
    soort = job_kind()
    together = threading.Barrier(2)
    found: list[int] = []

    def ask() -> None:
        try:
            together.wait(5)
            found.append(enqueue(soort, uniek="samen").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(found) == 2
    assert len(set(found)) == 1
    assert Job.objects.count() == 1
