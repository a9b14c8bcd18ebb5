"""The procedure of a report of absence: its states, who may take which step, and what closing it asks.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 5.1.3 (schools report, the SWV counts, follows and
supports until the pupil is back) and par. 5.1.4 (the board table decides who takes the zorgplicht).
"""

from dataclasses import dataclass
from datetime import date

from ondersteuning.domain.aanwezigheid import EINDES
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal, Transition, Workflow

GEMELD = "gemeld"
IN_BEHANDELING = "in_behandeling"
HEROPEND = "heropend"
AFGESLOTEN = "afgesloten"

STATEN = {
    GEMELD: "Gemeld",
    IN_BEHANDELING: "In behandeling",
    HEROPEND: "Heropend",
    AFGESLOTEN: "Afgesloten",
}
OPEN = frozenset({GEMELD, IN_BEHANDELING, HEROPEND})


@dataclass(frozen=True)
class Afsluiting:
    """How the absence ended, beside the case that is closed."""

    eerste_dag: date
    soort: str
    einde: date | None
    reden: str
    vandaag: date


def einde_klopt(afsluiting: Afsluiting) -> Refusal | None:
    """It is told how the absence ended and from which day, after the first day and not in the future."""
    if afsluiting.soort not in EINDES:
        return Refusal("einde_soort", "Kies hoe het verzuim eindigde.", "einde_soort")
    if afsluiting.einde is None:
        return Refusal("einde_op", "Vul de dag in waarop de leerling niet meer afwezig was.", "einde_op")
    if afsluiting.einde < afsluiting.eerste_dag:
        return Refusal("einde_op", "Deze dag ligt voor de eerste dag van afwezigheid.", "einde_op")
    if afsluiting.einde > afsluiting.vandaag:
        return Refusal("einde_op", "Deze dag ligt nog in de toekomst.", "einde_op")
    return None


def reden_gegeven(afsluiting: Afsluiting) -> Refusal | None:
    """Somebody who reads it later knows why the SWV stopped following the pupil."""
    if afsluiting.reden.strip():
        return None
    return Refusal("einde_reden", "Schrijf kort hoe het is opgelost.", "einde_reden")


#: A pupil who drops out again is reported again; ``heropen`` is for what was closed too early.
MELDING = Workflow(
    STATEN,
    (
        Transition(
            "neem_in_behandeling",
            "Neem in behandeling",
            frozenset({GEMELD, HEROPEND}),
            IN_BEHANDELING,
            frozenset(SWV_DOSSIER),
        ),
        Transition("sluit_af", "Sluit af", OPEN, AFGESLOTEN, SCHOOL_EN_SWV, (einde_klopt, reden_gegeven)),
        Transition("heropen", "Heropen", frozenset({AFGESLOTEN}), HEROPEND, frozenset(SWV_DOSSIER)),
    ),
)


@dataclass(frozen=True)
class Zorgplicht:
    """What the board table decided: which boards talked, which school takes it, when and why."""

    besturen: frozenset[int]
    bestuur_van_school: int
    besloten_op: date
    motivering: str
    gemeld_op: date
    vandaag: date


def controleer_zorgplicht(besluit: Zorgplicht) -> list[Refusal]:
    """Par. 5.1.4: boards decide together which board takes the zorgplicht, so at least two sat at the table.

    The board of the school that takes it is one of them; the decision is not before the report and not in the future.
    """
    found = []
    if len(besluit.besturen) < 2:
        found.append(Refusal("besturen", "Kies ten minste twee besturen: zij beslissen samen.", "besturen"))
    elif besluit.bestuur_van_school not in besluit.besturen:
        sentence = "Het bestuur van deze school zat niet aan tafel. Kies dat bestuur ook, of kies een andere school."
        found.append(Refusal("school", sentence, "school"))
    if besluit.besloten_op > besluit.vandaag:
        found.append(Refusal("besloten_op", "Deze dag ligt nog in de toekomst.", "besloten_op"))
    elif besluit.besloten_op < besluit.gemeld_op:
        found.append(Refusal("besloten_op", "Deze dag ligt voor de melding.", "besloten_op"))
    if not besluit.motivering.strip():
        found.append(Refusal("motivering", "Schrijf waarom deze school de zorgplicht neemt.", "motivering"))
    return found
