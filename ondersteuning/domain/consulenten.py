"""The consulent of a school: the agreements of the year, the visits, and the evaluation at the end.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 3.1.2 (de onderwijsconsulenten).  They are there for
every school alike.  At the end of the school year consulent, director and IB'er go through the plans for the next one
and make agreements, in writing; these are evaluated at the end of every school year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ondersteuning.domain.kwartaalrapport import lees_peildag
from swv_portal.common.dates import Schooljaar, lange_datum
from swv_portal.common.workflow import Refusal

BEZOEKSOORTEN: Mapping[str, str] = {
    "school": "bezoek aan de school",
    "jaargesprek": "jaargesprek over de afspraken",
    "ib": "gesprek met de IB'er",
    "team": "bijeenkomst met het team",
    "klas": "kijken in de klas",
    "digitaal": "overleg per telefoon of scherm",
}
UITKOMSTEN: Mapping[str, str] = {"bereikt": "bereikt", "deels": "deels bereikt", "niet": "niet bereikt"}

#: More agreements than this are a plan, not agreements.
HOOGSTENS_AFSPRAKEN = 8
#: 'At the end of the school year': from this day (dd-mm), as long as the SWV says nothing else.
TERUGKIJKEN_VANAF = "01-05"
#: The last half of a school year ends with this month.
LAATSTE_MAAND = 7

GEEN_NAMEN = "Schrijf geen namen van leerlingen. Dit gaat over de school, niet over één kind."


@dataclass(frozen=True)
class Afspraak:
    """One agreement as it is typed; a row without any text is no agreement."""

    tekst: str = ""
    doel: str = ""
    uiterlijk: date | None = None

    @property
    def leeg(self) -> bool:
        return not (self.tekst.strip() or self.doel.strip() or self.uiterlijk)


@dataclass(frozen=True)
class Uitkomst:
    """How one side sees one agreement at the end of the year."""

    uitkomst: str = ""
    toelichting: str = ""


def controleer_afspraken(rijen: Sequence[Afspraak], schooljaar: Schooljaar) -> list[Refusal]:
    """What is wrong with the agreements of a year; ``veld`` is ``tekst_1``, ``doel_1``, ``uiterlijk_1`` and so on.

    - each says what is agreed and what it should bring (par. 3.1.2: agreements on what the school wants support with);
    - 'by when' lies within the school year: then they are evaluated (par. 3.1.2);
    - there is at least one.
    """
    found: list[Refusal] = []
    for number, row in enumerate(rijen, start=1):
        if not row.leeg:
            found += _controleer_afspraak(number, row, schooljaar)
    if not found and all(row.leeg for row in rijen):
        return [Refusal("geen_afspraak", "Schrijf ten minste één afspraak op.", "tekst_1")]
    return found


def _controleer_afspraak(number: int, row: Afspraak, schooljaar: Schooljaar) -> list[Refusal]:
    found = []
    if not row.tekst.strip():
        found.append(Refusal("tekst", f"Schrijf bij afspraak {number} op wat u afspreekt.", f"tekst_{number}"))
    if not row.doel.strip():
        found.append(Refusal("doel", f"Schrijf bij afspraak {number} op wat dit oplevert.", f"doel_{number}"))
    if row.uiterlijk is not None and row.uiterlijk not in schooljaar:
        first, last = lange_datum(schooljaar.eerste_dag), lange_datum(schooljaar.laatste_dag)
        found.append(Refusal("uiterlijk", f"Kies een dag van {first} tot en met {last}.", f"uiterlijk_{number}"))
    return found


def controleer_terugkijken_vanaf(dag: str) -> Refusal | None:
    """The day (dd-mm) from which is looked back: in the last half of the school year (par. 3.1.2: at its end)."""
    read = lees_peildag(dag)
    if read is not None and read[1] <= LAATSTE_MAAND:
        return None
    sentence = "Kies een dag van 01-01 tot en met 31-07 en schrijf die als 01-05 (dag en maand)."
    return Refusal("terugkijken_vanaf", sentence, "terugkijken_vanaf")


def evalueren_vanaf(schooljaar: Schooljaar, *, vanaf: str) -> date:
    """The first day on which the agreements of a year can be evaluated; ``vanaf`` (dd-mm) is what the SWV chose."""
    read = lees_peildag(vanaf)
    if read is None:
        raise ValueError("not a day of every year")
    return date(schooljaar.begin + 1, read[1], read[0])


def mag_evalueren(schooljaar: Schooljaar, vandaag: date, *, vanaf: str) -> Refusal | None:
    """Evaluating is for the end of the school year, and stays possible afterwards: better late than never."""
    first = evalueren_vanaf(schooljaar, vanaf=vanaf)
    if vandaag >= first:
        return None
    return Refusal("te_vroeg", f"Terugkijken op schooljaar {schooljaar} kan vanaf {lange_datum(first)}.")


def controleer_uitkomst(number: int, gezegd: Uitkomst) -> list[Refusal]:
    """One side says of every agreement whether it was reached, and why when it was not (own rule)."""
    if gezegd.uitkomst not in UITKOMSTEN:
        return [Refusal("uitkomst", f"Kies bij afspraak {number} wat het is geworden.", f"uitkomst_{number}")]
    if gezegd.uitkomst != "bereikt" and not gezegd.toelichting.strip():
        sentence = f"Schrijf bij afspraak {number} op waarom het (deels) niet lukte."
        return [Refusal("waarom", sentence, f"toelichting_{number}")]
    return []


def controleer_bezoek(datum: date, vandaag: date) -> Refusal | None:
    """A visit is written down afterwards (own rule): what is planned stands in the agenda of the consulent."""
    if datum <= vandaag:
        return None
    return Refusal("toekomst", "Het bezoek is nog niet geweest. Schrijf het daarna op.", "datum")
