"""The decision between taking it and sending it: how long it can be taken back, and who knows of it meanwhile.

A decision takes effect when it is announced (Awb art. 3:40 and 3:41).  Until the letter goes out it can be taken back
without anybody being harmed; that the SWV gives itself fifteen minutes for it is a choice of the SWV.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from ondersteuning.domain.aanvraag import BESLOTEN, INGEDIEND, WORDT_VERSTUURD
from swv_portal.common.workflow import Refusal

#: How long a decision can be taken back, unless the SWV chose otherwise.
TERUGNEEM_MINUTEN = 15
#: Longer than this is no taking back: the people who wait have a right to their decision.
LANGSTE_TERUGNEEM_MINUTEN = 120


class Uitkomst(StrEnum):
    """What was decided."""

    TOEGEKEND = "toegekend"
    GEWEIGERD = "geweigerd"


UITKOMSTNAMEN: Mapping[str, str] = {Uitkomst.TOEGEKEND.value: "toegekend", Uitkomst.GEWEIGERD.value: "geweigerd"}


def motivering_past(motivering: str, eerder: str, *, bij: str, uitkomst: str) -> Refusal | None:
    """A motivation is not the one of the other outcome, that stood there of a decision taken back (Awb art. 3:46).

    ``eerder`` was written for the outcome ``bij`` (empty: for none); ``uitkomst`` is what is decided now.
    """
    same = motivering.split() == eerder.split()
    if not bij or bij == uitkomst or not eerder.strip() or not same:
        return None
    verb = "toekende" if bij == Uitkomst.TOEGEKEND else "weigerde"
    sentence = f"Deze tekst schreef u toen u de aanvraag {verb}. Pas de motivering aan, of haal de tekst weg."
    return Refusal("andere_uitkomst", sentence, "motivering")


def versturen_na(genomen: datetime, minuten: int) -> datetime:
    """The moment from which the letter of a decision may go out."""
    return genomen + timedelta(minutes=minuten)


def houdt_tegen(uitkomst: str, *, eens: bool) -> bool:
    """Does what a parent says now keep back the letter of a decision that was taken already?

    Granting against a party needs a motivation (ondersteuningsplan par. 2.4 and 6.1.3; Awb art. 3:46), and who decided
    did not know this parent's words.  A refusal says why, whatever the parent thinks of it.
    """
    return uitkomst == Uitkomst.TOEGEKEND and not eens


def kwam_na_besluit(staat: str, *, na_besluit: int, besluit_keer: int) -> bool:
    """Did it come after the decision that stands now?  ``na_besluit``: the decision that waited when it came."""
    return 0 < na_besluit == besluit_keer and staat in BESLOTEN | {WORDT_VERSTUURD}


def controleer_terugneemminuten(minuten: int) -> Refusal | None:
    """The setting of the SWV: from 0 (the letter goes at once) to two hours."""
    if 0 <= minuten <= LANGSTE_TERUGNEEM_MINUTEN:
        return None
    sentence = f"Kies een aantal minuten van 0 tot en met {LANGSTE_TERUGNEEM_MINUTEN}."
    return Refusal("terugneemminuten", sentence, "terugneemminuten")


def staat_voor(staat: str, *, is_swv: bool) -> str:
    """The state as this person may know it: outside the SWV a decision exists from the moment it is sent."""
    return INGEDIEND if staat == WORDT_VERSTUURD and not is_swv else staat
