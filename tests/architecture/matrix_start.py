"""Who gets the addresses of ``start``."""

from swv_portal.common.scoping import Rol
from tests.architecture.matrix import IEDEREEN, OVERAL, Adres, Plek, Wereld


def bouw(plek: Plek, wereld: Wereld) -> None:
    """Nothing of ``start`` belongs to a place."""


ADRESSEN = {
    "start:thuis": Adres(IEDEREEN),
    "start:zoeken": Adres(IEDEREEN, methoden=("GET", "POST"), query="?q=kanarie", data=lambda _plek: {"q": "kanarie"}),
    "start:vernietigingen": Adres({Rol.BEHEERDER: OVERAL, Rol.DIRECTEUR_BESTUURDER: OVERAL}),
    "start:gezond": Adres(open=True),
    "start:terug": Adres(IEDEREEN),
}
