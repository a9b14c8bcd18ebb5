"""The period of the budget for entry and return: from when, until when, and which months of a year it counts.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (terugplaatsingsformulier) and 8.1.5: two
years from the first of the month after the day on which the pupil is enrolled at the receiving school; when the pupil
leaves earlier, what was paid for later months is settled.  `financien` reads these functions; the amount is a tariff.
"""

from datetime import date, timedelta
from functools import lru_cache

from swv_portal.common.dates import lange_datum, plus_maanden
from swv_portal.common.workflow import Refusal

#: The longest that a budget runs, and the default of the setting.
BUDGETMAANDEN = 24


def _maand(dag: date) -> int:
    """Months since the beginning of the calendar, so that months can be subtracted."""
    return dag.year * 12 + dag.month - 1


def eerste_dag(inschrijving: date) -> date:
    """The first of the month after enrolment, also for who is enrolled on the first of a month."""
    return plus_maanden(inschrijving.replace(day=1), 1)


def laatste_dag(inschrijving: date, maanden: int = BUDGETMAANDEN) -> date:
    """The last day of the last month that is paid, when the pupil stays."""
    return plus_maanden(eerste_dag(inschrijving), maanden) - timedelta(days=1)


def einde_van_maand(dag: date) -> date:
    """The last day of the month of ``dag``."""
    return eerste_dag(dag) - timedelta(days=1)


def einde_bij_vertrek(*, inschrijving: date, einde: date | None, vertrokken_op: date) -> date:
    """The last day of the budget of a pupil who leaves: the end of the month of leaving, never later than it ended.

    ``einde`` is the last day as it stands; without one the budget runs ``BUDGETMAANDEN``.
    """
    return min(einde or laatste_dag(inschrijving), einde_van_maand(vertrokken_op))


def controleer_vertrek(*, inschrijving: date, einde: date | None, vertrokken_op: date, vandaag: date) -> Refusal | None:
    """May the pupil be recorded as having left on this day?  Codes ``voor_inschrijving``, ``toekomst``, ``voorbij``."""
    if vertrokken_op < inschrijving:
        return Refusal(
            "voor_inschrijving",
            f"De leerling staat ingeschreven sinds {lange_datum(inschrijving)}. Kies die dag of een latere.",
            "vertrokken_op",
        )
    if vertrokken_op > vandaag:
        return Refusal(
            "toekomst", "Meld het vertrek pas als de leerling weg is. Kies geen latere dag.", "vertrokken_op"
        )
    last = einde or laatste_dag(inschrijving)
    if vertrokken_op > last:
        return Refusal("voorbij", f"Het budget is al gestopt op {lange_datum(last)}.", "vertrokken_op")
    return None


@lru_cache(maxsize=8192)
def instroommaanden(begin: date, einde: date | None, jaar: int) -> int:
    """Months of calendar year ``jaar`` for which the budget is paid: 0 to 12.

    ``begin`` is the day of enrolment, ``einde`` the last day of the place.  The month of leaving is the last one.
    """
    first = _maand(begin) + 1
    last = first + BUDGETMAANDEN - 1
    if einde is not None:
        last = min(last, _maand(einde))
    january = jaar * 12
    return max(0, min(last, january + 11) - max(first, january) + 1)
