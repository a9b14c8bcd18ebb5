"""When the case meeting is, and on which four days the SWV counts."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from ondersteuning.domain.casusoverleg import controleer_ritme
from ondersteuning.domain.instellers import OVERLEGPLANNERS
from ondersteuning.domain.kwartaalrapport import controleer_peildagen, lees_peildag
from ondersteuning.models import Aanwezigheidsinstellingen
from ondersteuning.models.aanwezigheid import ENIGE
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version


def bewaar_aanwezigheidsinstellingen(
    *, actor: Actor, versie: int | None, eerste_overleg: date, overleg_weken: int, peildagen: Sequence[str]
) -> Aanwezigheidsinstellingen | Refusal:
    """Store the rhythm of the case meeting and the four days of report (``dd-mm``).

    Refuses ``rol``, ``verouderd``, ``overleg_weken`` (one to eight), ``peildagen`` (four different days).
    """
    if not actor.bereik.heeft(*OVERLEGPLANNERS):
        return Refusal("rol", "Alleen het samenwerkingsverband wijzigt dit.")
    if refusal := controleer_ritme(overleg_weken) or controleer_peildagen(peildagen):
        return refusal
    days = sorted(((day, month) for day, month in filter(None, map(lees_peildag, peildagen))), key=lambda d: d[::-1])
    with transaction.atomic():
        Aanwezigheidsinstellingen.objects.bulk_create([Aanwezigheidsinstellingen(id=ENIGE)], ignore_conflicts=True)
        row = Aanwezigheidsinstellingen.objects.select_for_update().get(pk=ENIGE)
        if refusal := check_version(row, versie):
            return refusal
        row.eerste_overleg, row.overleg_weken = eerste_overleg, overleg_weken
        row.peildagen = [f"{day:02d}-{month:02d}" for day, month in days]
        row.versie += 1
        row.save()
        audit.record(
            actor=actor,
            soort="aanwezigheidsinstellingen.gewijzigd",
            onderwerp=row,
            tekst="Heeft de instellingen van aanwezigheid gewijzigd.",
        )
        return row
