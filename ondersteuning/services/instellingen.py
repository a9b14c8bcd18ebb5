"""What this SWV wants otherwise about TLV's."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from ondersteuning.domain.geldigheid import controleer_patroon
from ondersteuning.models import Tlvinstellingen
from ondersteuning.models.instellingen import ENIGE
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version

INSTELLERS = frozenset({Rol.DIRECTEUR_BESTUURDER, Rol.BEHEERDER})


def bewaar_instellingen(
    *, actor: Actor, versie: int | None, nummerpatroon: str, gelijkgesteld: Sequence[date]
) -> Tlvinstellingen | Refusal:
    """Store the pattern of TLV numbers and the days that are equal to a holiday.

    Refuses: ``rol``, ``verouderd``, ``nummerpatroon`` (numbers could be the same).
    """
    if not actor.bereik.heeft(*INSTELLERS):
        return Refusal("rol", "Alleen de directeur-bestuurder en de beheerder wijzigen dit.")
    refusal = controleer_patroon(nummerpatroon)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        Tlvinstellingen.objects.bulk_create([Tlvinstellingen(id=ENIGE)], ignore_conflicts=True)
        row = Tlvinstellingen.objects.select_for_update().get(pk=ENIGE)
        refusal = check_version(row, versie)
        if refusal is not None:
            return refusal
        row.nummerpatroon, row.gelijkgesteld = nummerpatroon, sorted(set(gelijkgesteld))
        row.versie += 1
        row.save()
        audit.record(
            actor=actor, soort="tlvinstellingen.gewijzigd", onderwerp=row, tekst="Heeft de TLV-instellingen gewijzigd."
        )
        return row
