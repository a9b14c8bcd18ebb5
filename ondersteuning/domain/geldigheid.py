"""How long a TLV is valid, how long its dossier is kept, and how it is numbered."""

import re
from datetime import date

from swv_portal.common.dates import Schooljaar, lange_datum, plus_jaren
from swv_portal.common.workflow import Refusal

#: A dossier is kept this long after the TLV ends, or after the application is closed in another way.
BEWAARJAREN = 3
#: As many end dates are offered as a pupil can need in primary education.
HOOGSTENS_SCHOOLJAREN = 8
STANDAARD_PATROON = "{registratie}-{schooljaar}-{volgnummer:04d}"

#: As long as a number may be, with the longest registration and a serial number of five digits.
LANGSTE_NUMMER = 40

_VELD = re.compile(r"\{(?:(registratie|schooljaar)|(volgnummer)(?::0?[1-9]d)?)\}")
_LANGSTE = {"registratie": "PO2704", "schooljaar": "2425", "volgnummer": 99_999}


def eerste_einde(begin: date) -> date:
    """The earliest 31 July on which a TLV from ``begin`` may end: a whole school year, plus the rest of this one."""
    year = Schooljaar.van(begin)
    return year.laatste_dag if begin == year.eerste_dag else year.volgende.laatste_dag


def mogelijke_einden(begin: date) -> list[date]:
    """The days on which a TLV from ``begin`` may end, the earliest first."""
    first = eerste_einde(begin)
    return [date(first.year + extra, 7, 31) for extra in range(HOOGSTENS_SCHOOLJAREN)]


def controleer_geldigheid(begin: date, tot: date) -> Refusal | None:
    """WEC art. 40 lid 15: from a date to a 31 July, whole school years plus the rest of the current one.

    ``tot`` is the last valid day.  Codes: ``geen_31_juli``, ``te_kort``, ``te_lang``.
    """
    if (tot.month, tot.day) != (7, 31):
        return Refusal("geen_31_juli", "Een TLV geldt altijd tot en met een 31 juli.", "geldig_tot")
    first = eerste_einde(begin)
    if tot < first:
        return Refusal(
            "te_kort",
            f"Een TLV geldt voor ten minste één heel schooljaar. Vanaf {lange_datum(begin)} is dat minstens tot en met "
            f"{lange_datum(first)}.",
            "geldig_tot",
        )
    if tot > mogelijke_einden(begin)[-1]:
        return Refusal("te_lang", f"Een TLV geldt hoogstens {HOOGSTENS_SCHOOLJAREN} hele schooljaren.", "geldig_tot")
    return None


def geldigheid_uitleg(begin: date, tot: date) -> str:
    """How the period of a TLV came about, in a sentence (WEC art. 40 lid 15)."""
    first = Schooljaar.van(begin)
    whole = Schooljaar.van(tot).begin - first.begin + (1 if begin == first.eerste_dag else 0)
    years = "1 heel schooljaar" if whole == 1 else f"{whole} hele schooljaren"
    rest = "" if begin == first.eerste_dag else f"de rest van schooljaar {first} en "
    return f"Dat is {rest}{years}. Een TLV geldt altijd tot en met een 31 juli (WEC art. 40 lid 15)."


def bewaren_tot(einde: date) -> date:
    """The last day on which a dossier may be kept: three years after the TLV ended or the application was closed."""
    return plus_jaren(einde, BEWAARJAREN)


def controleer_patroon(patroon: str) -> Refusal | None:
    """A pattern of numbers must hold the school year and the serial number, or two numbers could be the same.

    Only the serial number can be told how many digits it has (``{volgnummer:04d}``, at most nine), and the number must
    fit in ``LANGSTE_NUMMER`` characters: what passes here can be given out.
    """
    names = {match[1] or match[2] for match in _VELD.finditer(patroon)}
    rest = _VELD.sub("", patroon)
    if "{" in rest or "}" in rest or not {"schooljaar", "volgnummer"} <= names:
        return Refusal(
            "nummerpatroon",
            "Het patroon van het TLV-nummer bevat {schooljaar} en {volgnummer}, en mag {registratie} bevatten.",
        )
    if len(patroon.format(**_LANGSTE)) > LANGSTE_NUMMER:
        return Refusal("nummerpatroon", f"Met dit patroon wordt een nummer langer dan {LANGSTE_NUMMER} tekens.")
    return None


def tlv_nummer(patroon: str, *, registratie: str, schooljaar: Schooljaar, volgnummer: int) -> str:
    """The number of a TLV: ``PO2704-2425-0001``.  A wrong pattern raises ``ValueError``: check it when it is set."""
    refusal = controleer_patroon(patroon)
    if refusal is not None:
        raise ValueError(refusal.zin)
    return patroon.format(registratie=registratie, schooljaar=schooljaar.kort, volgnummer=volgnummer)
