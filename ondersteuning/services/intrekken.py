"""Withdrawing a TLV that was granted, and letting it count again when an objection against that is well-founded."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.intrekken import controleer_intrekking, laatste_dag
from ondersteuning.models import Aanvraag, Plaatsing
from ondersteuning.services.bekendmaken import INTREKKINGSBRIEF, leg_plaats_vast
from ondersteuning.services.stappen import beslis, laad, zet
from ondersteuning.services.toekenning_dag import verplaats_na_toekenning
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.jobs.services.enqueue import enqueue


def trek_tlv_in(
    *, actor: Actor, pk: int, versie: int | None, per: date, reden: str, vandaag: date
) -> Aanvraag | Refusal:
    """Withdraw a TLV from ``per``: its place ends the day before, it keeps its number, the letter goes out.

    Refuses: ``reden`` (say why), ``terugwerkend``, ``voor_begin`` and ``te_laat`` (the day), ``staat``, ``verouderd``.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        answer = beslis(actor, aanvraag, "trek_tlv_in", versie=versie, vandaag=vandaag, toelichting=reden)
        if isinstance(answer, Refusal):
            return answer
        if aanvraag.geldig_van is None or aanvraag.geldig_tot is None:
            raise ValueError("a granted TLV has a period")
        refusal = controleer_intrekking(
            per, geldig_van=aanvraag.geldig_van, geldig_tot=aanvraag.geldig_tot, vandaag=vandaag
        )
        if refusal is not None:
            return refusal
        beeindig_tlv(aanvraag, answer[0], per=per, reden=reden, actor=actor, vandaag=vandaag)
        return aanvraag


def beeindig_tlv(
    aanvraag: Aanvraag,
    step: Transition,
    *,
    per: date,
    reden: str,
    actor: Actor,
    vandaag: date,
    brief: bool = True,
) -> None:
    """The TLV no longer holds from ``per``.  Inside the transaction of who decided that, on a locked row.

    ``brief``: a letter goes out that tells it; otherwise that of the decision behind it does.
    """
    zet(aanvraag, step, vandaag=vandaag)
    aanvraag.intrekking_keer += 1
    aanvraag.intrekking_door_id = actor.user_id
    aanvraag.ingetrokken_per, aanvraag.intrekking_op, aanvraag.intrekking_reden = per, vandaag, reden.strip()
    aanvraag.intrekking_bekend_op, aanvraag.intrekking_bezwaar_tot = None, None
    aanvraag.bewaren_tot = bewaren_tot(max(laatste_dag(per), vandaag))
    aanvraag.save()
    _beeindig_plaats(aanvraag, per)
    audit.record(
        actor=actor,
        soort="aanvraag.tlv_ingetrokken",
        onderwerp=aanvraag,
        tekst=f"Heeft het besluit ingetrokken vanaf {lange_datum(per)}.",
    )
    if brief:
        enqueue(
            INTREKKINGSBRIEF,
            params={"aanvraag": aanvraag.pk},
            actor=actor,
            uniek=f"{INTREKKINGSBRIEF}-{aanvraag.pk}-{aanvraag.versie}",
        )


def _beeindig_plaats(aanvraag: Aanvraag, per: date) -> None:
    """The place ends the day before ``per``; one that had still to begin never was."""
    dag = laatste_dag(per)
    place = Plaatsing.objects.select_for_update().filter(aanvraag=aanvraag).first()
    if place is None:
        return
    if dag < place.begin:
        place.delete()
        return
    place.einde = min(place.einde or dag, dag)
    if place.einde_zonder_vertrek is not None:
        # Taking the departure back does not take the withdrawal back.
        place.einde_zonder_vertrek = min(place.einde_zonder_vertrek, dag)
    place.ingetrokken_per = per
    place.versie += 1
    place.save(update_fields=["einde", "einde_zonder_vertrek", "ingetrokken_per", "versie"])


def laat_herleven(aanvraag: Aanvraag, step: Transition, *, actor: Actor, vandaag: date) -> None:
    """A withdrawal does not stand: the TLV counts again as it was granted.  Inside a transaction, on a locked row."""
    zet(aanvraag, step, vandaag=vandaag)
    aanvraag.ingetrokken_per, aanvraag.intrekking_op, aanvraag.intrekking_reden = None, None, ""
    aanvraag.intrekking_bekend_op, aanvraag.intrekking_bezwaar_tot = None, None
    aanvraag.intrekking_door = None
    aanvraag.bewaren_tot = bewaren_tot(aanvraag.geldig_tot or vandaag)
    aanvraag.save()
    leg_plaats_vast(aanvraag)
    audit.record(
        actor=actor, soort="aanvraag.tlv_herleeft", onderwerp=aanvraag, tekst="Heeft de TLV weer laten gelden."
    )
    verplaats_na_toekenning(aanvraag, vandaag=vandaag)
