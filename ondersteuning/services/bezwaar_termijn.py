"""The term to decide on an objection: extending it, and suspending it while an omission has to be repaired."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.bezwaar import OPEN
from ondersteuning.domain.herstelverzoek import controleer_herstel, controleer_herstelverzoek
from ondersteuning.models import Bezwaar, Herstelverzoek
from ondersteuning.queries.bezwaar import stand_van_bezwaar
from ondersteuning.queries.herstelverzoeken import open_herstelverzoek
from ondersteuning.services.bezwaarstappen import (
    beslis_stap,
    houd_dossier,
    laad_bezwaar,
    schrijf_op,
    vertel_over,
    zet_bezwaartermijnen,
)
from swv_portal.access.actors import Actor
from swv_portal.common.dates import lange_datum
from swv_portal.common.workflow import Refusal

NIETS_TE_HERSTELLEN = Refusal("geen_verzoek", "Er is geen verzoek om herstel waarop nog iets komt.")


def verdaag(*, actor: Actor, pk: int, versie: int | None, toelichting: str, vandaag: date) -> Bezwaar | Refusal:
    """Extend the term for the decision by six weeks, once and in time, and tell every party (Awb art. 7:10 lid 3).

    Refuses: ``toelichting``, ``verdaagd`` (was done already), ``te_laat``, ``staat``, ``verouderd``.
    """
    with transaction.atomic():
        aanvraag, found = laad_bezwaar(actor, pk)
        facts = stand_van_bezwaar(found, actor=actor, vandaag=vandaag, toelichting=toelichting)
        step = beslis_stap(found, actor, "verdaag", versie, facts)
        if isinstance(step, Refusal):
            return step
        found.verdaagd_op, found.verdaag_reden = vandaag, toelichting.strip()
        zet_bezwaartermijnen(found, vandaag=vandaag)
        found.versie += 1
        found.save()
        houd_dossier(aanvraag, found.beslis_uiterlijk)
        until = lange_datum(found.beslis_uiterlijk)
        schrijf_op(
            aanvraag, "verdaagd", f"Heeft de beslissing op het bezwaar verdaagd tot en met {until}.", actor=actor
        )
        told = f"De beslissing op het bezwaar komt uiterlijk op {until}."
        vertel_over(found, "De beslissing op het bezwaar komt later", actor=actor, vandaag=vandaag, toelichting=told)
        return found


def vraag_herstel(
    *, actor: Actor, pk: int, versie: int | None, gevraagd_op: date, uiterlijk: date, toelichting: str, vandaag: date
) -> Bezwaar | Refusal:
    """Record that who objected was asked on ``gevraagd_op`` to repair an omission by ``uiterlijk`` (Awb art. 6:6).

    From the day after it the term stands still (art. 7:10 lid 2).  ``toelichting`` is what is missing.  Refuses:
    ``toelichting``, ``loopt_al``, ``gevraagd`` and ``uiterlijk`` (the days), ``staat``, ``verouderd``.
    """
    with transaction.atomic():
        aanvraag, found = laad_bezwaar(actor, pk)
        facts = stand_van_bezwaar(found, actor=actor, vandaag=vandaag, toelichting=toelichting)
        step = beslis_stap(found, actor, "vraag_herstel", versie, facts)
        if isinstance(step, Refusal):
            return step
        earlier = [each.opschorting for each in found.herstelverzoeken.all()]
        refusal = controleer_herstelverzoek(
            gevraagd_op, uiterlijk, ontvangen=found.ontvangen_op, eerdere=earlier, vandaag=vandaag
        )
        if refusal is not None:
            return refusal
        Herstelverzoek.objects.create(
            bezwaar=found, gevraagd_op=gevraagd_op, uiterlijk=uiterlijk, wat=toelichting.strip()
        )
        _bewaar(found, vandaag=vandaag)
        houd_dossier(aanvraag, found.beslis_uiterlijk)
        sentence = f"Heeft gevraagd om een verzuim in het bezwaar te herstellen, uiterlijk op {lange_datum(uiterlijk)}."
        schrijf_op(aanvraag, "herstel_gevraagd", sentence, actor=actor)
        return found


def leg_herstel_vast(*, actor: Actor, pk: int, versie: int | None, dag: date, vandaag: date) -> Bezwaar | Refusal:
    """The omission was repaired on ``dag``: the term runs on from that day, or ran on already when the time was over.

    Refuses: ``geen_verzoek``, ``dag`` (before the request, or still to come), ``staat``, ``verouderd``.
    """
    with transaction.atomic():
        aanvraag, found = laad_bezwaar(actor, pk)
        facts = stand_van_bezwaar(found, actor=actor, vandaag=vandaag)
        step = beslis_stap(found, actor, "leg_herstel_vast", versie, facts)
        if isinstance(step, Refusal):
            return step
        request = open_herstelverzoek(found)
        if request is None:
            return NIETS_TE_HERSTELLEN
        refusal = controleer_herstel(dag, gevraagd=request.gevraagd_op, vandaag=vandaag)
        if refusal is not None:
            return refusal
        request.hersteld_op = dag
        request.save(update_fields=["hersteld_op"])
        _bewaar(found, vandaag=vandaag)
        told = f"Wat in het bezwaar ontbrak, is ontvangen op {lange_datum(dag)}."
        schrijf_op(aanvraag, "hersteld", told, actor=actor)
        return found


def _bewaar(bezwaar: Bezwaar, *, vandaag: date) -> None:
    zet_bezwaartermijnen(bezwaar, vandaag=vandaag)
    bezwaar.versie += 1
    bezwaar.save(update_fields=["verweer_uiterlijk", "beslis_uiterlijk", "opgeschort", "versie"])


def werk_bezwaartermijnen_bij(*, vandaag: date) -> int:
    """Compute the terms of every objection that waits for repair: they move on every day.  Returns how many."""
    with transaction.atomic():
        waiting = Herstelverzoek.objects.filter(hersteld_op__isnull=True).values("bezwaar")
        rows = list(
            Bezwaar.objects.filter(staat__in=sorted(OPEN), pk__in=waiting)
            .select_for_update(of=("self",), skip_locked=True)
            .prefetch_related("herstelverzoeken")
        )
        for row in rows:
            zet_bezwaartermijnen(row, vandaag=vandaag)
        Bezwaar.objects.bulk_update(rows, ["beslis_uiterlijk", "opgeschort"], batch_size=500)
        return len(rows)
