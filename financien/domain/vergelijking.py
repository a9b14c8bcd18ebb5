"""What changed between two versions of a budget, per school and per line.

Source: none outside the portal; versions are its own choice, see ``docs/besluiten/0032-budget-momentopname.md``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Bedragen = Mapping[tuple[int, str], tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class Verschil:
    """One line that is new, gone or different.  ``None``: the line was not there.  Numbers as (aantal, bedrag)."""

    school_id: int
    code: str
    was: tuple[Decimal, Decimal] | None
    wordt: tuple[Decimal, Decimal] | None

    @property
    def bedrag(self) -> Decimal:
        """The change in euros."""
        return (self.wordt[1] if self.wordt else Decimal(0)) - (self.was[1] if self.was else Decimal(0))


def vergelijk(was: Bedragen, wordt: Bedragen) -> Sequence[Verschil]:
    """The lines that differ, by school and code; the changes add up to the difference of the totals."""
    found = []
    for key in sorted(was.keys() | wordt.keys()):
        before, after = was.get(key), wordt.get(key)
        if before != after:
            found.append(Verschil(key[0], key[1], before, after))
    return found
