"""The institutions with a mandate: added, changed, and ended by a last day.  They are never deleted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from ondersteuning.models import Jeugdhulpinstelling
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import Slot, check_version, load_for_update, wait_turn

VELDEN = ("naam", "contactpersoon", "email", "gemandateerd_van", "gemandateerd_tot")
MAG_NIET = Refusal("rol", "Alleen het samenwerkingsverband houdt de lijst met jeugdhulpinstellingen bij.")
BESTAAT = Refusal("naam", "Er staat al een instelling met deze naam in de lijst.", "naam")
VERKEERD_OM = Refusal("gemandateerd_tot", "De laatste dag ligt voor de eerste dag.", "gemandateerd_tot")


def _vul(instelling: Jeugdhulpinstelling, gegevens: Mapping[str, Any]) -> Refusal | None:
    for name in VELDEN:
        if name in gegevens:
            value = gegevens[name]
            setattr(instelling, name, value.strip() if isinstance(value, str) else value)
    same = Jeugdhulpinstelling.objects.filter(naam__iexact=instelling.naam).exclude(pk=instelling.pk)
    if same.exists():
        return BESTAAT
    until: date | None = instelling.gemandateerd_tot
    return VERKEERD_OM if until is not None and until < instelling.gemandateerd_van else None


def voeg_toe(*, actor: Actor, gegevens: Mapping[str, Any]) -> Jeugdhulpinstelling | Refusal:
    """Add an institution.  Refuses ``rol``, ``naam`` (is there already), ``gemandateerd_tot`` (too early)."""
    with transaction.atomic():
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return MAG_NIET
        wait_turn(Slot.JEUGDHULP)
        institution = Jeugdhulpinstelling()
        refusal = _vul(institution, gegevens)
        if refusal is not None:
            return refusal
        institution.save()
        audit.record(
            actor=actor,
            soort="jeugdhulpinstelling.toegevoegd",
            onderwerp=institution,
            tekst="Heeft de instelling toegevoegd.",
        )
        return institution


def wijzig(*, actor: Actor, pk: int, versie: int | None, gegevens: Mapping[str, Any]) -> Jeugdhulpinstelling | Refusal:
    """Change an institution, or end its mandate.  Refuses as ``voeg_toe``, and ``verouderd``."""
    with transaction.atomic():
        wait_turn(Slot.JEUGDHULP)
        institution = load_for_update(Jeugdhulpinstelling.objects.visible_to(actor.bereik), pk)
        refusal = check_version(institution, versie) or _vul(institution, gegevens)
        if refusal is not None:
            return refusal
        institution.versie += 1
        institution.save()
        audit.record(
            actor=actor,
            soort="jeugdhulpinstelling.gewijzigd",
            onderwerp=institution,
            tekst="Heeft de instelling gewijzigd.",
        )
        return institution
