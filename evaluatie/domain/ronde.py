"""The procedure of a survey round: it collects answers while it is open, and is published when it is closed.

Source: evaluatie 'Impuls kernen', SWV PO IJmond, 2024-2025 (a survey without names among who takes part in the kernen,
and a report for all of them); who may do what is our choice, see ``docs/besluiten/0041-losse-antwoorden.md``.
"""

from dataclasses import dataclass

from swv_portal.common.scoping import SWV_KERNEN, Rol
from swv_portal.common.workflow import Refusal, Transition, Workflow

#: What the code of a round looks like; it stands in addresses and commands.
CODE = r"\A[a-z0-9][a-z0-9-]{0,39}\Z"

OPEN = "open"
GESLOTEN = "gesloten"

#: Who reads the published results: the kernen, their schools and boards took part in them.
LEZERS = frozenset({Rol.KERNVOORZITTER, Rol.SCHOOLBESTUURDER, Rol.SCHOOLDIRECTEUR, Rol.IBER})


@dataclass(frozen=True)
class RondeFeiten:
    """What the steps need to know of a round."""

    aantal_respondenten: int
    #: Why the answers may not be published after what was published before (``evaluatie.domain.herhaling``).
    herhaling: Refusal | None = None


def heeft_antwoorden(ronde: RondeFeiten) -> Refusal | None:
    if ronde.aantal_respondenten == 0:
        return Refusal("leeg", "Deze ronde heeft nog geen antwoorden. Lees eerst antwoorden in.")
    return None


def mag_herhaald(ronde: RondeFeiten) -> Refusal | None:
    """May the answers be published beside what was published of this round before?"""
    return ronde.herhaling


_SWV = frozenset(str(rol) for rol in SWV_KERNEN)

RONDE = Workflow(
    {OPEN: "Open", GESLOTEN: "Gesloten"},
    (
        Transition("sluit", "Sluit en publiceer", frozenset({OPEN}), GESLOTEN, _SWV, (heeft_antwoorden, mag_herhaald)),
        Transition("heropen", "Heropen", frozenset({GESLOTEN}), OPEN, _SWV),
    ),
)
