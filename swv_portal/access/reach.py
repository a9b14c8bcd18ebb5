"""Where the reach of a person comes from.

The platform does not know who belongs where; the app that does (``kernen``) registers how to build a ``Bereik``.
"""

from collections.abc import Callable
from datetime import date

from swv_portal.common.scoping import NIEMAND, Bereik

Bron = Callable[[int, date], Bereik]
_bronnen: list[Bron] = []


def register_reach_source(bron: Bron) -> None:
    """Called once, in ``AppConfig.ready()``, by the app that holds the roles."""
    if _bronnen and _bronnen[0] is not bron:
        raise RuntimeError("the source of a person's reach is already registered")
    _bronnen[:] = [bron]


def bereik_voor(user_id: int | None, vandaag: date) -> Bereik:
    """The reach of a person on a day; nobody's reach is empty."""
    if user_id is None:
        return NIEMAND
    return _bronnen[0](user_id, vandaag)
