"""The people of one application: the school, the receiving school, the SWV, and the parties by link."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from ondersteuning.domain.aanvraag import OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.services.partijen import Uitnodiging
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import SboFactory


@dataclass
class Mensen:
    """Who takes part, as actors for services."""

    school: Any
    ikc: Any
    iber: Actor
    ortho: Actor
    swv: Actor


@pytest.fixture
def mensen(db: None, actor_als: Callable[..., Actor]) -> Mensen:
    SamenwerkingsverbandFactory()
    school, ikc = SchoolFactory(naam="Basisschool De Zeester"), SboFactory(naam="IKC Duinrand")
    return Mensen(
        school,
        ikc,
        actor_als(Rol.IBER, school),
        actor_als(Rol.ORTHOPEDAGOOG, ikc),
        actor_als(Rol.SWV_MEDEWERKER),
    )


def via_link(partij: Partij) -> Actor:
    """Somebody with a personal link, as the decorator of the views makes them."""
    partij.refresh_from_db()
    return Actor(link_id=partij.link_id, label=partij.label)


def ouder(aanvraag: Aanvraag, nummer: int = 1) -> Partij:
    return aanvraag.partijen.get(soort=OUDER, volgnummer=nummer)


def deskundige(aanvraag: Aanvraag) -> Partij:
    return aanvraag.partijen.get(soort=TWEEDE_DESKUNDIGE)


def codes(uitnodigingen: list[Uitnodiging]) -> dict[str, str]:
    return {item.partij.label: item.code for item in uitnodigingen}
