"""Who comes in at which pages about money."""

from financien.querysets import BEGROTINGLEZERS, LEZERS, ONTVANGERS
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.screens import Status, Toon

KIJKERS = tuple(sorted(LEZERS | ONTVANGERS))
STAF = tuple(sorted(LEZERS))
GELD = tuple(sorted(SWV_GELD))
BEGROTINGKIJKERS = tuple(sorted(BEGROTINGLEZERS))

TONEN: dict[str, Toon] = {"concept": "let_op", "vastgesteld": "goed", "geldend": "goed", "vervangen": "neutraal"}


def statuswoord(staat: str, naam: str) -> Status:
    """The status of a budget or a begroting."""
    return Status(naam, TONEN[staat])
