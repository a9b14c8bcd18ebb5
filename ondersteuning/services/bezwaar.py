"""An objection against a decision: recording it, and the steps until it is decided on."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import BEEINDIGD, BESLOTEN
from ondersteuning.domain.bezwaar import ALLEEN_BEROEP, OPEN, Bezwaarmaker, Tegen
from ondersteuning.domain.bezwaartermijnen import bezwaartermijnen, tijdig
from ondersteuning.domain.rollen import ALLEEN_SWV
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.bezwaar import besluit_nu, stand_van_bezwaar
from ondersteuning.queries.stand import instellingen
from ondersteuning.services.bezwaarstappen import beslis_stap, houd_dossier, laad_bezwaar, schrijf_op, vertel_over
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.documents import store_upload
from swv_portal.jobs.services.uploads import Upload

BEZWAARSCHRIFT = "ondersteuning.bezwaarschrift"


@dataclass(frozen=True)
class Opgave:
    """What is recorded of an objection that came in."""

    tegen: str
    bezwaarmaker: str
    ontvangen_op: date
    gronden: str
    poststempel_op: date | None = None
    bestand: Upload | None = None


def leg_bezwaar_vast(*, actor: Actor, pk: int, opgave: Opgave, vandaag: date) -> Bezwaar | Refusal:
    """Record an objection; one that came too late is recorded too, and marked.

    Refuses: ``rol``, ``geen_besluit`` (nothing was announced yet), ``ontvangen`` (in the future, or before the
    decision), ``poststempel`` (after the receipt), ``loopt_al`` (this party has one running against this decision),
    ``beroep`` (the decision was taken after an objection).
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return ALLEEN_SWV
        if opgave.tegen == Tegen.BESLUIT and besloten_na_bezwaar(aanvraag):
            return ALLEEN_BEROEP
        announced, until = termijn_van(aanvraag, opgave.tegen)
        if announced is None or until is None:
            return Refusal("geen_besluit", "Er is nog niets bekendgemaakt waartegen bezwaar kan.", "tegen")
        time = besluit_nu(aanvraag, opgave.tegen)[0]
        refusal = controleer_dagen(opgave, announced, vandaag) or controleer_dubbel(aanvraag, opgave, time)
        if refusal is not None:
            return refusal
        made = _maak(aanvraag, opgave, until, actor=actor, vandaag=vandaag)
        if opgave.bestand is not None:
            store_upload(
                opgave.bestand, soort=BEZWAARSCHRIFT, onderwerp=made, naam=f"bezwaarschrift-{made.pk}", actor=actor
            )
        houd_dossier(aanvraag, max(made.beslis_uiterlijk, vandaag))
        late = " Het kwam te laat binnen." if made.te_laat else ""
        told = f"Heeft een bezwaar vastgelegd van {made.bezwaarmakernaam}.{late}"
        schrijf_op(aanvraag, "ontvangen", told, actor=actor)
        vertel_over(made, "Er is een bezwaar ontvangen", actor=actor, vandaag=vandaag)
        return made


def besloten_na_bezwaar(aanvraag: Aanvraag) -> bool:
    """Was the decision that stands taken after an objection?  Then only appeal is open (Awb art. 7:11 lid 2, 8:1)."""
    return aanvraag.heroverweging_op is not None and aanvraag.bekendgemaakt_op is not None


def termijn_van(aanvraag: Aanvraag, tegen: str) -> tuple[date | None, date | None]:
    """When the decision that the objection is about was announced, and the last day of its objection term."""
    if tegen == Tegen.INTREKKING:
        known = (aanvraag.intrekking_bekend_op, aanvraag.intrekking_bezwaar_tot)
        return known if aanvraag.staat == BEEINDIGD else (None, None)
    return (aanvraag.bekendgemaakt_op, aanvraag.bezwaar_tot) if aanvraag.staat in BESLOTEN else (None, None)


def controleer_dagen(opgave: Opgave, bekendgemaakt: date | None, vandaag: date) -> Refusal | None:
    """Can it have come in on these days?  ``bekendgemaakt``: the day of the decision, where that is known still."""
    if opgave.ontvangen_op > vandaag:
        return Refusal("ontvangen", "Deze dag moet nog komen.", "ontvangen_op")
    if bekendgemaakt is not None and opgave.ontvangen_op < bekendgemaakt:
        sentence = f"Het besluit is van {lange_datum(bekendgemaakt)}. Kies die dag of later."
        return Refusal("ontvangen", sentence, "ontvangen_op")
    if opgave.poststempel_op is not None and opgave.poststempel_op > opgave.ontvangen_op:
        return Refusal("poststempel", "Dit is na de dag waarop u het bezwaar ontving.", "poststempel_op")
    return None


