"""When an application that was never handed in is abandoned: who is warned, and when the portal withdraws it.

Keeping data of a child that no decision needs any more is not allowed (AVG art. 5 lid 1 onder e).  The law names no
number of months here; these are the portal's, see docs/besluiten/0021-verlaten-aanvragen.md.
"""

from datetime import date, timedelta
from enum import StrEnum

from swv_portal.common.dates import plus_jaren

#: An application that the school never handed in is abandoned when nobody changed it for this long.
VERLATEN_NA_JAREN = 1
#: The school is warned this long before the portal withdraws it.
WAARSCHUWING_DAGEN = 30
#: A withdrawn abandoned application can still be read this long by the school; then it is destroyed.
NABEWAREN_DAGEN = 14


class Stap(StrEnum):
    """What the night does with an application that nobody works on."""

    WAARSCHUW = "waarschuw"
    TREK_IN = "trek_in"


def laatste_mogelijke_wijziging(vandaag: date) -> date:
    """Who changed an application after this day has certainly not abandoned it: a first sieve, a day too wide."""
    return plus_jaren(vandaag, -VERLATEN_NA_JAREN) + timedelta(days=WAARSCHUWING_DAGEN + 1)


def stap(*, gewijzigd: date, gewaarschuwd_op: date | None, vandaag: date) -> Stap | None:
    """What is to be done with an application last changed on ``gewijzigd``; ``None``: nothing now.

    A warning from before the last change does not count, and nobody gets less time than was promised: nights that were
    missed move the withdrawal.
    """
    abandoned = plus_jaren(gewijzigd, VERLATEN_NA_JAREN)
    if gewaarschuwd_op is None or gewaarschuwd_op <= gewijzigd:
        return Stap.WAARSCHUW if vandaag >= abandoned - timedelta(days=WAARSCHUWING_DAGEN) else None
    return Stap.TREK_IN if vandaag >= ingetrokken_op(gewijzigd, gewaarschuwd_op) else None


def ingetrokken_op(gewijzigd: date, gewaarschuwd_op: date) -> date:
    """The day on which the portal withdraws it when nobody does anything."""
    return max(plus_jaren(gewijzigd, VERLATEN_NA_JAREN), gewaarschuwd_op + timedelta(days=WAARSCHUWING_DAGEN))


def bewaren_tot(ingetrokken: date) -> date:
    """The last day on which a withdrawn abandoned application is kept."""
    return ingetrokken + timedelta(days=NABEWAREN_DAGEN)
