"""Writing everything anew after a key was replaced: what is encrypted, and the keys by which pupils are found."""

from collections.abc import Iterator
from dataclasses import dataclass

from ondersteuning.services.zoeksleutels import ZOEKSLEUTELS
from swv_portal.jobs.services.crypto_stores import Stock, Store, stores


@dataclass(frozen=True)
class StoreStock:
    """What was found in one place."""

    naam: str
    stock: Stock

    @property
    def niets_gevonden(self) -> bool:
        """Of several files none is there: the store itself is not, and says nothing about keys."""
        return len(self.stock.weg) == self.stock.bekeken > 1


def every_store() -> list[Store]:
    """Every place.  The search keys come last: they are made of what was encrypted."""
    return [*stores(), ZOEKSLEUTELS]


def herversleutel(*, schrijf: bool) -> Iterator[StoreStock]:
    """Look through every place in turn, and renew what is old when ``schrijf``.  Can be stopped and begun again."""
    for store in every_store():
        yield StoreStock(store.naam, sum(store.batches(schrijf), Stock()))
