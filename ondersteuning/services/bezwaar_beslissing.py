"""Deciding on an objection: what that means for the TLV, and the letter to every party and school."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from ondersteuning.domain.bezwaar import BESLIST, Gevolg
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.models import Aanvraag, Bezwaar, Leerling
from ondersteuning.queries.bezwaar import briefnummer, stand_van_bezwaar
from ondersteuning.queries.herstelverzoeken import herstel_tot
from ondersteuning.queries.stand import instellingen
from ondersteuning.services.bezwaarstappen import beslis_stap, houd_dossier, laad_bezwaar, schrijf_op, vertel_over
from ondersteuning.services.intrekken import beeindig_tlv, laat_herleven
from ondersteuning.services.stappen import VERWANTEN, wis_besluit, zet, zet_termijnen
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.common.terms import beroepstermijn
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import load_for_update
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.enqueue import enqueue

BEZWAARBRIEF = "ondersteuning.bezwaarbrief"


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
    """Decide on the objection, with what that means for the TLV (Awb art. 7:11 and 7:12); the letter goes out.

    Refuses: ``directeur`` and ``zelf_besloten`` (not this person), ``toelichting`` (the motivation), ``uitkomst``,
    ``gevolg`` (does not fit), ``eerder_besluit`` (it is not about the last decision), ``loopt_al`` (another application
    of this pupil runs), ``herstel_loopt`` (who objected still has time to send what is missing), ``staat``,
    ``verouderd``.  A request for what is missing that is open, closes.
    """
    with transaction.atomic():
        aanvraag, found = laad_bezwaar(actor, pk)
        if gevolg == Gevolg.OPNIEUW:
            # Whoever begins an application for this pupil waits for us, or we see it (``kies_leerling``).
            Leerling.objects.select_for_update().only("pk").get(pk=aanvraag.leerling_id)
        facts = stand_van_bezwaar(
            found, actor=actor, vandaag=vandaag, uitkomst=uitkomst, gevolg=gevolg, toelichting=toelichting
        )
        step = beslis_stap(found, actor, "beslis", versie, facts)
        if isinstance(step, Refusal):
            return step
        waited = herstel_tot(found, vandaag=vandaag) is not None
        found.staat, found.versie, found.afgesloten_op = step.naar, found.versie + 1, vandaag
        found.uitkomst, found.gevolg, found.motivering = uitkomst, gevolg, toelichting.strip()
        found.save()
        schrijf_op(aanvraag, "beslist", f"Heeft op het bezwaar beslist: {found.get_uitkomst_display()}.", actor=actor)
        if waited:
            sentence = "Het verzoek om wat aan het bezwaar ontbreekt, is met de beslissing gesloten."
            schrijf_op(aanvraag, "herstel_gesloten", sentence, actor=actor)
        _voer_uit(aanvraag, found, actor=actor, vandaag=vandaag)
        houd_dossier(aanvraag, vandaag)
        enqueue(BEZWAARBRIEF, params={"bezwaar": found.pk}, actor=actor, uniek=f"{BEZWAARBRIEF}-{found.pk}")
        return found


def _voer_uit(aanvraag: Aanvraag, bezwaar: Bezwaar, *, actor: Actor, vandaag: date) -> None:
    """What the decision on the objection means for the TLV happens at once."""
    workflow = procedure_van(aanvraag.route)
    if bezwaar.gevolg == Gevolg.VERVALT:
        step = workflow.step("laat_vervallen")
        # The letter on the objection tells it: who disagrees goes to court, and does not object again.
        beeindig_tlv(aanvraag, step, per=vandaag, reden=bezwaar.motivering, actor=actor, vandaag=vandaag, brief=False)
    elif bezwaar.gevolg == Gevolg.HERLEEFT:
        laat_herleven(aanvraag, workflow.step("laat_herleven"), actor=actor, vandaag=vandaag)
    elif bezwaar.gevolg == Gevolg.OPNIEUW:
        zet(aanvraag, workflow.step("heroverweeg"), vandaag=vandaag)
        wis_besluit(aanvraag)
        # It went out with the letter, and says why the decision was what it is no longer.
        aanvraag.motivering = aanvraag.motivering_bij = ""
        aanvraag.afgesloten_op = aanvraag.bewaren_tot = None
        aanvraag.bekendgemaakt_op = aanvraag.bezwaar_tot = None
        aanvraag.verlengd_op = aanvraag.verlengd_tot = None
        aanvraag.heroverweging_op = vandaag
        zet_termijnen(aanvraag, vandaag=vandaag)
        aanvraag.save()
        schrijf_op(aanvraag, "heroverwogen", "De aanvraag ligt weer bij het samenwerkingsverband.", actor=actor)


def maak_beslissing_bekend(*, pk: int, vandaag: date, bewaar_brief: Callable[[Bezwaar], None]) -> bool:
    """The letter exists: store it, start the term for appeal (Awb art. 6:8) and tell everybody.  Once.

    Of a decision that was announced already only a letter that is missing is stored again.  ``bewaar_brief`` stores
    the document.
    """
    key = Bezwaar.objects.filter(pk=pk).values_list("aanvraag_id", flat=True).first()
    if key is None:
        return False
    aanvraag = load_for_update(Aanvraag.objects.select_related(*VERWANTEN), key)
    found = load_for_update(Bezwaar.objects.all(), pk)
    found.aanvraag = aanvraag
    if found.staat != BESLIST:
        return False
    if not documents_of(aanvraag, BEZWAARBRIEF).filter(versie=briefnummer(found)).exists():
        bewaar_brief(found)
    if found.bekendgemaakt_op is not None:
        return True
    term = beroepstermijn(vandaag, today=vandaag, gelijkgesteld=instellingen().gelijkgesteld)
    found.bekendgemaakt_op, found.beroep_tot = vandaag, term.laatste_dag
    found.versie += 1
    found.save(update_fields=["bekendgemaakt_op", "beroep_tot", "versie"])
    houd_dossier(aanvraag, vandaag)
    sentence = "Heeft de brief met de beslissing op het bezwaar gemaakt en verstuurd."
    schrijf_op(aanvraag, "bekendgemaakt", sentence, actor=PORTAAL)
    vertel_over(found, "Er is beslist op het bezwaar", actor=PORTAAL, vandaag=vandaag)
    return True
