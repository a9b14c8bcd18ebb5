"""The school's side of an application: begin, put before the parties, hand in, complete, withdraw."""

from datetime import date

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.aanvraag import INGETROKKEN
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.routes import ROUTES, Beginplaats, Deelnemer
from ondersteuning.models import Aanvraag, Leerling
from ondersteuning.queries.beginnen import tlvs_op
from ondersteuning.services.beginnen import GEEN_VORIGE, leerling_met_tlv, maak_aanvraag, neem_over
from ondersteuning.services.berichten import bericht_aan_ontvangende_school, bericht_bij_terugnemen
from ondersteuning.services.gezag import werk_dossier_bij
from ondersteuning.services.leerlingen import kies_leerling, loopt_al
from ondersteuning.services.partijen import Uitnodiging, nodig_allen_uit, vergeet_link
from ondersteuning.services.stappen import (
    beslis,
    laad,
    laat_los,
    laat_vervallen,
    vraag_school,
    wis_besluit,
    zet,
    zet_termijnen,
)
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import NotVisible


def begin_aanvraag(
    *,
    actor: Actor,
    school_id: int,
    route: str,
    vandaag: date,
    leerling_id: int | None = None,
    vorige: int | None = None,
) -> Aanvraag | Refusal:
    """Start an application of ``route`` for a pupil of ``school_id``, where ``actor`` may do that.

    ``leerling_id``: a known pupil of this school; ``vorige``: the key of the TLV with which the pupil came to this
    school.  What stands there is filled in; without either it is a new dossier.  Refuses ``route`` (this kind of school
    does not start it), ``vorige`` (no such TLV at this school), ``loopt_al``.  A school outside one's roles does not
    exist.
    """
    with transaction.atomic():
        mine = actor.bereik.plaatsen(*ROUTES[route].begin.get(Beginplaats.SCHOOL, frozenset()))
        school = School.objects.visible_to(actor.bereik).filter(pk=school_id, pk__in=sorted(mine)).first()
        if school is None:
            raise NotVisible("niet gevonden")
        if school.soort not in ROUTES[route].van:
            return Refusal("route", f"Route {route} begint op een andere soort school.")
        earlier = None if vorige is None else tlvs_op(school.pk).filter(pk=vorige).first()
        if vorige is not None and earlier is None:
            return GEEN_VORIGE
        pupil = (
            leerling_met_tlv(actor, earlier)
            if earlier is not None
            else _leerling(actor, school.pk, leerling_id, vandaag)
        )
        if isinstance(pupil, Refusal):
            return pupil
        aanvraag = maak_aanvraag(
            actor=actor, route=route, leerling=pupil, vandaag=vandaag, verwijzende_school=school, vorige=earlier
        )
        if earlier is not None:
            neem_over(aanvraag, earlier)
        return aanvraag


def _leerling(actor: Actor, school_id: int, leerling_id: int | None, vandaag: date) -> Leerling | Refusal:
    """The known pupil, when no other application runs; otherwise a dossier of which the name comes with the form."""
    pupil = kies_leerling(
        actor=actor, school_id=school_id, leerling_id=leerling_id, nieuwe_leerling={}, vandaag=vandaag
    )
    if isinstance(pupil, Refusal):
        return pupil
    return loopt_al(actor, pupil, "leerling") or pupil


def leg_voor(
    *, actor: Actor, pk: int, versie: int | None, vandaag: date
) -> tuple[Aanvraag, list[Uitnodiging]] | Refusal:
    """Put the application before parents, experts and the receiving school.

    Every party without a link gets one; the second codes are in the answer, once.  Refuses what the procedure refuses
    (form not complete, second expert not independent, category or period wrong).
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "leg_voor", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        vraag_school(aanvraag)
        aanvraag.voorgelegd_op = vandaag
        aanvraag.save()
        werk_dossier_bij(aanvraag, actor=actor)
        invited = nodig_allen_uit(aanvraag, actor=actor, vandaag=vandaag)
        with_experts = aanvraag.de_route.vraagt(Deelnemer.TWEEDE_DESKUNDIGE)
        experts = ", de deskundigen en de ontvangende school" if with_experts else ""
        audit.record(
            actor=actor,
            soort="aanvraag.voorgelegd",
            onderwerp=aanvraag,
            tekst=f"Heeft de aanvraag voorgelegd aan de ouders{experts}.",
        )
        bericht_aan_ontvangende_school(aanvraag, zin="Geef advies", actor=actor, vandaag=vandaag)
        return aanvraag, invited


def haal_terug(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Take the application back to change it: advices and signatures lapse, the receiving school no longer sees it."""
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "haal_terug", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        bericht_bij_terugnemen(aanvraag, zin="De school past de aanvraag aan", actor=actor, vandaag=vandaag)
        laat_vervallen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(
            actor=actor,
            soort="aanvraag.teruggehaald",
            onderwerp=aanvraag,
            tekst="Heeft de aanvraag teruggehaald om te wijzigen. Adviezen en handtekeningen zijn vervallen.",
        )
        return aanvraag


def dien_in(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Hand in at the SWV: from today the term for the decision runs (Awb art. 4:13).

    Refuses as long as an advice, the place or an invitation is missing; a signature of a parent is not needed.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "dien_in", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        aanvraag.ingediend_op = vandaag
        vraag_school(aanvraag)
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(
            actor=actor,
            soort="aanvraag.ingediend",
            onderwerp=aanvraag,
            tekst="Heeft de aanvraag ingediend bij het samenwerkingsverband.",
        )
        return aanvraag


def vul_aan(*, actor: Actor, pk: int, versie: int | None, antwoord: str, vandaag: date) -> Aanvraag | Refusal:
    """Send the completion that the SWV asked for, with an answer; the term runs again (Awb art. 4:15)."""
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "vul_aan", versie=versie, vandaag=vandaag, toelichting=antwoord)
        if isinstance(answer, Refusal):
            return answer
        aanvraag.aanvullingen.filter(aangevuld_op__isnull=True).update(aangevuld_op=vandaag, antwoord=antwoord)
        zet(aanvraag, answer[0], vandaag=vandaag)
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(actor=actor, soort="aanvraag.aangevuld", onderwerp=aanvraag, tekst="Heeft de aanvraag aangevuld.")
        return aanvraag


def trek_in(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Withdraw the application; it is kept three years and nobody outside the school and the SWV sees it any more."""
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "trek_in", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        bericht_bij_terugnemen(aanvraag, zin="De aanvraag is ingetrokken", actor=actor, vandaag=vandaag)
        wis_besluit(aanvraag)  # of a decision that was not sent the letter never goes out
        beeindig(aanvraag, answer[0], bewaren=bewaren_tot(vandaag), actor=actor, vandaag=vandaag)
        audit.record(
            actor=actor, soort=f"aanvraag.{INGETROKKEN}", onderwerp=aanvraag, tekst="Heeft de aanvraag ingetrokken."
        )
        return aanvraag


def beeindig(aanvraag: Aanvraag, step: Transition, *, bewaren: date, actor: Actor, vandaag: date) -> None:
    """Withdrawn: kept until ``bewaren``, outside the reach of the receiving school, and every link stops."""
    zet(aanvraag, step, vandaag=vandaag)
    aanvraag.bewaren_tot = bewaren
    laat_los(aanvraag)
    aanvraag.save()
    for partij in aanvraag.partijen.all():
        vergeet_link(partij, actor=actor)
