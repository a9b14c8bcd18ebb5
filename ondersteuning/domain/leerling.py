"""Rules of a pupil's dossier: what it holds, who has custody, and how long it is kept."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from ondersteuning.domain.geldigheid import BEWAARJAREN
from swv_portal.common.dates import lange_datum, plus_jaren
from swv_portal.common.workflow import Refusal

#: Custody is held by one or two persons (BW boek 1 art. 245 and 253t).
MEESTE_GEZAGSDRAGERS = 2
#: Who worked in a dossier this short ago still needs it.
IN_GEBRUIK_JAREN = 1


class Documentsoort(StrEnum):
    """What a document of a dossier is."""

    OPP = "opp"
    VERSLAG = "verslag"
    KINDFORMULIER = "kindformulier"
    ANDERS = "anders"


DOCUMENTSOORTEN = {
    Documentsoort.OPP: "ontwikkelingsperspectief (OPP)",
    Documentsoort.VERSLAG: "verslag of onderzoek",
    Documentsoort.KINDFORMULIER: "formulier van het kind zelf",
    Documentsoort.ANDERS: "iets anders",
}


def bewaren_tot(*, gewijzigd_op: date, procedures: Collection[date | None]) -> date | None:
    """The last day on which a pupil's dossier may be kept; ``None`` as long as a procedure runs.

    ``procedures`` holds of each procedure its own last day of keeping, ``None`` when it still runs.  The dossier is
    kept as long as the longest of them: three years after the last TLV ended or the last procedure was closed, and not
    within a year after somebody last worked in it.  A signal from which no procedure came is kept three years after the
    last change (AVG art. 5 lid 1 onder e).
    """
    if not procedures:
        return plus_jaren(gewijzigd_op, BEWAARJAREN)
    ends = [day for day in procedures if day is not None]
    return max(*ends, plus_jaren(gewijzigd_op, IN_GEBRUIK_JAREN)) if len(ends) == len(procedures) else None


def controleer_overdracht(*, per: date, vandaag: date, sinds: date | None, zelfde_school: bool) -> Refusal | None:
    """May a pupil who is at the present school since ``sinds`` be at another one from ``per``?"""
    if zelfde_school:
        return Refusal("zelfde_school", "De leerling staat al op deze school. Kies een andere school.", "school")
    if per > vandaag:
        return Refusal("toekomst", "Kies vandaag of een eerdere dag: de nieuwe school leest meteen mee.", "per")
    if sinds is not None and per <= sinds:
        return Refusal(
            "te_vroeg", f"De leerling kwam op {lange_datum(sinds)} op de huidige school. Kies een latere dag.", "per"
        )
    return None


def controleer_geboortedatum(dag: date, vandaag: date) -> Refusal | None:
    """A pupil of primary education was born before today, and less than twenty years ago (WEC art. 39)."""
    if dag >= vandaag:
        return Refusal("geboortedatum", "De geboortedatum ligt in de toekomst. Kijk de datum na.", "geboortedatum")
    if plus_jaren(dag, 20) <= vandaag:
        return Refusal("geboortedatum", "De leerling zou ouder dan 20 jaar zijn. Kijk de datum na.", "geboortedatum")
    return None
