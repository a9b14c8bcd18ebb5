"""Writing everything anew after a key was replaced: what is encrypted, and the keys by which pupils are found."""

from collections.abc import Iterator
from dataclasses import dataclass

from ondersteuning.services.zoeksleutels import ZOEKSLEUTELS
from swv_portal.common.crypto_stores import Store, Telling, stores


@dataclass(frozen=True)
class Uitkomst:
    """What was found in one place."""

    naam: str
    telling: Telling


def alles() -> list[Store]:
    """Every place.  The search keys come last: they are made of what was encrypted."""
    return [*stores(), ZOEKSLEUTELS]


def herversleutel(*, schrijf: bool) -> Iterator[Uitkomst]:
    """Look through every place in turn, and renew what is old when ``schrijf``.  Can be stopped and begun again."""
    for store in alles():
        yield Uitkomst(store.naam, sum(store.batches(schrijf), Telling()))
