"""What a terugplaatsing and a bao-bao overstap have in common: the states, who takes part, and a plan that can be read.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (terugplaatsing) and 8.1.3 (bao-bao).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from ondersteuning.domain.rollen import SCHOOLROLLEN
from swv_portal.common.dates import lange_datum, plus_jaren
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal


class Overstapsoort(StrEnum):
    """Which of the two: back from special education, or from one basisschool to another."""

    TERUGPLAATSING = "terugplaatsing"
    BAOBAO = "baobao"


SOORTNAMEN: Mapping[str, str] = {
    Overstapsoort.TERUGPLAATSING.value: "Terugplaatsing",
    Overstapsoort.BAOBAO.value: "Overstap tussen basisscholen (bao-bao)",
}

CONCEPT = "concept"
GEVRAAGD = "gevraagd"
BIJ_SWV = "bij_swv"
DEFINITIEF = "definitief"
INGETROKKEN = "ingetrokken"

STATEN: Mapping[str, str] = {
    CONCEPT: "School vult in",
    GEVRAAGD: "Bij beide scholen",
    BIJ_SWV: "Bij het samenwerkingsverband",
    DEFINITIEF: "Definitief",
    INGETROKKEN: "Ingetrokken",
}
LOPEND = frozenset({CONCEPT, GEVRAAGD, BIJ_SWV})
AFGESLOTEN = frozenset({DEFINITIEF, INGETROKKEN})

#: Who takes part, as a role: the IB'er or director of the school that the pupil leaves, or of the school that is asked.
VAN_SCHOOL = "van_school"
NAAR_SCHOOL = "naar_school"
VAN_DIRECTEUR = "van_directeur"
NAAR_DIRECTEUR = "naar_directeur"

#: A date further away than this is a mistake in typing.
HOOGSTENS_JAREN = 1


def rollen_voor(*, van: frozenset[Rol], naar: frozenset[Rol]) -> frozenset[str]:
    """The roles that count, from those held at the school the pupil leaves and at the school that was asked."""
    found: set[str] = set()
    for held, school, director in ((van, VAN_SCHOOL, VAN_DIRECTEUR), (naar, NAAR_SCHOOL, NAAR_DIRECTEUR)):
        if held & SCHOOLROLLEN:
            found.add(school)
        if Rol.SCHOOLDIRECTEUR in held:
            found.add(director)
    return frozenset(found)


def is_elders(nu: int | None, *, van: int, naar: int, stond_op: int | None) -> bool:
    """Is the pupil, whose school is ``nu``, at a third school (keys) on the day of the overstap?

    ``stond_op`` is where the portal had the pupil when the case became definite.  Who is elsewhere since then, was
    moved by somebody who knows better (own rule).  A pupil who is at no school still goes.
    """
    return nu is not None and nu not in {van, naar, stond_op}


def controleer_dag(overstap_op: date | None, *, vandaag: date) -> Refusal | None:
    """The day on which the pupil goes over is known, and less than a year away in either direction."""
    if overstap_op is None:
        return Refusal("overstap_op", "Vul in op welke dag de leerling naar de nieuwe school gaat.", "overstap_op")
    first, last = plus_jaren(vandaag, -HOOGSTENS_JAREN), plus_jaren(vandaag, HOOGSTENS_JAREN)
    if not first <= overstap_op <= last:
        return Refusal(
            "overstap_op",
            f"Kies een dag van {lange_datum(first)} tot en met {lange_datum(last)}.",
            "overstap_op",
        )
    return None


def controleer_gehad(dag: date | None, *, vandaag: date, veld: str) -> Refusal | None:
    """Something that happened can not lie in the future."""
    if dag is not None and dag > vandaag:
        return Refusal("toekomst", "Deze dag moet nog komen. Vul in wanneer het was.", veld)
    return None


def toegelicht(toelichting: str) -> Refusal | None:
    """Who gives it back says what is the matter."""
    return None if toelichting.strip() else Refusal("toelichting", "Schrijf wat er nodig is.", "toelichting")
