"""Which part of a year a placement counts for: in whole months, or not at all.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.2 (places and DWS) and 8.1.4 (TLV on a regular
school).  The months of the budget for entry and return are counted by ``ondersteuning.domain.budgetperiode``.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from swv_portal.common.dates import Schooljaar


def _maand(dag: date) -> int:
    """Months since the beginning of the calendar, so that months can be subtracted."""
    return dag.year * 12 + dag.month - 1


def actief_op(begin: date, einde: date | None, dag: date) -> bool:
    """Does a place that lasts from ``begin`` up to and including ``einde`` (``None``: open) count on ``dag``?"""
    return begin <= dag and (einde is None or einde >= dag)


def overlapt(begin: date, einde: date | None, schooljaar: Schooljaar) -> bool:
    """Does a place last on at least one day of ``schooljaar``?"""
    return begin <= schooljaar.laatste_dag and (einde is None or einde >= schooljaar.eerste_dag)


@lru_cache(maxsize=8192)
def tlv_bao_maanden(begin: date, einde: date | None, jaar: int) -> int:
    """Months that calendar year ``jaar`` pays for a TLV on a regular school (par. 8.1.4): 0 to 12.

    The money of a school year is paid in one go when that school year (or the TLV within it) starts, and belongs to the
    calendar year of that payment.  When the pupil leaves earlier, the month of leaving is the last one.  A TLV that
    started in spring is paid for the rest of that school year, and again in August when it goes on.
    """
    total = 0
    for schooljaar in (Schooljaar(jaar - 1), Schooljaar(jaar)):
        first = max(begin, schooljaar.eerste_dag)
        last = schooljaar.laatste_dag if einde is None else min(einde, schooljaar.laatste_dag)
        if first.year == jaar and first <= last:
            total += _maand(last) - _maand(first) + 1
    return total


def dws_plaatsen(perioden: Iterable[tuple[date, date | None]], schooljaar: Schooljaar) -> int:
    """How many DWS places a school bought in ``schooljaar``: the most that were in use at the same time (par. 8.1.2).

    A place is bought for the whole year.  A pupil who leaves early brings nothing back; another pupil of the school who
    takes over the place costs nothing extra.
    """
    changes: list[tuple[date, int]] = []
    for begin, einde in perioden:
        last = schooljaar.laatste_dag if einde is None else min(einde, schooljaar.laatste_dag)
        first = max(begin, schooljaar.eerste_dag)
        if first <= last:
            changes += [(first, 1), (date.fromordinal(last.toordinal() + 1), -1)]
    most = now = 0
    for _, change in sorted(changes):
        now += change
        most = max(most, now)
    return most
