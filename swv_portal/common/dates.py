"""School years, the teldatum, and dates as they are written in Dutch.  No clock: ``today`` is always an argument."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

NEDERLAND = ZoneInfo("Europe/Amsterdam")
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_NOTATIE = re.compile(r"(\d{4})\s*[-/–]\s*(\d{4}|\d{2})")


@dataclass(frozen=True, order=True)
class Schooljaar:
    """A school year: 1 August of ``begin`` up to and including 31 July of the next year (WPO art. 1)."""

    begin: int

    def __post_init__(self) -> None:
        if not 1900 <= self.begin <= 2999:
            raise ValueError(f"geen schooljaar: {self.begin}")

    def __str__(self) -> str:
        return f"{self.begin}-{self.begin + 1}"

    @classmethod
    def van(cls, dag: date) -> "Schooljaar":
        """The school year in which ``dag`` falls."""
        return cls(dag.year if dag.month >= 8 else dag.year - 1)

    @classmethod
    def lees(cls, tekst: str) -> "Schooljaar":
        """Read ``2024-2025`` (also ``2024/2025`` and ``2024-25``); ``ValueError`` with a Dutch sentence otherwise."""
        match = _NOTATIE.fullmatch(tekst.strip())
        if match:
            begin, end = int(match[1]), match[2]
            expected = str(begin + 1)
            if end in (expected, expected[2:]):
                return cls(begin)
        raise ValueError("Schrijf een schooljaar als 2024-2025.")

    @property
    def kort(self) -> str:
        """``2425``: the notation in reference numbers."""
        return f"{self.begin % 100:02d}{(self.begin + 1) % 100:02d}"

    @property
    def eerste_dag(self) -> date:
        return date(self.begin, 8, 1)

    @property
    def laatste_dag(self) -> date:
        return date(self.begin + 1, 7, 31)

    @property
    def vorige(self) -> "Schooljaar":
        return Schooljaar(self.begin - 1)

    @property
    def volgende(self) -> "Schooljaar":
        return Schooljaar(self.begin + 1)

    def __contains__(self, dag: date) -> bool:
        return self.eerste_dag <= dag <= self.laatste_dag


def teldatum_voor(kalenderjaar: int) -> date:
    """The teldatum that counts for the funding of calendar year ``kalenderjaar``: 1 February of the year before."""
    return date(kalenderjaar - 1, 2, 1)


def plus_maanden(dag: date, maanden: int) -> date:
    """The day with the same number ``maanden`` later; the last day of that month when it has no such day."""
    index = dag.year * 12 + dag.month - 1 + maanden
    year, month = divmod(index, 12)
    return date(year, month + 1, min(dag.day, monthrange(year, month + 1)[1]))


def plus_jaren(dag: date, jaren: int) -> date:
    """The same day ``jaren`` later; 29 February becomes 28 February in a year that has none."""
    return plus_maanden(dag, 12 * jaren)


def dag_van(moment: datetime) -> date:
    """The calendar day in the Netherlands of an aware ``moment``."""
    return moment.astimezone(NEDERLAND).date()


def lange_datum(dag: date) -> str:
    """``12 juni 2026``: as in a letter."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def datum(dag: date) -> str:
    """``vr 12 juni 2026``: as on a screen."""
    return f"{DAGEN[dag.weekday()][:2]} {lange_datum(dag)}"


def datum_met_tijd(moment: datetime) -> str:
    """``vr 12 juni 2026, 14.05 uur``, in the Netherlands; a moment without a time zone is taken as it is."""
    local = moment.astimezone(NEDERLAND) if moment.tzinfo else moment
    return f"{datum(local.date())}, {local:%H.%M} uur"


def afstand(dag: date, today: date) -> str:
    """How far away ``dag`` is: ``vandaag``, ``nog 9 dagen``, ``3 dagen te laat``."""
    days = (dag - today).days
    if days == 0:
        return "vandaag"
    word = "dag" if abs(days) == 1 else "dagen"
    return f"nog {days} {word}" if days > 0 else f"{-days} {word} te laat"


def datum_met_afstand(dag: date, today: date) -> str:
    """The date first, then the countdown: ``vr 12 juni 2026 (nog 9 dagen)``."""
    return f"{datum(dag)} ({afstand(dag, today)})"