def controleer_dubbel(aanvraag: Aanvraag, opgave: Opgave, keer: int, *, behalve: int = 0) -> Refusal | None:
    """Has this party another objection running against this decision (``keer``)?  ``behalve``: not this one."""
    if opgave.bezwaarmaker == Bezwaarmaker.ANDER:
        # Not one party: two others may both object.
        return None
    same = aanvraag.bezwaren.exclude(pk=behalve).filter(
        tegen=opgave.tegen, keer=keer, bezwaarmaker=opgave.bezwaarmaker, staat__in=sorted(OPEN)
    )
    if same.exists():
        return Refusal("loopt_al", "Van deze partij loopt al een bezwaar tegen dit besluit.", "bezwaarmaker")
    return None


def _maak(aanvraag: Aanvraag, opgave: Opgave, tot: date, *, actor: Actor, vandaag: date) -> Bezwaar:
    terms = bezwaartermijnen(
        ontvangen=opgave.ontvangen_op,
        termijn_tot=tot,
        verdaagd=False,
        today=vandaag,
        gelijkgesteld=instellingen().gelijkgesteld,
    )
    time, taker = besluit_nu(aanvraag, opgave.tegen)
    in_time = tijdig(ontvangen=opgave.ontvangen_op, poststempel=opgave.poststempel_op, termijn_tot=tot)
    return Bezwaar.objects.create(
        aanvraag=aanvraag,
        tegen=opgave.tegen,
        keer=time,
        besluitnemer_id=taker,
        bezwaarmaker=opgave.bezwaarmaker,
        ontvangen_op=opgave.ontvangen_op,
        poststempel_op=opgave.poststempel_op,
        termijn_tot=tot,
        te_laat=not in_time.op_tijd,
        gronden=opgave.gronden.strip(),
        verweer_uiterlijk=terms.verweer.laatste_dag,
        beslis_uiterlijk=terms.beslissen.laatste_dag,
        vastgelegd_door_id=actor.user_id,
    )


def verstuur_verweer(*, actor: Actor, pk: int, versie: int | None, dag: date, vandaag: date) -> Bezwaar | Refusal:
    """The defence went to the committee on ``dag``.  Refuses ``dag`` (before the receipt, or still to come)."""
    return _stap_op_dag(actor, pk, versie, "verstuur_verweer", dag, vandaag, "Het verweer is verstuurd.")


def ontvang_advies(
    *, actor: Actor, pk: int, versie: int | None, dag: date, toelichting: str, vandaag: date
) -> Bezwaar | Refusal:
    """The committee gave its advice on ``dag``; ``toelichting`` is what it says.  Refuses ``dag``."""
    return _stap_op_dag(
        actor, pk, versie, "ontvang_advies", dag, vandaag, "Het advies van de commissie is er.", toelichting
    )


def _stap_op_dag(
    actor: Actor,
    pk: int,
    versie: int | None,
    naam: str,
    dag: date,
    vandaag: date,
    tekst: str,
    advies: str = "",
) -> Bezwaar | Refusal:
    with transaction.atomic():
        aanvraag, found = laad_bezwaar(actor, pk)
        facts = stand_van_bezwaar(found, actor=actor, vandaag=vandaag)
        step = beslis_stap(found, actor, naam, versie, facts)
        if isinstance(step, Refusal):
            return step
        refusal = controleer_dag(dag, found.ontvangen_op, vandaag, "dag")
        if refusal is not None:
            return refusal
        if naam == "verstuur_verweer":
            found.verweer_op = dag
        else:
            found.advies_op, found.advies = dag, advies.strip()
        found.staat, found.versie = step.naar, found.versie + 1
        found.save()
        schrijf_op(aanvraag, naam, tekst, actor=actor)
        return found


def controleer_dag(dag: date, ontvangen: date, vandaag: date, veld: str) -> Refusal | None:
    """A step of an objection happened after it came in, and not later than today.  Code ``dag``."""
    if ontvangen <= dag <= vandaag:
        return None
    return Refusal("dag", f"Kies een dag van {lange_datum(ontvangen)} tot en met vandaag.", veld)


def trek_bezwaar_in(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Bezwaar | Refusal:
    """Who objected took it back (Awb art. 6:21); the decision stays as it is.  Refuses ``staat``, ``verouderd``."""
    with transaction.atomic():
        aanvraag, found = laad_bezwaar(actor, pk)
        facts = stand_van_bezwaar(found, actor=actor, vandaag=vandaag)
        step = beslis_stap(found, actor, "trek_in", versie, facts)
        if isinstance(step, Refusal):
            return step
        found.staat, found.versie, found.afgesloten_op = step.naar, found.versie + 1, vandaag
        found.save()
        houd_dossier(aanvraag, vandaag)
        schrijf_op(aanvraag, "ingetrokken", "Heeft vastgelegd dat het bezwaar is ingetrokken.", actor=actor)
        vertel_over(found, "Het bezwaar is ingetrokken", actor=actor, vandaag=vandaag)
        return found
