"""The form of the child: what the pupil says in own words, or why the pupil could not be heard.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 2.5 (the voice of the pupil); IVRK art. 12 (a child
is heard on what concerns it).
"""

from collections.abc import Collection, Mapping

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN, CONCEPT, INSTELLING, mag_tekenen
from ondersteuning.domain.rollen import SCHOOLROLLEN
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal

#: The five questions, as a child reads them.
VRAGEN: Mapping[str, str] = {
    "goed": "Wat gaat goed op school?",
    "moeilijk": "Wat vind je moeilijk?",
    "helpt": "Wat helpt jou?",
    "waar": "Naar welke school wil je graag? En waarom?",
    "nog": "Wil je nog iets zeggen?",
}
GEVOELENS: Mapping[str, str] = {"fijn": "Fijn", "gaat_wel": "Gaat wel", "niet_fijn": "Niet fijn"}

SCHOOL = "school"
#: Somebody of the SWV who does an application for an institution or a school.
SWV = "samenwerkingsverband"

LEEG = Refusal(
    "leeg", "Vul ten minste één antwoord van het kind in. Of schrijf onderaan waarom het kind niets kon zeggen.", "goed"
)
ALLEBEI = Refusal(
    "allebei",
    "Er staan antwoorden van het kind. Haal dan de reden weg waarom het kind niets kon zeggen.",
    "geen_reden",
)
VAN_EEN_ANDER = Refusal(
    "van_een_ander", "Iemand anders vulde dit al met het kind in. Dat blijft staan zoals het kind het zei."
)


def gehoord(gevoel: str, antwoorden: Mapping[str, str]) -> bool:
    """Did the child say something?"""
    return bool(gevoel) or any(text.strip() for text in antwoorden.values())


def controleer(gevoel: str, antwoorden: Mapping[str, str], geen_reden: str) -> Refusal | None:
    """Answers of the child, or the reason why there are none: one of the two.  Codes ``leeg``, ``allebei``."""
    heard, reason = gehoord(gevoel, antwoorden), bool(geen_reden.strip())
    if heard and reason:
        return ALLEBEI
    return None if heard or reason else LEEG


def vult_in_als(rollen: Collection[str], *, met_link: bool) -> str:
    """As whom somebody fills it in who is no parent: the institution by its personal link, the school, or the SWV.

    The pupil of route D is at no school (yet): there the institution has the talk with the child (par. 6.1.3).  Who of
    the SWV does an application for others, writes under its own name.
    """
    if met_link:
        return INSTELLING
    return SWV if SWV_DOSSIER & set(rollen) and not SCHOOLROLLEN & set(rollen) else SCHOOL


def mag_invullen(staat: str, wie: str, *, ingevuld_met: str, is_gehoord: bool) -> Refusal | None:
    """May ``wie`` (``school``, ``instelling``, ``samenwerkingsverband``, or a parent as 'ouder 1') fill it in now?

    ``ingevuld_met`` is who did so before (empty: nobody).  What a child said stays as it is: only who filled it in with
    the child changes it.  That a child could not be heard, is no last word: then everybody may.
    """
    refusal = _staat(staat, wie)
    if refusal is None and is_gehoord and ingevuld_met != wie:
        return VAN_EEN_ANDER
    return refusal


def _staat(staat: str, wie: str) -> Refusal | None:
    if wie not in {SCHOOL, INSTELLING, SWV}:
        return mag_tekenen(staat)
    if staat in {CONCEPT, BIJ_PARTIJEN, AANVULLING}:
        return None
    who = "U wijzigt" if wie == SWV else f"De {wie} wijzigt"
    return Refusal("staat", f"De aanvraag ligt nu bij het samenwerkingsverband. {who} dit niet meer.")
