"""The figures about absence that the SWV reports four times a year, by definition, duration, cause and kind of school.

Source: ondersteuningsplan par. 5.1.3 (four times a year to the Inspectie, anonymous) and par. 11.4 (four days per
calendar year, numbers and reasons).  The plan names no days: the default is the first day of each quarter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kernen.domain.scholen import SOORTNAMEN
from ondersteuning.domain.aanwezigheid import (
    DEFINITIES,
    LANDELIJKE_WEKEN,
    OORZAKEN,
    Alarm,
    Verzuim,
    alarmdag,
    definities,
)
from swv_portal.common.dates import plus_jaren
from swv_portal.common.workflow import Refusal

#: Day and month of the four reports, as the SWV writes them.
PEILDAGEN = ("01-01", "01-04", "01-07", "01-10")
HOEVEEL_PEILDAGEN = 4

DUREN: Mapping[str, str] = {
    "kort": f"tot {LANDELIJKE_WEKEN} weken",
    "vier_weken": f"{LANDELIJKE_WEKEN} weken tot 3 maanden",
    "drie_maanden": "3 maanden tot een jaar",
    "jaar": "een jaar of langer",
}
#: What the figures are split by, in the order of the report.
SPLITSINGEN: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "duur": ("Hoe lang", DUREN),
    "oorzaak": ("Hoofdoorzaak", OORZAKEN),
    "schoolsoort": ("Soort school", SOORTNAMEN),
}

#: The patterns of definitions that somebody can answer to: whoever answers to the national one does to the older too.
PATRONEN: tuple[frozenset[str], ...] = tuple(
    frozenset(names)
    for names in (("eigen",), ("ouder",), ("eigen", "ouder"), ("landelijk", "ouder"), ("landelijk", "eigen", "ouder"))
)


@dataclass(frozen=True)
class Geteld:
    """One pupil as it is counted: by which definitions, and its class in every split."""

    definities: frozenset[str]
    klassen: Mapping[str, str]


@dataclass(frozen=True, order=True)
class Cel:
    """One figure: of a definition, in a class of a split; ``splitsing`` is empty for the total."""

    definitie: str
    splitsing: str = ""
    klasse: str = ""

    def telt(self, leerling: Geteld) -> bool:
        inside = not self.splitsing or leerling.klassen[self.splitsing] == self.klasse
        return inside and self.definitie in leerling.definities


def duurklasse(eerste_dag: date, dag: date) -> str:
    """How long it lasts on ``dag``, by the same days as the alarms."""
    if dag < alarmdag(eerste_dag, Alarm.VIER_WEKEN):
        return "kort"
    if dag < alarmdag(eerste_dag, Alarm.DRIE_MAANDEN):
        return "vier_weken"
    return "drie_maanden" if dag < plus_jaren(eerste_dag, 1) else "jaar"


def geteld(verzuim: Verzuim, *, oorzaak: str, schoolsoort: str, dag: date) -> Geteld | None:
    """This pupil on ``dag``; ``None`` when it is a thuiszitter by none of the definitions."""
    names = frozenset(name for name, holds in definities(verzuim, dag).items() if holds)
    classes = {"duur": duurklasse(verzuim.eerste_dag, dag), "oorzaak": oorzaak, "schoolsoort": schoolsoort}
    return Geteld(names, classes) if names else None


def tel(leerlingen: Sequence[Geteld]) -> dict[Cel, int]:
    """Every figure of the report; a class in which nobody is by any definition is left out."""
    cells = [Cel(name) for name in DEFINITIES]
    for split, (_, classes) in SPLITSINGEN.items():
        used = {each.klassen[split] for each in leerlingen}
        cells += [Cel(name, split, code) for code in classes if code in used for name in DEFINITIES]
    return {cell: sum(cell.telt(each) for each in leerlingen) for cell in cells}


def lees_peildag(tekst: str) -> tuple[int, int] | None:
    """Day and month of ``01-10``; ``None`` when it is not a day that every year has."""
    parts = tekst.strip().split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        return None
    day, month = int(parts[0]), int(parts[1])
    try:
        date(2023, month, day)
    except ValueError:
        return None
    return day, month


def controleer_peildagen(dagen: Sequence[str]) -> Refusal | None:
    """Four different days, each of them in every year (par. 11.4: four per calendar year)."""
    read = [lees_peildag(text) for text in dagen]
    if None in read or len(set(read)) != HOEVEEL_PEILDAGEN or len(read) != HOEVEEL_PEILDAGEN:
        sentence = "Vul vier verschillende dagen in, elke dag op een eigen regel, als 01-10 (dag en maand)."
        return Refusal("peildagen", sentence, "peildagen")
    return None


def peildata(vandaag: date, dagen: Sequence[str], *, hoeveel: int = 8) -> list[date]:
    """The last ``hoeveel`` days of report up to and including today, newest first."""
    read = [found for found in map(lees_peildag, dagen) if found is not None]
    years = range(vandaag.year - hoeveel, vandaag.year + 1)
    days = sorted((date(year, month, day) for year in years for day, month in read), reverse=True)
    return [day for day in days if day <= vandaag][:hoeveel]
