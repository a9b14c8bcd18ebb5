"""Which school belongs to which kern, and when.  A school is in one kern at a time.

A period runs from ``van`` up to, not including, ``tot``; ``tot`` is ``None`` as long as it lasts.

Source: evaluation 'Impuls kernen', SWV PO IJmond 2025 (a kern is a fixed group; the division of the schools over the
kernen is evaluated, so it changes).  No document says that a school is in one kern at a time, or that a past with which
others worked is not rewritten: those two are the portal's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Periode:
    van: date
    tot: date | None = None

    def omvat(self, dag: date) -> bool:
        return self.van <= dag and (self.tot is None or dag < self.tot)

    def overlapt(self, ander: "Periode") -> bool:
        before = self.tot is not None and self.tot <= ander.van
        after = ander.tot is not None and ander.tot <= self.van
        return not (before or after)


@dataclass(frozen=True)
class Lidmaatschap:
    """One period of a school in a kern; ``pk`` is ``None`` for one that is not stored yet."""

    pk: int | None
    kern_id: int
    periode: Periode


@dataclass(frozen=True)
class Verhuizing:
    """What must be written: which membership ends on which day, and the new one."""

    eindigt: int | None
    op: date
    kern_id: int


def verhuis(bestaand: Iterable[Lidmaatschap], kern_id: int, vanaf: date) -> Verhuizing | Refusal:
    """Move a school to ``kern_id`` from day ``vanaf``; the membership that runs on that day ends then.

    Refuses: ``al_lid`` (already in this kern that day), ``later`` (there is a membership that begins on or after that
    day), so that a past that others have worked with is never rewritten.
    """
    running = None
    for lid in bestaand:
        if lid.periode.van >= vanaf:
            return Refusal(
                "later", "De school heeft vanaf die dag al een andere indeling. Kies een latere datum.", "van"
            )
        if lid.periode.omvat(vanaf):
            running = lid
    if running is not None and running.kern_id == kern_id:
        return Refusal("al_lid", "De school hoort op die dag al bij deze kern.", "kern")
    return Verhuizing(running.pk if running else None, vanaf, kern_id)
