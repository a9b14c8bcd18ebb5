"""The facts of an application that only some routes ask: period, reason, mandate, consent of another SWV."""

from datetime import date

from django.utils import timezone

from kernen.models import Samenwerkingsverband
from ondersteuning.domain.budgetperiode import laatste_dag
from ondersteuning.domain.eenzijdig import controleer_bemiddeling
from ondersteuning.domain.geldigheid import controleer_geldigheid, geldigheid_uitleg
from ondersteuning.domain.plaatsing import Soort
from ondersteuning.domain.plaatsingsakkoord import controleer_ander_swv
from ondersteuning.domain.routes import Deelnemer, Route
from ondersteuning.domain.tlv_bao import controleer_schooljaar
from ondersteuning.domain.verlenging import controleer_aansluiting
from ondersteuning.domain.voorschools import (
    WEKEN_NA_START,
    beoordeel_aanleiding,
    controleer_budgetperiode,
    is_gemandateerd,
)
from ondersteuning.models import Aanvraag, Onderzoek, Tlvinstellingen
from swv_portal.common.dates import Schooljaar
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.documents import documents_of

#: The kind of document in which another SWV says that it agrees.
AKKOORD = "ondersteuning.akkoord"
#: The report of the independent investigation, and what shows that mediation was used or declined.
ONDERZOEKSVERSLAG = "ondersteuning.onderzoek"
BEMIDDELINGSVERSLAG = "ondersteuning.bemiddeling"


def controleer_periode(route: Route, van: date, tot: date) -> Refusal | None:
    """Is this a period that a decision on this route may have?  A TLV to a 31 July, a budget two years."""
    if route.plaats is Soort.TLV_BAO:
        return controleer_schooljaar(van, tot)
    check = controleer_geldigheid if route.plaats is Soort.TLV else controleer_budgetperiode
    return check(van, tot)


def periode_uitleg(route: Route, van: date, tot: date) -> str:
    """How the period of a decision on this route came about, in a sentence."""
    if route.plaats is Soort.TLV:
        return geldigheid_uitleg(van, tot)
    if route.plaats is Soort.TLV_BAO:
        return "Een TLV op de basisschool geldt voor één schooljaar (par. 8.1.4)."
    return "Het budget duurt twee jaar, vanaf de eerste van de maand na de eerste schooldag (par. 8.1.5)."


def gewenste_periode(aanvraag: Aanvraag) -> tuple[date | None, date | None]:
    """The period that was asked for; that of a budget follows from its first day."""
    since, until = aanvraag.gewenst_van, aanvraag.gewenst_tot
    if since is not None and aanvraag.de_route.plaats is not Soort.TLV:
        at_school = aanvraag.de_route.plaats is Soort.TLV_BAO
        until = Schooljaar.van(since).laatste_dag if at_school else laatste_dag(since)
    return since, until


def weigering_periode(aanvraag: Aanvraag) -> Refusal | None:
    """What is wrong with the period that was asked for."""
    since, until = gewenste_periode(aanvraag)
    if since is None or until is None:
        return None
    return controleer_periode(aanvraag.de_route, since, until) or controleer_aansluiting(
        vorig_tot=aanvraag.vorig_geldig_tot, van=since, blijft=aanvraag.blijft_op_school
    )


def weigering_aanleiding(aanvraag: Aanvraag) -> Refusal | None:
    """Why this pupil does not fit route D; ``None`` on another route."""
    if not aanvraag.aanleiding:
        return None
    weeks = Tlvinstellingen.objects.values_list("weken_na_start", flat=True).first()
    return beoordeel_aanleiding(
        aanvraag.aanleiding,
        eerste_schooldag=aanvraag.eerste_schooldag,
        begonnen=timezone.localdate(aanvraag.aangemaakt),
        weken=WEKEN_NA_START if weeks is None else weeks,
        regulier=aanvraag.de_route.plaats is Soort.INSTROOMBUDGET or aanvraag.ontvangende_school_id is None,
    )


def weigering_budget(aanvraag: Aanvraag) -> Refusal | None:
    """The parents must know of a budget and want it (par. 6.1.3, formulier D); ``None`` on a route without one."""
    if aanvraag.budget_afgestemd or "budget_afgestemd" not in aanvraag.de_route.punten:
        return None
    return Refusal("budget_afgestemd", "Bespreek het budget eerst met de ouders. Zet dan hier een vinkje.")


def heeft_mandaat(aanvraag: Aanvraag) -> bool:
    """Had the institution a mandate on the day on which the application was started?"""
    who = aanvraag.instelling
    if who is None or not aanvraag.de_route.vraagt(Deelnemer.INSTELLING):
        return False
    return is_gemandateerd(who.gemandateerd_van, who.gemandateerd_tot, timezone.localdate(aanvraag.aangemaakt))


def heeft_akkoord(aanvraag: Aanvraag) -> bool:
    """Is the consent of the other SWV there as a file?"""
    return "akkoord" in aanvraag.de_route.punten and documents_of(aanvraag, AKKOORD).exists()


def weigering_ander_swv(aanvraag: Aanvraag) -> Refusal | None:
    """What is wrong with the other SWV; ``None`` on a route without one, and as long as nothing was filled in."""
    if "ander_swv" not in aanvraag.de_route.punten or not aanvraag.ander_swv_code:
        return None
    own = Samenwerkingsverband.objects.values_list("registratienummer", flat=True).first() or ""
    return controleer_ander_swv(aanvraag.ander_swv_code, eigen_code=own)


def weigering_bemiddeling(aanvraag: Aanvraag, vandaag: date) -> Refusal | None:
    """The first thing that is missing of the mediation; ``None`` on another route."""
    found = weigeringen_bemiddeling(aanvraag, vandaag)
    return found[0] if found else None


def weigeringen_bemiddeling(aanvraag: Aanvraag, vandaag: date) -> tuple[Refusal, ...]:
    """What is missing of the mediation before a one-sided application; nothing on another route."""
    if "bemiddeling" not in aanvraag.de_route.punten:
        return ()
    return controleer_bemiddeling(
        bemiddeling=aanvraag.bemiddeling,
        verwijderd_op=aanvraag.verwijderd_op,
        op=aanvraag.bemiddeling_op,
        uitkomst=bool(aanvraag.bemiddeling_uitkomst.strip()),
        afgewezen_door=aanvraag.bemiddeling_afgewezen_door,
        vandaag=vandaag,
    )


def onderzoek_van(aanvraag: Aanvraag) -> Onderzoek | None:
    """The independent investigation; looked for only on a route that asks one."""
    if "onderzoek" not in aanvraag.de_route.punten:
        return None
    found: Onderzoek | None = getattr(aanvraag, "onderzoek", None)
    return found
