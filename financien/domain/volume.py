"""Volumebekostiging of the IKC locations: one fixed amount a year, divided among the boards that run them.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.6, and the published begroting 2024 ('aanvulling
volumebekostiging' and 'volumebekostiging IKC-leerlingen van ander swv').
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from financien.domain.tarieven import NODIG_VOOR_IKC, Tariefcode, Tarieven, ikc_tarief, ontbreekt
from swv_portal.common.money import cents, divide
from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Aandeel:
    """The agreed share of one board; shares are weights, they need not add up to 1."""

    bestuur_id: int
    gewicht: Decimal


@dataclass(frozen=True)
class Volumeinvoer:
    """Pupils on the teldatum, how many of them belong to another SWV, and the number the bandwidth is held against."""

    leerlingen: int
    van_ander_swv: int
    aandelen: tuple[Aandeel, ...]
    leerlingen_nu: int | None = None


@dataclass(frozen=True)
class Bandbreedte:
    """Between ``ondergrens`` and ``bovengrens`` (inclusive, in pupils) the amount stays as it is."""

    basis: int
    ondergrens: Decimal
    bovengrens: Decimal

    def binnen(self, leerlingen: int) -> bool:
        return self.ondergrens <= leerlingen <= self.bovengrens


@dataclass(frozen=True)
class Volumebekostiging:
    """``verschil`` is IKC tariff minus SBO tariff per pupil, in full precision; amounts are in cents.

    ``aanvulling`` comes on top of what DUO pays for SBO; ``per_bestuur`` adds up to it.  ``factuur`` is what other
    SWVs pay for their pupils (income).  ``overleg`` is true when ``leerlingen_nu`` is outside the bandwidth.
    """

    leerlingen: int
    van_ander_swv: int
    tarief: Decimal
    verschil: Decimal
    aanvulling: Decimal
    per_bestuur: tuple[tuple[int, Decimal], ...]
    factuur: Decimal
    bandbreedte: Bandbreedte
    overleg: bool


def bandbreedte(basis: int, fractie: Decimal) -> Bandbreedte:
    """The band of ``fractie`` (0.03) around ``basis`` pupils; a change up to the agreed bandwidth counts as inside."""
    return Bandbreedte(basis, basis * (1 - fractie), basis * (1 + fractie))


def keur_volume(invoer: Volumeinvoer) -> Refusal | None:
    """What is wrong with the figures of an agreement: ``aantal`` or ``aandelen``; ``None`` when nothing is."""
    if invoer.leerlingen < 0 or not 0 <= invoer.van_ander_swv <= invoer.leerlingen:
        return Refusal(
            "aantal", "Het aantal leerlingen uit een ander swv kan niet groter zijn dan het totaal.", "van_ander_swv"
        )
    if not invoer.aandelen or sum(aandeel.gewicht for aandeel in invoer.aandelen) <= 0:
        return Refusal("aandelen", "Vul de afgesproken aandelen van de besturen in.")
    if any(aandeel.gewicht < 0 for aandeel in invoer.aandelen):
        return Refusal("aandelen", "Een aandeel kan niet negatief zijn.")
    return None


def bereken_volume(invoer: Volumeinvoer, tarieven: Tarieven) -> Volumebekostiging | Refusal:
    """The supplement of a year and its division.  Refuses: ``tarief_ontbreekt``, ``aantal``, ``aandelen``.

    All steps use the unrounded SBO tariff; only the final amounts are rounded.
    """
    refusal = ontbreekt(tarieven, NODIG_VOOR_IKC) or keur_volume(invoer)
    if refusal is not None:
        return refusal
    tarief = ikc_tarief(tarieven)
    verschil = tarief - tarieven[Tariefcode.SBO]
    aanvulling = cents(invoer.leerlingen * verschil)
    parts = divide(aanvulling, [aandeel.gewicht for aandeel in invoer.aandelen])
    band = bandbreedte(invoer.leerlingen, tarieven[Tariefcode.BANDBREEDTE])
    return Volumebekostiging(
        leerlingen=invoer.leerlingen,
        van_ander_swv=invoer.van_ander_swv,
        tarief=tarief,
        verschil=verschil,
        aanvulling=aanvulling,
        per_bestuur=_per_bestuur(invoer.aandelen, parts),
        factuur=cents(invoer.van_ander_swv * verschil),
        bandbreedte=band,
        overleg=invoer.leerlingen_nu is not None and not band.binnen(invoer.leerlingen_nu),
    )


def _per_bestuur(aandelen: Sequence[Aandeel], parts: Sequence[Decimal]) -> tuple[tuple[int, Decimal], ...]:
    return tuple((aandeel.bestuur_id, part) for aandeel, part in zip(aandelen, parts, strict=True))
