"""The kinds of letters: of which blocks each consists, and the text with which a new SWV begins (version 0).

The layout and what every letter must hold (number, validity, who did not agree, the articles, how the last day for
objection was found) is in the house's own page, ``templates/reports/ondersteuning_besluit.html``.  Source of what the
letters say: ondersteuningsplan par. 6.1.3 and 6.2; Awb art. 3:45 (objection), 3:46 and 3:47 (motivation), 7:12
(decision on an objection), 6:23 and 8:7 (appeal, and to which court).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ondersteuning.domain.briefvelden import VELDEN, controleer_tekst
from ondersteuning.domain.plaatsing import Soort
from ondersteuning.domain.route import Route
from swv_portal.common.workflow import Refusal

TOEKENNING, WEIGERING, INTREKKING = "toekenning", "weigering", "intrekking"
INSTROOMBUDGET, PLAATSINGSAKKOORD = "instroombudget", "plaatsingsakkoord"
TLV_BAO = "tlv_bao"
#: The decision on an objection.
OP_BEZWAAR = "op_bezwaar"

Blokken = Mapping[str, str]


@dataclass(frozen=True)
class Blok:
    """One text that the SWV may write itself.  ``verplicht`` are the fields that must stand in it."""

    label: str
    uitleg: str
    langst: int = 2000
    regels: int = 6
    verplicht: tuple[str, ...] = ()
    mag_leeg: bool = False


@dataclass(frozen=True)
class Briefsoort:
    """A kind of letter.  ``kop`` is its heading, ``zonder`` are the fields that it does not know.

    ``anders``: blocks that are about something else in this letter.
    """

    naam: str
    kop: str
    standaard: Blokken
    zonder: frozenset[str]
    anders: tuple[tuple[str, Blok], ...] = ()

    @property
    def blokken(self) -> Mapping[str, Blok]:
        """The texts of this letter by their name, in their order; the names are the same for every kind."""
        return {**BLOKKEN, **dict(self.anders)}

    @property
    def velden(self) -> tuple[str, ...]:
        """The fields that can stand in this letter, in the order of the help."""
        return tuple(name for name in VELDEN if name not in self.zonder)


BLOKKEN: Mapping[str, Blok] = {
    "aanhef": Blok("Aanhef", "De eerste regel.", langst=200, regels=1),
    "opening": Blok(
        "Wat het besluit is",
        "Daaronder staat een tabel met de gegevens van het besluit. Die zetten wij er zelf in.",
        verplicht=("leerling",),
    ),
    "waarom": Blok(
        "Waarom dit besluit",
        "Daaronder staat wie het niet eens was, wie niet tekende, en de wet. Dat zetten wij er zelf in.",
        regels=8,
        verplicht=("motivering",),
    ),
    "verder": Blok(
        "Hoe het verder gaat",
        "Wat kunnen ouders en scholen nu doen? Laat dit leeg als u er niets over wilt schrijven.",
        mag_leeg=True,
    ),
    "bezwaar": Blok(
        "Bezwaar",
        "Hoe en tot wanneer ouders bezwaar maken. Daaronder staat hoe de datum is berekend.",
        regels=8,
        verplicht=("bezwaar_tot", "bezwaaradres"),
    ),
    "slot": Blok("Slot", "Daaronder staan uw naam en uw functie.", langst=300, regels=2),
}

AANHEF = "Beste ouders, verzorgers en scholen,"
BEZWAAR = (
    "U kunt bezwaar maken. Stuur uw brief uiterlijk op {bezwaar_tot} naar: {bezwaaradres}. Schrijf in uw brief uw naam "
    "en adres, de datum, het kenmerk {kenmerk} en waarom u het er niet mee eens bent. Vergeet uw handtekening niet."
)
OOK_NA_GEZIEN = " Ook als u voor gezien tekende, mag u bezwaar maken."
SLOT = "Met vriendelijke groet,"


def _tekst(opening: str, waarom: str, bezwaar: str = BEZWAAR + OOK_NA_GEZIEN) -> Blokken:
    return {
        "aanhef": AANHEF,
        "opening": opening,
        "waarom": waarom,
        "verder": "",
        "bezwaar": bezwaar,
        "slot": SLOT,
    }


_GEEN_TLV = frozenset({"nummer", "geldig_van", "geldig_tot", "terugkeer"})
_BIJ_BEZWAAR = frozenset({"bezwaar_van", "ontvangen_op", "tegen", "uitkomst", "gevolg", "beroep_tot"})
_PER = frozenset({"ingetrokken_per", "besluit"}) | _BIJ_BEZWAAR

SOORTEN: Mapping[str, Briefsoort] = {
    TOEKENNING: Briefsoort(
        "Toekenning van een TLV",
        "Toelaatbaarheidsverklaring",
        _tekst(
            "{swv} besluit dat {leerling} naar {ontvangende_school} mag. Dat heet een toelaatbaarheidsverklaring "
            "(TLV). Dit zijn de gegevens.",
            "Wij toetsen of de aanvraag goed tot stand kwam. De ouders konden de aanvraag lezen en zeggen wat zij "
            "ervan vinden. Twee deskundigen met een verschillende functie gaven elk een eigen advies. De "
            "ontvangende school heeft plaats.\n\n{motivering}",
        ),
        _PER,
    ),
    WEIGERING: Briefsoort(
        "Weigering van een aanvraag",
        "Besluit: de aanvraag is geweigerd",
        _tekst(
            "{swv} weigert de aanvraag voor {leerling}. Hieronder leest u waarom.",
            "{motivering}",
        ),
        _GEEN_TLV | _PER,
    ),
    INTREKKING: Briefsoort(
        "Intrekking van een besluit",
        "Het besluit is ingetrokken",
        _tekst(
            "{swv} trekt {besluit} van {leerling} in. Vanaf {ingetrokken_per} geldt dat besluit niet meer.",
            "{motivering}",
            BEZWAAR,
        ),
        frozenset({"terugkeer", "categorie"}) | _BIJ_BEZWAAR,
    ),
    INSTROOMBUDGET: Briefsoort(
        "Toekenning van instroombudget",
        "Besluit: instroombudget",
        _tekst(
            "{swv} geeft {ontvangende_school} instroombudget voor {leerling}. Met dat geld regelt de school extra "
            "hulp. Dit zijn de gegevens.",
            "Wij toetsen of de aanvraag goed tot stand kwam. De ouders konden de aanvraag lezen en zeggen wat zij "
            "ervan vinden. De school heeft plaats en weet wat {leerling} nodig heeft.\n\n{motivering}",
        ),
        frozenset({"nummer", "terugkeer", "categorie"}) | _PER,
    ),
    PLAATSINGSAKKOORD: Briefsoort(
        "Plaatsingsakkoord",
        "Besluit: plaatsingsakkoord",
        _tekst(
            "{swv} gaat ermee akkoord dat {leerling} naar {ontvangende_school} gaat. Het samenwerkingsverband waar de "
            "leerling woont, gaf de toelaatbaarheidsverklaring (TLV). Dit zijn de gegevens.",
            "Het andere samenwerkingsverband stemde in met de plaatsing en betaalt de plaats.\n\n{motivering}",
        ),
        frozenset({"nummer", "terugkeer"}) | _PER,
    ),
    TLV_BAO: Briefsoort(
        "Toekenning van een TLV op de basisschool",
        "Besluit: extra budget op de basisschool",
        _tekst(
            "{swv} geeft {ontvangende_school} voor één schooljaar extra budget voor {leerling}. De leerling blijft op "
            "deze school. Dit zijn de gegevens.",
            "De ouders konden de aanvraag lezen en zeggen wat zij ervan vinden. Twee leden van onze algemene "
            "vergadering, van andere besturen, zeiden allebei ja.\n\n{motivering}",
        ),
        frozenset({"nummer", "terugkeer"}) | _PER,
    ),
    OP_BEZWAAR: Briefsoort(
        "Beslissing op bezwaar",
        "Beslissing op bezwaar",
        _tekst(
            "Op {ontvangen_op} kreeg {swv} een bezwaar van {bezwaar_van}. Het gaat over {leerling}, en is gericht "
            "tegen {tegen}. Het bezwaar is {uitkomst}. Dit zijn de gegevens.",
            "{motivering}",
            "U kunt in beroep gaan bij de rechtbank, afdeling bestuursrecht. Kies de rechtbank van het gebied waar u "
            "woont of waar uw school staat. Stuur uw brief uiterlijk op {beroep_tot}. Schrijf in uw brief uw naam en "
            "adres, de datum, het kenmerk {kenmerk} en waarom u het er niet mee eens bent. Vergeet uw handtekening "
            "niet. Stuur een kopie van deze brief mee. Het adres van de rechtbank en wat beroep kost, leest u op "
            "www.rechtspraak.nl.",
        ),
        _GEEN_TLV | frozenset({"categorie", "ingetrokken_per", "besluit", "bezwaar_tot", "bezwaaradres"}),
        (
            (
                "opening",
                Blok(
                    "Wat de beslissing is",
                    "Daaronder staat een tabel met de gegevens van het bezwaar. Die zetten wij er zelf in.",
                    verplicht=("leerling", "uitkomst"),
                ),
            ),
            (
                "waarom",
                Blok(
                    "Waarom deze beslissing",
                    "Daaronder staat de wet. Die zetten wij er zelf in.",
                    regels=8,
                    verplicht=("motivering",),
                ),
            ),
            (
                "bezwaar",
                Blok(
                    "Beroep",
                    "Hoe en tot wanneer iemand in beroep gaat. Daaronder staat hoe de datum is berekend.",
                    regels=8,
                    verplicht=("beroep_tot",),
                ),
            ),
        ),
    ),
}
SOORTNAMEN: Mapping[str, str] = {code: soort.naam for code, soort in SOORTEN.items()}


def briefsoort_van(route: Route, *, toegekend: bool) -> str:
    """Which letter tells of a decision on an application of this route."""
    if not toegekend:
        return WEIGERING
    if route.plaats is not Soort.TLV:
        return INSTROOMBUDGET if route.plaats is Soort.INSTROOMBUDGET else TLV_BAO
    return TOEKENNING if route.met_nummer else PLAATSINGSAKKOORD


def schoon(blokken: Blokken) -> dict[str, str]:
    """What was typed, of the blocks that there are, with one kind of line ends and nothing around it."""
    return {name: blokken.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip() for name in BLOKKEN}


def controleer_blokken(soort: str, blokken: Blokken) -> list[Refusal]:
    """Everything that is wrong with the texts of a letter, each at its block.

    Codes: ``leeg``, ``te_lang``, and those of ``controleer_tekst``.
    """
    found: list[Refusal] = []
    for name, blok in SOORTEN[soort].blokken.items():
        text = blokken.get(name, "")
        if not text.strip():
            if not blok.mag_leeg:
                found.append(Refusal("leeg", "Vul deze tekst in.", name))
            continue
        if len(text) > blok.langst:
            sentence = f"De tekst heeft {len(text)} tekens. Er passen er {blok.langst}."
            found.append(Refusal("te_lang", sentence, name))
        found += controleer_tekst(name, text, bekend=SOORTEN[soort].velden, verplicht=blok.verplicht)
    return found
