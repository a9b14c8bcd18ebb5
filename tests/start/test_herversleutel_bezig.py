"""After a new key: everything is written again while people are at work, and nothing of theirs is lost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection, transaction

from ondersteuning.models import Leerling
from swv_portal.jobs.services import crypto_stores
from swv_portal.jobs.services.crypto_stores import Stock
from tests.factories.ondersteuning import LeerlingFactory
from tests.start.versleuteld import NIEUW, OUD, command


@pytest.fixture
def holds() -> Iterator[Callable[[int, Signal], Any]]:
    """Somebody who is changing a pupil, and commits when told."""
    with ThreadPoolExecutor(1) as pool:

        def begin(pk: int, done: Signal) -> Any:
            held = Signal()

            def work() -> None:
                try:
                    with transaction.atomic():
                        pupil = Leerling.objects.select_for_update().get(pk=pk)
                        held.set()
                        done.wait(20)
                        pupil.achternaam = "Intussen Gewijzigd"
                        pupil.save()
                finally:
                    connection.close()

            future = pool.submit(work)
            assert held.wait(20)
            return future

        yield begin


@pytest.mark.django_db(transaction=True)
def test_what_somebody_is_changing_is_waited_for_and_not_overwritten(
    keys: Callable[..., None], holds: Callable[[int, Signal], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, free = LeerlingFactory(), LeerlingFactory()
    keys(NIEUW, OUD)
    done = Signal()
    future = holds(busy.pk, done)
    renew, order = crypto_stores._Columns._renew, []

    def seen(self: Any, row: Any) -> Stock:
        order.append((self.label, row.pk))
        done.set()  # the free one was not held up
        return renew(self, row)

    monkeypatch.setattr(crypto_stores._Columns, "_renew", seen)
    assert "ondersteuning.leerling: 6 bekeken" in command()
    future.result()
    assert order == [("ondersteuning.leerling", free.pk), ("ondersteuning.leerling", busy.pk)]
    keys(NIEUW)
    assert Leerling.objects.get(pk=busy.pk).achternaam == "Intussen Gewijzigd"
    assert Leerling.objects.get(pk=free.pk).achternaam == free.achternaam


@pytest.mark.django_db(transaction=True)
def test_what_stays_held_is_not_called_done(
    keys: Callable[..., None], holds: Callable[[int, Signal], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = LeerlingFactory()
    LeerlingFactory()
    keys(NIEUW, OUD)
    monkeypatch.setattr(crypto_stores, "WACHT_OP_RIJ", 0.2)
    done = Signal()
    future = holds(busy.pk, done)
    with pytest.raises(
        CommandError,
        match=r"1 waarde of bestand heeft nog een oude sleutel nodig\. Iemand was ermee bezig\.",
    ):
        command()
    done.set()
    future.result()
    assert "Klaar" in command()
    keys(NIEUW)
    assert Leerling.objects.get(pk=busy.pk).achternaam == "Intussen Gewijzigd"
