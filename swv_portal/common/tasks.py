"""What the apps tell the home page and the search page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Taak:
    """Something that waits for this person, or (``wacht_op`` filled) for somebody else.

    ``titel`` is a verb and a reference, never a child's name; ``soort`` groups equal tasks ('Kernplan beoordelen').
    """

    titel: str
    url: str
    deadline: date | None = None
    wacht_op: str | None = None
    soort: str = ""


@dataclass(frozen=True)
class Werk:
    """A way to somebody's main work, there also when no task waits.

    ``stand`` says in a sentence or two how that work is; at most one query for each way.
    """

    titel: str
    stand: str
    url: str


@dataclass(frozen=True)
class Treffer:
    """One result of a search."""

    titel: str
    omschrijving: str
    url: str
