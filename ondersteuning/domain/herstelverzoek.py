"""Asking who objected to repair an omission, such as no reasons or no signature, and until when that may take.

Source: Awb art. 6:5 and 6:6 (who objects gets the chance to repair an omission within a term that is set for it), 7:10
lid 2 (meanwhile the term for the decision stands still).  The law names no length for that term.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from swv_portal.common.dates import lange_datum
from swv_portal.common.terms import Opschorting
from swv_portal.common.workflow import Refusal

#: What is proposed.
HERSTELWEKEN = 2
#: Longer is no reasonable time to send what was forgotten.
LANGSTE_HERSTELWEKEN = 8


def loopt_nog(verzoek: Opschorting, vandaag: date) -> bool:
    """Is this request open: not repaired, and its time has not passed?"""
    return verzoek.aangevuld is None and vandaag <= verzoek.uiterlijk


def controleer_herstelverzoek(
    gevraagd: date, uiterlijk: date, *, ontvangen: date, eerdere: Sequence[Opschorting], vandaag: date
) -> Refusal | None:
    """May this request be recorded?  A second one can follow when the one before has ended.

    Codes: ``loopt_al``; ``gevraagd`` (still to come, before the objection, before the end of the former request);
    ``uiterlijk`` (not after the request, unreasonably late).
    """
    if any(loopt_nog(item, vandaag) for item in eerdere):
        return Refusal("loopt_al", "U vroeg al om iets dat ontbreekt. Leg eerst vast dat het er is.")
    if gevraagd > vandaag:
        return Refusal(
            "gevraagd", "Deze dag moet nog komen. Leg het verzoek vast als u het hebt gedaan.", "gevraagd_op"
        )
    if gevraagd < ontvangen:
        sentence = f"Het bezwaar kwam op {lange_datum(ontvangen)}. Kies die dag of later."
        return Refusal("gevraagd", sentence, "gevraagd_op")
    ended = max((min(item.aangevuld or item.uiterlijk, item.uiterlijk) for item in eerdere), default=ontvangen)
    if gevraagd < ended:
        sentence = f"Het vorige verzoek liep tot en met {lange_datum(ended)}. Kies die dag of later."
        return Refusal("gevraagd", sentence, "gevraagd_op")
    if uiterlijk <= gevraagd:
        return Refusal("uiterlijk", "Kies een dag na de dag waarop u het vroeg.", "uiterlijk")
    last = gevraagd + timedelta(weeks=LANGSTE_HERSTELWEKEN)
    if uiterlijk > last:
        return Refusal("uiterlijk", f"Kies uiterlijk {lange_datum(last)}: langer is niet redelijk.", "uiterlijk")
    return None


def controleer_herstel(dag: date, *, gevraagd: date, vandaag: date) -> Refusal | None:
    """On which day can an omission be repaired that was asked about on ``gevraagd``?  Code ``dag``."""
    if gevraagd <= dag <= vandaag:
        return None
    return Refusal("dag", f"Kies een dag van {lange_datum(gevraagd)} tot en met vandaag.", "dag")


def herstel_uiterlijk(gevraagd: date) -> date:
    """The last day that is proposed."""
    return gevraagd + timedelta(weeks=HERSTELWEKEN)
