"""An objection against a decision: recording it, its steps, and what the decision on it means for the TLV."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import BEEINDIGD, BESLOTEN
from ondersteuning.domain.bezwaar import (
    BEZWAAR,
    OPEN,
    VERDAGEN,
    Gevolg,
    Stand,
    Tegen,
    bezwaartermijnen,
    tijdig,
)
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.stand import instellingen
from ondersteuning.services.intrekken import beeindig_tlv, laat_herleven
from ondersteuning.services.stappen import laad, wis_besluit, zet, zet_termijnen
from ondersteuning.services.vertellen import Nieuws, vertel_partijen
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import NotVisible, check_version, load_for_update
from swv_portal.jobs.services.documents import store_upload
from swv_portal.jobs.services.uploads import Upload

BEZWAARSCHRIFT = "ondersteuning.bezwaarschrift"
ALLEEN_SWV = Refusal("rol", "Alleen het samenwerkingsverband legt een bezwaar vast.")


@dataclass(frozen=True)
class Opgave:
    """What is recorded of an objection that came in."""

    tegen: str
    indiener: str
    ontvangen_op: date
    gronden: str
    poststempel_op: date | None = None
    bestand: Upload | None = None


def leg_bezwaar_vast(*, actor: Actor, pk: int, opgave: Opgave, vandaag: date) -> Bezwaar | Refusal:
    """Record an objection; one that came too late is recorded too, and marked.

    Refuses: ``rol``, ``geen_besluit`` (nothing was announced yet), ``ontvangen`` (in the future, or before the
    decision), ``poststempel`` (after the receipt), ``loopt_al`` (this party has one running against this decision).
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return ALLEEN_SWV
        announced, until = termijn_van(aanvraag, opgave.tegen)
        if announced is None or until is None:
            return Refusal("geen_besluit", "Er is nog niets bekendgemaakt waartegen bezwaar kan.", "tegen")
        refusal = _controleer(opgave, announced, vandaag) or _dubbel(aanvraag, opgave)
        if refusal is not None:
            return refusal
        made = _maak(aanvraag, opgave, until, actor=actor, vandaag=vandaag)
        if opgave.bestand is not None:
            store_upload(
                opgave.bestand, soort=BEZWAARSCHRIFT, onderwerp=made, naam=f"bezwaarschrift-{made.pk}", actor=actor
            )
        houd_dossier(aanvraag, made.beslis_uiterlijk)
        late = " Het kwam te laat binnen." if made.te_laat else ""
        _schrijf_op(aanvraag, "ontvangen", f"Heeft een bezwaar vastgelegd van {made.indienernaam}.{late}", actor=actor)
        _vertel(made, "Er is een bezwaar ontvangen", actor=actor, vandaag=vandaag)
        return made


def termijn_van(aanvraag: Aanvraag, tegen: str) -> tuple[date | None, date | None]:
    """When the decision that the objection is about was announced, and the last day of its objection term."""
    if tegen == Tegen.INTREKKING:
        known = (aanvraag.intrekking_bekend_op, aanvraag.intrekking_bezwaar_tot)
        return known if aanvraag.staat == BEEINDIGD else (None, None)
    return (aanvraag.bekendgemaakt_op, aanvraag.bezwaar_tot) if aanvraag.staat in BESLOTEN else (None, None)


def _controleer(opgave: Opgave, bekendgemaakt: date, vandaag: date) -> Refusal | None:
    if opgave.ontvangen_op > vandaag:
        return Refusal("ontvangen", "Deze dag moet nog komen.", "ontvangen_op")
    if opgave.ontvangen_op < bekendgemaakt:
        sentence = f"Het besluit is van {lange_datum(bekendgemaakt)}. Kies die dag of later."
        return Refusal("ontvangen", sentence, "ontvangen_op")
    if opgave.poststempel_op is not None and opgave.poststempel_op > opgave.ontvangen_op:
        return Refusal("poststempel", "Dit is na de dag waarop u het bezwaar ontving.", "poststempel_op")
    return None


def _dubbel(aanvraag: Aanvraag, opgave: Opgave) -> Refusal | None:
    same = aanvraag.bezwaren.filter(tegen=opgave.tegen, indiener=opgave.indiener, staat__in=sorted(OPEN))
    if same.exists():
        return Refusal("loopt_al", "Van deze partij loopt al een bezwaar tegen dit besluit.", "indiener")
    return None


