"""The school's side of an application: begin, put before the parties, hand in, complete, withdraw."""

from datetime import date

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.aanvraag import INGETROKKEN, SCHOOL
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.routes import ROUTES
from ondersteuning.models import Aanvraag, Leerling, Partij
from ondersteuning.queries.formulier import VELDEN_PARTIJ
from ondersteuning.services.berichten import bericht_aan_ontvangende_school
from ondersteuning.services.nummers import nieuw_kenmerk
from ondersteuning.services.partijen import Uitnodiging, nodig_allen_uit, vergeet_link
from ondersteuning.services.stappen import beslis, laad, laat_vervallen, zet, zet_termijnen
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import NotVisible


def begin_aanvraag(*, actor: Actor, school_id: int, route: str, vandaag: date) -> Aanvraag | Refusal:
    """Start an application of ``route`` for a pupil of ``school_id``, where ``actor`` is IB'er or director.

    Refuses ``route`` (this kind of school does not start it).  A school outside one's roles does not exist.
    """
    with transaction.atomic():
        mine = actor.bereik.plaatsen(*SCHOOL)
        school = School.objects.visible_to(actor.bereik).filter(pk=school_id, pk__in=sorted(mine)).first()
        if school is None:
            raise NotVisible("niet gevonden")
        if school.soort not in ROUTES[route].van:
            return Refusal("route", f"Route {route} begint op een andere soort school.")
        aanvraag = Aanvraag.objects.create(
            kenmerk=nieuw_kenmerk(route, vandaag),
            route=route,
            leerling=Leerling.objects.create(school=school),
            verwijzende_school=school,
            begonnen_door_id=actor.user_id,
            sinds=vandaag,
        )
        Partij.objects.bulk_create(
            Partij(aanvraag=aanvraag, soort=kind, volgnummer=number)
            for kind, number in sorted({(kind, number) for f in VELDEN_PARTIJ.values() for _, kind, number, _ in f})
        )
        audit.record(actor=actor, soort="aanvraag.begonnen", onderwerp=aanvraag, tekst="Is een aanvraag begonnen.")
        return aanvraag


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
        aanvraag.gevraagde_school = aanvraag.ontvangende_school
        aanvraag.voorgelegd_op = vandaag
        aanvraag.save()
        invited = nodig_allen_uit(aanvraag, actor=actor, vandaag=vandaag)
        audit.record(
            actor=actor,
            soort="aanvraag.voorgelegd",
            onderwerp=aanvraag,
            tekst="Heeft de aanvraag voorgelegd aan de ouders, de deskundigen en de ontvangende school.",
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
        bericht_aan_ontvangende_school(aanvraag, zin="De school past de aanvraag aan", actor=actor, vandaag=vandaag)
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
        bericht_aan_ontvangende_school(aanvraag, zin="De aanvraag is ingetrokken", actor=actor, vandaag=vandaag)
        beeindig(aanvraag, answer[0], bewaren=bewaren_tot(vandaag), actor=actor, vandaag=vandaag)
        audit.record(
            actor=actor, soort=f"aanvraag.{INGETROKKEN}", onderwerp=aanvraag, tekst="Heeft de aanvraag ingetrokken."
        )
        return aanvraag


def beeindig(aanvraag: Aanvraag, step: Transition, *, bewaren: date, actor: Actor, vandaag: date) -> None:
    """Withdrawn: kept until ``bewaren``, outside the reach of the receiving school, and every link stops."""
    zet(aanvraag, step, vandaag=vandaag)
    aanvraag.bewaren_tot = bewaren
    aanvraag.gevraagde_school = None
    aanvraag.save()
    for partij in aanvraag.partijen.all():
        vergeet_link(partij, actor=actor)
