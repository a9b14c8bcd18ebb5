"""An objection against a decision of the SWV: who objects to what, what it can come to, and its procedure.

Its terms are in ``bezwaartermijnen.py``.  Source: Awb art. 7:10 (deciding on it), 7:11 (looking at the whole decision
again) and 7:12 (saying why); ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, chapter 7 (the SWV belongs to the
Landelijke Bezwaaradviescommissie).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ondersteuning.domain.aanvraag import BEEINDIGD, GEWEIGERD, TOEGEKEND
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import BLIJFT, Refusal, Transition, Workflow

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


class Bezwaarmaker(StrEnum):
    """Who objects."""

    OUDER_1 = "ouder_1"
    OUDER_2 = "ouder_2"
    SCHOOL = "school"
    ONTVANGENDE_SCHOOL = "ontvangend"
    ANDER = "ander"


BEZWAARMAKERNAMEN: Mapping[str, str] = {
    Bezwaarmaker.OUDER_1.value: "ouder 1",
    Bezwaarmaker.OUDER_2.value: "ouder 2",
    Bezwaarmaker.SCHOOL.value: "de school van de leerling",
    Bezwaarmaker.ONTVANGENDE_SCHOOL.value: "de ontvangende school",
    Bezwaarmaker.ANDER.value: "iemand anders",
}


def bezwaarmakers(ouders: int) -> dict[str, str]:
    """Who can have objected when ``ouders`` parents take part; a parent who takes no part is 'iemand anders'."""
    parents = (Bezwaarmaker.OUDER_1.value, Bezwaarmaker.OUDER_2.value)
    absent = parents[ouders:]
    return {code: naam for code, naam in BEZWAARMAKERNAMEN.items() if code not in absent}


def bezwaarmaker_in_brief(bezwaarmaker: str, *, ouders: int) -> str:
    """Who objected, as a letter to everybody says it; ``ouders`` is how many parents take part."""
    if bezwaarmaker in {Bezwaarmaker.OUDER_1, Bezwaarmaker.OUDER_2}:
        return "de ouder" if ouders == 1 else "een van de ouders"
    return BEZWAARMAKERNAMEN[bezwaarmaker]


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


#: What the outcome means, for who reads the letter.
UITKOMST_UITLEG: Mapping[str, str] = {
    Uitkomst.GEGROND.value: "Wie bezwaar maakte, krijgt gelijk.",
    Uitkomst.ONGEGROND.value: "Wie bezwaar maakte, krijgt geen gelijk.",
    Uitkomst.NIET_ONTVANKELIJK.value: "Wij bekijken het bezwaar zelf niet, bijvoorbeeld omdat het te laat kwam of niet "
    "compleet is.",
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


#: Said where somebody decides on an objection that changes nothing any more.
EERDER_BESLUIT = "Dit bezwaar gaat over een eerder besluit. Wat daarna is besloten, verandert er niet door."


def mogelijke_gevolgen(uitkomst: str, staat: str, tegen: str, *, geldt: bool = True) -> tuple[Gevolg, ...]:
    """What a decision on the objection can mean for the TLV of an application in ``staat`` (Awb art. 7:11).

    ``tegen`` is the decision that it is about: who objected to a grant does not make a TLV count again.  ``geldt``: it
    is the last decision of that kind; who objected to an earlier one does not undo what was decided since.
    """
    other = _BIJ_GEGROND.get((tegen, staat)) if geldt else None
    if uitkomst != Uitkomst.GEGROND or other is None:
        return (Gevolg.BLIJFT,)
    return (Gevolg.BLIJFT, other)


@dataclass(frozen=True)
class Stand:
    """The facts on which a step of an objection is decided.

    ``geldt``: it is about the last decision of its kind.  ``route_beslisser`` and ``nam_besluit``: whoever takes the
    step may decide on this route, and took that decision under mandate.  ``andere_aanvraag`` is the reference of
    another application that runs for this pupil, empty when there is none.
    """

    vandaag: date
    beslis_uiterlijk: date
    verdaagd: bool = False
    uitkomst: str = ""
    gevolg: str = ""
    staat_aanvraag: str = ""
    tegen: str = Tegen.BESLUIT.value
    geldt: bool = True
    route_beslisser: bool = True
    nam_besluit: bool = False
    andere_aanvraag: str = ""
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


def zegt_wat_ontbreekt(stand: Stand) -> Refusal | None:
    """Who is asked to repair an omission must know which (Awb art. 6:6)."""
    return None if stand.toelichting.strip() else Refusal("toelichting", "Schrijf wat er ontbreekt.", "toelichting")


def bevoegd(stand: Stand) -> Refusal | None:
    """Who may decide on the objection: whoever decides on the route, and not who took that decision under mandate.

    Awb art. 10:3 lid 3; the director does not act under mandate, and may look at the own decision again.
    """
    if not stand.route_beslisser:
        sentence = "Op deze aanvraag beslist alleen de directeur-bestuurder. Die beslist ook op het bezwaar."
        return Refusal("directeur", sentence)
    if stand.nam_besluit:
        sentence = (
            "U nam zelf het besluit waartegen dit bezwaar gaat. Daarom beslist een collega of de directeur-bestuurder "
            "op het bezwaar (Awb art. 10:3 lid 3)."
        )
        return Refusal("zelf_besloten", sentence)
    return None


def geen_andere_aanvraag(stand: Stand) -> Refusal | None:
    """Deciding again on an application makes it run: for one pupil no two run at once."""
    if stand.gevolg != Gevolg.OPNIEUW or not stand.andere_aanvraag:
        return None
    sentence = (
        f"Voor deze leerling loopt nu aanvraag {stand.andere_aanvraag}. Die wordt eerst ingetrokken of besloten. "
        "Beslis daarna op dit bezwaar."
    )
    return Refusal("loopt_al", sentence, "gevolg")


def uitkomst_past(stand: Stand) -> Refusal | None:
    """An outcome was chosen, with a consequence that fits it and the state of the application."""
    if stand.uitkomst not in UITKOMSTNAMEN:
        return Refusal("uitkomst", "Kies wat er op het bezwaar is beslist.", "uitkomst")
    possible = mogelijke_gevolgen(stand.uitkomst, stand.staat_aanvraag, stand.tegen, geldt=stand.geldt)
    if stand.gevolg not in {str(item) for item in possible}:
        if not stand.geldt:
            return Refusal("eerder_besluit", EERDER_BESLUIT, "gevolg")
        return Refusal("gevolg", "Dit gevolg past niet bij de beslissing of bij de stand van de aanvraag.", "gevolg")
    return None


BEZWAAR = Workflow(
    staten=STATEN,
    transitions=(
        Transition("verstuur_verweer", "Verweer verstuurd", frozenset({ONTVANGEN}), VERWEER, SWV_DOSSIER),
        Transition("ontvang_advies", "Advies ontvangen", frozenset({ONTVANGEN, VERWEER}), ADVIES, SWV_DOSSIER),
        Transition(
            "beslis",
            "Beslis op het bezwaar",
            OPEN,
            BESLIST,
            SWV_DOSSIER,
            (bevoegd, toegelicht, uitkomst_past, geen_andere_aanvraag),
        ),
        Transition("trek_in", "Bezwaar is ingetrokken", OPEN, INGETROKKEN, SWV_DOSSIER),
        Transition("leg_herstel_vast", "Wat ontbrak, is er", OPEN, BLIJFT, SWV_DOSSIER),
        Transition("vraag_herstel", "Vraag om wat ontbreekt", OPEN, BLIJFT, SWV_DOSSIER, (zegt_wat_ontbreekt,)),
        Transition("verdaag", "Verdaag de beslissing", OPEN, BLIJFT, SWV_DOSSIER, (toegelicht, nog_te_verdagen)),
    ),
)
