"""The search keys of pupils: given with a name, and made anew after the key that they are made with was replaced."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ondersteuning.models import Leerling
from ondersteuning.queries.zoeksleutels import dubbelsleutel, zoeksleutels
from swv_portal.common.crypto import Unreadable
from swv_portal.jobs.services.crypto_stores import Stock, Store, in_order, renew_locked

SLEUTELS = {"zoeksleutels", "dubbelsleutel"}


def zet_sleutels(leerling: Leerling) -> bool:
    """Give a pupil, not saved yet, the keys that belong to name and birth date: did they change?"""
    before = (leerling.zoeksleutels, leerling.dubbelsleutel)
    born = date.fromisoformat(leerling.geboortedatum) if leerling.geboortedatum else None
    leerling.zoeksleutels = zoeksleutels(leerling.naam)
    leerling.dubbelsleutel = dubbelsleutel(leerling.naam, born)
    return before != (leerling.zoeksleutels, leerling.dubbelsleutel)


def _batches(schrijf: bool) -> Iterator[Stock]:
    """The pupils are read one by one: a row that no key opens would stop the whole batch."""
    for batch in in_order(Leerling.objects.only("pk")):
        found, stale = Stock(), []
        for row in batch:
            try:
                leerling = Leerling.objects.filter(pk=row.pk).first()
            except Unreadable:
                found += Stock(bekeken=1, onleesbaar=(f"ondersteuning.leerling {row.pk}, naam",))
                continue
            if leerling is not None and zet_sleutels(leerling):
                stale.append(row.pk)
            found += Stock(bekeken=1)
        yield found + (renew_locked(Leerling.objects.all(), stale, _renew) if schrijf else Stock(oud=len(stale)))


def _renew(leerling: Any) -> Stock:
    if not zet_sleutels(leerling):
        return Stock()
    leerling.save(update_fields=SLEUTELS)
    return Stock(vernieuwd=1)


#: Made with ``SECRET_KEY``, so a new one makes them old.
ZOEKSLEUTELS = Store("ondersteuning.leerling, zoeken op naam", _batches)
