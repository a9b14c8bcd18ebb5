"""What every service of an objection does: load it locked, decide on a step, keep its dates, tell who takes part."""

from datetime import date

from ondersteuning.domain.bezwaar import BEZWAAR, Stand
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.bezwaar import termijnen_van
from ondersteuning.services.stappen import laad
from ondersteuning.services.vertellen import Nieuws, vertel_partijen
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal, Transition
from swv_portal.common.writing import NotVisible, check_version, load_for_update


def laad_bezwaar(actor: Actor, pk: int) -> tuple[Aanvraag, Bezwaar]:
    """The objection with its application, both locked, the application first as everywhere."""
    key = Bezwaar.objects.visible_to(actor.bereik).filter(pk=pk).values_list("aanvraag_id", flat=True).first()
    if key is None:
        raise NotVisible("niet gevonden")
    aanvraag = laad(actor, key)
    found = load_for_update(Bezwaar.objects.visible_to(actor.bereik), pk)
    found.aanvraag = aanvraag
    return aanvraag, found


def beslis_stap(bezwaar: Bezwaar, actor: Actor, naam: str, versie: int | None, stand: Stand) -> Transition | Refusal:
    """May ``actor`` take this step of the table?  The step, or why not: ``verouderd``, or what ``decide`` refuses."""
    refusal = check_version(bezwaar, versie)
    if refusal is not None:
        return refusal
    return BEZWAAR.decide(naam, bezwaar.staat, actor.bereik.rollen_bij(), stand)


def zet_bezwaartermijnen(bezwaar: Bezwaar, *, vandaag: date) -> None:
    """Compute the last days again, for lists and tasks; the caller saves."""
    terms = termijnen_van(bezwaar, vandaag=vandaag)
    bezwaar.verweer_uiterlijk = terms.verweer.laatste_dag
    bezwaar.beslis_uiterlijk = terms.beslissen.laatste_dag
    bezwaar.opgeschort = terms.opgeschort


def houd_dossier(aanvraag: Aanvraag, dag: date) -> None:
    """The dossier is kept until three years after ``dag`` at least.  Inside a transaction, on a locked row."""
    until = bewaren_tot(dag)
    if aanvraag.bewaren_tot is not None and aanvraag.bewaren_tot < until:
        aanvraag.bewaren_tot = until
        aanvraag.save(update_fields=["bewaren_tot", "gewijzigd"])


def schrijf_op(aanvraag: Aanvraag, soort: str, tekst: str, *, actor: Actor) -> None:
    """Put this sentence about the objection in the timeline of the application.  Inside a transaction."""
    audit.record(actor=actor, soort=f"bezwaar.{soort}", onderwerp=aanvraag, tekst=tekst)


def vertel_over(bezwaar: Bezwaar, zin: str, *, actor: Actor, vandaag: date, toelichting: str = "") -> None:
    """Tell every party this news of the objection, once."""
    news = Nieuws(zin=zin, sleutel=f"bezwaar-{bezwaar.pk}-{bezwaar.versie}", toelichting=toelichting)
    vertel_partijen(bezwaar.aanvraag, news, actor=actor, vandaag=vandaag)
