"""The kernplan: one page per kern and school year with goals, activities, the route of support and what it costs.

Source: brief and menukaart 'Werken in Kernen', SWV Waterland PO 2025-2026 (goals from the menukaart or own ones, the
route in three steps, tariffs per hour), and evaluatie 'Impuls kernen', SWV PO IJmond 2025 (format of one A4; the budget
of the kern is granted on the plan).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from swv_portal.common.money import ZERO, cents, dutch_amount
from swv_portal.common.scoping import SWV_KERNEN, Rol
from swv_portal.common.workflow import Refusal, Transition, Workflow

CONCEPT = "concept"
INGEDIEND = "ingediend"
TERUGGESTUURD = "teruggestuurd"
VASTGESTELD = "vastgesteld"

#: The states in which the chair writes.
SCHRIJFBAAR = frozenset({CONCEPT, TERUGGESTUURD})
#: Who writes a kernplan.
SCHRIJVERS = frozenset({Rol.KERNVOORZITTER})

EIGEN_KERN = 1
REGIOKERN_SPECIAAL = 2
EXTERNE_INHUUR = 3
STAPPEN = {
    EIGEN_KERN: "Stap 1: uitbreiding binnen de eigen kern",
    REGIOKERN_SPECIAAL: "Stap 2: aanvraag bij de Regiokern Speciaal",
    EXTERNE_INHUUR: "Stap 3: externe inhuur",
}

#: More goals than this do not fit one page in practice.
MEESTE_DOELEN = 4
MEESTE_INZET = 8


@dataclass(frozen=True)
class Doel:
    """A goal: its text, what the kern will do for it, and the theme of the menukaart (``None``: an own goal)."""

    tekst: str
    activiteiten: str
    thema: str | None = None


@dataclass(frozen=True)
class Inzet:
    """A professional for so many hours at a tariff (euros per hour), at a step of the route."""

    professional: str
    stap: int
    uren: Decimal
    tarief: Decimal

    @property
    def bedrag(self) -> Decimal:
        """Hours times tariff, in whole cents."""
        return cents(self.uren * self.tarief)


@dataclass(frozen=True)
class Afmeting:
    """What measuring the printed plan gave: the number of pages and the section that takes most room."""

    bladzijden: int
    langste: str

    @property
    def past(self) -> bool:
        return self.bladzijden == 1


@dataclass(frozen=True)
class Plan:
    """Everything the rules need to know of a kernplan.  Amounts in euros; ``budget`` is ``None`` when not set.

    ``stap`` is the furthest step of the route that the kern takes; ``waarom_niet`` holds per step why that step is not
    enough.  ``afmeting`` is ``None`` when the plan was not measured; ``opmerking`` is the remark with the step of the
    procedure that is being taken.
    """

    doelen: Sequence[Doel] = ()
    stap: int = EIGEN_KERN
    toelichting: str = ""
    waarom_niet: dict[int, str] | None = None
    inzet: Sequence[Inzet] = ()
    overige_kosten: Decimal = ZERO
    overige_toelichting: str = ""
    budget: Decimal | None = None
    afmeting: Afmeting | None = None
    opmerking: str = ""

    @property
    def totaal_inzet(self) -> Decimal:
        return sum((row.bedrag for row in self.inzet), ZERO)

    @property
    def totaal(self) -> Decimal:
        return self.totaal_inzet + self.overige_kosten

    @property
    def over(self) -> Decimal | None:
        """What is left of the budget; negative when the plan costs more.  ``None`` without a budget."""
        return None if self.budget is None else self.budget - self.totaal


def mist_in_doelen(plan: Plan) -> Iterator[Refusal]:
    """At least one goal, and every goal with its words and the activities that belong to it."""
    if not any(doel.tekst.strip() for doel in plan.doelen):
        yield Refusal("doelen", "Noem ten minste één doel.", "doelen")
        return
    for number, doel in enumerate(plan.doelen, start=1):
        if not doel.tekst.strip():
            yield Refusal("tekst", f"Schrijf bij doel {number} wat de kern wil bereiken.", "doelen")
        if not doel.activiteiten.strip():
            yield Refusal("activiteiten", f"Schrijf bij doel {number} wat de kern gaat doen.", "doelen")


def mist_in_route(plan: Plan) -> Iterator[Refusal]:
    """Step 2 only when step 1 does not suffice, step 3 only when 1 and 2 do not; each time with the reason.

    Also: nobody may be planned from a later step than the kern takes.
    """
    reasons = plan.waarom_niet or {}
    for earlier in range(EIGEN_KERN, plan.stap):
        if not reasons.get(earlier, "").strip():
            yield Refusal(
                f"reden_stap_{earlier}",
                f"U kiest stap {plan.stap}. Schrijf op waarom stap {earlier} niet genoeg is.",
                f"waarom_niet_{earlier}",
            )
    for row in plan.inzet:
        if row.stap > plan.stap:
            yield Refusal(
                "inzet_voorbij_stap",
                f"'{row.professional}' hoort bij stap {row.stap} van de route, maar u koos stap {plan.stap}.",
                "inzet",
            )


def mist_in_kosten(plan: Plan) -> Iterator[Refusal]:
    """Hours and tariffs above zero, other costs explained, and the whole not above the budget of the kern."""
    for number, row in enumerate(plan.inzet, start=1):
        if row.uren <= 0 or row.tarief <= 0:
            what = "uren" if row.uren <= 0 else "een tarief"
            yield Refusal("uren", f"Vul bij regel {number} ('{row.professional}') {what} boven nul in.", "inzet")
    if plan.overige_kosten < 0:
        yield Refusal("overige_kosten", "Overige kosten kunnen niet onder nul zijn.", "overige_kosten")
    if plan.overige_kosten and not plan.overige_toelichting.strip():
        yield Refusal("overige_toelichting", "Schrijf op waar de overige kosten voor zijn.", "overige_toelichting")
    if plan.over is not None and plan.over < 0:
        yield Refusal(
            "budget",
            f"Het plan kost {dutch_amount(plan.totaal)}. Dat is {dutch_amount(-plan.over)} meer dan het kernbudget.",
            "inzet",
        )


def heeft_doelen(plan: Plan) -> Refusal | None:
    """The first thing that is missing in the goals."""
    return next(mist_in_doelen(plan), None)


def volgt_de_route(plan: Plan) -> Refusal | None:
    """The first thing that is missing in the route."""
    return next(mist_in_route(plan), None)


def kosten_kloppen(plan: Plan) -> Refusal | None:
    """The first thing that is wrong in the costs."""
    return next(mist_in_kosten(plan), None)


def past_op_een_a4(plan: Plan) -> Refusal | None:
    """The plan is one page A4; a longer one is refused with the section that takes most room."""
    if plan.afmeting is None or plan.afmeting.past:
        return None
    return Refusal(
        "te_lang",
        f"Het plan is {plan.afmeting.bladzijden} bladzijden. Het moet op één A4 passen. "
        f"Het langste onderdeel is '{plan.afmeting.langste}': kort dat in.",
    )


def heeft_opmerking(plan: Plan) -> Refusal | None:
    """Sending back and reopening need words: the kern must know what to change."""
    if plan.opmerking.strip():
        return None
    return Refusal("opmerking", "Schrijf op wat er anders moet. De kern leest dit.", "opmerking")


KERNPLAN = Workflow(
    staten={
        CONCEPT: "concept",
        INGEDIEND: "ingediend",
        TERUGGESTUURD: "teruggestuurd",
        VASTGESTELD: "vastgesteld",
    },
    transitions=(
        Transition(
            "dien_in",
            "Dien in",
            SCHRIJFBAAR,
            INGEDIEND,
            SCHRIJVERS,
            (heeft_doelen, volgt_de_route, kosten_kloppen, past_op_een_a4),
        ),
        Transition("stuur_terug", "Stuur terug", frozenset({INGEDIEND}), TERUGGESTUURD, SWV_KERNEN, (heeft_opmerking,)),
        Transition("stel_vast", "Stel vast", frozenset({INGEDIEND}), VASTGESTELD, SWV_KERNEN),
        Transition(
            "heropen",
            "Heropen",
            frozenset({VASTGESTELD}),
            CONCEPT,
            frozenset({Rol.DIRECTEUR_BESTUURDER}),
            (heeft_opmerking,),
        ),
    ),
)


def controle(plan: Plan) -> list[Refusal]:
    """Everything that still stands in the way of submitting, for the check page (``decide`` gives only the first)."""
    too_long = past_op_een_a4(plan)
    parts = (mist_in_doelen(plan), mist_in_route(plan), mist_in_kosten(plan))
    return [*chain.from_iterable(parts), *([too_long] if too_long else [])]


def mag_schrijven(staat: str, rollen: frozenset[Rol]) -> Refusal | None:
    """May somebody with these roles (at this kern) change the plan now?  ``rol`` or ``staat`` when not."""
    if not SCHRIJVERS & rollen:
        return Refusal("rol", "Alleen de voorzitter van de kern schrijft het kernplan.")
    if staat not in SCHRIJFBAAR:
        return Refusal("staat", f"Het plan is {KERNPLAN.staten[staat]} en kan niet meer worden gewijzigd.")
    return None
