"""Of whom something is asked in an application and since when, as a cell of a list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN, INGEDIEND, OUDER
from ondersteuning.domain.aanzet import aan_zet
from ondersteuning.domain.routes import ROUTES, Deelnemer
from ondersteuning.models import Advies, Partij, Zienswijze
from ondersteuning.models.advies import EERSTE, TWEEDE
from swv_portal.common.dates import datum


def advies_is_er(soort: str) -> Exists:
    """For ``annotate`` on applications: is this advice there?"""
    return Exists(Advies.objects.geldig().filter(aanvraag_id=OuterRef("pk"), soort=soort))


def ouder_tekent_nog() -> Exists:
    """For ``annotate`` on applications: was a parent asked to sign, who did not do so yet?"""
    return Exists(ouders_die_nog_tekenen())


def ouders_die_nog_tekenen() -> "QuerySet[Partij]":
    """For a subquery on applications: the parents who were asked to sign and did not do so yet."""
    seen = Zienswijze.objects.geldig().filter(partij_id=OuterRef("pk"))
    asked = Partij.objects.filter(aanvraag_id=OuterRef("pk"), soort=OUDER, uitgenodigd_op__isnull=False)
    return asked.filter(~Exists(seen))


@dataclass(frozen=True)
class Gevraagd:
    """What the cell needs of an application; the names are those of ``VELDEN``."""

    ouders: bool
    eerste: bool
    tweede: bool
    plaats: bool
    bij_swv_sinds: date | None
    voorgelegd_op: date | None
    sinds: date


#: Since when the SWV is asked for a decision: the same while one waits for its letter, and after it was taken back.
BIJ_SWV_SINDS = Coalesce(F("heroverweging_op"), F("ingediend_op"))
#: For ``annotate``, and then the columns in order.
TOEVOEGEN: dict[str, Any] = {
    "vraagt_ouders": ouder_tekent_nog(),
    "heeft_eerste": advies_is_er(EERSTE),
    "heeft_tweede": advies_is_er(TWEEDE),
    "heeft_plaats": ExpressionWrapper(Q(plaats_bevestigd__isnull=False) & Q(plaats_bevestigd=True), BooleanField()),
    "bij_swv_sinds": BIJ_SWV_SINDS,
}
VELDEN = (*TOEVOEGEN, "voorgelegd_op", "sinds")


def gevraagd_van(staat: str, route: str, feiten: Gevraagd) -> str:
    """``tweede deskundige, ouders, sinds ma 2 maart 2026``; empty when nothing is asked any more."""
    who = _wie(staat, route, feiten)
    if not who:
        return ""
    asked_on = {BIJ_PARTIJEN: feiten.voorgelegd_op, INGEDIEND: feiten.bij_swv_sinds}
    since = asked_on.get(staat) or feiten.sinds
    return f"{', '.join(who)}, sinds {datum(since)}"


def _wie(staat: str, route: str, feiten: Gevraagd) -> list[str]:
    chosen, found = ROUTES[route], []
    if staat == BIJ_PARTIJEN:
        expert = chosen.vraagt(Deelnemer.EERSTE_DESKUNDIGE) and not feiten.eerste
        if expert or (chosen.vraagt(Deelnemer.PLAATS) and not feiten.plaats):
            found.append("ontvangende school")
        if chosen.vraagt(Deelnemer.TWEEDE_DESKUNDIGE) and not feiten.tweede:
            found.append("tweede deskundige")
        found = found or [chosen.indiener_kort]
    elif aan_zet(staat, route):
        found.append(aan_zet(staat, route))
    if staat in {BIJ_PARTIJEN, INGEDIEND, AANVULLING} and feiten.ouders:
        found.append("ouders")
    return found
