"""Overstappen for tests, as the services leave them.  Every name is invented."""

from datetime import date, timedelta
from typing import Any

from ondersteuning.domain.overstap import AFGESLOTEN, BIJ_SWV, CONCEPT, DEFINITIEF, GEVRAAGD, INGETROKKEN
from ondersteuning.models import BaoBao, Plaatsing, Terugplaatsing
from tests.factories.kernen import SchoolFactory
from tests.factories.ondersteuning import VANDAAG, LeerlingFactory, PlaatsingFactory, SoFactory

_volgnummer = iter(range(1, 1_000_000))


def _gedeeld(staat: str, vandaag: date, van: Any, naar: Any, fields: dict[str, Any]) -> dict[str, Any]:
    shared = {
        "staat": staat,
        "van_school": van,
        "naar_school": naar,
        "leerling": fields.pop("leerling", None) or LeerlingFactory(school=van),
        "gevraagde_school": naar if staat not in {CONCEPT, INGETROKKEN} else None,
        "overstap_op": vandaag + timedelta(days=30),
        "toestemming_op": vandaag - timedelta(days=2),
        "toestemming": "Beide ouders, in een gesprek.",
        "sinds": vandaag,
    }
    if staat in AFGESLOTEN:
        shared |= {"afgesloten_op": vandaag, "bewaren_tot": vandaag + timedelta(days=3 * 365)}
    return {**shared, **fields}


def terugplaatsing(staat: str = CONCEPT, *, vandaag: date = VANDAAG, **fields: Any) -> Terugplaatsing:
    """A terugplaatsing in ``staat``, complete; its start meeting is there from ``bij_swv`` on."""
    number = next(_volgnummer)
    van = fields.pop("van_school", None) or SoFactory()
    naar = fields.pop("naar_school", None) or SchoolFactory()
    place = fields.pop("tlv_plaats", None) or PlaatsingFactory(
        school_ontvangend=van, categorie="I", begin=date(2023, 8, 1), einde=date(2027, 7, 31)
    )
    own: dict[str, Any] = {"tlv_plaats": place, "herkomst": "andere"}
    if staat in {BIJ_SWV, DEFINITIEF}:
        own |= met_gesprek(vandaag)
    if staat == DEFINITIEF and "budgetplaats" not in fields:
        own["budgetplaats"] = budget(van_school=van, naar_school=naar, verwijzing=f"TP-2425-{number:04d}")
    shared = _gedeeld(staat, vandaag, van, naar, fields)
    return Terugplaatsing.objects.create(kenmerk=f"TP-2425-{number:04d}", soort="terugplaatsing", **{**own, **shared})


def met_gesprek(vandaag: date = VANDAAG) -> dict[str, Any]:
    return {
        "gesprek_op": vandaag - timedelta(days=3),
        "aanwezig": ["naar_school", "ouders", "van_school"],
        "afspraken": "Twee ochtenden wennen, elke week overleg.",
    }


def budget(*, van_school: Any = None, naar_school: Any = None, **fields: Any) -> Plaatsing:
    """A running terugplaatsingsbudget."""
    values = {"soort": "terugplaatsing", "categorie": "", "kostendrager": "swv", "begin": date(2025, 1, 13)}
    values |= {"einde": date(2027, 1, 31)}
    place: Plaatsing = PlaatsingFactory(
        school_verwijzend=van_school or SoFactory(),
        school_ontvangend=naar_school or SchoolFactory(),
        **{**values, **fields},
    )
    return place


def baobao(staat: str = CONCEPT, *, vandaag: date = VANDAAG, **fields: Any) -> BaoBao:
    """A bao-bao overstap in ``staat``, complete."""
    number = next(_volgnummer)
    van = fields.pop("van_school", None) or SchoolFactory()
    naar = fields.pop("naar_school", None) or SchoolFactory()
    own: dict[str, Any] = {}
    if staat == DEFINITIEF:
        own = {"van_bevestigd_op": vandaag, "naar_bevestigd_op": vandaag, "betaalt_tot": date(2027, 4, 8)}
    shared = _gedeeld(staat, vandaag, van, naar, fields)
    return BaoBao.objects.create(kenmerk=f"BB-2425-{number:04d}", soort="baobao", **{**own, **shared})


__all__ = ["BIJ_SWV", "CONCEPT", "DEFINITIEF", "GEVRAAGD", "INGETROKKEN", "baobao", "budget", "terugplaatsing"]
