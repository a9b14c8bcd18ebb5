"""Filling in the capaciteitenlijst of a school."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ondersteuning.domain.capaciteit import STANDNAMEN, Groepsstand, controleer_capaciteit
from ondersteuning.models import Capaciteit, Capaciteitenlijst
from ondersteuning.queries.capaciteit import mag_bijwerken, scholen_met_groepen
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update

MAG_NIET = Refusal("rol", "Alleen de directeur en de IB'er van de school, en het samenwerkingsverband, werken dit bij.")


def bewaar_capaciteit(
    *, actor: Actor, school_id: int, versie: int | None, groepen: Mapping[int, Groepsstand], nu: datetime
) -> Capaciteitenlijst | list[Refusal]:
    """Store what a school says of its groups; a group without a stand is no longer said anything of.

    Saving it unchanged counts as looking it over: the list is of ``nu`` again.  Refuses (a list, with the fields):
    ``rol``, ``verouderd``, and what ``controleer_capaciteit`` refuses.  A school outside one's reach is a 404.
    """
    with transaction.atomic():
        school = load_for_update(scholen_met_groepen().visible_to(actor.bereik), school_id)
        if not mag_bijwerken(actor.bereik, school.pk):
            return [MAG_NIET]
        Capaciteitenlijst.objects.bulk_create([Capaciteitenlijst(school=school)], ignore_conflicts=True)
        row = Capaciteitenlijst.objects.select_for_update().get(school=school)
        if refusal := check_version(row, versie):
            return [refusal]
        if refusals := controleer_capaciteit(groepen):
            return refusals
        changes = _schrijf(row, groepen)
        row.gewijzigd_op, row.gewijzigd_door_id = nu, actor.user_id
        row.versie += 1
        row.save()
        audit.record(
            actor=actor,
            soort="capaciteit.bijgewerkt",
            onderwerp=row,
            tekst=_zin(changes),
            gegevens={"groepen": {str(groep): list(stands) for groep, stands in changes.items()}},
        )
        return row


def _schrijf(lijst: Capaciteitenlijst, groepen: Mapping[int, Groepsstand]) -> dict[int, tuple[str, str]]:
    """Replace the rows of the list; returns per changed group its stand before and after."""
    before = {row.groep: Groepsstand(row.stand, row.toelichting) for row in lijst.groepen.all()}
    after = {groep: row for groep, row in groepen.items() if row.stand}
    changed = [groep for groep in sorted({*before, *after}) if before.get(groep) != after.get(groep)]
    lijst.groepen.filter(groep__in=changed).delete()
    Capaciteit.objects.bulk_create(
        [
            Capaciteit(lijst=lijst, groep=groep, stand=after[groep].stand, toelichting=after[groep].toelichting)
            for groep in changed
            if groep in after
        ]
    )
    empty = Groepsstand()
    return {groep: (before.get(groep, empty).stand, after.get(groep, empty).stand) for groep in changed}


def _zin(changes: Mapping[int, tuple[str, str]]) -> str:
    if not changes:
        return "Heeft de capaciteit nagekeken: alles klopt nog."
    told = ", ".join(f"groep {groep}: {STANDNAMEN.get(now, 'niet ingevuld')}" for groep, (_, now) in changes.items())
    return f"Heeft de capaciteit bijgewerkt ({told})."
