"""An objection against a decision of the SWV: in time or not, its own terms, and its procedure.

Source: Awb art. 6:7 to 6:9 and 6:11 (the term and when an objection is in time), 7:10 (deciding on it), 7:11 (looking
at the whole decision again); ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, chapter 7 (the SWV belongs to the
Landelijke Bezwaaradviescommissie).  That the defence goes to the committee within two weeks is what the SWV does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from ondersteuning.domain.aanvraag import BEEINDIGD, GEWEIGERD, TOEGEKEND
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.terms import Duur, Termijn, bereken
from swv_portal.common.workflow import Refusal, Transition, Workflow

ONTVANGEN = "ontvangen"
VERWEER = "verweer"
ADVIES = "advies"
BESLIST = "beslist"
INGETROKKEN = "ingetrokken"
STATEN = {
    ONTVANGEN: "Ontvangen",
    VERWEER: "Verweer verstuurd",
    ADVIES: "Advies ontvangen",
    BESLIST: "Beslist",
    INGETROKKEN: "Ingetrokken",
}
OPEN = frozenset({ONTVANGEN, VERWEER, ADVIES})

VERWEER_WEKEN = 2
BESLIS_WEKEN = 12
VERDAAG_WEKEN = 6
#: Posted in time, a letter may come in this much later (Awb art. 6:9 lid 2).
NA_DE_POST = timedelta(weeks=1)


class Indiener(StrEnum):
    """Who objects."""

    OUDER_1 = "ouder_1"
    OUDER_2 = "ouder_2"
    SCHOOL = "school"
    ONTVANGENDE_SCHOOL = "ontvangend"
    ANDER = "ander"


INDIENERNAMEN: Mapping[str, str] = {
    Indiener.OUDER_1.value: "ouder 1",
    Indiener.OUDER_2.value: "ouder 2",
    Indiener.SCHOOL.value: "de school van de leerling",
    Indiener.ONTVANGENDE_SCHOOL.value: "de ontvangende school",
    Indiener.ANDER.value: "iemand anders",
}


class Tegen(StrEnum):
    """Which decision it is about."""

    BESLUIT = "besluit"
    INTREKKING = "intrekking"


TEGENNAMEN: Mapping[str, str] = {
    Tegen.BESLUIT.value: "het besluit op de aanvraag",
    Tegen.INTREKKING.value: "het intrekken van de TLV",
}


class Uitkomst(StrEnum):
    """What was decided on the objection."""

    GEGROND = "gegrond"
    ONGEGROND = "ongegrond"
    NIET_ONTVANKELIJK = "niet_ontvankelijk"


UITKOMSTNAMEN: Mapping[str, str] = {
    Uitkomst.GEGROND.value: "gegrond",
    Uitkomst.ONGEGROND.value: "ongegrond",
    Uitkomst.NIET_ONTVANKELIJK.value: "niet-ontvankelijk",
}


class Gevolg(StrEnum):
    """What it means for the TLV."""

    BLIJFT = "blijft"
    OPNIEUW = "opnieuw"
    VERVALT = "vervalt"
    HERLEEFT = "herleeft"


GEVOLGNAMEN: Mapping[str, str] = {
    Gevolg.BLIJFT.value: "het besluit blijft zoals het is",
    Gevolg.OPNIEUW.value: "het samenwerkingsverband besluit opnieuw op de aanvraag",
    Gevolg.VERVALT.value: "de TLV vervalt",
    Gevolg.HERLEEFT.value: "de TLV geldt weer",
}
#: What a well-founded objection against which decision can lead to, besides that decision staying as it is.
_BIJ_GEGROND: Mapping[tuple[str, str], Gevolg] = {
    (Tegen.BESLUIT.value, GEWEIGERD): Gevolg.OPNIEUW,
    (Tegen.BESLUIT.value, TOEGEKEND): Gevolg.VERVALT,
    (Tegen.INTREKKING.value, BEEINDIGD): Gevolg.HERLEEFT,
}


def mogelijke_gevolgen(uitkomst: str, staat: str, tegen: str) -> tuple[Gevolg, ...]:
    """What a decision on the objection can mean for the TLV of an application in ``staat`` (Awb art. 7:11).

    ``tegen`` is the decision that it is about: who objected to a grant does not make a TLV count again.
    """
    other = _BIJ_GEGROND.get((tegen, staat))
    if uitkomst != Uitkomst.GEGROND or other is None:
        return (Gevolg.BLIJFT,)
    return (Gevolg.BLIJFT, other)


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
    """The terms of one objection; ``beslissen`` is the last one that counts, the extension included."""

    verweer: Termijn
    beslissen: Termijn


def bezwaartermijnen(
    *, ontvangen: date, termijn_tot: date, verdaagd: bool, today: date, gelijkgesteld: Iterable[date] = ()
) -> Bezwaartermijnen:
    """Defence two weeks after receipt; decision twelve weeks after the objection term, six more when extended.

    Twelve weeks because a committee advises (Awb art. 7:10 lid 1), counted from the day after the (moved) last day of
    the objection term, also for an objection that came too late.  The extension (art. 7:10 lid 3) follows on the
    (moved) last day of those twelve weeks.
    """
    equal = frozenset(gelijkgesteld)
    defence = bereken(
        "verweer",
        begin=ontvangen,
        duur=Duur(weken=VERWEER_WEKEN),
        grondslag="afspraak met de Landelijke Bezwaaradviescommissie",
        today=today,
        gelijkgesteld=equal,
    )
    decision = bereken(
        "beslissing op bezwaar",
        begin=termijn_tot,
        duur=Duur(weken=BESLIS_WEKEN),
        grondslag="Awb art. 7:10 lid 1, na het einde van de bezwaartermijn",
        today=today,
        gelijkgesteld=equal,
    )
    if verdaagd:
        decision = bereken(
            "beslissing op bezwaar, verdaagd",
            begin=decision.laatste_dag,
            duur=Duur(weken=VERDAAG_WEKEN),
            grondslag="Awb art. 7:10 lid 3, na de eerste twaalf weken",
            today=today,
            gelijkgesteld=equal,
        )
    return Bezwaartermijnen(defence, decision)


@dataclass(frozen=True)
class Stand:
    """The facts on which a step of an objection is decided."""

    vandaag: date
    beslis_uiterlijk: date
    verdaagd: bool = False
    uitkomst: str = ""
    gevolg: str = ""
    staat_aanvraag: str = ""
    tegen: str = Tegen.BESLUIT.value
    te_laat: bool = False
    toelichting: str = field(default="", repr=False)


def toegelicht(stand: Stand) -> Refusal | None:
    """A decision on an objection, and an extension, say why (Awb art. 7:12 and 7:10 lid 3)."""
    return None if stand.toelichting.strip() else Refusal("toelichting", "Schrijf waarom.", "toelichting")


def nog_te_verdagen(stand: Stand) -> Refusal | None:
    """Extending is possible once, and must be told before the term is over (Awb art. 7:10 lid 3)."""
    if stand.verdaagd:
        return Refusal("verdaagd", "De termijn is al een keer verdaagd. Vaker kan niet (Awb art. 7:10 lid 3).")
    if stand.vandaag > stand.beslis_uiterlijk:
        return Refusal(
            "te_laat",
            f"Verdagen kan niet meer: de termijn liep tot en met {lange_datum(stand.beslis_uiterlijk)}.",
        )
    return None


def uitkomst_past(stand: Stand) -> Refusal | None:
    """An outcome was chosen, with a consequence that fits it and the state of the application."""
    if stand.uitkomst not in UITKOMSTNAMEN:
        return Refusal("uitkomst", "Kies wat er op het bezwaar is beslist.", "uitkomst")
    possible = mogelijke_gevolgen(stand.uitkomst, stand.staat_aanvraag, stand.tegen)
    if stand.gevolg not in {str(item) for item in possible}:
        return Refusal("gevolg", "Dit gevolg past niet bij de beslissing of bij de stand van de aanvraag.", "gevolg")
    return None


BEZWAAR = Workflow(
    staten=STATEN,
    transitions=(
        Transition("verstuur_verweer", "Verweer verstuurd", frozenset({ONTVANGEN}), VERWEER, SWV_DOSSIER),
        Transition("ontvang_advies", "Advies ontvangen", frozenset({ONTVANGEN, VERWEER}), ADVIES, SWV_DOSSIER),
        Transition("beslis", "Beslis op het bezwaar", OPEN, BESLIST, SWV_DOSSIER, (toegelicht, uitkomst_past)),
        Transition("trek_in", "Bezwaar is ingetrokken", OPEN, INGETROKKEN, SWV_DOSSIER),
    ),
)
#: Extending changes no state, and is possible in every open one.
VERDAGEN: Mapping[str, Transition] = {
    state: Transition(
        "verdaag", "Verdaag de beslissing", frozenset({state}), state, SWV_DOSSIER, (toegelicht, nog_te_verdagen)
    )
    for state in sorted(OPEN)
}
