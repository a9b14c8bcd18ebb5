"""What the SWV must do about applications, by the day on which it must be done, with the article behind that day."""

from collections.abc import Mapping
from enum import StrEnum


class Werksoort(StrEnum):
    """What is waiting.  The order is that of rows with the same day."""

    BESLUIT = "besluit"
    AANVULLING = "aanvulling"
    VERWEER = "verweer"
    BEZWAAR = "bezwaar"


WERKSOORTNAMEN: Mapping[str, str] = {
    Werksoort.BESLUIT.value: "Besluiten",
    Werksoort.AANVULLING.value: "Aanvulling van de school",
    Werksoort.VERWEER.value: "Verweer sturen",
    Werksoort.BEZWAAR.value: "Beslissen op bezwaar",
}


class Behandeling(StrEnum):
    """Whose work the list shows."""

    MIJ = "mij"
    NIEMAND = "niemand"


BEHANDELINGNAMEN: Mapping[str, str] = {
    Behandeling.MIJ.value: "Van mij",
    Behandeling.NIEMAND.value: "Van niemand",
}


#: The articles on which the day of a row rests.
_GRONDSLAG: Mapping[str, str] = {
    Werksoort.BESLUIT.value: "eigen termijn; wettelijk Awb 4:13",
    Werksoort.AANVULLING.value: "Awb 4:5; de beslistermijn staat stil (Awb 4:15)",
    Werksoort.VERWEER.value: "eigen werkwijze, twee weken",
    Werksoort.BEZWAAR.value: "Awb 7:10",
}


def grondslag(soort: str, *, opgeschort: bool = False, verlengd: bool = False) -> str:
    """Why the days of a row are what they are.  ``opgeschort``: the term stood still; ``verlengd``: it was extended."""
    found = _GRONDSLAG[soort]
    if soort == Werksoort.BESLUIT:
        found += ", heeft stilgestaan (Awb 4:15)" if opgeschort else ""
        found += ", verlengd (Awb 4:14)" if verlengd else ""
    elif soort == Werksoort.BEZWAAR:
        found += ", heeft stilgestaan (Awb 7:10 lid 2)" if opgeschort else ""
        found += ", verdaagd (Awb 7:10 lid 3)" if verlengd else ""
    return found
