"""TLV's that end on a 31 July: asking the school whether it is prolongation or return, and the answers.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (at the start the possible moment of return is
agreed; form B asks for prolongation, a return begins with a meeting of all parties); WEC art. 40 lid 15 (a TLV ends on
a 31 July).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from swv_portal.common.dates import Schooljaar, lange_datum
from swv_portal.common.workflow import Refusal

#: How long a school gets to answer, unless the SWV says otherwise.
ANTWOORD_WEKEN = 4
#: So many school years ahead the radar can look.
VOORUIT = 3


class Antwoord(StrEnum):
    """What a school says comes after the TLV."""

    VERLENGING = "verlenging"
    TERUGKEER = "terugkeer"
    ANDERS = "anders"


ANTWOORDNAMEN: Mapping[str, str] = {
    Antwoord.VERLENGING.value: "verlenging",
    Antwoord.TERUGKEER.value: "terug naar een gewone school",
    Antwoord.ANDERS.value: "iets anders",
}
ANTWOORDUITLEG: Mapping[str, str] = {
    Antwoord.VERLENGING.value: "Verlenging: de leerling blijft speciaal onderwijs nodig hebben",
    Antwoord.TERUGKEER.value: "Terugkeer: de leerling gaat naar een gewone basisschool",
    Antwoord.ANDERS.value: "Iets anders, zoals voortgezet onderwijs of een verhuizing",
}


def einddag(vandaag: date) -> date:
    """The coming 31 July; today when it is the 31st."""
    return Schooljaar.van(vandaag).laatste_dag


def te_kiezen_jaren(vandaag: date) -> tuple[Schooljaar, ...]:
    """The school years of which the last day can be looked at: the one before, this one, and some to come."""
    now = Schooljaar.van(vandaag).begin
    return tuple(Schooljaar(begin) for begin in range(now - 1, now + VOORUIT + 1))


def antwoord_uiterlijk(gevraagd_op: date, geldig_tot: date, weken: int = ANTWOORD_WEKEN) -> date:
    """The day by which the school answers: some weeks after the question, never after the TLV ends."""
    return max(gevraagd_op, min(gevraagd_op + timedelta(weeks=weken), geldig_tot))


def mag_vragen(*, geldig_tot: date, vandaag: date) -> Refusal | None:
    """A school is asked as long as the TLV runs: after it, an answer changes nothing any more."""
    if geldig_tot < vandaag:
        return Refusal("voorbij", f"Deze TLV's zijn al afgelopen op {lange_datum(geldig_tot)}. Vragen kan niet meer.")
    return None


def controleer_antwoord(antwoord: str, toelichting: str) -> Refusal | None:
    """An answer is one of three; 'iets anders' says what."""
    if antwoord not in ANTWOORDNAMEN:
        return Refusal("antwoord", "Kies wat er na de TLV gebeurt.", "antwoord")
    if antwoord == Antwoord.ANDERS and not toelichting.strip():
        return Refusal("toelichting", "Schrijf wat er na de TLV gebeurt.", "toelichting")
    return None
