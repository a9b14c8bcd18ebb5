"""A form that makes something makes it once, however often and from how many sides it is sent."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kernen.models import Kern
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Formuliersleutel
from swv_portal.jobs.services.cleanup import FORMULIER_BEWAREN, remove_old_form_keys
from swv_portal.jobs.services.once import ZONDER_SLEUTEL, Once, once
from tests.conftest import wait_until
from tests.factories.kernen import KernFactory, PersoonFactory

NEE = Refusal("nee", "Dit kan niet.")


def _send(actor: Actor, key: uuid.UUID | None, maak: Any = KernFactory, soort: str = "proef") -> Any:
    return once(actor=actor, soort=soort, sleutel=key, maak=maak, pad=lambda made: f"/kernen/{made.pk}/")


def test_the_second_time_makes_nothing_and_leads_to_the_first(actor):
    key = uuid.uuid4()
    first, second = _send(actor, key), _send(actor, key)
    kern = Kern.objects.get()
    assert first == Once(f"/kernen/{kern.pk}/", kern)
    assert second == Once(first.pad, None)
    assert (first.eerder, second.eerder) == (False, True)


def test_another_key_or_another_form_makes_another(actor):
    key = uuid.uuid4()
    for outcome in (_send(actor, key), _send(actor, uuid.uuid4()), _send(actor, key, soort="anders")):
        assert outcome.gemaakt is not None
    assert Kern.objects.count() == 3


def test_the_key_of_somebody_else_gives_nothing_away(actor):
    key = uuid.uuid4()
    theirs = _send(actor, key)
    mine = _send(Actor(user_id=PersoonFactory().pk), key)
    assert mine.gemaakt is not None
    assert mine.pad != theirs.pad


def test_a_refusal_leaves_the_key_unused(actor):
    key = uuid.uuid4()
    assert _send(actor, key, lambda: NEE) == NEE
    assert not Formuliersleutel.objects.exists()
    assert _send(actor, key).gemaakt is not None


def test_what_breaks_leaves_neither_key_nor_thing(actor):
    key = uuid.uuid4()

    def breaks() -> Any:
        KernFactory()
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError):
        _send(actor, key, breaks)
    assert not Kern.objects.exists()
    assert _send(actor, key).gemaakt is not None


def test_without_a_key_nothing_is_made(actor):
    assert _send(actor, None) == ZONDER_SLEUTEL
    assert not Kern.objects.exists()


def test_a_key_belongs_to_a_person(db):
    with pytest.raises(ValueError, match="account"):
        _send(PORTAAL, uuid.uuid4())


def test_old_keys_go_at_night(actor):
    for _ in range(2):
        _send(actor, uuid.uuid4())
    old, fresh = Formuliersleutel.objects.order_by("pk")
    Formuliersleutel.objects.filter(pk=old.pk).update(
        aangemaakt=timezone.now() - FORMULIER_BEWAREN - timedelta(hours=1)
    )
    assert remove_old_form_keys() == 1
    assert Formuliersleutel.objects.get() == fresh


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first_is_refused", [False, True])
def test_two_at_the_same_moment(first_is_refused):
    """Two connections: the second comes while the first is busy, and waits for it."""
    actor, key, busy, go_on = Actor(user_id=PersoonFactory().pk), uuid.uuid4(), threading.Event(), threading.Event()

    def slow() -> Any:
        busy.set()
        assert go_on.wait(20)
        return NEE if first_is_refused else KernFactory()

    def send(maak: Any) -> Any:
        try:
            return _send(actor, key, maak)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(send, slow)
        assert busy.wait(20)
        second = pool.submit(send, KernFactory)
        wait_until(_waits_for_a_lock, 20, "the waiting of the second")
        assert not second.done()
        go_on.set()
        one, two = first.result(20), second.result(20)
    kern = Kern.objects.get()
    assert two.pad == f"/kernen/{kern.pk}/"
    assert two.eerder is not first_is_refused
    assert one == (NEE if first_is_refused else Once(two.pad, kern))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one():
    actor, key = Actor(user_id=PersoonFactory().pk), uuid.uuid4()

    def send(_: int) -> Any:
        try:
            return _send(actor, key)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(send, range(16)))
    assert Kern.objects.count() == 1
    assert len({outcome.pad for outcome in found}) == 1
    assert sum(outcome.gemaakt is not None for outcome in found) == 1
