"""The terms of an objection: whether it came in time, and until when it must be decided on.

Source: Awb art. 6:7 to 6:9 and 6:11 (the term and when an objection is in time), 7:10 (deciding on it).  That the
defence goes to the committee within two weeks is what the SWV does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from swv_portal.common.dates import lange_datum
from swv_portal.common.terms import Duur, Opschorting, Stilstand, Termijn, bereken

VERWEER_WEKEN = 2
BESLIS_WEKEN = 12
VERDAAG_WEKEN = 6
AFSPRAAK = "afspraak met de Landelijke Bezwaaradviescommissie"
#: Posted in time, a letter may come in this much later (Awb art. 6:9 lid 2).
NA_DE_POST = timedelta(weeks=1)
HERSTELLEN = Stilstand("Om wat ontbreekt gevraagd", "ontvangen", "Awb art. 7:10 lid 2")


@dataclass(frozen=True)
class Tijdigheid:
    """Whether an objection came in time, with the rule in a sentence."""

    op_tijd: bool
    zin: str


def tijdig(*, ontvangen: date, poststempel: date | None, termijn_tot: date) -> Tijdigheid:
    """Awb art. 6:9: received before the end of the term, or posted before it and received within a week after it."""
    until = lange_datum(termijn_tot)
    if ontvangen <= termijn_tot:
        return Tijdigheid(True, f"Op tijd: ontvangen voor het einde van de termijn op {until} (Awb art. 6:9 lid 1).")
    if poststempel is not None and poststempel <= termijn_tot:
        if ontvangen <= termijn_tot + NA_DE_POST:
            return Tijdigheid(
                True,
                f"Op tijd: op de post gedaan op {lange_datum(poststempel)} en binnen een week na {until} ontvangen "
                "(Awb art. 6:9 lid 2).",
            )
        return Tijdigheid(
            False,
            f"Te laat: op tijd gepost, maar meer dan een week na {until} ontvangen (Awb art. 6:9 lid 2).",
        )
    return Tijdigheid(
        False,
        f"Te laat: de termijn eindigde op {until} (Awb art. 6:7 en 6:8). Is er een goede reden, dan telt het bezwaar "
        "toch mee (Awb art. 6:11).",
    )


@dataclass(frozen=True)
class Bezwaartermijnen:
    """The terms of one objection.  ``eerste``: the twelve weeks; ``verdaagd``: the six after them, when extended."""

    verweer: Termijn
    eerste: Termijn
    verdaagd: Termijn | None = None

    @property
    def beslissen(self) -> Termijn:
        """The one that counts."""
        return self.verdaagd or self.eerste

    @property
    def uitleg(self) -> tuple[str, ...]:
        """How the last day to decide came about, from the end of the objection term on."""
        return self.eerste.uitleg + (self.verdaagd.uitleg if self.verdaagd else ())

    @property
    def opgeschort(self) -> int:
        """How many days the terms stood still."""
        return self.eerste.opgeschort + (self.verdaagd.opgeschort if self.verdaagd else 0)

    @property
    def staat_stil(self) -> bool:
        """Does a term stand still today, because what was asked did not come yet?"""
        return self.eerste.staat_stil or self.beslissen.staat_stil

    def schort_op(self, verzoek: Opschorting) -> bool:
        """Did this request suspend the term (also: a day that another one held already)?"""
        return verzoek in self.eerste.opschortingen or verzoek in self.beslissen.opschortingen


def bezwaartermijnen(
    *,
    ontvangen: date,
    termijn_tot: date,
    verdaagd: bool,
    today: date,
    herstel: Sequence[Opschorting] = (),
    gelijkgesteld: Iterable[date] = (),
) -> Bezwaartermijnen:
    """Defence two weeks after receipt; decision twelve weeks after the objection term, six more when extended.

    Twelve weeks because a committee advises (Awb art. 7:10 lid 1), counted from the day after the (moved) last day of
    the objection term, also for an objection that came too late.  Requests to repair an omission (art. 6:6) suspend
    it (art. 7:10 lid 2).  The extension (art. 7:10 lid 3) follows on the (moved) last day of those twelve weeks.
    """
    reken = partial(bereken, today=today, gelijkgesteld=frozenset(gelijkgesteld))
    defence = reken("verweer", begin=ontvangen, duur=Duur(weken=VERWEER_WEKEN), grondslag=AFSPRAAK)
    first = reken(
        "beslissing op bezwaar",
        begin=termijn_tot,
        duur=Duur(weken=BESLIS_WEKEN),
        grondslag="Awb art. 7:10 lid 1, na het einde van de bezwaartermijn",
        opschortingen=herstel,
        stilstand=HERSTELLEN,
    )
    if not verdaagd:
        return Bezwaartermijnen(defence, first)
    extended = reken(
        "beslissing op bezwaar, verdaagd",
        begin=first.laatste_dag,
        duur=Duur(weken=VERDAAG_WEKEN),
        grondslag="Awb art. 7:10 lid 3, na de eerste twaalf weken",
        opschortingen=[item for item in herstel if item not in first.opschortingen],
        stilstand=HERSTELLEN,
    )
    return Bezwaartermijnen(defence, first, extended)
