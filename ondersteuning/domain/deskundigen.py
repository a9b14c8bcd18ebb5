"""The two experts of an application: who may be one, and when the second is independent enough.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 ('De tweede deskundige'); WPO art. 18a and WEC
art. 40 (two experts advise, the second is another kind of expert than the first).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from swv_portal.common.dates import plus_jaren
from swv_portal.common.workflow import Refusal


class Functie(StrEnum):
    """The professions that an expert can have."""

    ORTHOPEDAGOOG = "orthopedagoog"
    PSYCHOLOOG = "psycholoog"
    JEUGDPSYCHOLOOG = "jeugdpsycholoog"
    PEDAGOOG = "pedagoog"
    KINDERPSYCHIATER = "kinderpsychiater"
    JEUGDARTS = "jeugdarts"
    MAATSCHAPPELIJK_WERKER = "maatschappelijk_werker"
    CJG_COACH = "cjg_coach"
    POH_JEUGD = "poh_jeugd"


FUNCTIENAMEN: Mapping[str, str] = {
    Functie.ORTHOPEDAGOOG.value: "orthopedagoog",
    Functie.PSYCHOLOOG.value: "psycholoog",
    Functie.JEUGDPSYCHOLOOG.value: "kinder- of jeugdpsycholoog",
    Functie.PEDAGOOG.value: "pedagoog",
    Functie.KINDERPSYCHIATER.value: "kinderpsychiater",
    Functie.JEUGDARTS.value: "jeugdarts",
    Functie.MAATSCHAPPELIJK_WERKER.value: "maatschappelijk werker",
    Functie.CJG_COACH.value: "CJG-coach",
    Functie.POH_JEUGD.value: "POH jeugd",
}

EERSTE_DESKUNDIGE = frozenset({Functie.ORTHOPEDAGOOG, Functie.PSYCHOLOOG})
TWEEDE_DESKUNDIGE = frozenset(
    {
        Functie.JEUGDPSYCHOLOOG,
        Functie.PEDAGOOG,
        Functie.KINDERPSYCHIATER,
        Functie.JEUGDARTS,
        Functie.MAATSCHAPPELIJK_WERKER,
        Functie.CJG_COACH,
        Functie.POH_JEUGD,
    }
)
#: Two names for one profession: a psychologist and a child psychologist look at a pupil in the same way.
_ZELFDE: tuple[frozenset[Functie], ...] = (frozenset({Functie.PSYCHOLOOG, Functie.JEUGDPSYCHOLOOG}),)


class Dienstverband(StrEnum):
    """Where the second expert works, as the school states it."""

    ELDERS = "elders"
    VERWIJZEND = "verwijzend"
    ONTVANGEND = "ontvangend"


DIENSTVERBANDNAMEN: Mapping[str, str] = {
    Dienstverband.ELDERS.value: "Ergens anders, bijvoorbeeld bij het CJG, de GGD of een praktijk",
    Dienstverband.VERWIJZEND.value: "Bij de school van de leerling of het bestuur daarvan",
    Dienstverband.ONTVANGEND.value: "Bij de ontvangende school of het bestuur daarvan",
}


@dataclass(frozen=True)
class TweedeDeskundige:
    """What is known of the second expert.  ``functie`` and ``dienstverband`` may still be empty while typing."""

    functie: str
    dienstverband: str
    werkgever: str


def zelfde_functie(eerste: str, tweede: str) -> bool:
    """Are these the same profession, also under another name?"""
    return eerste == tweede or any({eerste, tweede} <= family for family in _ZELFDE)


def beoordeel_eerste(functie: str) -> Refusal | None:
    """The first expert is an orthopedagoog or a psycholoog."""
    if functie not in EERSTE_DESKUNDIGE:
        return Refusal("eerste_functie", "De eerste deskundige is orthopedagoog of psycholoog.", "functie")
    return None


def beoordeel_tweede(tweede: TweedeDeskundige, *, eerste_functie: str, werkgevers: Iterable[str]) -> Refusal | None:
    """May this person be the second expert?  ``None`` is yes; otherwise the first reason why not.

    ``werkgevers``: the names of the referring and the receiving school and of their boards.  A name that means the same
    as one of these is refused, whatever was chosen as place of work.  Codes: ``zelfde_functie``, ``tweede_functie``,
    ``in_dienst``.
    """
    if tweede.functie and eerste_functie and zelfde_functie(eerste_functie, tweede.functie):
        first, second = FUNCTIENAMEN[eerste_functie], FUNCTIENAMEN[tweede.functie]
        both = f"Beiden zijn {first}" if first == second else f"De eerste is {first}, de tweede {second}"
        return Refusal(
            "zelfde_functie",
            f"De tweede deskundige mag niet dezelfde functie hebben als de eerste. {both}. "
            "Kies iemand met een andere functie.",
            "tweede_functie",
        )
    if tweede.functie and tweede.functie not in TWEEDE_DESKUNDIGE:
        return Refusal(
            "tweede_functie",
            f"Een {FUNCTIENAMEN.get(tweede.functie, tweede.functie)} kan niet de tweede deskundige zijn. Kies een "
            "kinder- of jeugdpsycholoog, pedagoog, kinderpsychiater, jeugdarts, maatschappelijk werker, CJG-coach of "
            "POH jeugd.",
            "tweede_functie",
        )
    which = {Dienstverband.VERWIJZEND: "de school van de leerling", Dienstverband.ONTVANGEND: "de ontvangende school"}
    if tweede.dienstverband in which:
        return Refusal(
            "in_dienst",
            f"De tweede deskundige mag niet werken bij {which[Dienstverband(tweede.dienstverband)]}. "
            f"Zo blijft het advies onafhankelijk. Kies iemand anders.",
            "tweede_dienstverband",
        )
    if tweede.werkgever and any(_zelfde_naam(tweede.werkgever, name) for name in werkgevers):
        return Refusal(
            "in_dienst",
            "Deze werkgever is een van de twee scholen of hun bestuur. De tweede deskundige mag daar niet werken, "
            "zodat het advies onafhankelijk is. Kies iemand anders.",
            "tweede_werkgever",
        )
    return None


def is_oud(gegeven: date, today: date) -> bool:
    """An advice older than a year is flagged: the pupil has changed since."""
    return plus_jaren(gegeven, 1) < today


_ALGEMEEN = {
    "de",
    "het",
    "een",
    "stichting",
    "basisschool",
    "school",
    "obs",
    "cbs",
    "rkbs",
    "bs",
    "sbo",
    "so",
    "ikc",
    "voor",
}


def _kern_van_naam(name: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return tuple(word for word in words if word not in _ALGEMEEN) or tuple(words)


def _zelfde_naam(left: str, right: str) -> bool:
    """Do two names of organisations mean the same?  Capitals, accents and words such as 'stichting' do not count."""
    return bool(right.strip()) and _kern_van_naam(left) == _kern_van_naam(right)


def zelfde_advies(een: str, ander: str) -> bool:
    """Do two advices say the same in the same words?  Capitals, accents, signs and spaces do not count.

    A signature under somebody else's text is no advice (par. 6.1.3: each expert gives an own advice with reasons).
    """
    return bool(een.strip()) and _kale_tekst(een) == _kale_tekst(ander)


def _kale_tekst(tekst: str) -> tuple[str, ...]:
    """The words of a text, of any script, without what does not change what it says."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", tekst) if not unicodedata.combining(sign))
    return tuple(re.findall(r"\w+", plain.casefold()))
