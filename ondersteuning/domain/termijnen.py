"""The terms of an application: the SWV's own six weeks and the eight weeks of the law."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from swv_portal.common.terms import Duur, Opschorting, Termijn, bereken, beslistermijn

#: The own term of the SWV in weeks; a setting of the SWV can make it shorter, never longer than the law.
EIGEN_WEKEN = 6
#: How long a school gets to complete an application, unless the SWV says otherwise.
AANVULWEKEN = 2
WETTELIJKE_WEKEN = 8


@dataclass(frozen=True)
class Beslistermijnen:
    """Both terms of one application.  ``eigen`` is the one people work with, ``wettelijk`` the one that binds."""

    eigen: Termijn
    wettelijk: Termijn


def beslistermijnen(
    ontvangen: date,
    *,
    today: date,
    opschortingen: Sequence[Opschorting] = (),
    eigen_weken: int = EIGEN_WEKEN,
    gelijkgesteld: Iterable[date] = (),
) -> Beslistermijnen:
    """The terms that run from ``ontvangen``, the day on which the SWV received the application.

    Requests for completion suspend both (Awb art. 4:15).  The own term moves for weekends and holidays like the legal
    one does, so that people see one habit.
    """
    equal = frozenset(gelijkgesteld)
    own = bereken(
        "eigen termijn",
        begin=ontvangen,
        duur=Duur(weken=min(eigen_weken, WETTELIJKE_WEKEN)),
        grondslag="eigen termijn van het samenwerkingsverband",
        today=today,
        opschortingen=opschortingen,
        gelijkgesteld=equal,
    )
    return Beslistermijnen(own, beslistermijn(ontvangen, today=today, opschortingen=opschortingen, gelijkgesteld=equal))


def aanvulling_uiterlijk(gevraagd: date) -> date:
    """The day by which the school must have completed the application: two weeks after the request (Awb art. 4:5)."""
    return gevraagd + timedelta(weeks=AANVULWEKEN)
