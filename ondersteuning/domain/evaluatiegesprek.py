"""The call with the parents after a grant: what is asked, of whom, until when, and how it ended.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 11.3 ('Evaluatie ouders'): the SWV calls the parents
of pupils who go to special education with a TLV about the transition, and asks at least these six things.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.domain.kleine_aantallen import MINIMUM
from swv_portal.common.workflow import Refusal

#: Weeks after the announcement of the decision within which the parents are called.
BEL_WEKEN = 6
#: After so many weeks nobody is asked to call any more: the memory of the transition has faded.
LAATSTE_WEKEN = 26
#: The routes with a TLV to special education; the plaatsingsakkoord and instroombudget are none.
ROUTES_MET_GESPREK = frozenset({"A", "B", "D", "EZ"})

VRAGEN: Mapping[str, str] = {
    "geholpen": "Bent u goed geholpen bij de overstap?",
    "meebeslist": "Kon u meebeslissen?",
    "serieus": "Is er naar u geluisterd?",
    "vragen": "Weet u bij wie u terechtkunt met vragen?",
    "afspraken": "Weet u wanneer u samen bekijkt hoe het gaat?",
    "terugkeer": "Is er met u gesproken over een mogelijke terugkeer naar een gewone school?",
}


class Antwoord(StrEnum):
    """The scale of every question."""

    JA = "ja"
    DEELS = "deels"
    NEE = "nee"
    WEET_NIET = "weet_niet"


ANTWOORDNAMEN: Mapping[str, str] = {
    Antwoord.JA.value: "Ja",
    Antwoord.DEELS.value: "Een beetje",
    Antwoord.NEE.value: "Nee",
    Antwoord.WEET_NIET.value: "Weet ik niet",
}


class Afloop(StrEnum):
    """How the call ended."""

    GESPROKEN = "gesproken"
    NIET_BEREIKT = "niet_bereikt"
    WIL_NIET = "wil_niet"


KIES_EEN_ANTWOORD = "Kies een antwoord. 'Weet ik niet' mag ook."
AFLOOPNAMEN: Mapping[str, str] = {
    Afloop.GESPROKEN.value: "De ouders gesproken",
    Afloop.NIET_BEREIKT.value: "De ouders niet bereikt",
    Afloop.WIL_NIET.value: "De ouders willen geen gesprek",
}


def bel_uiterlijk(bekendgemaakt: date, weken: int = BEL_WEKEN) -> date:
    """The last day on which the parents should be called."""
    return bekendgemaakt + timedelta(weeks=weken)


def bekend_vanaf(vandaag: date) -> date:
    """Of decisions announced before this day nobody is called any more."""
    return vandaag - timedelta(weeks=LAATSTE_WEKEN)


def mag_vastleggen(staat: str, route: str, *, eigen_school: bool, bekend: bool) -> Refusal | None:
    """Is there a transition to call about?  A grant that was announced, and a pupil who goes to another school."""
    if staat != TOEGEKEND or not bekend or route not in ROUTES_MET_GESPREK or eigen_school:
        return Refusal(
            "geen_overstap", "Dit gesprek gaat over de overstap met een TLV. Bij deze aanvraag is er geen overstap."
        )
    return None


def toonbaar(aantallen: Mapping[str, int]) -> dict[str, int] | None:
    """The counts as somebody outside the SWV may see them: all of them, or none when one is of fewer than five."""
    return None if any(0 < number < MINIMUM for number in aantallen.values()) else dict(aantallen)


def zonder_antwoord(afloop: str, antwoorden: Mapping[str, str]) -> list[str]:
    """The questions that still need an answer: all six are asked when the parents were spoken (par. 11.3)."""
    return [code for code in VRAGEN if not antwoorden.get(code)] if afloop == Afloop.GESPROKEN else []


def controleer(
    afloop: str,
    op: date,
    antwoorden: Mapping[str, str],
    toelichtingen: Mapping[str, str],
    *,
    bekendgemaakt: date,
    vandaag: date,
) -> Refusal | None:
    """Is this a call that can have been?

    Codes: ``toekomst``, ``te_vroeg`` (before the decision was announced), ``antwoorden`` (spoken, and a question has no
    answer), ``geen_gesprek`` (not spoken, and there are answers or words).
    """
    if op > vandaag:
        return Refusal("toekomst", "Deze dag is nog niet geweest.", "op")
    if op < bekendgemaakt:
        return Refusal("te_vroeg", "Op deze dag was het besluit nog niet bekend.", "op")
    if missing := zonder_antwoord(afloop, antwoorden):
        return Refusal("antwoorden", KIES_EEN_ANTWOORD, f"antwoord_{missing[0]}")
    typed = any(text.strip() for text in (*antwoorden.values(), *toelichtingen.values()))
    if afloop != Afloop.GESPROKEN and typed:
        return Refusal("geen_gesprek", "Er staan antwoorden. Kies dan 'De ouders gesproken'.", "afloop")
    return None
