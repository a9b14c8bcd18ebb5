"""The whole test list: which items there are, in the order of the procedure, and which count on a route."""

from collections.abc import Callable, Iterable

from ondersteuning.domain.stand import Stand
from ondersteuning.domain.toets.aanvraag import (
    categorie,
    formulier,
    geldigheid,
    leerling_gehoord,
    plaats,
    schooljaar,
    terugkeer,
)
from ondersteuning.domain.toets.deskundigen import eerste_advies, tweede_advies, tweede_betrokken, tweede_onafhankelijk
from ondersteuning.domain.toets.ouders import ouders_akkoord, ouders_gezien, ouders_uitgenodigd, reacties, triade
from ondersteuning.domain.toets.punt import Punt, Uitkomst
from ondersteuning.domain.toets.routes import (
    aanleiding,
    akkoord,
    ander_swv,
    bemiddeling,
    budget_afgestemd,
    mandaat,
    onderzoek,
    unaniem,
    welk_swv,
)

_PUNTEN: tuple[Callable[[Stand], Punt], ...] = (
    formulier,
    mandaat,
    aanleiding,
    ander_swv,
    akkoord,
    bemiddeling,
    onderzoek,
    unaniem,
    schooljaar,
    ouders_akkoord,
    leerling_gehoord,
    ouders_uitgenodigd,
    ouders_gezien,
    eerste_advies,
    plaats,
    tweede_advies,
    tweede_onafhankelijk,
    tweede_betrokken,
    categorie,
    geldigheid,
    terugkeer,
    budget_afgestemd,
    triade,
)


def toets(stand: Stand) -> tuple[Punt, ...]:
    """The items of the test list that count on this route, in the order of the procedure."""
    sometimes = (reacties(stand), welk_swv(stand))
    return (*van_toepassing(stand, _PUNTEN), *(item for item in sometimes if item is not None))


def van_toepassing(stand: Stand, punten: Iterable[Callable[[Stand], Punt]]) -> list[Punt]:
    """Of these items the ones that count on the route of this application."""
    return [item for item in (test(stand) for test in punten) if item.code in stand.route.punten]


def niet_voldaan(stand: Stand) -> tuple[Punt, ...]:
    """The items that block a grant."""
    return tuple(item for item in toets(stand) if item.uitkomst is Uitkomst.NIET)
