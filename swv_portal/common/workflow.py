"""Procedures as tables: which step leads from where to where, who may take it, and under which conditions.

One ``Workflow`` per aggregate, written in the app's ``domain/``.  The same table draws the buttons (``options``),
guards the service (``decide``) and fills the documentation (``as_rows``), so that the three can not differ.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """Why something is not possible: a code for programs and tests, a Dutch sentence for people.

    ``veld`` names the form field that the sentence belongs to, when there is one.
    """

    code: str
    zin: str
    veld: str | None = None


Condition = Callable[[Any], Refusal | None]
#: ``naar`` of a step that changes no state, from whichever state it is taken.
BLIJFT = ""


@dataclass(frozen=True)
class Transition:
    """One step of a procedure: ``naam`` for code, ``label`` for the button (a Dutch verb).

    A step to ``BLIJFT`` changes no state; ``decide`` answers it with the state that it was taken from.
    """

    naam: str
    label: str
    van: frozenset[str]
    naar: str
    rollen: frozenset[str]
    voorwaarden: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Option:
    """A button: the step, and why it can not be taken yet (``None``: it can)."""

    transition: Transition
    weigering: Refusal | None


@dataclass(frozen=True)
class Workflow:
    """The states of one aggregate and the steps between them.  The first state is where it starts."""

    staten: dict[str, str]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        names = [transition.naam for transition in self.transitions]
        if len(names) != len(set(names)):
            raise ValueError("a step is named twice")
        known = set(self.staten)
        for transition in self.transitions:
            if not transition.van | {transition.naar} <= known | {BLIJFT}:
                raise ValueError(f"step {transition.naam} names an unknown state")

    @property
    def begin(self) -> str:
        return next(iter(self.staten))

    def step(self, naam: str) -> Transition:
        return next(transition for transition in self.transitions if transition.naam == naam)

    def decide(self, naam: str, staat: str, rollen: Iterable[str], subject: Any) -> Transition | Refusal:
        """May somebody with ``rollen`` take step ``naam`` from ``staat``?  The step itself, or why not.

        Codes of refusals: ``rol`` (not this person's step), ``staat`` (not from here), or that of the first condition
        that is not met.
        """
        transition = self.step(naam)
        if not transition.rollen & set(rollen):
            return Refusal("rol", "U kunt deze stap niet zetten.")
        if staat not in transition.van:
            return Refusal("staat", f"Dit kan niet meer: de status is nu '{self.staten[staat]}'.")
        unmet = self.unmet(naam, subject)
        if unmet:
            return unmet[0]
        return replace(transition, naar=staat) if transition.naar == BLIJFT else transition

    def unmet(self, naam: str, subject: Any) -> tuple[Refusal, ...]:
        """Every condition of step ``naam`` that is not met: for a page that says all of it at once."""
        answers = (condition(subject) for condition in self.step(naam).voorwaarden)
        return tuple(answer for answer in answers if answer is not None)

    def options(self, staat: str, rollen: Iterable[str], subject: Any) -> list[Option]:
        """The buttons for somebody with ``rollen``: every step of theirs from ``staat``, with what is still missing."""
        mine = set(rollen)
        found = []
        for transition in self.transitions:
            if staat in transition.van and transition.rollen & mine:
                answer = self.decide(transition.naam, staat, mine, subject)
                found.append(Option(transition, answer if isinstance(answer, Refusal) else None))
        return found

    def as_rows(self) -> list[tuple[str, str, str, str]]:
        """The procedure as a table for the documentation: step, from, to, who."""
        return [
            (
                transition.label,
                ", ".join(self.staten[staat] for staat in self.staten if staat in transition.van),
                "blijft gelijk" if transition.naar == BLIJFT else self.staten[transition.naar],
                ", ".join(sorted(transition.rollen)),
            )
            for transition in self.transitions
        ]
