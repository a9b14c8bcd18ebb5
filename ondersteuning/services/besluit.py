"""The SWV's side: ask for completion, go on without it, grant or refuse, and announce the decision."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import OUDER
from ondersteuning.domain.geldigheid import bewaren_tot, controleer_geldigheid
from ondersteuning.domain.plaatsing import Soort
from ondersteuning.domain.routes import ROUTES
from ondersteuning.models import Aanvraag, Aanvulling, Plaatsing
from ondersteuning.queries.stand import instellingen
from ondersteuning.services.berichten import bericht_aan_ontvangende_school, bericht_aan_school
from ondersteuning.services.nummers import geef_tlvnummer
from ondersteuning.services.partijen import houd_link_open, mail_partij
from ondersteuning.services.stappen import beslis, laad, zet, zet_termijnen
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit
from swv_portal.common.terms import bezwaartermijn
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import load_for_update
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.enqueue import enqueue

BRIEF = "ondersteuning.besluitbrief"


def vraag_aanvulling(
    *, actor: Actor, pk: int, versie: int | None, toelichting: str, uiterlijk: date, vandaag: date
) -> Aanvraag | Refusal:
    """Ask the school to complete the application before ``uiterlijk``; from tomorrow the term stands still.

    Awb art. 4:5 and 4:15.  Refuses: ``toelichting`` (say what is missing), ``uiterlijk`` (not after today).
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "vraag_aanvulling", versie=versie, vandaag=vandaag, toelichting=toelichting)
        if isinstance(answer, Refusal):
            return answer
        if uiterlijk <= vandaag:
            return Refusal("uiterlijk", "Geef de school een datum die na vandaag ligt.", "uiterlijk")
        Aanvulling.objects.create(
            aanvraag=aanvraag, gevraagd_op=vandaag, uiterlijk=uiterlijk, vraag=toelichting.strip()
        )
        zet(aanvraag, answer[0], vandaag=vandaag)
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(
            actor=actor, soort="aanvraag.aanvulling_gevraagd", onderwerp=aanvraag, tekst="Heeft om aanvulling gevraagd."
        )
        bericht_aan_school(aanvraag, zin="Vul aan", actor=actor, vandaag=vandaag)
        return aanvraag


def hervat(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Go on without the completion, once the time given has passed unused (Awb art. 4:15 lid 1)."""
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "hervat", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        aanvraag.aanvullingen.filter(aangevuld_op__isnull=True).update(aangevuld_op=vandaag)
        zet(aanvraag, answer[0], vandaag=vandaag)
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(
            actor=actor,
            soort="aanvraag.hervat",
            onderwerp=aanvraag,
            tekst="Gaat verder zonder aanvulling: de tijd daarvoor is voorbij.",
        )
        bericht_aan_school(aanvraag, zin="Het samenwerkingsverband gaat verder", actor=actor, vandaag=vandaag)
        return aanvraag


def ken_toe(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    geldig_van: date,
    geldig_tot: date,
    motivering: str,
    vandaag: date,
) -> Aanvraag | Refusal:
    """Grant the TLV: it gets its number, the place is recorded, and the letter goes out.

    Refuses: ``toets`` (the procedure is not met), ``motivering`` (a party disagrees), and the period (``geen_31_juli``,
    ``te_kort``, ``te_lang``).  Two at once: the second gets ``verouderd`` or ``staat``; no number is lost or used
    twice.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "ken_toe", versie=versie, vandaag=vandaag, toelichting=motivering)
        if isinstance(answer, Refusal):
            return answer
        refusal = controleer_geldigheid(geldig_van, geldig_tot)
        if refusal is not None:
            return refusal
        zet(aanvraag, answer[0], vandaag=vandaag)
        aanvraag.geldig_van, aanvraag.geldig_tot = geldig_van, geldig_tot
        aanvraag.kostendrager = str(ROUTES[aanvraag.route].betaler)
        aanvraag.tlvnummer = geef_tlvnummer(vandaag=vandaag)
        _leg_vast(aanvraag, actor, motivering, einde=geldig_tot, vandaag=vandaag)
        _leg_plaats_vast(aanvraag, aanvraag.tlvnummer.nummer, begin=geldig_van, einde=geldig_tot)
        audit.record(
            actor=actor,
            soort="aanvraag.toegekend",
            onderwerp=aanvraag,
            tekst=f"Heeft de TLV toegekend met nummer {aanvraag.tlvnummer.nummer}.",
        )
        return aanvraag


