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
from swv_portal.common.words import met_hoofdletter
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


def bezwaarmakers(oudernamen: Mapping[str, str], *, nu: str = "") -> dict[str, str]:
    """Who can have objected, by name where that is a parent; a parent who takes no part is 'iemand anders'.

    ``oudernamen``: the names of the parents who take part, by code.  ``nu`` was chosen before, and stays.
    """
    parents = {Bezwaarmaker.OUDER_1.value, Bezwaarmaker.OUDER_2.value}
    return {
        code: f"{oudernamen[code]} ({word})" if code in oudernamen else word
        for code, word in BEZWAARMAKERNAMEN.items()
        if code in oudernamen or code not in parents or code == nu
    }


def bezwaarmaker_in_brief(bezwaarmaker: str, *, ouders: int) -> str:
    """Who objected, as a letter to everybody says it; ``ouders`` is how many parents take part."""
    if bezwaarmaker in {Bezwaarmaker.OUDER_1, Bezwaarmaker.OUDER_2}:
        return "de ouder" if ouders == 1 else "een van de ouders"
    return BEZWAARMAKERNAMEN[bezwaarmaker]


class Bezwaarstuk(StrEnum):
    """What a document with an objection is."""

    BEZWAARSCHRIFT = "bezwaarschrift"
    AANVULLING = "aanvulling"
    VERWEER = "verweer"
    ADVIES = "advies"


