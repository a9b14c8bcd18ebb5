"""What home, search and the daily mail are made of: the tasks, the work and the finds of every app, together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, islice

from evaluatie import queries as evaluatie
from financien import queries as financien
from kernen import queries as kernen
from ondersteuning import queries as ondersteuning
from swv_portal.common.scoping import Bereik
from swv_portal.common.tasks import Taak, Treffer, Werk
from swv_portal.jobs import queries as jobs

#: Fewer characters than this find nothing.
KORTSTE_ZOEKTERM = 2
LANGSTE_ZOEKTERM = 100


#: More ways than this are a menu, and there is one already.
MEESTE_WERK = 3

#: What is due within this many days stands under 'Deze week'.
DAGEN_DEZE_WEEK = 7

#: The apps that give tasks and work, and those that can be searched, in the order in which people look for things.
TAKEN = (ondersteuning.taken, kernen.taken, financien.taken, evaluatie.taken)
WERK = (ondersteuning.werk, kernen.werk, financien.werk, jobs.werk)
ZOEKEN = (
    ("Aanvragen", ondersteuning.zoek),
    ("Scholen en kernen", kernen.zoek),
    ("Geld", financien.zoek),
    ("Evaluatie", evaluatie.zoek),
)


@dataclass(frozen=True)
class Inbox:
    """Tasks in the order in which they must be done.  ``wacht_op_ander``: somebody else is to act."""

    te_laat: list[Taak] = field(default_factory=list)
    deze_week: list[Taak] = field(default_factory=list)
    wacht_op_ander: list[Taak] = field(default_factory=list)
    later: list[Taak] = field(default_factory=list)

    @property
    def aantal(self) -> int:
        """How many things this person is to do now."""
        return len(self.te_laat) + len(self.deze_week)

    @property
    def leeg(self) -> bool:
        """Nothing to do, now or later, and nobody to wait for."""
        return not (self.te_laat or self.deze_week or self.wacht_op_ander or self.later)


def sort_tasks(taken: Sequence[Taak], vandaag: date) -> Inbox:
    """Divide tasks over the groups of the inbox, each with the earliest deadline first.

    'Deze week' is today and the seven days after it, whatever day it is; a task without a deadline can be done now, so
    it stands there too, at the end.  What waits for somebody else stands apart, late or not.
    """
    inbox = Inbox()
    soon = vandaag + timedelta(days=DAGEN_DEZE_WEEK)
    for taak in sorted(taken, key=lambda each: (each.deadline or date.max, each.titel)):
        if taak.wacht_op:
            inbox.wacht_op_ander.append(taak)
        elif taak.deadline is None:
            inbox.deze_week.append(taak)
        elif taak.deadline < vandaag:
            inbox.te_laat.append(taak)
        elif taak.deadline <= soon:
            inbox.deze_week.append(taak)
        else:
            inbox.later.append(taak)
    return inbox


def inbox_van(bereik: Bereik, vandaag: date) -> Inbox:
    """The tasks of one person in all apps."""
    return sort_tasks([taak for taken in TAKEN for taak in taken(bereik, vandaag)], vandaag)


def werk_van(bereik: Bereik, vandaag: date) -> list[Werk]:
    """The ways to the main work of one person, at most ``MEESTE_WERK``; what does not fit is not asked for."""
    return list(islice(chain.from_iterable(werk(bereik, vandaag) for werk in WERK), MEESTE_WERK))


@dataclass(frozen=True)
class Vondst:
    """What a search found in one part of the portal."""

    titel: str
    treffers: list[Treffer]


def zoek_overal(bereik: Bereik, q: str) -> list[Vondst]:
    """What ``q`` finds in all apps within ``bereik``; parts without a find are left out."""
    q = " ".join(q.replace("\x00", " ").split())[:LANGSTE_ZOEKTERM]
    if len(q) < KORTSTE_ZOEKTERM:
        return []
    found = [Vondst(titel, zoek(bereik, q)) for titel, zoek in ZOEKEN]
    return [vondst for vondst in found if vondst.treffers]
