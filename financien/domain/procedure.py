"""The procedures of `financien` as tables: a budget year, a budget, a beschikking, a begroting.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 8.1.2 (every year a beschikking for the school and
one for the board).  The plan names no versions of a budget; those are ours, see
``docs/besluiten/0032-budget-momentopname.md``.  The same goes for a begroting that is read in: see
``docs/besluiten/0034-begroting-concept.md``.
"""

from typing import Protocol

from swv_portal.common.scoping import SWV_GELD, Rol
from swv_portal.common.workflow import Refusal, Transition, Workflow


class BudgetStand(Protocol):
    """What a condition asks of a budget."""

    @property
    def aantal_scholen(self) -> int: ...

    @property
    def jaar_open(self) -> bool: ...


def er_zijn_scholen(budget: BudgetStand) -> Refusal | None:
    if budget.aantal_scholen:
        return None
    return Refusal("leeg", "Er is voor geen enkele school een budget berekend.")


def jaar_is_open(budget: BudgetStand) -> Refusal | None:
    if budget.jaar_open:
        return None
    return Refusal("afgesloten", "Dit budgetjaar is afgesloten.")


CONCEPT, VASTGESTELD, VERVANGEN = "concept", "vastgesteld", "vervangen"

#: A newer calculation replaces a concept; establishing a newer version replaces an established one.
BUDGET = Workflow(
    staten={CONCEPT: "concept", VASTGESTELD: "vastgesteld", VERVANGEN: "vervangen"},
    transitions=(
        Transition(
            "stel_vast",
            "Stel vast",
            frozenset({CONCEPT}),
            VASTGESTELD,
            frozenset({Rol.DIRECTEUR_BESTUURDER}),
            (jaar_is_open, er_zijn_scholen),
        ),
        Transition("vervang_concept", "Bereken opnieuw", frozenset({CONCEPT}), VERVANGEN, SWV_GELD, (jaar_is_open,)),
        Transition(
            "vervang",
            "Vervang door een nieuwe versie",
            frozenset({VASTGESTELD}),
            VERVANGEN,
            frozenset({Rol.DIRECTEUR_BESTUURDER}),
            (jaar_is_open,),
        ),
        Transition("maak_beschikkingen", "Maak beschikkingen", frozenset({VASTGESTELD}), VASTGESTELD, SWV_GELD),
    ),
)

OPEN, AFGESLOTEN = "open", "afgesloten"

BUDGETJAAR = Workflow(
    staten={OPEN: "open", AFGESLOTEN: "afgesloten"},
    transitions=(
        Transition("sluit", "Sluit het jaar af", frozenset({OPEN}), AFGESLOTEN, frozenset({Rol.DIRECTEUR_BESTUURDER})),
        Transition(
            "heropen", "Open het jaar weer", frozenset({AFGESLOTEN}), OPEN, frozenset({Rol.DIRECTEUR_BESTUURDER})
        ),
    ),
)

WACHT, KLAAR = "wacht", "klaar"

#: Only the job that makes the letter takes this step; people ask for it and may ask again.
BESCHIKKING = Workflow(
    staten={WACHT: "wordt gemaakt", KLAAR: "klaar"},
    transitions=(Transition("maak", "Maak de brief", frozenset({WACHT}), KLAAR, SWV_GELD),),
)

GELDEND = "geldend"

#: A begroting is read in as a concept; making a newer one geldend replaces the one that was.
BEGROTING = Workflow(
    staten={CONCEPT: "concept", GELDEND: "geldend", VERVANGEN: "vervangen"},
    transitions=(
        Transition(
            "maak_geldend", "Maak geldend", frozenset({CONCEPT}), GELDEND, frozenset({Rol.DIRECTEUR_BESTUURDER})
        ),
        Transition(
            "vervang",
            "Vervang door een nieuwe begroting",
            frozenset({GELDEND}),
            VERVANGEN,
            frozenset({Rol.DIRECTEUR_BESTUURDER}),
        ),
    ),
)