STUKNAMEN: Mapping[str, str] = {
    Bezwaarstuk.BEZWAARSCHRIFT.value: "de brief met het bezwaar",
    Bezwaarstuk.AANVULLING.value: "wat ontbrak, of nog meer van wie bezwaar maakte",
    Bezwaarstuk.VERWEER.value: "het verweer",
    Bezwaarstuk.ADVIES.value: "het advies van de commissie",
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


#: The same in half a sentence, behind the word on a form or a page.
UITKOMST_KORT: Mapping[str, str] = {
    Uitkomst.GEGROND.value: "wie bezwaar maakte, krijgt gelijk",
    Uitkomst.ONGEGROND.value: "wie bezwaar maakte, krijgt geen gelijk",
    Uitkomst.NIET_ONTVANKELIJK.value: "het bezwaar zelf wordt niet bekeken, bijvoorbeeld omdat het te laat kwam",
}


def uitkomst_met_uitleg(uitkomst: str) -> str:
    """The outcome with what it means: 'gegrond: wie bezwaar maakte, krijgt gelijk'."""
    return f"{UITKOMSTNAMEN[uitkomst]}: {UITKOMST_KORT[uitkomst]}"


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
#: Which way is open against what, when the decision is taken again (Awb art. 7:11 lid 2, 6:19 and 8:1; see
#: ``docs/besluiten/0063-besluit-na-bezwaar.md``).
BEROEP_BIJ_OPNIEUW = (
    "Ons nieuwe besluit krijgt u in een aparte brief. Tegen deze beslissing en tegen het nieuwe besluit kunt u in "
    "beroep bij de rechtbank. Opnieuw bezwaar maken hoeft en kan niet."
)
BEROEP_NA_BEZWAAR = (
    "Dit besluit hoort bij onze beslissing op het bezwaar. Daarom kunt u er geen bezwaar tegen maken, maar wel in "
    "beroep gaan bij de rechtbank."
)
#: Said to the SWV that receives a letter against such a decision.
ALLEEN_BEROEP = Refusal(
    "beroep",
    "Dit besluit is genomen na een bezwaar. Er kan geen bezwaar meer tegen, wel beroep bij de rechtbank. Stuur de "
    "brief door naar de rechtbank, en zeg dat tegen wie hem stuurde (Awb art. 6:15).",
    "tegen",
)

#: What a well-founded objection against which decision leads to.
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
    is the last decision of that kind; who objected to an earlier one does not undo what was decided since.  A
    well-founded objection revokes the decision (lid 2); who keeps it, with better reasons, says that it is unfounded.
    """
    other = _ander_gevolg(staat, tegen, geldt=geldt)
    return (other,) if uitkomst == Uitkomst.GEGROND and other is not None else (Gevolg.BLIJFT,)


def te_kiezen_gevolgen(staat: str, tegen: str, *, geldt: bool = True) -> tuple[Gevolg, ...]:
    """Everything that deciding on this objection can mean, whatever the outcome: what the form offers."""
    other = _ander_gevolg(staat, tegen, geldt=geldt)
    return (Gevolg.BLIJFT,) if other is None else (Gevolg.BLIJFT, other)


def _ander_gevolg(staat: str, tegen: str, *, geldt: bool) -> Gevolg | None:
    return _BIJ_GEGROND.get((tegen, staat)) if geldt else None


@dataclass(frozen=True)
class Stand:
    """The facts on which a step of an objection is decided.

    ``geldt``: it is about the last decision of its kind.  ``route_beslisser`` and ``nam_besluit``: whoever takes the
    step may decide on this route, and took that decision under mandate.  ``andere_aanvraag`` is the reference of
    another application that runs for this pupil, empty when there is none.  ``herstel_tot``: who objected was asked to
    send what is missing, until that day.
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
    herstel_tot: date | None = None
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


def herstel_afgewacht(stand: Stand) -> Refusal | None:
    """Not 'niet-ontvankelijk' while who objected still has time to send what is missing (Awb art. 6:6).

    Being too late is no omission: nothing that is sent repairs it.
    """
    if stand.uitkomst != Uitkomst.NIET_ONTVANKELIJK or stand.herstel_tot is None or stand.te_laat:
        return None
    sentence = (
        f"Wie bezwaar maakte, heeft tot en met {lange_datum(stand.herstel_tot)} de tijd om te sturen wat ontbreekt. "
        "Pas daarna kunt u zeggen dat het bezwaar niet-ontvankelijk is (Awb art. 6:6)."
    )
    return Refusal("herstel_loopt", sentence, "uitkomst")


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
        return _past_niet(stand, possible[0])
    return None


def _past_niet(stand: Stand, mogelijk: Gevolg) -> Refusal:
    """Why the consequence does not go with the outcome, and what does; ``mogelijk`` is the one that goes with it."""
    if stand.uitkomst == Uitkomst.GEGROND and stand.gevolg == Gevolg.BLIJFT:
        sentence = (
            "Bij 'gegrond' kan het besluit niet blijven zoals het is. Kies dan "
            f"'{met_hoofdletter(GEVOLGNAMEN[mogelijk])}'. "
            "Blijft het besluit, met een betere uitleg? Kies dan 'Ongegrond', en zet die uitleg in de motivering."
        )
        return Refusal("gegrond_blijft", sentence, "gevolg")
    if stand.uitkomst != Uitkomst.GEGROND and stand.gevolg in set(_BIJ_GEGROND.values()):
        return Refusal(
            "gevolg", "Dit gevolg past alleen bij 'gegrond'. Anders blijft het besluit zoals het is.", "gevolg"
        )
    return Refusal("gevolg", "Dit gevolg past niet bij de beslissing of bij de stand van de aanvraag.", "gevolg")


BEZWAAR = Workflow(
    staten=STATEN,
    transitions=(
        Transition(
            "verstuur_verweer", "Leg vast dat het verweer is verstuurd", frozenset({ONTVANGEN}), VERWEER, SWV_DOSSIER
        ),
        Transition(
            "ontvang_advies", "Leg vast dat het advies er is", frozenset({ONTVANGEN, VERWEER}), ADVIES, SWV_DOSSIER
        ),
        Transition(
            "beslis",
            "Beslis op het bezwaar",
            OPEN,
            BESLIST,
            SWV_DOSSIER,
            (bevoegd, toegelicht, uitkomst_past, herstel_afgewacht, geen_andere_aanvraag),
        ),
        Transition("trek_in", "Leg vast dat het bezwaar is ingetrokken", OPEN, INGETROKKEN, SWV_DOSSIER),
        Transition("leg_herstel_vast", "Leg vast dat er is wat ontbrak", OPEN, BLIJFT, SWV_DOSSIER),
        Transition("vraag_herstel", "Vraag om wat ontbreekt", OPEN, BLIJFT, SWV_DOSSIER, (zegt_wat_ontbreekt,)),
        Transition("verdaag", "Verdaag de beslissing", OPEN, BLIJFT, SWV_DOSSIER, (toegelicht, nog_te_verdagen)),
        Transition("wijzig", "Wijzig het bezwaar", OPEN, BLIJFT, SWV_DOSSIER),
        Transition("voeg_document_toe", "Voeg een document toe", OPEN, BLIJFT, SWV_DOSSIER),
    ),
)
