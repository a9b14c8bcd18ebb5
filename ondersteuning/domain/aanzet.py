"""Who is to act on an application, and what is asked of whom.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (the triade and the two experts put the
application together, the SWV tests the procedure); Awb art. 4:5 (the school completes what is missing).  That somebody
is invited when the receiving school has no orthopedagoog yet is of the portal: see ``_om_iemand``.
"""

from dataclasses import dataclass

from ondersteuning.domain.aanvraag import (
    AANVULLING,
    BIJ_PARTIJEN,
    CONCEPT,
    GEWEIGERD,
    INGEDIEND,
    INGETROKKEN,
    TOEGEKEND,
    adviezen_gegeven,
)
from ondersteuning.domain.stand import Bemanning, Stand

SCHOOL = "de school van de leerling"
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


#: Who is to act, seen from the state alone: for lists.
PER_STAAT = {
    CONCEPT: "school",
    BIJ_PARTIJEN: "partijen",
    INGEDIEND: "SWV",
    AANVULLING: "school",
    TOEGEKEND: "",
    GEWEIGERD: "",
    INGETROKKEN: "",
}


def verzoeken(staat: str, stand: Stand) -> tuple[Verzoek, ...]:
    """Everything that is asked now, of whom; what the procedure does not wait for comes last."""
    found: list[Verzoek] = []
    if staat == CONCEPT:
        found.append(Verzoek(SCHOOL, "vult de aanvraag in en legt hem voor"))
    elif staat == BIJ_PARTIJEN:
        found += _om_iemand(stand)
        if stand.eerste_advies is None:
            found.append(Verzoek(ONTVANGEND, "geeft het eerste advies"))
        if stand.plaats is not True:
            found.append(Verzoek(ONTVANGEND, "bevestigt de plaats"))
        if stand.tweede_advies is None:
            found.append(Verzoek(DESKUNDIGE, "geeft het tweede advies"))
        if adviezen_gegeven(stand) is None:
            found.append(Verzoek(SCHOOL, "dient de aanvraag in bij het samenwerkingsverband"))
    elif staat == INGEDIEND:
        found.append(Verzoek(SWV, "toetst de procedure en besluit"))
    elif staat == AANVULLING:
        found.append(Verzoek(SCHOOL, "vult de aanvraag aan"))
    if staat in {BIJ_PARTIJEN, INGEDIEND, AANVULLING}:
        found += [
            Verzoek(parent.label, "tekent 'voor gezien'", wacht=False)
            for parent in stand.ouders
            if parent.gezien_op is None
        ]
    return tuple(found)


def _om_iemand(stand: Stand) -> list[Verzoek]:
    """Without an orthopedagoog the receiving school can not answer: that comes before everything it is asked."""
    if stand.eerste_advies is not None and stand.plaats is True:
        return []
    if stand.bemanning is Bemanning.NIEMAND:
        return [Verzoek(SWV, "nodigt een orthopedagoog uit bij de ontvangende school. Daar kan nog niemand adviseren")]
    if stand.bemanning is Bemanning.UITGENODIGD:
        return [Verzoek(UITGENODIGDE, "van de ontvangende school neemt de uitnodiging aan")]
    return []
