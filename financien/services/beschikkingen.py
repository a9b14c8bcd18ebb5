"""Making the letters of an established budget: one per school and one per board, each by a job of its own."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from financien.domain.procedure import BESCHIKKING, BUDGET, KLAAR
from financien.models import Beschikking, Budget, Budgetjaar
from financien.queries.beschikkingen import Ontvanger, ontbrekende_brieven
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.money import dutch_count
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import load_for_update
from swv_portal.jobs.models import Job
from swv_portal.jobs.models.job import new_group
from swv_portal.jobs.services.documents import store_document
from swv_portal.jobs.services.enqueue import enqueue_group

OPDRACHT = "financien.beschikking"
DOCUMENT = "financien.beschikking"
PDF = "application/pdf"


def _eerdere(jaar: Budgetjaar) -> dict[Ontvanger, tuple[int, int]]:
    """Number and newest edition of the letters that were given out before in this year."""
    found: dict[Ontvanger, tuple[int, int]] = {}
    rows = Beschikking.objects.filter(budget__budgetjaar=jaar).order_by("uitgave")
    for bestuur, school, nummer, uitgave in rows.values_list("bestuur_id", "school_id", "nummer", "uitgave"):
        found[Ontvanger(bestuur, school)] = (nummer, uitgave)
    return found


def _nummer_uit(jaar: Budgetjaar, budget: Budget, ontvangers: Iterable[Ontvanger]) -> list[Beschikking]:
    earlier = _eerdere(jaar)
    rows = []
    for ontvanger in ontvangers:
        nummer, uitgave = earlier.get(ontvanger, (0, 0))
        if not nummer:
            jaar.laatste_nummer += 1
            nummer = jaar.laatste_nummer
        rows.append(
            Beschikking(
                budget=budget,
                bestuur_id=ontvanger.bestuur_id,
                school_id=ontvanger.school_id,
                nummer=nummer,
                uitgave=uitgave + 1,
                kenmerk=f"B{jaar.jaar}-{nummer:04d}",
            )
        )
    return rows


def maak_beschikkingen(*, actor: Actor, pk: int, bestuur_pk: int | None = None) -> Budget | Refusal:
    """Give a number to every letter of an established budget and put one job per letter in the queue.

    With ``bestuur_pk`` only the letters of that board and its schools.

    Asking again adds only what is missing, so nothing is made twice.  A school or board that had a letter of an earlier
    version keeps its number and gets the next edition.  Refuses: ``rol``, ``staat``, ``leeg`` (all are there already).
    """
    with transaction.atomic():
        budget = load_for_update(Budget.objects.visible_to(actor.bereik).select_related("budgetjaar"), pk)
        step = BUDGET.decide("maak_beschikkingen", budget.staat, actor.bereik.rollen, budget)
        if isinstance(step, Refusal):
            return step
        jaar = Budgetjaar.objects.select_for_update().get(pk=budget.budgetjaar_id)
        missing = [one for one in ontbrekende_brieven(budget) if bestuur_pk in {None, one.bestuur_id}]
        if not missing:
            return Refusal("leeg", "Alle beschikkingen van dit budget zijn al aangemaakt.")
        made = Beschikking.objects.bulk_create(_nummer_uit(jaar, budget, missing))
        jaar.save(update_fields=["laatste_nummer"])
        budget.beschikkingen_groep = budget.beschikkingen_groep or new_group()
        budget.save(update_fields=["beschikkingen_groep"])
        _zet_in_de_rij(budget, made, actor)
        audit.record(
            actor=actor,
            soort="beschikkingen.gemaakt",
            onderwerp=budget,
            tekst=f"{dutch_count(len(made), 'beschikking wordt', 'beschikkingen worden')} gemaakt.",
            gegevens={"aantal": len(made)},
        )
        return budget


def _zet_in_de_rij(budget: Budget, beschikkingen: list[Beschikking], actor: Actor) -> None:
    """One job per letter; the letter remembers its job."""
    before = Job.objects.filter(groep=budget.beschikkingen_groep).values_list("pk", flat=True)
    known = set(before)
    params: list[dict[str, Any]] = [{"beschikking": one.pk, "bestuur": one.school_id is None} for one in beschikkingen]
    enqueue_group(OPDRACHT, params, actor=actor, groep=budget.beschikkingen_groep)
    jobs = Job.objects.filter(groep=budget.beschikkingen_groep).exclude(pk__in=known)
    by_letter = {job.params["beschikking"]: job for job in jobs}
    for beschikking in beschikkingen:
        beschikking.job = by_letter[beschikking.pk]
    Beschikking.objects.bulk_update(beschikkingen, ["job"])


def rond_beschikking_af(*, pk: int, naam: str, inhoud: bytes, job_id: int) -> None:
    """Store the PDF of a letter.  Called in the transaction in which its job becomes done.

    A letter that has its document already is left alone: of every letter there is exactly one.
    """
    beschikking = load_for_update(Beschikking.objects.only("staat", "uitgave"), pk)
    step = BESCHIKKING.decide("maak", beschikking.staat, SWV_GELD, beschikking)
    if isinstance(step, Refusal):
        return
    beschikking.document = store_document(
        soort=DOCUMENT,
        onderwerp=beschikking,
        naam=naam,
        inhoud=inhoud,
        content_type=PDF,
        job=job_id,
        versie=beschikking.uitgave,
    )
    beschikking.staat, beschikking.gemaakt_op = step.naar, timezone.now()
    beschikking.save(update_fields=["document", "staat", "gemaakt_op"])


def probeer_opnieuw(*, actor: Actor, pk: int) -> int | Refusal:
    """Put the failed letters of budget ``pk`` in the queue again; the answer is how many there were.

    A letter that is ready or still under way is left alone.  Refuses: ``rol``, ``staat`` (a budget that was replaced
    gets no letters any more), ``leeg``.
    """
    with transaction.atomic():
        budget = load_for_update(Budget.objects.visible_to(actor.bereik).select_related("budgetjaar"), pk)
        step = BUDGET.decide("maak_beschikkingen", budget.staat, actor.bereik.rollen, budget)
        if isinstance(step, Refusal):
            return step
        # A job that failed long ago is cleaned up: its letter has none any more.
        lost = Q(job__isnull=True) | Q(job__staat__in=[Job.Staat.DOOD, Job.Staat.GESTOPT])
        failed = budget.beschikkingen.exclude(staat=KLAAR).filter(lost)
        letters = list(failed.select_for_update(of=("self",)))
        if not letters:
            return Refusal("leeg", "Er zijn geen mislukte beschikkingen.")
        # Failed jobs leave the group, so that its progress counts the letters and not the attempts.
        Job.objects.filter(pk__in=[letter.job_id for letter in letters if letter.job_id]).update(groep=None)
        _zet_in_de_rij(budget, letters, actor)
        made = dutch_count(len(letters), "mislukte beschikking wordt", "mislukte beschikkingen worden")
        audit.record(
            actor=actor,
            soort="beschikkingen.opnieuw",
            onderwerp=budget,
            tekst=f"{made} opnieuw gemaakt.",
            gegevens={"aantal": len(letters)},
        )
        return len(letters)
