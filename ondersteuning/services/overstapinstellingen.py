"""What this SWV wants otherwise about overstappen."""

from django.db import transaction

from ondersteuning.domain.budgetperiode import BUDGETMAANDEN
from ondersteuning.domain.instellers import INSTELLERS
from ondersteuning.models import Overstapinstellingen
from ondersteuning.models.overstap import ENIGE, LANGSTE_BETAALJAREN
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version


def bewaar_overstapinstellingen(
    *, actor: Actor, versie: int | None, budgetmaanden: int, betaaljaren: int
) -> Overstapinstellingen | Refusal:
    """Store for how long a budget runs (months) and the former school pays (years); cases that are definite stay.

    Refuses ``rol``, ``verouderd``, ``budgetmaanden`` (more than the plan knows), ``betaaljaren``.
    """
    if not actor.bereik.heeft(*INSTELLERS):
        return Refusal("rol", "Alleen de directeur-bestuurder en de beheerder wijzigen dit.")
    if not 1 <= budgetmaanden <= BUDGETMAANDEN:
        return Refusal("budgetmaanden", f"Kies 1 tot en met {BUDGETMAANDEN} maanden.", "budgetmaanden")
    if not 1 <= betaaljaren <= LANGSTE_BETAALJAREN:
        return Refusal("betaaljaren", f"Kies 1 tot en met {LANGSTE_BETAALJAREN} jaar.", "betaaljaren")
    with transaction.atomic():
        Overstapinstellingen.objects.bulk_create([Overstapinstellingen(id=ENIGE)], ignore_conflicts=True)
        row = Overstapinstellingen.objects.select_for_update().get(pk=ENIGE)
        if refusal := check_version(row, versie):
            return refusal
        row.budgetmaanden, row.betaaljaren = budgetmaanden, betaaljaren
        row.versie += 1
        row.save()
        audit.record(
            actor=actor,
            soort="overstapinstellingen.gewijzigd",
            onderwerp=row,
            tekst=f"Budget: {budgetmaanden} maanden. De oude school betaalt: {betaaljaren} jaar.",
        )
        return row
