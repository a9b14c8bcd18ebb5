"""Calculating and establishing budgets."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from financien.domain.procedure import BUDGET, CONCEPT, OPEN, VASTGESTELD
from financien.models import Budget, Budgetjaar
from financien.queries.berekening import bereken
from financien.services.opslaan import bewaar_budget
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update

GEEN_ROL = Refusal("rol", "U kunt deze stap niet zetten.")


def bereken_budget(*, actor: Actor, jaar_pk: int) -> Budget | Refusal:
    """Calculate the budgets of a year from what is stored now, and keep them as a new version (a concept).

    An earlier concept is replaced; an established budget stays what it is.  Refuses: ``rol``, ``afgesloten``, and what
    the calculation refuses (``tarief_ontbreekt``, ``leeg``, ``aandelen``, ``aantal``).
    Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.
    """
    if not actor.bereik.heeft(*SWV_GELD):
        return GEEN_ROL
    with transaction.atomic():
        jaar = load_for_update(Budgetjaar.objects.visible_to(actor.bereik), jaar_pk)
        if jaar.staat != OPEN:
            return Refusal("afgesloten", "Dit budgetjaar is afgesloten.")
        uitkomst = bereken(actor.bereik, jaar.jaar)
        if isinstance(uitkomst, Refusal):
            return uitkomst
        for concept in Budget.objects.select_for_update(of=("self",)).filter(budgetjaar=jaar, staat=CONCEPT):
            step = BUDGET.decide("vervang_concept", concept.staat, actor.bereik.rollen, concept)
            if isinstance(step, Refusal):
                return step
            concept.staat, concept.versie = step.naar, concept.versie + 1
            concept.save(update_fields=["staat", "versie"])
        newest = Budget.objects.filter(budgetjaar=jaar).aggregate(hoogste=Max("versienummer"))["hoogste"] or 0
        budget = bewaar_budget(
            jaar=jaar,
            uitkomst=uitkomst,
            versienummer=newest + 1,
            moment=timezone.now(),
            user_id=actor.user_id,
        )
        audit.record(
            actor=actor,
            soort="budget.berekend",
            onderwerp=budget,
            tekst=f"Het budget {jaar.jaar} is berekend (versie {budget.versienummer}).",
            gegevens={"totaal": str(budget.totaal), "scholen": budget.aantal_scholen},
        )
        return budget


def stel_budget_vast(*, actor: Actor, pk: int, versie: int | None) -> Budget | Refusal:
    """Establish a concept: from now on it can not change.  An earlier established version is replaced by it.

    Refuses: ``rol``, ``staat``, ``verouderd``, ``afgesloten``, ``leeg``.
    """
    with transaction.atomic():
        budget = load_for_update(Budget.objects.visible_to(actor.bereik).select_related("budgetjaar"), pk)
        if refusal := check_version(budget, versie):
            return refusal
        step = BUDGET.decide("stel_vast", budget.staat, actor.bereik.rollen, budget)
        if isinstance(step, Refusal):
            return step
        earlier = Budget.objects.select_for_update(of=("self",)).filter(budgetjaar=budget.budgetjaar, staat=VASTGESTELD)
        for old in earlier.select_related("budgetjaar"):
            replaced = BUDGET.decide("vervang", old.staat, actor.bereik.rollen, old)
            if isinstance(replaced, Refusal):
                return replaced
            old.staat, old.versie = replaced.naar, old.versie + 1
            old.save(update_fields=["staat", "versie"])
            audit.record(
                actor=actor,
                soort="budget.vervangen",
                onderwerp=old,
                tekst="Dit budget is vervangen door een nieuwe versie.",
            )
        budget.staat, budget.versie = step.naar, budget.versie + 1
        budget.vastgesteld_op = timezone.now()
        budget.vastgesteld_door_id = actor.user_id
        budget.save(update_fields=["staat", "versie", "vastgesteld_op", "vastgesteld_door"])
        audit.record(
            actor=actor,
            soort="budget.vastgesteld",
            onderwerp=budget,
            tekst=f"Het budget {budget.budgetjaar.jaar} is vastgesteld (versie {budget.versienummer}).",
        )
        return budget
