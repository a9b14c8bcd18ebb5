"""What this SWV wants otherwise: one row of settings for each part of ondersteuning, changed in one way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from ondersteuning.domain.besluit import controleer_terugneemminuten
from ondersteuning.domain.budgetperiode import BUDGETMAANDEN
from ondersteuning.domain.casusoverleg import controleer_ritme
from ondersteuning.domain.consulenten import controleer_terugkijken_vanaf
from ondersteuning.domain.geldigheid import controleer_patroon
from ondersteuning.domain.kwartaalrapport import controleer_peildagen, lees_peildag
from ondersteuning.domain.rollen import DOSSIER_EN_BEHEER, INSTELLERS
from ondersteuning.models import Aanwezigheidsinstellingen, Overstapinstellingen, Tlvinstellingen
from ondersteuning.models.instellingen import ENIGE, Instellingen
from ondersteuning.models.overstap import LANGSTE_BETAALJAREN
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version

Waarden = Mapping[str, Any]
MAG_NIET = Refusal("rol", "U kunt deze instellingen niet wijzigen.")


@dataclass(frozen=True)
class Instellingendeel:
    """The settings of one part: their row, who changes them, and ``keur``: what is stored, or why it can not be."""

    model: type[Instellingen]
    rollen: frozenset[Rol]
    keur: Callable[[Waarden], Waarden | Refusal]


def _tlv(waarden: Waarden) -> Waarden | Refusal:
    checks: Mapping[str, Callable[[Any], Refusal | None]] = {
        "nummerpatroon": controleer_patroon,
        "terugneemminuten": controleer_terugneemminuten,
        "terugkijken_vanaf": controleer_terugkijken_vanaf,
    }
    for name, check in checks.items():
        if name in waarden and (refusal := check(waarden[name])):
            return refusal
    days = {"gelijkgesteld": sorted(set(waarden["gelijkgesteld"]))} if "gelijkgesteld" in waarden else {}
    return {**waarden, **days}


def _overstap(waarden: Waarden) -> Waarden | Refusal:
    if "budgetmaanden" in waarden and not 1 <= waarden["budgetmaanden"] <= BUDGETMAANDEN:
        return Refusal("budgetmaanden", f"Kies 1 tot en met {BUDGETMAANDEN} maanden.", "budgetmaanden")
    if "betaaljaren" in waarden and not 1 <= waarden["betaaljaren"] <= LANGSTE_BETAALJAREN:
        return Refusal("betaaljaren", f"Kies 1 tot en met {LANGSTE_BETAALJAREN} jaar.", "betaaljaren")
    return waarden


def _aanwezigheid(waarden: Waarden) -> Waarden | Refusal:
    if "overleg_weken" in waarden and (refusal := controleer_ritme(waarden["overleg_weken"])):
        return refusal
    if "peildagen" not in waarden:
        return waarden
    if refusal := controleer_peildagen(waarden["peildagen"]):
        return refusal
    days = sorted(filter(None, map(lees_peildag, waarden["peildagen"])), key=lambda day: day[::-1])
    return {**waarden, "peildagen": [f"{day:02d}-{month:02d}" for day, month in days]}


TLV = Instellingendeel(Tlvinstellingen, INSTELLERS, _tlv)
OVERSTAP = Instellingendeel(Overstapinstellingen, INSTELLERS, _overstap)
#: Who leads the case meeting plans it: those who handle dossiers change these too.
AANWEZIGHEID = Instellingendeel(Aanwezigheidsinstellingen, DOSSIER_EN_BEHEER, _aanwezigheid)


def bewaar_instellingen(
    *, soort: Instellingendeel, actor: Actor, versie: int | None, waarden: Waarden
) -> Instellingen | Refusal:
    """Store ``waarden`` (fields of the row); what is not given stays as it is, and so does what was decided before.

    Refuses ``rol``, ``verouderd``, and per part:

    - ``TLV``: ``nummerpatroon`` (numbers could be the same), ``terugneemminuten``, ``terugkijken_vanaf``;
    - ``OVERSTAP``: ``budgetmaanden`` (more than the plan knows), ``betaaljaren``;
    - ``AANWEZIGHEID``: ``overleg_weken`` (one to eight), ``peildagen`` (four different days, ``dd-mm``).
    """
    if not actor.bereik.heeft(*soort.rollen):
        return MAG_NIET
    values = soort.keur(waarden)
    if isinstance(values, Refusal):
        return values
    with transaction.atomic():
        rows = soort.model._default_manager
        rows.bulk_create([soort.model(id=ENIGE)], ignore_conflicts=True)
        row = rows.select_for_update().get(pk=ENIGE)
        if refusal := check_version(row, versie):
            return refusal
        for name, value in values.items():
            setattr(row, name, value)
        row.versie += 1
        row.save()
        told = f"Heeft de {row._meta.verbose_name} gewijzigd."
        audit.record(actor=actor, soort=f"{row._meta.model_name}.gewijzigd", onderwerp=row, tekst=told)
        return row
