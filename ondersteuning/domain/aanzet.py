"""Who is to act on an application, and what is asked of whom.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (the triade and the two experts put the
application together, the SWV tests the procedure); Awb art. 4:5 (the school completes what is missing).  That somebody
is invited when the receiving school has no orthopedagoog yet is of the portal: see ``_om_iemand``.
"""

from dataclasses import dataclass

from ondersteuning.domain.aanvraag import (
    AANVULLING,
    BEEINDIGD,
    BIJ_PARTIJEN,
    CONCEPT,
    GEWEIGERD,
    INDIENER,
    INGEDIEND,
    INGETROKKEN,
    TOEGEKEND,
    WORDT_VERSTUURD,
)
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.domain.rollen import DIRECTEUR_VAN_HET_SWV
from ondersteuning.domain.routes import ROUTES, Deelnemer
from ondersteuning.domain.stand import Bemanning, Stand
from ondersteuning.domain.voorwaarden import adviezen_gegeven

_INVULLEN = "vult de aanvraag in en legt hem voor"
ONTVANGEND = "de ontvangende school"
DESKUNDIGE = "de tweede deskundige"
SWV = "het samenwerkingsverband"
DIRECTEUR = "de directeur-bestuurder"
UITGENODIGDE = "de uitgenodigde orthopedagoog"
#: As long as the one who does the application can still do something with it; the words stand at the part.
LEES_REACTIE = "leest wat er volgens een ouder niet klopt, en bespreekt dat met de ouder"


@dataclass(frozen=True)
class Verzoek:
    """What is asked: of ``wie``, ``wat`` (a sentence), and whether the procedure waits for it."""

    wie: str
    wat: str
    wacht: bool = True


#: Who is to act, seen from the state alone; whoever does the application is called by the route.
PER_STAAT = {
    CONCEPT: INDIENER,
    BIJ_PARTIJEN: "partijen",
    INGEDIEND: "SWV",
    AANVULLING: INDIENER,
    WORDT_VERSTUURD: "",  # the letter goes by itself
    TOEGEKEND: "",
    GEWEIGERD: "",
    BEEINDIGD: "",
    INGETROKKEN: "",
}


def aan_zet(staat: str, route: str) -> str:
    """Who is to act, in a word: for lists."""
    who = PER_STAAT[staat]
    return ROUTES[route].indiener_kort if who == INDIENER else who


def verzoeken(staat: str, stand: Stand, *, met_reacties: bool = True) -> tuple[Verzoek, ...]:
    """Everything that is asked now, of whom; what the procedure does not wait for comes last.

    ``met_reacties``: may the reader know that a parent reacted to a part of the application?
    """
    found: list[Verzoek] = []
    if staat == CONCEPT:
        found.append(Verzoek(stand.route.indiener, _INVULLEN if stand.route.deelnemers else "vult de aanvraag in"))
    elif staat == BIJ_PARTIJEN:
        found += _om_iemand(stand)
        if stand.eerste_advies is None and stand.route.vraagt(Deelnemer.EERSTE_DESKUNDIGE):
            found.append(Verzoek(ONTVANGEND, "geeft het eerste advies"))
        if stand.plaats is not True:
            found.append(Verzoek(ONTVANGEND, "bevestigt de plaats"))
        if stand.tweede_advies is None and stand.route.vraagt(Deelnemer.TWEEDE_DESKUNDIGE):
            found.append(Verzoek(DESKUNDIGE, "geeft het tweede advies"))
        if adviezen_gegeven(stand) is None:
            found += _na_de_adviezen(stand)
    elif staat == INGEDIEND:
        found.append(_bij_het_swv(stand))
    elif staat == AANVULLING:
        found.append(Verzoek(stand.route.indiener, "vult de aanvraag aan"))
    if staat in {BIJ_PARTIJEN, INGEDIEND, AANVULLING}:
        found += _van_ouders(stand)
    if met_reacties and staat in {BIJ_PARTIJEN, AANVULLING} and any(parent.reacties for parent in stand.ouders):
        found.append(Verzoek(stand.route.indiener, LEES_REACTIE, wacht=False))
    return tuple(found)


def _met_toestemming(stand: Stand) -> bool:
    """Must every parent say yes on this route?"""
    return "ouders_akkoord" in stand.route.punten


def _na_de_adviezen(stand: Stand) -> list[Verzoek]:
    """Handing in; where parents must say yes, that waits for them, and a no is for the school to talk about."""
    if _met_toestemming(stand) and any(parent.eens is False for parent in stand.ouders):
        return [Verzoek(stand.route.indiener, "overlegt met de ouders: nog niet elke ouder is het eens")]
    if _met_toestemming(stand) and any(parent.gezien_op is None for parent in stand.ouders):
        return []
    return [Verzoek(stand.route.indiener, "dient de aanvraag in bij het samenwerkingsverband")]


def _bij_het_swv(stand: Stand) -> Verzoek:
    """The first thing that must be done before the decision, and then the decision itself."""
    if "onderzoek" in stand.route.punten and stand.onderzocht_op is None:
        return Verzoek(SWV, "legt het onafhankelijk onderzoek vast")
    if "unaniem" in stand.route.punten and not stand.leden:
        return Verzoek(SWV, "vraagt twee leden van de algemene vergadering om advies")
    if "unaniem" in stand.route.punten and None in stand.leden and False not in stand.leden:
        waiting = stand.leden.count(None)
        who, verb = ("een lid", "geeft") if waiting == 1 else ("de twee leden", "geven")
        return Verzoek(f"{who} van de algemene vergadering", f"{verb} advies")
    decides = procedure_van(stand.route.code).step("ken_toe").rollen == DIRECTEUR_VAN_HET_SWV
    what = "besluit opnieuw, omdat het bezwaar gegrond is" if stand.na_bezwaar else "toetst de procedure en besluit"
    return Verzoek(DIRECTEUR if decides else SWV, what)


def _van_ouders(stand: Stand) -> list[Verzoek]:
    """The parents who did not sign yet; it waits for them only where they must say yes."""
    needed = _met_toestemming(stand)
    what = "zegt of de aanvraag door mag gaan" if needed else "tekent 'voor gezien'"
    return [Verzoek(parent.label, what, wacht=needed) for parent in stand.ouders if parent.gezien_op is None]


def _om_iemand(stand: Stand) -> list[Verzoek]:
    """Without an orthopedagoog the receiving school can not answer: that comes before everything it is asked."""
    answered = stand.eerste_advies is not None and stand.plaats is True
    if answered or not stand.route.vraagt(Deelnemer.EERSTE_DESKUNDIGE):
        return []
    if stand.bemanning is Bemanning.NIEMAND:
        return [Verzoek(SWV, "nodigt een orthopedagoog uit bij de ontvangende school. Daar kan nog niemand adviseren")]
    if stand.bemanning is Bemanning.UITGENODIGD:
        return [Verzoek(UITGENODIGDE, "van de ontvangende school neemt de uitnodiging aan")]
    return []
