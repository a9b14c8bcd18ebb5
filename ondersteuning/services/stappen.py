"""What every service of an application does: load it locked and in scope, take a step, and keep its dates."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from ondersteuning.domain.aanvraag import AFGESLOTEN, INGEDIEND, INSTELLING, MET_TLV, STATEN, WORDT_VERSTUURD
from ondersteuning.domain.besluit import staat_voor
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.routes import Beginplaats
from ondersteuning.domain.stand import Stand
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.queries.stand import rollen_van, stand_van, termijnen_van
from ondersteuning.services.leerlingen import volg_aanvraag
from ondersteuning.services.nummers import geef_nummer_op
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import check_version, load_for_update

#: What the rules and the messages read of an application besides its own row.
VERWANTEN = (
    "leerling",
    "verwijzende_school__bestuur",
    "ontvangende_school__bestuur",
    "deelnemende_school",
    "indienend_bestuur",
    "instelling",
    "kindformulier",
)


def laad(actor: Actor, pk: int) -> Aanvraag:
    """The application, locked, in the reach of ``actor``; otherwise a 404.  Inside ``atomic`` only.

    The institution that does an application reaches that one by its personal link, as long as that is the newest.
    """
    if actor.link_id is None:
        rows = Aanvraag.objects.visible_to(actor.bereik)
    else:
        own = Partij.objects.filter(soort=INSTELLING, link_id=actor.link_id)
        rows = Aanvraag.objects.filter(pk__in=own.values("aanvraag_id"))
    return load_for_update(rows.select_related(*VERWANTEN), pk)


def beslis(
    actor: Actor, aanvraag: Aanvraag, naam: str, *, versie: int | None, vandaag: date, toelichting: str = ""
) -> tuple[Transition, Stand] | Refusal:
    """May ``actor`` take step ``naam`` now?  The step with the facts it was decided on, or why not."""
    refusal = check_version(aanvraag, versie)
    if refusal is not None:
        return refusal
    facts = stand_van(aanvraag, vandaag=vandaag, toelichting=toelichting)
    step = stap_of_bezwaar(aanvraag, naam, rollen_van(aanvraag, actor), facts)
    return step if isinstance(step, Refusal) else (step, facts)


def stap_of_bezwaar(aanvraag: Aanvraag, naam: str, rollen: Collection[str], stand: Stand) -> Transition | Refusal:
    """The step, or why not; outside the SWV the words do not tell that a decision waits for its letter."""
    workflow = procedure_van(aanvraag.route)
    step = workflow.decide(naam, aanvraag.staat, rollen, stand)
    shown = staat_voor(aanvraag.staat, is_swv=bool(SWV_DOSSIER & set(rollen)))
    if not isinstance(step, Refusal) or shown == aanvraag.staat:
        return step
    return replace(step, zin=step.zin.replace(workflow.staten[aanvraag.staat], workflow.staten[shown]))


def zet(aanvraag: Aanvraag, step: Transition, *, vandaag: date) -> None:
    """Take the step: state, version and the day since when; the pupil's dossier follows.  The caller saves.

    A decision exists for the dossier from the moment that its letter goes out.
    """
    if aanvraag.staat != step.naar:
        taken_back = aanvraag.staat == WORDT_VERSTUURD and step.naar == INGEDIEND
        aanvraag.staat, aanvraag.sinds = step.naar, vandaag
        if step.naar != WORDT_VERSTUURD and not taken_back:
            volg_aanvraag(aanvraag, vandaag=vandaag)
    if aanvraag.staat in AFGESLOTEN:
        aanvraag.afgesloten_op = vandaag
    if aanvraag.staat in AFGESLOTEN - MET_TLV:
        ended = STATEN[aanvraag.staat].lower()
        geef_nummer_op(aanvraag, omdat=f"De toekenning is teruggenomen en de aanvraag is {ended}.", vandaag=vandaag)
    aanvraag.versie += 1


def wachtend_besluit(aanvraag: Aanvraag) -> int:
    """The number of the decision that waits for its letter; 0 when there is none."""
    return aanvraag.besluit_keer if aanvraag.staat == WORDT_VERSTUURD else 0


def wis_besluit(aanvraag: Aanvraag) -> None:
    """A decision of which no letter went out is none: what was filled in stays, that it was decided goes."""
    aanvraag.motivering_bij = aanvraag.uitkomst
    aanvraag.uitkomst, aanvraag.versturen_na = "", None
    aanvraag.besloten_op, aanvraag.besloten_door = None, None


def zet_termijnen(aanvraag: Aanvraag, *, vandaag: date) -> None:
    """Compute the last days again, for lists and tasks; while a request is open they move on every day."""
    terms = termijnen_van(aanvraag, vandaag=vandaag)
    aanvraag.eigen_uiterlijk = terms.eigen.laatste_dag if terms else None
    aanvraag.wettelijk_uiterlijk = terms.wettelijk.laatste_dag if terms else None


def laat_vervallen(aanvraag: Aanvraag, *, vandaag: date) -> None:
    """The application goes back to the school: advices, signatures and the place no longer count."""
    aanvraag.adviezen.filter(vervallen_op__isnull=True).update(vervallen_op=vandaag)
    aanvraag.zienswijzen.filter(vervallen_op__isnull=True).update(vervallen_op=vandaag)
    aanvraag.sectiereacties.filter(vervallen_op__isnull=True).update(vervallen_op=vandaag)
    aanvraag.plaats_bevestigd = None
    aanvraag.plaats_toelichting = ""
    laat_los(aanvraag)


def vraag_school(aanvraag: Aanvraag) -> None:
    """The receiving school takes part from now on; a pupil who stays at the own school has a place there."""
    aanvraag.gevraagde_school = aanvraag.ontvangende_school if aanvraag.de_route.ontvangers else None
    if aanvraag.de_route.ontvangers & SCHOOLROLLEN or Beginplaats.ONTVANGEND in aanvraag.de_route.begin:
        aanvraag.deelnemende_school = aanvraag.ontvangende_school
    if aanvraag.blijft_op_school:
        aanvraag.plaats_bevestigd = True


def laat_los(aanvraag: Aanvraag) -> None:
    """The receiving school no longer takes part, unless it does the application itself."""
    aanvraag.gevraagde_school = None
    if Beginplaats.ONTVANGEND not in aanvraag.de_route.begin:
        aanvraag.deelnemende_school = None
