"""Which samenwerkingsverband decides whether a pupil may go to special education.

Source: WEC art. 40 lid 11, as besluit 0050 reads it: the SWV of the school where the pupil is enrolled; of a pupil who
is enrolled nowhere the SWV of the place where the pupil lives.  Which place belongs to which SWV is said by the table
of areas, by the four digits of a postcode (PC4).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

BRON = "WEC art. 40 lid 11"
PC4 = re.compile(r"[1-9][0-9]{3}")
SWV_CODE = re.compile(r"PO[0-9]{4}")
GEEN_PC4 = "Schrijf alleen de vier cijfers van de postcode, bijvoorbeeld 2011."
GEEN_CODE = "Schrijf de code als PO en vier cijfers, bijvoorbeeld PO2704."


class Wie(StrEnum):
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
    """The SWV to whose area a postcode belongs."""

    code: str
    naam: str

    def __str__(self) -> str:
        return f"{self.naam} ({self.code})"


@dataclass(frozen=True)
class Feiten:
    """What is known.  ``school`` and ``woonplaats`` are the areas of their postcodes, ``None`` when not in the table.

    ``school_in_regio``: the pupil is enrolled at a school of our own region.  ``tabel``: there is a table of areas.
    ``woont`` counts only without a table.
    """

    eigen_code: str
    ingeschreven: bool = True
    school_in_regio: bool = True
    school: Gebied | None = None
    woon_pc4: str = ""
    woonplaats: Gebied | None = None
    woont: str = ""
    tabel: bool = True


@dataclass(frozen=True)
class Uitspraak:
    """Who decides, why in a Dutch sentence, and where the rule stands.  ``ander`` is the other SWV when it is known."""

    wie: Wie
    zin: str
    ander: Gebied | None = None
    bron: str = BRON


def welk_swv(feiten: Feiten) -> Uitspraak:
    """Who must decide.  WEC art. 40 lid 11: enrolment goes before the home."""
    return _van_de_school(feiten) if feiten.ingeschreven else _van_de_woonplaats(feiten)


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
