"""Walking a terugplaatsing through the services, as both schools and the SWV."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ondersteuning.domain.overstap import BIJ_SWV
from ondersteuning.models import Overstap, Plaatsing, Terugplaatsing
from ondersteuning.services.overstap import zet_stap
from ondersteuning.services.terugplaatsing import (
    begin_terugplaatsing,
    leg_gesprek_vast,
)
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from tests.factories.kernen import SamenwerkingsverbandFactory, SchoolFactory
from tests.factories.ondersteuning import PlaatsingFactory, SoFactory
from tests.factories.overstap import met_gesprek

VANDAAG = date(2026, 3, 10)
DAG = date(2026, 3, 2)


@dataclass
class Wereld:
    so: Any
    bao: Any
    van: Actor
    naar: Actor
    swv: Actor
    plaats: Plaatsing


def maak_wereld(actor_als: Callable[..., Actor]) -> Wereld:
    """A special school, a regular one, people at both, and a place with a TLV."""
    SamenwerkingsverbandFactory()
    so, bao = SoFactory(), SchoolFactory()
    place = PlaatsingFactory(
        verwijzing="PO2704-2324-0007",
        school_ontvangend=so,
        categorie="I",
        begin=date(2023, 8, 1),
        einde=date(2027, 7, 31),
    )
    return Wereld(
        so, bao, actor_als(Rol.IBER, so), actor_als(Rol.SCHOOLDIRECTEUR, bao), actor_als(Rol.SWV_MEDEWERKER), place
    )


def gegevens(wereld: Wereld, **anders: Any) -> dict[str, Any]:
    values = {
        "tlv": wereld.plaats.verwijzing,
        "leerling": None,
        "voornamen": "Fenna",
        "achternaam": "Zeewier",
        "geboortedatum": date(2017, 5, 4),
        "naar_school": wereld.bao.pk,
        "overstap_op": DAG,
        "herkomst": "andere",
        "reden": "Het gaat goed.",
    }
    return values | anders


def begin(wereld: Wereld, **anders: Any) -> Any:
    return begin_terugplaatsing(
        actor=wereld.van, school_id=wereld.so.pk, gegevens=gegevens(wereld, **anders), vandaag=VANDAAG
    )


def gesprek(**anders: Any) -> dict[str, Any]:
    return {
        **met_gesprek(VANDAAG),
        "anderen": "De ambulant begeleider",
        "toestemming_op": VANDAAG,
        "toestemming": "Beide ouders.",
    } | anders


def code(answer: Any) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def stap(actor: Actor, row: Overstap, naam: str, toelichting: str = "") -> Any:
    row.refresh_from_db()
    return zet_stap(actor=actor, pk=row.pk, versie=row.versie, naam=naam, toelichting=toelichting, vandaag=VANDAAG)


def tot_swv(wereld: Wereld, **anders: Any) -> Terugplaatsing:
    """Begun, put before the new school, met, confirmed."""
    row = begin(wereld, **anders)
    assert isinstance(row, Terugplaatsing), row
    assert not isinstance(stap(wereld.van, row, "vraag"), Refusal)
    row.refresh_from_db()
    answer = leg_gesprek_vast(actor=wereld.naar, pk=row.pk, versie=row.versie, gegevens=gesprek(), vandaag=VANDAAG)
    assert not isinstance(answer, Refusal), answer
    assert not isinstance(stap(wereld.naar, row, "bevestig"), Refusal)
    row.refresh_from_db()
    assert row.staat == BIJ_SWV
    return row
