"""What belongs to the state of the newer applications of ``_aanvragen``."""

from collections import defaultdict

from bench._dossiers import ZIN, Wereld, bewaar
from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.radar import Antwoord
from ondersteuning.models import Aanvraag, Aanvulling, Bezwaar, Herinnering, Radarvraag


def leg_onderweg_vast(world: Wereld, rijen: list[tuple[int, Aanvraag]]) -> None:
    """A completion, reminder, objection or question of the radar; with each application stands its number."""
    in_staat: dict[str, list[tuple[int, Aanvraag]]] = defaultdict(list)
    for n, row in rijen:
        in_staat[row.staat].append((n, row))
    bewaar(Aanvulling, (_aanvulling(world, n, row) for n, row in in_staat[procedure.AANVULLING]))
    bewaar(
        Herinnering,
        (Herinnering(aanvraag=row, wie="ontvangend", op=world.dag(3)) for _, row in in_staat[procedure.BIJ_PARTIJEN]),
    )
    bewaar(Bezwaar, (_bezwaar(world, n, row) for n, row in in_staat[procedure.GEWEIGERD]))
    bewaar(Radarvraag, (_vraag(world, n, row) for n, row in in_staat[procedure.TOEGEKEND] if n % 2))


def _aanvulling(world: Wereld, n: int, row: Aanvraag) -> Aanvulling:
    return Aanvulling(aanvraag=row, gevraagd_op=row.sinds, uiterlijk=world.dag(-1 - n % 30), vraag=ZIN)


def _bezwaar(world: Wereld, n: int, row: Aanvraag) -> Bezwaar:
    return Bezwaar(
        aanvraag=row,
        tegen="besluit",
        bezwaarmaker="ouder_1",
        ontvangen_op=row.sinds,
        termijn_tot=row.bezwaar_tot,
        gronden=ZIN,
        verweer_uiterlijk=world.dag(-n % 14),
        beslis_uiterlijk=world.dag(-60 - n % 30),
    )


def _vraag(world: Wereld, n: int, row: Aanvraag) -> Radarvraag:
    answer = Antwoord.VERLENGING if n % 4 == 1 else ""
    return Radarvraag(
        aanvraag=row,
        school=row.ontvangende_school,
        gevraagd_op=world.dag(20),
        uiterlijk=world.dag(-8),
        antwoord=answer,
        toelichting=ZIN if answer else "",
        beantwoord_op=world.dag(2) if answer else None,
    )
