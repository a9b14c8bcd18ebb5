"""The capaciteitenlijst: per school and group whether there is room for a new pupil.

Source: ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.1.  Schools can say on a list, which parents can
read as well, that a group is full.  A school that can show that it is full has no zorgplicht for a new application.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kernen.domain.scholen import Schoolsoort
from swv_portal.common.dates import plus_maanden
from swv_portal.common.workflow import Refusal

GROEPEN = tuple(range(1, 9))
LANGSTE_TOELICHTING = 200
#: Half a year: what was full in autumn says little after the summer, and a school looks at it twice a year anyway.
VEROUDERD_NA_MAANDEN = 6


class Stand(StrEnum):
    """What a school says of one of its groups (par. 6.1.1)."""

    PLAATS = "plaats"
    IN_OVERLEG = "overleg"
    VOL = "vol"


STANDNAMEN: Mapping[str, str] = {
    Stand.PLAATS.value: "plaats",
    Stand.IN_OVERLEG.value: "in overleg",
    Stand.VOL.value: "vol",
}

#: What each means for parents, in our own words (par. 6.1.1).
STANDUITLEG: Mapping[str, str] = {
    Stand.PLAATS.value: "In deze groep kan een kind erbij.",
    Stand.IN_OVERLEG.value: "De school bekijkt met u of er een plek is.",
    Stand.VOL.value: "In deze groep kan nu geen kind erbij. Een school die kan laten zien dat zij vol is, hoeft voor "
    "een nieuwe aanmelding geen andere school te zoeken.",
}

#: The kinds of school with groups 1 to 8.  The SO part of an SO-VSO school counts; VSO is secondary education.
SOORTEN: Mapping[str, frozenset[str]] = {
    "BAO": frozenset({Schoolsoort.BAO.value}),
    "SBO": frozenset({Schoolsoort.SBO.value}),
    "SO": frozenset({Schoolsoort.SO.value, Schoolsoort.SO_VSO.value}),
}
SOORTLABELS: Mapping[str, str] = {
    "BAO": "basisonderwijs",
    "SBO": "speciaal basisonderwijs (SBO, IKC)",
    "SO": "speciaal onderwijs (SO)",
}
ALLE_SOORTEN = frozenset().union(*SOORTEN.values())

NIETS_INGEVULD = Refusal("niets_ingevuld", "Kies bij ten minste één groep of er plaats is.", "stand_1")


@dataclass(frozen=True)
class Groepsstand:
    """What a school says of one group; an empty ``stand`` means that it says nothing."""

    stand: str = ""
    toelichting: str = ""


def geldig_tot(gewijzigd: date, maanden: int = VEROUDERD_NA_MAANDEN) -> date:
    """The last day on which a list of ``gewijzigd`` counts as up to date; ``maanden`` is what the SWV chose."""
    return plus_maanden(gewijzigd, maanden)


def is_verouderd(gewijzigd: date, vandaag: date, maanden: int = VEROUDERD_NA_MAANDEN) -> bool:
    """Was the list last looked at longer ago than it counts as up to date?"""
    return vandaag > geldig_tot(gewijzigd, maanden)


def controleer_capaciteit(groepen: Mapping[int, Groepsstand]) -> list[Refusal]:
    """What is wrong with the eight rows of a school; an empty list when nothing is.  ``veld`` names the field.

    - a group is one of 1 to 8, and its stand one of the three (par. 6.1.1: 'per group');
    - an explanation stands beside a stand, and is not longer than ``LANGSTE_TOELICHTING``;
    - at least one group is filled in.
    """
    found = [refusal for groep, row in sorted(groepen.items()) if (refusal := _controleer_groep(groep, row))]
    if not found and not any(row.stand for row in groepen.values()):
        return [NIETS_INGEVULD]
    return found


def _controleer_groep(groep: int, row: Groepsstand) -> Refusal | None:
    if groep not in GROEPEN:
        return Refusal("groep", "Een school heeft de groepen 1 tot en met 8.")
    if row.stand and row.stand not in STANDNAMEN:
        return Refusal("stand", "Kies plaats, in overleg of vol.", f"stand_{groep}")
    if row.toelichting and not row.stand:
        return Refusal("stand_ontbreekt", "U schreef een toelichting: kies ook of er plaats is.", f"stand_{groep}")
    if len(row.toelichting) > LANGSTE_TOELICHTING:
        sentence = f"Een toelichting heeft hoogstens {LANGSTE_TOELICHTING} tekens."
        return Refusal("toelichting_te_lang", sentence, f"toelichting_{groep}")
    return None