def _maak(aanvraag: Aanvraag, opgave: Opgave, tot: date, *, actor: Actor, vandaag: date) -> Bezwaar:
    terms = bezwaartermijnen(
        ontvangen=opgave.ontvangen_op,
        termijn_tot=tot,
        verdaagd=False,
        today=vandaag,
        gelijkgesteld=instellingen().gelijkgesteld,
    )
    in_time = tijdig(ontvangen=opgave.ontvangen_op, poststempel=opgave.poststempel_op, termijn_tot=tot)
    return Bezwaar.objects.create(
        aanvraag=aanvraag,
        tegen=opgave.tegen,
        indiener=opgave.indiener,
        ontvangen_op=opgave.ontvangen_op,
        poststempel_op=opgave.poststempel_op,
        termijn_tot=tot,
        te_laat=not in_time.op_tijd,
        gronden=opgave.gronden.strip(),
        verweer_uiterlijk=terms.verweer.laatste_dag,
        beslis_uiterlijk=terms.beslissen.laatste_dag,
        vastgelegd_door_id=actor.user_id,
    )


def houd_dossier(aanvraag: Aanvraag, dag: date) -> None:
    """The dossier is kept until three years after ``dag`` at least.  Inside a transaction, on a locked row."""
    until = bewaren_tot(dag)
    if aanvraag.bewaren_tot is not None and aanvraag.bewaren_tot < until:
        aanvraag.bewaren_tot = until
        aanvraag.save(update_fields=["bewaren_tot", "gewijzigd"])


def _laad(actor: Actor, pk: int) -> tuple[Aanvraag, Bezwaar]:
    """The objection with its application, both locked, the application first as everywhere."""
    key = Bezwaar.objects.visible_to(actor.bereik).filter(pk=pk).values_list("aanvraag_id", flat=True).first()
    if key is None:
        raise NotVisible("niet gevonden")
    aanvraag = laad(actor, key)
    found = load_for_update(Bezwaar.objects.visible_to(actor.bereik), pk)
    found.aanvraag = aanvraag
    return aanvraag, found


def _decide(
    step: Transition | None, bezwaar: Bezwaar, actor: Actor, naam: str, versie: int | None, stand: Stand
) -> Transition | Refusal:
    """May this step be taken?  ``step``: one that stands outside the table (extending), read as the table is."""
    refusal = check_version(bezwaar, versie)
    if refusal is not None:
        return refusal
    roles = actor.bereik.rollen_bij()
    if step is None:
        return BEZWAAR.decide(naam, bezwaar.staat, roles, stand)
    if not step.rollen & set(roles):
        return Refusal("rol", "U kunt deze stap niet zetten.")
    return next((each for rule in step.voorwaarden if (each := rule(stand)) is not None), step)


