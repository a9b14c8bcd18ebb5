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
    #: The round was published before, with other answers than it has now.
    andere_antwoorden: bool = False


def heeft_antwoorden(ronde: RondeFeiten) -> Refusal | None:
    if ronde.aantal_respondenten == 0:
        return Refusal("leeg", "Deze ronde heeft nog geen antwoorden. Lees eerst antwoorden in.")
    return None


#: Why a round that was published is not published with other answers, and what to do (besluit 40).
AL_GEPUBLICEERD = Refusal(
    "al_gepubliceerd",
    "De uitkomsten van deze ronde zijn al gepubliceerd. Met andere antwoorden kan dat niet nog een keer: uit het "
    "verschil is af te lezen wat iemand antwoordde. Laat een ronde open tot alle antwoorden er zijn.",
)


def heeft_dezelfde_antwoorden(ronde: RondeFeiten) -> Refusal | None:
    """What was published may be published again; other answers may not."""
    return AL_GEPUBLICEERD if ronde.andere_antwoorden else None


_SWV = frozenset(str(rol) for rol in SWV_KERNEN)

RONDE = Workflow(
    {OPEN: "Open", GESLOTEN: "Gesloten"},
    (
        Transition(
            "sluit",
            "Sluit en publiceer",
            frozenset({OPEN}),
            GESLOTEN,
            _SWV,
            (heeft_antwoorden, heeft_dezelfde_antwoorden),
        ),
        Transition("heropen", "Heropen", frozenset({GESLOTEN}), OPEN, _SWV),
    ),
)
