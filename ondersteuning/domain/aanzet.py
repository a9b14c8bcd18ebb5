"""Who is to act on an application, and what is asked of whom."""

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
from ondersteuning.domain.stand import Stand

SCHOOL = "de school van de leerling"
ONTVANGEND = "de ontvangende school"
DESKUNDIGE = "de tweede deskundige"
SWV = "het samenwerkingsverband"


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
