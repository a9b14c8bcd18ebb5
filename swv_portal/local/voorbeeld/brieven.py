"""Example data: the SWV's own words in the letter of a granted TLV, and a concept for the letter of a refusal."""

from typing import TypeVar

from ondersteuning.domain.briefsoorten import SOORTEN, TOEKENNING, WEIGERING
from ondersteuning.services.brieven import begin_concept, bewaar_concept, maak_geldend
from swv_portal.access.actors import Actor
from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.local.voorbeeld.context import Context

VERDER = (
    "De ontvangende school belt u binnen twee weken. Samen spreekt u af wanneer {leerling} begint.\n\n"
    "Woont u ver van school? Vraag uw gemeente of {leerling} leerlingenvervoer kan krijgen."
)
VERDER_WEIGERING = "{school} nodigt u uit om te bespreken welke hulp er wel kan komen."

Thing = TypeVar("Thing")


def _moet(outcome: "Thing | Refusal") -> "Thing":
    """Example data is made by the same services as everything else; what they refuse is a mistake here."""
    if isinstance(outcome, Refusal):
        raise RuntimeError(outcome.zin)
    return outcome


def laad_brieven(ctx: Context) -> None:
    """One version that holds, one concept that waits."""
    user = ctx.delen["gebruikers"][Rol.DIRECTEUR_BESTUURDER]
    director = Actor(bereik=bereik_voor(user.pk, ctx.vandaag), user_id=user.pk)
    own = _concept(director, TOEKENNING, VERDER)
    _moet(maak_geldend(actor=director, pk=own, versie=None, geldend=None))
    _concept(director, WEIGERING, VERDER_WEIGERING)


def _concept(director: Actor, soort: str, verder: str) -> int:
    row = _moet(begin_concept(actor=director, soort=soort, uit=0))
    texts = {**SOORTEN[soort].standaard, "verder": verder}
    return _moet(bewaar_concept(actor=director, pk=row.pk, versie=None, blokken=texts)).pk
