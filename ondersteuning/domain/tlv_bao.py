"""A TLV at the basisschool: a pupil who stays there with extra money, after an accident or with a chronic illness.

The board of the pupil asks.  The director may free a budget, and asks two members of the algemene vergadering for
advice, not of the board that has the zorgplicht; only when both say yes it is granted.  It is for one school year; in
June the school says whether it stays needed and whether the parents agree, and a new round of advice follows.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 ('TLV op de BAO bij medische en/of chronische
problematiek') and 8.1.4.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain import toets
from ondersteuning.domain.plaatsing import Soort
from ondersteuning.domain.rollen import DIRECTEUR_VAN_HET_SWV
from ondersteuning.domain.route import Route
from ondersteuning.domain.stand import Stand
from swv_portal.common.dates import Schooljaar, lange_datum
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal, Transition, Workflow

AANTAL_LEDEN = 2
#: Somebody of the algemene vergadering who was asked for advice on this application.
LID = "lid"
ANDERE_ROUTE = Refusal("route", "Dit hoort alleen bij een TLV op de basisschool.")
LOOPT_AL = Refusal("loopt_al", "Voor deze leerling loopt al een aanvraag.")
AL_VERLENGD = Refusal("al_verlengd", "Deze TLV is al verlengd.")


@dataclass(frozen=True)
class Lid:
    """A member of the algemene vergadering as far as the rule looks: who, and of which board."""

    lid: int
    bestuur: int


def vraagt_leden(route: Route) -> bool:
    """Do two members advise on this route?"""
    return "unaniem" in route.punten


def aantal_leden(aantal: int) -> str:
    """``een lid``, ``twee leden``: how many, in a sentence."""
    return "een lid" if aantal == 1 else "twee leden"


def controleer_leden(leden: Collection[Lid], *, zorgplicht: int | None, gegeven: Collection[int]) -> Refusal | None:
    """May these members be asked?  ``gegeven``: the members that advised already, who can not be left out.

    Codes: ``aantal`` (not two), ``zorgplicht`` (of the board that asks), ``zelfde_bestuur``, ``gegeven``.
    """
    if len(leden) != AANTAL_LEDEN:
        return Refusal("aantal", "Kies precies twee leden.", "leden")
    if any(each.bestuur == zorgplicht for each in leden):
        sentence = "Een lid van het bestuur dat de zorgplicht heeft, geeft hier geen advies. Kies iemand anders."
        return Refusal("zorgplicht", sentence, "leden")
    if len({each.bestuur for each in leden}) != AANTAL_LEDEN:
        return Refusal("zelfde_bestuur", "Kies twee leden van verschillende besturen.", "leden")
    if not set(gegeven) <= {each.lid for each in leden}:
        return Refusal("gegeven", "Een lid dat al advies gaf, kunt u niet meer vervangen.", "leden")
    return None


def controleer_advies(steunt: bool | None, tekst: str) -> Refusal | None:
    """An own, reasoned yes or no.  Codes: ``steunt``, ``tekst``."""
    if steunt is None:
        return Refusal("steunt", "Kies ja of nee.", "steunt")
    return None if tekst.strip() else Refusal("tekst", "Schrijf waarom u dit vindt.", "tekst")


def waarom_geen_advies(staat: str) -> Refusal | None:
    """Why a member can not advise now; that a decision waits for its letter is not told.  Code: ``staat``."""
    if staat == procedure.INGEDIEND:
        return None
    if staat == procedure.AANVULLING:
        return Refusal("staat", "De aanvraag wordt nog aangevuld. Daarna kunt u advies geven of uw advies wijzigen.")
    if staat == procedure.WORDT_VERSTUURD:
        return Refusal("staat", "Het samenwerkingsverband werkt nu aan de aanvraag. Uw advies ligt nu vast.")
    if staat in procedure.BESLOTEN:
        return Refusal("staat", "Er is intussen besloten. Advies geven kan niet meer.")
    return Refusal("staat", "De aanvraag is ingetrokken. Uw advies is niet meer nodig.")


def controleer_schooljaar(van: date, tot: date) -> Refusal | None:
    """It is for (the rest of) one school year, until its 31 July.  Code: ``schooljaar``."""
    if van < tot == Schooljaar.van(van).laatste_dag:
        return None
    sentence = "Een TLV op de basisschool geldt binnen één schooljaar, tot en met 31 juli."
    return Refusal("schooljaar", sentence, "geldig_tot")


def verlengen_vanaf(geldig_tot: date) -> date:
    """The day on which the school is asked whether it stays needed: 1 June of the school year that ends."""
    return date(geldig_tot.year, 6, 1)


def controleer_verlengen(geldig_tot: date | None, vandaag: date) -> Refusal | None:
    """Can it be asked for another school year now?  Codes: ``geen_tlv``, ``te_vroeg``, ``te_laat``."""
    if geldig_tot is None:
        return Refusal("geen_tlv", "Er is geen TLV om te verlengen.")
    since = verlengen_vanaf(geldig_tot)
    if vandaag < since:
        return Refusal("te_vroeg", f"Verlengen kan vanaf {lange_datum(since)}.")
    if vandaag > Schooljaar.van(geldig_tot).volgende.laatste_dag:
        return Refusal("te_laat", "Deze TLV is te lang geleden afgelopen. Vraag uw bestuur om een nieuwe aanvraag.")
    return None


def is_toegekend(route: Route, staat: str) -> bool:
    """Is this a granted TLV at the basisschool: one that can be asked for another school year?"""
    return route.plaats is Soort.TLV_BAO and staat == procedure.TOEGEKEND


def mag_verlengen(geldig_tot: date | None, *, al_verlengd: bool, loopt_al: bool, vandaag: date) -> Refusal | None:
    """Can a granted TLV at the basisschool be asked for another school year now?

    ``al_verlengd``: that was granted already; ``loopt_al``: an application of this pupil runs.  Codes: ``al_verlengd``,
    ``loopt_al``, and those of ``controleer_verlengen``.
    """
    if al_verlengd:
        return AL_VERLENGD
    return LOOPT_AL if loopt_al else controleer_verlengen(geldig_tot, vandaag)


def ouders_akkoord(stand: Stand) -> Refusal | None:
    """At a prolongation every parent with custody says yes, by the own link."""
    for item in toets.van_toepassing(stand, (toets.ouders_akkoord,)):
        if item.uitkomst is not toets.Uitkomst.VOLDAAN:
            return Refusal(item.code, item.waarom)
    return None


_ZONDER = frozenset({"geef_eerste_advies", "bevestig_plaats", "geen_plaats", "geef_tweede_advies"})


def _stap(step: Transition) -> Transition:
    """The step as it is taken here."""
    if step.naam == "leg_voor":
        return replace(step, label="Leg voor aan de ouders")
    if step.naam == "dien_in":
        return replace(step, voorwaarden=(*step.voorwaarden, ouders_akkoord))
    return replace(step, rollen=DIRECTEUR_VAN_HET_SWV) if step.naam in {"ken_toe", "weiger", "neem_terug"} else step


TLV_BAO = Workflow(
    staten=procedure.STATEN,
    transitions=(
        *(_stap(step) for step in procedure.AANVRAAG.transitions if step.naam not in _ZONDER),
        Transition(
            "vraag_leden",
            "Vraag twee leden om advies",
            frozenset({procedure.INGEDIEND}),
            procedure.INGEDIEND,
            SWV_DOSSIER,
        ),
        Transition("adviseer", "Geef advies", frozenset({procedure.INGEDIEND}), procedure.INGEDIEND, frozenset({LID})),
    ),
)