def stand_van_bezwaar(bezwaar: Bezwaar, *, vandaag: date, **more: str) -> Stand:
    """The facts on which a step of this objection is decided; ``more``: what was filled in with the step."""
    return Stand(
        vandaag=vandaag,
        beslis_uiterlijk=bezwaar.beslis_uiterlijk,
        verdaagd=bezwaar.verdaagd_op is not None,
        staat_aanvraag=bezwaar.aanvraag.staat,
        tegen=bezwaar.tegen,
        te_laat=bezwaar.te_laat,
        **more,
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
        aanvraag, found = _laad(actor, pk)
        step = _decide(None, found, actor, naam, versie, stand_van_bezwaar(found, vandaag=vandaag))
        if isinstance(step, Refusal):
            return step
        if not found.ontvangen_op <= dag <= vandaag:
            sentence = f"Kies een dag van {lange_datum(found.ontvangen_op)} tot en met vandaag."
            return Refusal("dag", sentence, "dag")
        if naam == "verstuur_verweer":
            found.verweer_op = dag
        else:
            found.advies_op, found.advies = dag, advies.strip()
        found.staat, found.versie = step.naar, found.versie + 1
        found.save()
        _schrijf_op(aanvraag, naam, tekst, actor=actor)
        return found


def verdaag(*, actor: Actor, pk: int, versie: int | None, toelichting: str, vandaag: date) -> Bezwaar | Refusal:
    """Extend the term for the decision by six weeks, once and in time, and tell every party (Awb art. 7:10 lid 3).

    Refuses: ``toelichting``, ``verdaagd`` (was done already), ``te_laat``, ``staat``, ``verouderd``.
    """
    with transaction.atomic():
        aanvraag, found = _laad(actor, pk)
        if found.staat not in VERDAGEN:
            return Refusal("staat", f"Dit kan niet meer: de status is nu '{found.staatnaam}'.")
        facts = stand_van_bezwaar(found, vandaag=vandaag, toelichting=toelichting)
        step = _decide(VERDAGEN[found.staat], found, actor, "verdaag", versie, facts)
        if isinstance(step, Refusal):
            return step
        found.verdaagd_op, found.verdaag_reden = vandaag, toelichting.strip()
        found.beslis_uiterlijk = bezwaartermijnen(
            ontvangen=found.ontvangen_op,
            termijn_tot=found.termijn_tot,
            verdaagd=True,
            today=vandaag,
            gelijkgesteld=instellingen().gelijkgesteld,
        ).beslissen.laatste_dag
        found.versie += 1
        found.save()
        houd_dossier(aanvraag, found.beslis_uiterlijk)
        until = lange_datum(found.beslis_uiterlijk)
        _schrijf_op(
            aanvraag, "verdaagd", f"Heeft de beslissing op het bezwaar verdaagd tot en met {until}.", actor=actor
        )
        told = f"De beslissing op het bezwaar komt uiterlijk op {until}."
        _vertel(found, "De beslissing op het bezwaar komt later", actor=actor, vandaag=vandaag, toelichting=told)
        return found


def beslis_op_bezwaar(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    uitkomst: str,
    gevolg: str,
    toelichting: str,
    vandaag: date,
) -> Bezwaar | Refusal:
    """Decide on the objection, with what that means for the TLV, and tell every party (Awb art. 7:11 and 7:12).

    Refuses: ``toelichting`` (the motivation), ``uitkomst``, ``gevolg`` (does not fit), ``staat``, ``verouderd``.
    """
    with transaction.atomic():
        aanvraag, found = _laad(actor, pk)
        facts = stand_van_bezwaar(found, vandaag=vandaag, uitkomst=uitkomst, gevolg=gevolg, toelichting=toelichting)
        step = _decide(None, found, actor, "beslis", versie, facts)
        if isinstance(step, Refusal):
            return step
        found.staat, found.versie, found.afgesloten_op = step.naar, found.versie + 1, vandaag
        found.uitkomst, found.gevolg, found.motivering = uitkomst, gevolg, toelichting.strip()
        found.save()
        _schrijf_op(aanvraag, "beslist", f"Heeft op het bezwaar beslist: {found.get_uitkomst_display()}.", actor=actor)
        _voer_uit(aanvraag, found, actor=actor, vandaag=vandaag)
        houd_dossier(aanvraag, vandaag)
        _vertel(found, "Er is beslist op het bezwaar", actor=actor, vandaag=vandaag)
        return found


def _voer_uit(aanvraag: Aanvraag, bezwaar: Bezwaar, *, actor: Actor, vandaag: date) -> None:
    """What the decision on the objection means for the TLV happens at once."""
    workflow = procedure_van(aanvraag.route)
    if bezwaar.gevolg == Gevolg.VERVALT:
        step = workflow.step("laat_vervallen")
        beeindig_tlv(aanvraag, step, per=vandaag, reden=bezwaar.motivering, actor=actor, vandaag=vandaag)
    elif bezwaar.gevolg == Gevolg.HERLEEFT:
        laat_herleven(aanvraag, workflow.step("laat_herleven"), actor=actor, vandaag=vandaag)
    elif bezwaar.gevolg == Gevolg.OPNIEUW:
        zet(aanvraag, workflow.step("heroverweeg"), vandaag=vandaag)
        wis_besluit(aanvraag)
        aanvraag.afgesloten_op = aanvraag.bewaren_tot = None
        aanvraag.bekendgemaakt_op = aanvraag.bezwaar_tot = None
        aanvraag.verlengd_op = aanvraag.verlengd_tot = None
        aanvraag.heroverweging_op = vandaag
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        _schrijf_op(aanvraag, "heroverwogen", "De aanvraag ligt weer bij het samenwerkingsverband.", actor=actor)


def trek_bezwaar_in(*, actor: Actor, pk: int, versie: int | None, vandaag: date) -> Bezwaar | Refusal:
    """Who objected took it back (Awb art. 6:21); the decision stays as it is.  Refuses ``staat``, ``verouderd``."""
    with transaction.atomic():
        aanvraag, found = _laad(actor, pk)
        step = _decide(None, found, actor, "trek_in", versie, stand_van_bezwaar(found, vandaag=vandaag))
        if isinstance(step, Refusal):
            return step
        found.staat, found.versie, found.afgesloten_op = step.naar, found.versie + 1, vandaag
        found.save()
        houd_dossier(aanvraag, vandaag)
        _schrijf_op(aanvraag, "ingetrokken", "Heeft vastgelegd dat het bezwaar is ingetrokken.", actor=actor)
        _vertel(found, "Het bezwaar is ingetrokken", actor=actor, vandaag=vandaag)
        return found


def _schrijf_op(aanvraag: Aanvraag, soort: str, tekst: str, *, actor: Actor) -> None:
    audit.record(actor=actor, soort=f"bezwaar.{soort}", onderwerp=aanvraag, tekst=tekst)


def _vertel(bezwaar: Bezwaar, zin: str, *, actor: Actor, vandaag: date, toelichting: str = "") -> None:
    news = Nieuws(zin=zin, sleutel=f"bezwaar-{bezwaar.pk}-{bezwaar.versie}", toelichting=toelichting)
    vertel_partijen(bezwaar.aanvraag, news, actor=actor, vandaag=vandaag)
