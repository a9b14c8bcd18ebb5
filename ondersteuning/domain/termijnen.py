"""The terms of an application: the SWV's own six weeks and the eight weeks of the law."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from swv_portal.common.dates import lange_datum
from swv_portal.common.terms import Duur, Opschorting, Termijn, Verlenging, bereken, beslistermijn, geen_werkdag
from swv_portal.common.workflow import Refusal

#: The own term of the SWV in weeks; a setting of the SWV can make it shorter, never longer than the law.
EIGEN_WEKEN = 6
#: How long a school gets to complete an application, unless the SWV says otherwise.
AANVULWEKEN = 2
WETTELIJKE_WEKEN = 8
#: A reasonable term is at most this long (Awb art. 4:13 lid 2); an extension is no longer.
VERLENG_WEKEN = 8


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
    verlenging: Verlenging | None = None,
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
        verlenging=verlenging,
    )
    legal = beslistermijn(
        ontvangen, today=today, opschortingen=opschortingen, gelijkgesteld=equal, verlenging=verlenging
    )
    return Beslistermijnen(own, legal)


def controleer_verlenging(
    tot: date, *, nu_uiterlijk: date, vandaag: date, al_verlengd: bool, gelijkgesteld: Iterable[date] = ()
) -> Refusal | None:
    """Awb art. 4:14: who can not decide in time tells so before the term is over, and names a reasonable new term.

    ``nu_uiterlijk`` is the last day of the legal term.  Codes: ``verlengd`` (once is enough), ``te_laat`` (the term is
    over), ``niet_later``, ``te_lang`` and ``geen_werkdag`` (the new last day, which is told and so can not move).
    """
    if al_verlengd:
        return Refusal("verlengd", "De termijn is al verlengd. U kunt hem niet nog een keer verlengen.")
    if vandaag > nu_uiterlijk:
        return Refusal(
            "te_laat",
            f"Verlengen kan niet meer: de termijn liep tot en met {lange_datum(nu_uiterlijk)} (Awb art. 4:14).",
        )
    if tot <= nu_uiterlijk:
        return Refusal("niet_later", f"Kies een dag na {lange_datum(nu_uiterlijk)}.", "uiterlijk")
    last = nu_uiterlijk + timedelta(weeks=VERLENG_WEKEN)
    if tot > last:
        return Refusal("te_lang", f"Kies uiterlijk {lange_datum(last)}: langer is niet redelijk.", "uiterlijk")
    closed = geen_werkdag(tot, gelijkgesteld)
    if closed is not None:
        return Refusal("geen_werkdag", f"{lange_datum(tot)} is {closed}. Kies een werkdag.", "uiterlijk")
    return None


def aanvulling_uiterlijk(gevraagd: date) -> date:
    """The day by which the school must have completed the application: two weeks after the request (Awb art. 4:5)."""
    return gevraagd + timedelta(weeks=AANVULWEKEN)
