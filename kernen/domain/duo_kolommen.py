"""The columns of DUO's open data and the spellings under which they are published.

Source: DUO open onderwijsdata, '02 schoolvestigingen basisonderwijs' and '06 leerlingen per vestiging'; older editions
write BRIN_NUMMER, 'BRIN NUMMER' or VESTIGINGSNUMMER where newer ones write INSTELLINGSCODE and VESTIGINGSCODE.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from swv_portal.common.workflow import Refusal

#: A header that is wider than this is no file of DUO.
MEESTE_KOLOMMEN = 200

SCHOLEN = "scholen"
LEERLINGEN = "leerlingen"
BESTANDEN = {
    SCHOLEN: "schoolvestigingen",
    LEERLINGEN: "leerlingen per vestiging",
}


@dataclass(frozen=True)
class Kolom:
    """A column under its own name here, with DUO's spellings (any case, spaces and underscores are the same)."""

    naam: str
    spellingen: tuple[str, ...]
    verplicht: bool = True


BRIN = Kolom("brin", ("INSTELLINGSCODE", "BRIN NUMMER", "BRIN"), verplicht=False)
VESTIGING = Kolom("vestigingscode", ("VESTIGINGSCODE", "VESTIGINGSNUMMER", "VESTIGING"))
BESTUUR = Kolom("bestuur", ("BEVOEGD GEZAG NUMMER", "BEVOEGD GEZAG NR", "BEVOEGD GEZAG"))
BESTUURSNAAM = Kolom("bestuursnaam", ("BEVOEGD GEZAG NAAM", "NAAM BEVOEGD GEZAG"), verplicht=False)
NAAM = Kolom("naam", ("VESTIGINGSNAAM", "NAAM VESTIGING", "INSTELLINGSNAAM VESTIGING", "INSTELLINGSNAAM", "NAAM"))
GEMEENTE = Kolom("gemeente", ("GEMEENTENAAM", "GEMEENTENAAM VESTIGING", "GEMEENTE"))

KOLOMMEN: Mapping[str, tuple[Kolom, ...]] = {
    SCHOLEN: (
        BRIN,
        VESTIGING,
        BESTUUR,
        BESTUURSNAAM,
        NAAM,
        Kolom("soort", ("SOORT VESTIGING", "SOORT PO", "SOORT ONDERWIJS", "ONDERWIJSTYPE"), verplicht=False),
        Kolom("straat", ("STRAATNAAM", "STRAATNAAM VESTIGING", "STRAAT")),
        Kolom(
            "huisnummer", ("HUISNUMMER-TOEVOEGING", "HUISNUMMER TOEVOEGING VESTIGING", "HUISNUMMER"), verplicht=False
        ),
        Kolom("postcode", ("POSTCODE", "POSTCODE VESTIGING")),
        Kolom("plaats", ("PLAATSNAAM", "PLAATSNAAM VESTIGING", "PLAATS")),
        GEMEENTE,
    ),
    LEERLINGEN: (
        BRIN,
        VESTIGING,
        BESTUUR,
        BESTUURSNAAM,
        NAAM,
        Kolom("soort", ("SOORT VESTIGING", "SOORT PO", "SOORT ONDERWIJS", "ONDERWIJSTYPE")),
        GEMEENTE,
    ),
}

_JAARKOLOM = re.compile(r"(?:AANTAL)?LEERLINGEN((?:19|20)\d\d)")


@dataclass(frozen=True)
class Koppen:
    """Where each column stands: ``plek`` by our name (absent: not in the file), ``jaren`` the year columns."""

    plek: Mapping[str, int]
    jaren: Mapping[int, int]
    koppen: tuple[str, ...]

    def kop(self, naam: str) -> str:
        """The name of a column as it stands in this file, for messages."""
        return self.koppen[self.plek[naam]] if naam in self.plek else naam.upper()


def _kaal(kop: str) -> str:
    return "".join(char for char in kop.upper() if char.isalnum())


def herken_koppen(soort: str, koppen: Sequence[str]) -> Koppen | Refusal:
    """Find the columns of a file of kind ``soort`` ('scholen' or 'leerlingen') in its header.

    Refuses, each with a sentence that names the column: ``te_breed`` (no file of DUO), ``dubbele_kolom``,
    ``ander_bestand`` (the other one of the two), ``kolom_ontbreekt``.
    """
    if len(koppen) > MEESTE_KOLOMMEN:
        return Refusal(
            "te_breed",
            f"Het bestand heeft {len(koppen)} kolommen. Een bestand van DUO heeft er minder dan {MEESTE_KOLOMMEN}.",
        )
    by_name: dict[str, int] = {}
    for index, kop in enumerate(koppen):
        bare = _kaal(kop)
        if bare and by_name.setdefault(bare, index) != index:
            return Refusal("dubbele_kolom", f"De kolom {kop.strip()} staat er twee keer in.")
    places = _plekken(KOLOMMEN[soort], by_name)
    years = {int(found[1]): index for bare, index in by_name.items() if (found := _JAARKOLOM.fullmatch(bare))}
    missing = [kolom.spellingen[0] for kolom in KOLOMMEN[soort] if kolom.verplicht and kolom.naam not in places]
    if soort == LEERLINGEN and not years:
        missing.append("LEERLINGEN_<jaar>")
    if missing:
        other = next(name for name in KOLOMMEN if name != soort)
        if _is_bestand(other, by_name, years):
            return Refusal(
                "ander_bestand",
                f"Dit is het bestand '{BESTANDEN[other]}', niet '{BESTANDEN[soort]}'. Kies de import '{other}'.",
            )
        return Refusal(
            "kolom_ontbreekt",
            f"Dit is geen bestand '{BESTANDEN[soort]}' van DUO: deze kolommen ontbreken: {', '.join(missing)}.",
        )
    return Koppen(places, years, tuple(kop.strip() for kop in koppen))


def _plekken(kolommen: Sequence[Kolom], by_name: Mapping[str, int]) -> dict[str, int]:
    places: dict[str, int] = {}
    for kolom in kolommen:
        for spelling in kolom.spellingen:
            if _kaal(spelling) in by_name:
                places[kolom.naam] = by_name[_kaal(spelling)]
                break
    return places


def _is_bestand(soort: str, by_name: Mapping[str, int], years: Mapping[int, int]) -> bool:
    places = _plekken(KOLOMMEN[soort], by_name)
    complete = all(kolom.naam in places for kolom in KOLOMMEN[soort] if kolom.verplicht)
    return complete and (soort != LEERLINGEN or bool(years))


def kies_jaar(koppen: Koppen, jaar: int | None) -> int | Refusal:
    """The year to read: the one asked for, or the newest.  Refuses ``jaar_ontbreekt`` with the years there are."""
    if jaar is None:
        return max(koppen.jaren)
    if jaar in koppen.jaren:
        return jaar
    years = sorted(koppen.jaren)
    span = f"{years[0]} tot en met {years[-1]}" if len(years) > 1 else str(years[0])
    return Refusal(
        "jaar_ontbreekt", f"De kolom LEERLINGEN_{jaar} staat niet in het bestand. Het bestand heeft {span}.", "jaar"
    )
