"""What must be right about an agreement before anybody signs it: its period, its schools, the group of the pupil."""

from dataclasses import dataclass
from datetime import date, timedelta

from kernen.domain.scholen import GESPECIALISEERD, Schoolsoort
from ondersteuning.domain.overeenkomst import DWS_VANAF_GROEP, OBSERVATIE_MAANDEN, SYMBIOSE_SCHOOLJAREN, Soort
from swv_portal.common.dates import Schooljaar, lange_datum, plus_maanden
from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Grenzen:
    """What this SWV chose: the longest observation in months, the most school years of a symbiose."""

    observatie_maanden: int = OBSERVATIE_MAANDEN
    symbiose_schooljaren: int = SYMBIOSE_SCHOOLJAREN
    dws_vanaf_groep: int = DWS_VANAF_GROEP


@dataclass(frozen=True)
class Opgave:
    """What is said in an agreement, as far as rules ask for it.  ``schoolsoort``: of the pupil's school."""

    soort: str
    schoolsoort: str
    begin: date | None
    einde: date | None
    groep: str = ""
    andere_soort: str | None = None
    zelfde_school: bool = False


def controleer(opgave: Opgave, grenzen: Grenzen) -> tuple[Refusal, ...]:
    """Everything that is wrong, in the order of the form; what is not filled in yet is not wrong."""
    rules = (controleer_groep, controleer_scholen, controleer_periode)
    return tuple(refusal for rule in rules if (refusal := rule(opgave, grenzen)) is not None)


def dws_einde(begin: date) -> date:
    """A DWS place is bought per school year (par. 8.1.2): it runs to the 31 July after ``begin``."""
    return Schooljaar.van(begin).laatste_dag


def controleer_groep(opgave: Opgave, grenzen: Grenzen) -> Refusal | None:
    """DWS is for pupils from group 5 (par. 5.1.2)."""
    if opgave.soort != Soort.DWS or not opgave.groep:
        return None
    if opgave.groep.isdecimal() and int(opgave.groep) >= grenzen.dws_vanaf_groep:
        return None
    return Refusal("groep", f"De Day a Week School is voor leerlingen vanaf groep {grenzen.dws_vanaf_groep}.", "groep")


def controleer_scholen(opgave: Opgave, _grenzen: Grenzen) -> Refusal | None:
    """Which schools take part.

    - symbiose: one regular and one specialised school, in either direction (par. 6.1.3);
    - an observation place is at a school for special (primary) education (par. 5.1.2: at an IKC);
    - a DWS place is bought by a regular school (par. 8.1.2), and has no other school.
    """
    special = opgave.schoolsoort in GESPECIALISEERD
    if opgave.soort == Soort.DWS:
        if special:
            return Refusal("school", "Alleen een gewone basisschool koopt een plaats op de Day a Week School.")
        return None
    if opgave.zelfde_school:
        return Refusal("zelfde_school", "Kies een andere school dan die van de leerling.", "andere_school")
    if opgave.andere_soort is None:
        return None
    if opgave.soort == Soort.OBSERVATIE:
        if opgave.andere_soort in GESPECIALISEERD:
            return None
        return Refusal("andere_school", "Een observatieplaats is op een IKC, SBO of SO.", "andere_school")
    if special == (opgave.andere_soort == Schoolsoort.BAO):
        return None
    wanted = "een gewone basisschool" if special else "een school voor speciaal (basis)onderwijs"
    return Refusal(
        "andere_school", f"Symbiose is tussen een gewone en een speciale school: kies {wanted}.", "andere_school"
    )


def controleer_periode(opgave: Opgave, grenzen: Grenzen) -> Refusal | None:
    """How long it lasts.

    - DWS: up to the end of the school year in which it begins (par. 8.1.2);
    - observation: at most two years (par. 5.1.2), or what the SWV chose;
    - symbiose: within one school year, or as many as the SWV chose.  The plan names no term; the agreements stand in
      the OPP (par. 6.1.3), which the school evaluates with the parents every school year (WPO art. 40a).
    """
    begin, end = opgave.begin, opgave.einde
    if begin is None or end is None:
        return None
    if end < begin:
        return Refusal("periode", "De einddatum ligt voor de begindatum.", "einde")
    if opgave.soort == Soort.DWS:
        return _periode_dws(begin, end)
    if opgave.soort == Soort.OBSERVATIE:
        return _periode_observatie(begin, end, grenzen.observatie_maanden)
    return _periode_symbiose(begin, end, grenzen.symbiose_schooljaren)


def _periode_dws(begin: date, end: date) -> Refusal | None:
    last = dws_einde(begin)
    if end == last:
        return None
    sentence = f"U koopt een DWS-plaats voor een schooljaar: de plaats loopt tot en met {lange_datum(last)}."
    return Refusal("periode", sentence, "einde")


def _periode_observatie(begin: date, end: date, months: int) -> Refusal | None:
    last = plus_maanden(begin, months) - timedelta(days=1)
    if end <= last:
        return None
    sentence = f"Een observatieplaats duurt hoogstens {months} maanden: hier tot en met {lange_datum(last)}."
    return Refusal("periode", sentence, "einde")


def _periode_symbiose(begin: date, end: date, years: int) -> Refusal | None:
    last = date(Schooljaar.van(begin).begin + years, 7, 31)
    if end <= last:
        return None
    number = "één schooljaar" if years == 1 else f"{years} schooljaren"
    sentence = f"Een symbiose geldt hoogstens {number}: hier tot en met {lange_datum(last)}."
    return Refusal("periode", sentence, "einde")


def controleer_doorgeven(vanaf: date, *, huidige_van: date, gestopt_per: date | None, einde: date) -> Refusal | None:
    """From which day another pupil takes the place: during the year, after the one who has it now (par. 8.1.2)."""
    last = gestopt_per if gestopt_per is not None else huidige_van
    if last < vanaf <= einde:
        return None
    sentence = f"Kies een dag na {lange_datum(last)}, tot en met {lange_datum(einde)}."
    return Refusal("dag", sentence, "vanaf")


def controleer_toestemming(dag: date | None, vandaag: date) -> Refusal | None:
    """Consent was given before it is written down (own rule)."""
    if dag is None or dag <= vandaag:
        return None
    return Refusal("toestemming", "Deze datum ligt in de toekomst. Wacht op de toestemming.", "toestemming_op")


def controleer_tussendag(dag: date, begin: date, einde: date, veld: str) -> Refusal | None:
    """A day on which it stops or passes to another pupil lies within the period (par. 8.1.2: during the year)."""
    if begin <= dag <= einde:
        return None
    sentence = f"Kies een dag van {lange_datum(begin)} tot en met {lange_datum(einde)}."
    return Refusal("dag", sentence, veld)
