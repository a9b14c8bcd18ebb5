"""What every service of an application does: load it locked and in scope, take a step, and keep its dates."""

from datetime import date

from ondersteuning.domain.aanvraag import AANVRAAG, AFGESLOTEN
from ondersteuning.domain.stand import Stand
from ondersteuning.models import Aanvraag
from ondersteuning.queries.stand import rollen_bij, stand_van, termijnen_van
from swv_portal.access.actors import Actor
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import check_version, load_for_update


def laad(actor: Actor, pk: int) -> Aanvraag:
    """The application, locked, in the reach of ``actor``; otherwise a 404.  Inside ``atomic`` only."""
    rows = Aanvraag.objects.visible_to(actor.bereik).select_related(
        "leerling", "verwijzende_school__bestuur", "ontvangende_school__bestuur"
    )
    return load_for_update(rows, pk)


def beslis(
    actor: Actor, aanvraag: Aanvraag, naam: str, *, versie: int | None, vandaag: date, toelichting: str = ""
) -> tuple[Transition, Stand] | Refusal:
    """May ``actor`` take step ``naam`` now?  The step with the facts it was decided on, or why not."""
    refusal = check_version(aanvraag, versie)
    if refusal is not None:
        return refusal
    facts = stand_van(aanvraag, vandaag=vandaag, toelichting=toelichting)
    step = AANVRAAG.decide(naam, aanvraag.staat, rollen_bij(aanvraag, actor.bereik), facts)
    return step if isinstance(step, Refusal) else (step, facts)


def zet(aanvraag: Aanvraag, step: Transition, *, vandaag: date) -> None:
    """Take the step: state, version and the day since when.  The caller saves."""
    if aanvraag.staat != step.naar:
        aanvraag.staat, aanvraag.sinds = step.naar, vandaag
    if aanvraag.staat in AFGESLOTEN:
        aanvraag.afgesloten_op = vandaag
    aanvraag.versie += 1


def zet_termijnen(aanvraag: Aanvraag, *, vandaag: date) -> None:
    """Compute the last days again, for lists and tasks; while a request is open they move on every day."""
    terms = termijnen_van(aanvraag, vandaag=vandaag)
    aanvraag.eigen_uiterlijk = terms.eigen.laatste_dag if terms else None
    aanvraag.wettelijk_uiterlijk = terms.wettelijk.laatste_dag if terms else None


def laat_vervallen(aanvraag: Aanvraag, *, vandaag: date) -> None:
    """The application goes back to the school: advices, signatures and the place no longer count."""
    aanvraag.adviezen.filter(vervallen_op__isnull=True).update(vervallen_op=vandaag)
    aanvraag.zienswijzen.filter(vervallen_op__isnull=True).update(vervallen_op=vandaag)
    aanvraag.plaats_bevestigd = None
    aanvraag.plaats_toelichting = ""
    aanvraag.gevraagde_school = None
