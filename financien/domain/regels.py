"""The lines a budget is made of: what each kind of line is called, how it is calculated and where the rule stands.

A line (``Regel``) holds only figures and references; its words come from ``REGELSOORTEN`` and are stored once per
budget, so that an established budget keeps the words it was established with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from swv_portal.common.money import dutch_amount, dutch_number

PLAN = "Ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028"


class Regelcode(StrEnum):
    """In the order in which the lines stand in a budget."""

    LEERLINGEN = "ondersteuningsbedrag"
    INHOUDING = "inhouding"
    INHOUDING_VORIGE = "inhouding_vorige_school"
    INHOUDING_SWV = "plaatsing_swv"
    INHOUDING_ANDER = "plaatsing_ander_swv"
    DWS = "dws"
    DWS_SWV = "dws_swv"
    TLV_SBO = "tlv_bao_sbo"
    TLV_1 = "tlv_bao_1"
    TLV_2 = "tlv_bao_2"
    TLV_3 = "tlv_bao_3"
    INSTROOM = "instroombudget"
    TERUGPLAATSING = "terugplaatsing"
    VERGOED_ANDER = "budget_ander_swv"
    VOLUME = "volumebekostiging"


class Eenheid(StrEnum):
    """What ``aantal`` counts.  ``JAREN`` is a number of months divided by twelve."""

    LEERLINGEN = "leerlingen"
    PLAATSEN = "plaatsen"
    JAREN = "jaren"


@dataclass(frozen=True)
class Regelsoort:
    """The words of a kind of line.  ``teken`` is -1 for what the school pays, 0 for what costs it nothing."""

    code: Regelcode
    omschrijving: str
    formule: str
    bron: str
    teken: int
    eenheid: Eenheid


_PAYS = "aantal plaatsingen op de peildatum × inhouding per plaatsing"
_MONTHS = "aantal maanden ÷ 12 × bedrag per jaar"

REGELSOORTEN: Mapping[str, Regelsoort] = {
    soort.code: soort
    for soort in (
        Regelsoort(
            Regelcode.LEERLINGEN,
            "Ondersteuningsbedrag",
            "leerlingen op de teldatum × bedrag per leerling",
            f"{PLAN}, par. 8.1.2",
            1,
            Eenheid.LEERLINGEN,
        ),
        Regelsoort(
            Regelcode.INHOUDING,
            "Inhouding voor plaatsen op het SBO, IKC of SO",
            _PAYS,
            f"{PLAN}, par. 8.1.2",
            -1,
            Eenheid.PLAATSEN,
        ),
        Regelsoort(
            Regelcode.INHOUDING_VORIGE,
            "Inhouding voor leerlingen die eerst op deze school zaten (bao-bao)",
            _PAYS,
            f"{PLAN}, par. 8.1.3",
            -1,
            Eenheid.PLAATSEN,
        ),
        Regelsoort(
            Regelcode.INHOUDING_SWV,
            "Plaatsen die het samenwerkingsverband betaalt",
            "kost de school niets: het samenwerkingsverband betaalt deze plaatsen",
            f"{PLAN}, par. 8.1.2",
            0,
            Eenheid.PLAATSEN,
        ),
        Regelsoort(
            Regelcode.INHOUDING_ANDER,
            "Plaatsen die een ander samenwerkingsverband betaalt",
            "kost de school niets: het samenwerkingsverband van herkomst betaalt deze plaatsen",
            f"{PLAN}, par. 8.1.6",
            0,
            Eenheid.PLAATSEN,
        ),
        Regelsoort(
            Regelcode.DWS,
            "Plaatsen op de Day a Week School",
            "plaatsen in het schooljaar van de peildatum × bedrag per plaats; eerder stoppen geeft niets terug",
            f"{PLAN}, par. 8.1.2",
            -1,
            Eenheid.PLAATSEN,
        ),
        Regelsoort(
            Regelcode.DWS_SWV,
            "Plaatsen op de Day a Week School die een ander betaalt",
            "kost de school niets: een samenwerkingsverband betaalt deze plaatsen",
            f"{PLAN}, par. 8.1.2",
            0,
            Eenheid.PLAATSEN,
        ),
        *(
            Regelsoort(
                code,
                f"TLV op de basisschool, {categorie}",
                _MONTHS,
                f"{PLAN}, par. 8.1.4",
                1,
                Eenheid.JAREN,
            )
            for code, categorie in (
                (Regelcode.TLV_SBO, "SBO"),
                (Regelcode.TLV_1, "categorie I (laag)"),
                (Regelcode.TLV_2, "categorie II (midden)"),
                (Regelcode.TLV_3, "categorie III (hoog)"),
            )
        ),
        Regelsoort(Regelcode.INSTROOM, "Instroombudget", _MONTHS, f"{PLAN}, par. 8.1.5", 1, Eenheid.JAREN),
        Regelsoort(Regelcode.TERUGPLAATSING, "Terugplaatsingsbudget", _MONTHS, f"{PLAN}, par. 8.1.5", 1, Eenheid.JAREN),
        Regelsoort(
            Regelcode.VERGOED_ANDER,
            "Budgetten die een ander samenwerkingsverband betaalt",
            "staat niet in dit budget: het samenwerkingsverband van herkomst betaalt",
            f"{PLAN}, par. 8.1.6",
            0,
            Eenheid.PLAATSEN,
        ),
        Regelsoort(
            Regelcode.VOLUME,
            "Aanvulling volumebekostiging IKC",
            "leerlingen × (IKC-tarief − SBO-tarief), verdeeld naar de afgesproken aandelen",
            f"{PLAN}, par. 8.1.6",
            1,
            Eenheid.LEERLINGEN,
        ),
    )
}

VOLGORDE: Mapping[str, int] = {code: index for index, code in enumerate(REGELSOORTEN)}


@dataclass(slots=True)
class Regel:
    """One line.  ``aantal`` × ``tarief`` (euros) is ``bedrag`` (cents, negative for what the school pays).

    ``maanden`` is filled when ``aantal`` is months divided by twelve; ``invoer`` holds what it was counted from:
    references of placements with the months that each counts for.
    """

    code: str
    aantal: Decimal
    tarief: Decimal
    bedrag: Decimal
    maanden: int | None = None
    invoer: Mapping[str, Any] = field(default_factory=dict)


def som(regel: Regel) -> str:
    """The sum as a person would write it: '212 leerlingen × € 450,00 = € 95.400,00'.

    What the school pays has no minus in the sum (a line may break after it): the word says that it goes off.
    """
    soort = REGELSOORTEN[regel.code]
    amount = dutch_amount(abs(regel.bedrag))
    if regel.maanden is not None:
        months = "1 maand" if regel.maanden == 1 else f"{regel.maanden} maanden"
        return f"{months} ÷ 12 × {dutch_amount(regel.tarief)} = {amount}"
    price = dutch_amount(regel.tarief if soort.teken else 0)
    text = f"{_aantal(regel.aantal, soort.eenheid)} × {price} = {amount}"
    return f"{text} eraf" if soort.teken < 0 else text


def _aantal(aantal: Decimal, eenheid: Eenheid) -> str:
    one = {Eenheid.LEERLINGEN: "leerling", Eenheid.PLAATSEN: "plaats", Eenheid.JAREN: "jaar"}[eenheid]
    return f"{dutch_number(aantal)} {one if aantal == 1 else eenheid}"
