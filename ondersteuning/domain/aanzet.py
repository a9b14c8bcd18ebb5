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
    adviezen_gegeven,
)
from ondersteuning.domain.routes import ROUTES, Deelnemer
from ondersteuning.domain.stand import Bemanning, Stand

_INVULLEN = "vult de aanvraag in en legt hem voor"
ONTVANGEND = "de ontvangende school"
DESKUNDIGE = "de tweede deskundige"
SWV = "het samenwerkingsverband"
UITGENODIGDE = "de uitgenodigde orthopedagoog"


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
    WORDT_VERSTUURD: "SWV",
    TOEGEKEND: "",
    GEWEIGERD: "",
    BEEINDIGD: "",
    INGETROKKEN: "",
}


def aan_zet(staat: str, route: str) -> str:
    """Who is to act, in a word: for lists."""
    who = PER_STAAT[staat]
    return ROUTES[route].indiener_kort if who == INDIENER else who


def verzoeken(staat: str, stand: Stand) -> tuple[Verzoek, ...]:
    """Everything that is asked now, of whom; what the procedure does not wait for comes last."""
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
            found.append(Verzoek(stand.route.indiener, "dient de aanvraag in bij het samenwerkingsverband"))
    elif staat == INGEDIEND:
        found.append(Verzoek(SWV, "toetst de procedure en besluit"))
    elif staat == AANVULLING:
        found.append(Verzoek(stand.route.indiener, "vult de aanvraag aan"))
    if staat in {BIJ_PARTIJEN, INGEDIEND, AANVULLING}:
        found += [
            Verzoek(parent.label, "tekent 'voor gezien'", wacht=False)
            for parent in stand.ouders
            if parent.gezien_op is None
        ]
    return tuple(found)


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
