"""Turns: one transaction at a time, in all processes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from django.db import OperationalError, connection, transaction

from swv_portal.common.writing import Slot, wait_turn


def _can_have_it(slot: Slot) -> bool:
    """Asked from another connection, which does not wait long."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
            wait_turn(slot)
    except OperationalError:
        return False
    finally:
        connection.close()
    return True


@pytest.mark.django_db(transaction=True)
def test_a_turn_lasts_until_the_end_of_the_transaction_and_holds_up_no_other_slot() -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            wait_turn(Slot.MENUKAART)
            wait_turn(Slot.MENUKAART)  # one's own turn is not waited for
            assert not pool.submit(_can_have_it, Slot.MENUKAART).result(20)
            assert pool.submit(_can_have_it, Slot.SCHOLEN).result(20)
        assert pool.submit(_can_have_it, Slot.MENUKAART).result(20)


@pytest.mark.django_db(transaction=True)
def test_who_comes_second_goes_on_when_the_first_is_done() -> None:
    order, begun = [], Signal()

    def second() -> None:
        try:
            with transaction.atomic():
                begun.set()
                wait_turn(Slot.BEGROTING)
                order.append("second")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            wait_turn(Slot.BEGROTING)
            future = pool.submit(second)
            assert begun.wait(20)
            order.append("first")
        future.result(20)
    assert order == ["first", "second"]
