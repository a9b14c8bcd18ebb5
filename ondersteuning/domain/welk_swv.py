"""Which samenwerkingsverband decides whether a pupil may go to special education.

Source: WEC art. 40 lid 11, as besluit 0050 reads it: the SWV of the school where the pupil is enrolled; of a pupil who
is enrolled nowhere the SWV of the place where the pupil lives.  Which place belongs to which SWV is said by the table
of areas, by the four digits of a postcode (PC4).  Of a pupil who is at SO or SBO with a TLV already, the SWV of that
TLV stays the one that decides: the practice between SWV's, of which besluit 0050 tells what is known.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from swv_portal.common.words import met_hoofdletter

BRON = "WEC art. 40 lid 11"
BRON_VERVOLG = "vaste praktijk tussen samenwerkingsverbanden (besluit 0050)"
#: The name of an SWV of which no more is known than its code, or not even that.
ANDER_SWV = "het andere samenwerkingsverband"
PC4 = re.compile(r"[1-9][0-9]{3}")
SWV_CODE = re.compile(r"PO[0-9]{4}")
#: A number of a TLV begins with the code of the SWV that gave it.
_VAN_NUMMER = re.compile(r"\s*(PO[0-9]{4})(?![0-9])", re.IGNORECASE)
GEEN_PC4 = "Schrijf alleen de vier cijfers van de postcode, bijvoorbeeld 2011."
GEEN_CODE = "Schrijf de code als PO en vier cijfers, bijvoorbeeld PO2704."


class Wie(StrEnum):
    """Which SWV decides: ours, another one, or nobody can say yet."""

    WIJ = "wij"
    ANDER = "ander"
    ONBEKEND = "onbekend"


class Woont(StrEnum):
    """The answer to 'Woont de leerling in ons gebied?', which is asked when there is no table."""

    JA = "ja"
    NEE = "nee"
    WEET_NIET = "weet_niet"


WOONTNAMEN = {Woont.JA: "Ja", Woont.NEE: "Nee", Woont.WEET_NIET: "Dat weet ik niet"}


@dataclass(frozen=True)
class Gebied:
    """The SWV to whose area a postcode belongs, or that gave a TLV; ``code`` is empty when that is not known."""

    code: str
    naam: str

    def __str__(self) -> str:
        return f"{self.naam} ({self.code})" if self.code else self.naam


@dataclass(frozen=True)
class Feiten:
    """What is known.  ``school`` and ``woonplaats`` are the areas of their postcodes, ``None`` when not in the table.

    ``school_in_regio``: the pupil is enrolled at a school of our own region.  ``tabel``: there is a table of areas.
    ``woont`` counts only without a table.  ``op_speciaal``: that school is one for SO or SBO (or an IKC); ``tlv_van``
    is the SWV that gave the TLV with which the pupil is there, or that pays the place; ``None`` when nobody knows.
    """

    eigen_code: str
    ingeschreven: bool = True
    school_in_regio: bool = True
    school: Gebied | None = None
    woon_pc4: str = ""
    woonplaats: Gebied | None = None
    woont: str = ""
    tabel: bool = True
    op_speciaal: bool = False
    tlv_van: Gebied | None = None


@dataclass(frozen=True)
class Uitspraak:
    """Who decides, why in a Dutch sentence, and where the rule stands.  ``ander`` is the other SWV when it is known."""

    wie: Wie
    zin: str
    ander: Gebied | None = None
    bron: str = BRON


def welk_swv(feiten: Feiten) -> Uitspraak:
    """Who must decide.  WEC art. 40 lid 11: enrolment goes before the home; a TLV that is there goes before both."""
    if feiten.ingeschreven and feiten.op_speciaal and feiten.tlv_van is not None:
        if feiten.tlv_van.code != feiten.eigen_code:
            return _van_de_tlv(feiten.tlv_van)
        if not feiten.school_in_regio:
            sentence = "Wij beslissen: de leerling zit al op het speciaal (basis)onderwijs met een TLV van ons."
            return Uitspraak(Wie.WIJ, sentence, bron=BRON_VERVOLG)
    return _van_de_school(feiten) if feiten.ingeschreven else _van_de_woonplaats(feiten)


def _van_de_tlv(ander: Gebied) -> Uitspraak:
    """Prolonging it, or another special school after it, is for the SWV that gave it (a plaatsingsakkoord, say)."""
    who = str(ander)
    sentence = (
        f"{met_hoofdletter(who)} beslist: de leerling zit al op het speciaal (basis)onderwijs met een TLV van dat "
        "samenwerkingsverband."
    )
    if not ander.code:
        return Uitspraak(Wie.ANDER, f"{sentence} Vraag na welk samenwerkingsverband dat is.", bron=BRON_VERVOLG)
    return Uitspraak(Wie.ANDER, sentence, ander, BRON_VERVOLG)


def swv_van_nummer(nummer: str) -> str:
    """The code of the SWV that gave the TLV with this number; empty when the number does not tell."""
    found = _VAN_NUMMER.match(nummer)
    return found[1].upper() if found else ""


def _van_de_school(feiten: Feiten) -> Uitspraak:
    if feiten.school_in_regio:
        away = feiten.woonplaats is not None and feiten.woonplaats.code != feiten.eigen_code
        home = f" Dat de leerling woont in het gebied van {feiten.woonplaats}, verandert dat niet." if away else ""
        return Uitspraak(Wie.WIJ, f"Wij beslissen: de leerling staat ingeschreven op een school in ons gebied.{home}")
    if feiten.school is None:
        return Uitspraak(
            Wie.ONBEKEND,
            "De leerling staat ingeschreven op een school buiten ons gebied. Wij weten niet bij welk "
            "samenwerkingsverband die school hoort. Vraag het na.",
        )
    if feiten.school.code == feiten.eigen_code:
        return Uitspraak(Wie.WIJ, "Wij beslissen: de postcode van de school hoort bij ons gebied.")
    return Uitspraak(
        Wie.ANDER,
        f"{feiten.school} beslist: daar staat de school waar de leerling is ingeschreven.",
        feiten.school,
    )


def _van_de_woonplaats(feiten: Feiten) -> Uitspraak:
    nowhere = "De leerling staat nergens ingeschreven."
    if not feiten.tabel:
        return _van_het_antwoord(feiten.woont, nowhere)
    if not feiten.woon_pc4:
        return Uitspraak(
            Wie.ONBEKEND, f"{nowhere} De postcode van het woonadres ontbreekt. Vraag na waar de leerling woont."
        )
    if feiten.woonplaats is None:
        return Uitspraak(
            Wie.ONBEKEND,
            f"{nowhere} Postcode {feiten.woon_pc4} staat niet in de tabel met gebieden. Vraag na wie beslist.",
        )
    if feiten.woonplaats.code == feiten.eigen_code:
        return Uitspraak(Wie.WIJ, f"Wij beslissen: {nowhere.lower()[:-1]} en woont in ons gebied.")
    return Uitspraak(
        Wie.ANDER, f"{feiten.woonplaats} beslist: {nowhere.lower()[:-1]} en woont daar.", feiten.woonplaats
    )


def _van_het_antwoord(woont: str, nowhere: str) -> Uitspraak:
    """Without a table the school is asked."""
    if woont == Woont.JA:
        return Uitspraak(Wie.WIJ, f"Wij beslissen: {nowhere.lower()[:-1]} en woont volgens de school in ons gebied.")
    if woont == Woont.NEE:
        return Uitspraak(
            Wie.ONBEKEND,
            f"{nowhere} De leerling woont volgens de school niet in ons gebied. "
            "Vraag na welk samenwerkingsverband beslist.",
        )
    return Uitspraak(Wie.ONBEKEND, f"{nowhere} Woont de leerling in ons gebied? Vraag het na.")
