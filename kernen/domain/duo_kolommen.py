"""The columns of DUO's open data and the spellings under which they are published.

Source: DUO open onderwijsdata, '02 schoolvestigingen basisonderwijs' and '06 leerlingen per vestiging'; other editions
write BRIN_NUMMER, 'BRIN NUMMER' or VESTIGINGSNUMMER where these write INSTELLINGSCODE and VESTIGINGSCODE.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from swv_portal.common.tables.columns import Fout, Fouten, Kolom, als_tekst, normaliseer

SCHOLEN = "scholen"
LEERLINGEN = "leerlingen"
BESTANDEN: Mapping[str, str] = {
    SCHOLEN: "schoolvestigingen",
    LEERLINGEN: "leerlingen per vestiging",
}


def _kolom(naam: str, *koppen: str, aanwezig: bool = True) -> Kolom:
    """A column that is read as text: what may stand in it is judged later, for the rows that count."""
    return Kolom(naam, koppen=koppen, aanwezig=aanwezig, leeg=True, lees=als_tekst)


BRIN = _kolom("brin", "INSTELLINGSCODE", "BRIN_NUMMER", "BRINNUMMER", aanwezig=False)
VESTIGING = _kolom("vestigingscode", "VESTIGINGSCODE", "VESTIGINGSNUMMER", "VESTIGING")
BESTUUR = _kolom("bestuur", "BEVOEGD_GEZAG_NUMMER", "BEVOEGD_GEZAG_NR", "BEVOEGD_GEZAG")
BESTUURSNAAM = _kolom("bestuursnaam", "BEVOEGD_GEZAG_NAAM", "NAAM_BEVOEGD_GEZAG", aanwezig=False)
NAAM = _kolom("naam", "VESTIGINGSNAAM", "NAAM_VESTIGING", "INSTELLINGSNAAM_VESTIGING", "INSTELLINGSNAAM")
GEMEENTE = _kolom("gemeente", "GEMEENTENAAM", "GEMEENTENAAM_VESTIGING", "GEMEENTE")
SOORT = ("soort", "SOORT_VESTIGING", "SOORT_PO", "SOORT_ONDERWIJS", "ONDERWIJSTYPE")

KOLOMMEN: Mapping[str, tuple[Kolom, ...]] = {
    SCHOLEN: (
        BRIN,
        VESTIGING,
        BESTUUR,
        BESTUURSNAAM,
        NAAM,
        _kolom(*SOORT, aanwezig=False),
        _kolom("straat", "STRAATNAAM", "STRAATNAAM_VESTIGING"),
        _kolom("huisnummer", "HUISNUMMER_TOEVOEGING", "HUISNUMMER_TOEVOEGING_VESTIGING", aanwezig=False),
        _kolom("postcode", "POSTCODE", "POSTCODE_VESTIGING"),
        _kolom("plaats", "PLAATSNAAM", "PLAATSNAAM_VESTIGING"),
        GEMEENTE,
    ),
    LEERLINGEN: (BRIN, VESTIGING, BESTUUR, BESTUURSNAAM, NAAM, _kolom(*SOORT), GEMEENTE),
}

_JAARKOLOM = re.compile(r"(?:aantal)?leerlingen((?:19|20)\d\d)")


def jaren_in(koppen: Sequence[str]) -> dict[int, str]:
    """The years that a file has a column of counts for, with the header of that column."""
    found = {}
    for kop in koppen:
        if match := _JAARKOLOM.fullmatch(normaliseer(kop)):
            found[int(match[1])] = kop
    return found


def kolommen_van(soort: str, jaar: int | None = None) -> Callable[[list[str]], Sequence[Kolom] | Fouten]:
    """How to find the columns of a file of kind ``soort`` in its header, for ``lees_tabel``.

    ``jaar`` chooses the column of counts; ``None`` takes the newest.  Refuses the other one of the two files, and a
    year that is not in the file, each with a sentence.
    """

    def choose(koppen: list[str]) -> Sequence[Kolom] | Fouten:
        if refused := _ander_bestand(soort, koppen):
            return refused
        if soort == SCHOLEN:
            return KOLOMMEN[SCHOLEN]
        years = jaren_in(koppen)
        if not years:
            return Fouten(
                (Fout(1, "LEERLINGEN_<jaar>", "Deze kolom ontbreekt. Er is geen kolom met aantallen per jaar."),)
            )
        chosen = max(years) if jaar is None else jaar
        if chosen not in years:
            text = f"Deze kolom ontbreekt. Het bestand heeft {_jaren_tekst(sorted(years))}."
            return Fouten((Fout(1, f"LEERLINGEN_{chosen}", text),))
        return (*KOLOMMEN[LEERLINGEN], _kolom("aantal", years[chosen]))

    return choose


def _jaren_tekst(years: list[int]) -> str:
    whole = years[-1] - years[0] + 1 == len(years)
    if whole and len(years) > 2:
        return f"de jaren {years[0]} tot en met {years[-1]}"
    return ("het jaar " if len(years) == 1 else "de jaren ") + ", ".join(map(str, years))


def _ander_bestand(soort: str, koppen: Sequence[str]) -> Fouten | None:
    """Is this the other file of the two?  Or none of DUO's at all?"""
    names = {normaliseer(kop) for kop in koppen}
    if _past(soort, names, koppen):
        return None
    other = next(name for name in KOLOMMEN if name != soort)
    if _past(other, names, koppen):
        text = f"Dit is het bestand '{BESTANDEN[other]}', niet '{BESTANDEN[soort]}'. Kies de import '{other}'."
        return Fouten((Fout(1, None, text),))
    missing = _ontbrekend(soort, names)
    if 2 * len(missing) >= sum(kolom.aanwezig for kolom in KOLOMMEN[soort]):
        text = f"Dit is geen bestand '{BESTANDEN[soort]}' van DUO. De kop van kolom {missing[0]} staat niet in rij 1."
        return Fouten((Fout(1, None, text),))
    return None


def _past(soort: str, names: set[str], koppen: Sequence[str]) -> bool:
    return not _ontbrekend(soort, names) and (soort != LEERLINGEN or bool(jaren_in(koppen)))


def _ontbrekend(soort: str, names: set[str]) -> list[str]:
    return [
        kolom.koppen[0]
        for kolom in KOLOMMEN[soort]
        if kolom.aanwezig and not names & {normaliseer(name) for name in (kolom.naam, *kolom.koppen)}
    ]