def _leg_plaats_vast(aanvraag: Aanvraag, nummer: str, *, begin: date, einde: date) -> None:
    """The place that a TLV gives: what budgets count."""
    Plaatsing.objects.create(
        verwijzing=nummer,
        school_verwijzend=aanvraag.verwijzende_school,
        school_ontvangend=aanvraag.ontvangende_school,
        categorie=aanvraag.categorie,
        soort=str(Soort.TLV),
        kostendrager=aanvraag.kostendrager,
        begin=begin,
        einde=einde,
        aanvraag=aanvraag,
    )


def weiger(*, actor: Actor, pk: int, versie: int | None, motivering: str, vandaag: date) -> Aanvraag | Refusal:
    """Refuse the application, with a motivation (Awb art. 3:46); the letter goes out."""
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "weiger", versie=versie, vandaag=vandaag, toelichting=motivering)
        if isinstance(answer, Refusal):
            return answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        _leg_vast(aanvraag, actor, motivering, einde=vandaag, vandaag=vandaag)
        audit.record(actor=actor, soort="aanvraag.geweigerd", onderwerp=aanvraag, tekst="Heeft de TLV geweigerd.")
        return aanvraag


def _leg_vast(aanvraag: Aanvraag, actor: Actor, motivering: str, *, einde: date, vandaag: date) -> None:
    """What every decision stores; the letter is asked for in the same transaction."""
    aanvraag.besloten_op, aanvraag.besloten_door_id = vandaag, actor.user_id
    aanvraag.motivering = motivering.strip()
    aanvraag.bewaren_tot = bewaren_tot(einde)
    zet_termijnen(aanvraag, vandaag=vandaag)
    aanvraag.save()
    enqueue(BRIEF, params={"aanvraag": aanvraag.pk}, actor=actor, uniek=f"{BRIEF}-{aanvraag.pk}")


def maak_bekend(*, pk: int, vandaag: date, bewaar_brief: Callable[[Aanvraag], None]) -> None:
    """The letter exists: store it, start the objection term (Awb art. 6:8) and tell every party.

    Parents read the letter behind their link, which works for half a year more; the second expert is told that there
    is a decision.

    Runs in the transaction that marks the job done.  ``bewaar_brief`` stores the document of the letter.  A decision is
    announced once; of one that was announced already only a letter that is missing is stored again.
    """
    aanvraag = load_for_update(Aanvraag.objects.select_related("verwijzende_school"), pk)
    if not documents_of(aanvraag, BRIEF).exists():
        bewaar_brief(aanvraag)
    if aanvraag.bekendgemaakt_op is not None:
        return
    term = bezwaartermijn(vandaag, today=vandaag, gelijkgesteld=instellingen().gelijkgesteld)
    aanvraag.bekendgemaakt_op, aanvraag.bezwaar_tot = vandaag, term.laatste_dag
    aanvraag.save(update_fields=["bekendgemaakt_op", "bezwaar_tot", "gewijzigd"])
    audit.record(
        actor=PORTAAL,
        soort="aanvraag.bekendgemaakt",
        onderwerp=aanvraag,
        tekst="Heeft de brief gemaakt en alle partijen bericht gestuurd.",
    )
    bericht_aan_school(aanvraag, zin="Het besluit is er", actor=PORTAAL, vandaag=vandaag)
    bericht_aan_ontvangende_school(aanvraag, zin="Het besluit is er", actor=PORTAAL, vandaag=vandaag)
    for partij in aanvraag.partijen.filter(link_id__isnull=False):
        houd_link_open(partij, actor=PORTAAL)
        told = "Het besluit is er" if partij.soort == OUDER else "Het samenwerkingsverband heeft besloten"
        mail_partij(partij, aanvraag, zin=told, actor=None, uniek=f"{BRIEF}-partij-{partij.pk}")
