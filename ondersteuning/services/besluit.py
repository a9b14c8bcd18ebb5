"""The SWV's side: ask for completion, go on without it, grant or refuse, and take a decision back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kernen.models import School
from kernen.queries import gebruikers_met_rol
from ondersteuning.domain.aanvraag import BESLOTEN
from ondersteuning.domain.besluit import Uitkomst, versturen_na
from ondersteuning.domain.betaler import MET_VORIGE_SCHOOL, Keuze
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.models import Aanvraag, Aanvulling
from ondersteuning.queries.besluit import BESLUIT_GENOMEN, BESLUIT_TERUGGENOMEN, oude_motivering
from ondersteuning.queries.betaler import gewone_keuze, weiger_betaler
from ondersteuning.queries.routefeiten import controleer_periode
from ondersteuning.queries.stand import instellingen
from ondersteuning.services.berichten import bericht_aan_school
from ondersteuning.services.nummers import geef_nummer_op, geef_tlvnummer
from ondersteuning.services.procedurebericht import bericht
from ondersteuning.services.stappen import beslis, laad, wis_besluit, zet, zet_termijnen
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.jobs.services.enqueue import enqueue

BRIEF = "ondersteuning.besluitbrief"
TE_LAAT = Refusal("te_laat", "De brief is al verstuurd. Dit besluit kunt u niet meer terugnemen.")


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
    betaling: Keuze | None = None,
) -> Aanvraag | Refusal:
    """Grant the TLV: it gets its number; the letter goes out when the time to take the decision back is over.

    ``betaling`` says who pays and why; without it what is usual for the route.  A number that was given out for a
    decision that was taken back is used again.  Refuses: ``toets`` (the procedure is not met), ``motivering`` (a party
    disagrees), ``andere_uitkomst`` (it is the one of a refusal that was taken back), the period
    (``geen_31_juli``, ``te_kort``, ``te_lang``), the payer (``toelichting``, ``vorige_school``).
    Two at once: the second gets ``verouderd`` or ``staat``; no number is lost or used twice.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "ken_toe", versie=versie, vandaag=vandaag, toelichting=motivering)
        if isinstance(answer, Refusal):
            return answer
        refusal = (
            oude_motivering(aanvraag, motivering, Uitkomst.TOEGEKEND)
            or controleer_periode(aanvraag.de_route, geldig_van, geldig_tot)
            or _zet_betaler(aanvraag, betaling)
        )
        if refusal is not None:
            return refusal
        aanvraag.uitkomst = str(Uitkomst.TOEGEKEND)
        aanvraag.geldig_van, aanvraag.geldig_tot = geldig_van, geldig_tot
        _zet_nummer(aanvraag, vandaag=vandaag)
        _neem(aanvraag, answer[0], actor, motivering, vandaag=vandaag)
        return aanvraag


def _zet_nummer(aanvraag: Aanvraag, *, vandaag: date) -> None:
    """The number of this TLV; one that was given out for a decision taken back in another school year is left."""
    if not aanvraag.de_route.met_nummer:
        return
    if aanvraag.tlvnummer is not None and aanvraag.tlvnummer.schooljaar != Schooljaar.van(vandaag).begin:
        why = "De toekenning is teruggenomen. In een later schooljaar is opnieuw toegekend."
        geef_nummer_op(aanvraag, omdat=why, vandaag=vandaag)
    if aanvraag.tlvnummer is None:
        aanvraag.tlvnummer = geef_tlvnummer(vandaag=vandaag)


def _zet_betaler(aanvraag: Aanvraag, betaling: Keuze | None) -> Refusal | None:
    """Put who pays on the application, or say why that can not be."""
    chosen = betaling or gewone_keuze(aanvraag)
    refusal = weiger_betaler(aanvraag, chosen)
    if refusal is not None:
        return refusal
    previous = None
    if chosen.reden in MET_VORIGE_SCHOOL:
        previous = School.objects.filter(pk=chosen.vorige_school or 0).first()
        if previous is None:
            return Refusal("vorige_school", "Deze school kennen wij niet.", "vorige_school")
    aanvraag.kostendrager, aanvraag.betaalreden = str(chosen.betaler), str(chosen.reden)
    aanvraag.betaler_toelichting, aanvraag.vorige_school = chosen.toelichting.strip(), previous
    return None


