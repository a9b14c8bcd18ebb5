"""The sociale kaart: institutions and helpers in the region with whom schools work.

Source: ondersteuningsplan par. 4.1.2.  The samenwerkingsverband keeps a map on which schools tell each other with whom
they work; it is about help that a school can buy from its ondersteuningsbudget, in twelve categories.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal, Transition, Workflow

#: The twelve categories, in the order of ondersteuningsplan par. 4.1.2.
CATEGORIEEN: Mapping[str, str] = {
    "dyslexie": "dyslexie",
    "fysiotherapie": "fysiotherapie",
    "logopedie": "logopedie",
    "motorische_rt": "motorische remedial teaching",
    "onderzoek": "psychologisch onderzoek",
    "remedial_teaching": "remedial teaching",
    "sociale_vaardigheid": "sociale vaardigheidstraining",
    "spel_creatief": "spel- en creatieve therapie",
    "hoogbegaafdheid": "hoogbegaafdheid",
    "kindercoach": "kindercoach",
    "extra_handen": "extra handen in de klas",
    "overig": "overig aanbod",
}

VOORSTEL, GETOOND, VERBORGEN = "voorstel", "getoond", "verborgen"
STATEN = {VOORSTEL: "Voorgesteld", GETOOND: "Op de kaart", VERBORGEN: "Verborgen"}

_WEBSITE = re.compile(r"https://[^\s/@]+\.[^\s/@]+(/\S*)?")
_TELEFOON = re.compile(r"\+?[0-9][0-9 ()-]*")
_CIJFERS = range(10, 16)


@dataclass(frozen=True)
class Opgave:
    """What somebody says of a provider, as far as rules ask for it; empty text where nothing is said."""

    categorieen: Collection[str]
    website: str
    telefoon: str
    email: str


def controleer_categorieen(opgave: Opgave) -> Refusal | None:
    """A provider stands in one or more of the twelve categories (ondersteuningsplan par. 4.1.2)."""
    if opgave.categorieen and set(opgave.categorieen) <= CATEGORIEEN.keys():
        return None
    return Refusal("categorie", "Kies een of meer van de twaalf categorieën.", "categorieen")


def controleer_website(opgave: Opgave) -> Refusal | None:
    """The website is shown as a link to everybody: only https, and no name or password in the address.

    Source: own rule of the portal; par. 4.1.2 only says that schools find the provider through the map.
    """
    if not opgave.website or _WEBSITE.fullmatch(opgave.website):
        return None
    return Refusal("website", "Vul een adres in dat begint met https://, zoals https://www.voorbeeld.nl.", "website")


def controleer_telefoon(opgave: Opgave) -> Refusal | None:
    """A telephone number has ten to fifteen digits (ITU-T E.164: at most fifteen; Dutch numbers have ten)."""
    digits = sum(character.isdigit() for character in opgave.telefoon)
    if not opgave.telefoon or (_TELEFOON.fullmatch(opgave.telefoon) and digits in _CIJFERS):
        return None
    return Refusal("telefoon", "Vul een telefoonnummer in van tien cijfers, zoals 0299 123 456.", "telefoon")


def controleer_bereikbaar(opgave: Opgave) -> Refusal | None:
    """A school that wants to buy help must be able to reach the provider (ondersteuningsplan par. 4.1.2)."""
    if opgave.website or opgave.telefoon or opgave.email:
        return None
    return Refusal("bereikbaar", "Vul een website, een telefoonnummer of een e-mailadres in.", "website")


REGELS = (controleer_categorieen, controleer_website, controleer_telefoon, controleer_bereikbaar)


def controleer(opgave: Opgave) -> list[Refusal]:
    """Everything that is wrong with what is said of a provider, in the order of the form."""
    return [refusal for rule in REGELS if (refusal := rule(opgave)) is not None]


#: Schools propose, the SWV keeps the map (ondersteuningsplan par. 4.1.2).
AANBIEDER = Workflow(
    STATEN,
    (
        Transition("publiceer", "Zet op de kaart", frozenset({VOORSTEL}), GETOOND, SWV_DOSSIER),
        Transition("verberg", "Verberg", frozenset({VOORSTEL, GETOOND}), VERBORGEN, SWV_DOSSIER),
        Transition("toon_weer", "Toon weer", frozenset({VERBORGEN}), GETOOND, SWV_DOSSIER),
    ),
)
