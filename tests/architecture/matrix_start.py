"""Who gets the addresses of ``start``."""

from tests.architecture.matrix import IEDEREEN, Adres, Plek, Wereld


def bouw(plek: Plek, wereld: Wereld) -> None:
    """Nothing of ``start`` belongs to a place."""


ADRESSEN = {
    "start:thuis": Adres(IEDEREEN),
    "start:zoeken": Adres(IEDEREEN, query="?q=kanarie"),
    "start:gezond": Adres(open=True),
    "start:terug": Adres(IEDEREEN),
}