def weiger(*, actor: Actor, pk: int, versie: int | None, motivering: str, vandaag: date) -> Aanvraag | Refusal:
    """Refuse the application, with a motivation (Awb art. 3:46); the letter goes out as that of a grant does.

    Refuses ``andere_uitkomst``: the motivation is the one of a grant that was taken back.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "weiger", versie=versie, vandaag=vandaag, toelichting=motivering)
        if isinstance(answer, Refusal):
            return answer
        refusal = oude_motivering(aanvraag, motivering, Uitkomst.GEWEIGERD)
        if refusal is not None:
            return refusal
        aanvraag.uitkomst = str(Uitkomst.GEWEIGERD)
        aanvraag.geldig_van = aanvraag.geldig_tot = None
        _neem(aanvraag, answer[0], actor, motivering, vandaag=vandaag)
        return aanvraag


def _neem(aanvraag: Aanvraag, step: Transition, actor: Actor, motivering: str, *, vandaag: date) -> None:
    """What every decision stores; the letter is asked for in the same transaction, for after the time to take it back.

    The number of the decision goes with the job: of a decision that was taken back no letter is sent, ever.
    """
    zet(aanvraag, step, vandaag=vandaag)
    aanvraag.besluit_keer += 1
    aanvraag.besloten_op, aanvraag.besloten_door_id = vandaag, actor.user_id
    aanvraag.motivering, aanvraag.motivering_bij = motivering.strip(), ""
    aanvraag.versturen_na = versturen_na(timezone.now(), instellingen().terugneemminuten)
    zet_termijnen(aanvraag, vandaag=vandaag)
    aanvraag.save()
    audit.record(
        actor=actor,
        soort=BESLUIT_GENOMEN,
        onderwerp=aanvraag,
        tekst="Heeft een besluit genomen. Het kan nog worden teruggenomen.",
    )
    enqueue(
        BRIEF,
        params={"aanvraag": aanvraag.pk, "besluit": aanvraag.besluit_keer},
        actor=actor,
        uniek=f"{BRIEF}-{aanvraag.pk}-{aanvraag.besluit_keer}",
        niet_voor=aanvraag.versturen_na,
        mail_bij_klaar=False,
    )


def besluit_opnieuw(aanvraag: Aanvraag, *, vandaag: date) -> None:
    """A parent turned out not to agree with a grant that waits for its letter: it lies with the SWV again.

    The letter of that decision never goes out.  Who decided is told, and finds everything filled in as it was; when
    that one decides no more, everybody who does on this route.  Inside the transaction in which the parent signs, on a
    locked row.
    """
    workflow = procedure_van(aanvraag.route)
    deciders = gebruikers_met_rol(vandaag, *(Rol(role) for role in sorted(workflow.step("ken_toe").rollen)))
    took_it = [each for each in deciders if each.pk == aanvraag.besloten_door_id]
    zet(aanvraag, workflow.step("besluit_opnieuw"), vandaag=vandaag)
    aanvraag.tegengehouden_keer = aanvraag.besluit_keer
    wis_besluit(aanvraag)
    zet_termijnen(aanvraag, vandaag=vandaag)
    aanvraag.save()
    audit.record(
        actor=PORTAAL,
        soort=BESLUIT_TERUGGENOMEN,
        onderwerp=aanvraag,
        tekst="Heeft het besluit niet verstuurd: een ouder tekende daarna, en is het er niet mee eens.",
    )
    bericht(
        aanvraag,
        took_it or deciders,
        zin="Besluit opnieuw",
        toelichting="Een ouder tekende na het besluit, en is het er niet mee eens. De brief is daarom niet verstuurd. "
        "Lees wat de ouder schreef, en besluit opnieuw.",
        actor=PORTAAL,
    )


def neem_terug(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Aanvraag | Refusal:
    """Take a decision back as long as its letter did not go out: the application lies with the SWV again.

    Nobody outside the SWV knew of it.  What was filled in stays for the next decision; a number stays with this
    application.  Refuses ``staat`` when the letter went out first: of the two exactly one happens.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "neem_terug", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return TE_LAAT if answer.code == "staat" and aanvraag.staat in BESLOTEN else answer
        zet(aanvraag, answer[0], vandaag=vandaag)
        wis_besluit(aanvraag)
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        audit.record(
            actor=actor, soort=BESLUIT_TERUGGENOMEN, onderwerp=aanvraag, tekst="Heeft het besluit teruggenomen."
        )
        return aanvraag
