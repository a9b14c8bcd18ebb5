"""What a school is to the samenwerkingsverband: its kind, its codes and its place on the map.

Source of the codes: DUO, toelichting bij de bestanden 'schoolvestigingen' (BRIN: two digits and two letters, the
vestiging adds two digits) and the kinds of 'leerlingen per vestiging' (BO, SBO, SO, VSO, SO/VSO).
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache


class Schoolsoort(StrEnum):
    """The kinds of school.  An IKC location is an SBO that is marked as IKC (it holds SO places too)."""

    BAO = "BAO"
    SBO = "SBO"
    SO = "SO"
    VSO = "VSO"
    SO_VSO = "SO-VSO"


SOORTNAMEN: Mapping[str, str] = {
    Schoolsoort.BAO: "basisonderwijs",
    Schoolsoort.SBO: "speciaal basisonderwijs",
    Schoolsoort.SO: "speciaal onderwijs",
    Schoolsoort.VSO: "voortgezet speciaal onderwijs",
    Schoolsoort.SO_VSO: "speciaal en voortgezet speciaal onderwijs",
}

#: Schools that receive pupils with a TLV.
GESPECIALISEERD = frozenset({Schoolsoort.SBO, Schoolsoort.SO, Schoolsoort.VSO, Schoolsoort.SO_VSO})

_SPELLINGEN: Mapping[str, Schoolsoort] = {
    "BO": Schoolsoort.BAO,
    "BAO": Schoolsoort.BAO,
    "BAS": Schoolsoort.BAO,
    "BASISONDERWIJS": Schoolsoort.BAO,
    "SBO": Schoolsoort.SBO,
    "SPEC. BASISONDERWIJS": Schoolsoort.SBO,
    "SPECIAAL BASISONDERWIJS": Schoolsoort.SBO,
    "SO": Schoolsoort.SO,
    "SPECIAAL ONDERWIJS": Schoolsoort.SO,
    "VSO": Schoolsoort.VSO,
    "SO/VSO": Schoolsoort.SO_VSO,
    "SO-VSO": Schoolsoort.SO_VSO,
    "SOVSO": Schoolsoort.SO_VSO,
    "(V)SO": Schoolsoort.SO_VSO,
}

_BRIN = re.compile(r"[0-9]{2}[A-Z]{2}")
_VESTIGING = re.compile(r"[0-9]{2}[A-Z]{2}[0-9]{2}")
_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([A-Za-z]{2})")


@lru_cache(maxsize=64)
def soort_van(tekst: str) -> Schoolsoort | None:
    """The kind behind a spelling of DUO ('BO', 'SO/VSO', 'Speciaal onderwijs'); ``None`` when it is not a kind."""
    return _SPELLINGEN.get(" ".join(tekst.upper().split()))


def is_brin(code: str) -> bool:
    """Two digits and two letters: '99AA'."""
    return _BRIN.fullmatch(code) is not None


def is_vestigingscode(code: str) -> bool:
    """A BRIN and two digits: '99AA00'."""
    return _VESTIGING.fullmatch(code) is not None


def nette_postcode(tekst: str) -> str | None:
    """'2011ab' becomes '2011 AB'; an empty text stays empty; ``None`` when it is no Dutch postcode."""
    if not tekst.strip():
        return ""
    found = _POSTCODE.fullmatch(tekst.strip())
    return f"{found[1]} {found[2].upper()}" if found else None


_KLEIN = {"aan", "de", "den", "der", "het", "ter", "ten", "van", "op", "bij", "en", "in", "'t", "'s"}


@lru_cache(maxsize=8192)
def nette_plaatsnaam(tekst: str) -> str:
    """DUO writes places in capitals: 'WIJK AAN ZEE' becomes 'Wijk aan Zee', 'IJMUIDEN' becomes 'IJmuiden'.

    A text that is not all capitals is left as it is.
    """
    tekst = " ".join(tekst.split())
    if tekst != tekst.upper():
        return tekst
    words = []
    for index, word in enumerate(tekst.lower().split(" ")):
        if index and word in _KLEIN:
            words.append(word)
        else:
            words.append("-".join(_capital(part) for part in word.split("-")))
    return " ".join(words)


def _capital(word: str) -> str:
    if word.startswith("ij"):
        return "IJ" + word[2:]
    if word.startswith("'") and len(word) > 2:
        return word
    return word[:1].upper() + word[1:]


def adresregels(straat: str, huisnummer: str, postcode: str, plaats: str) -> tuple[str, ...]:
    """An address as it stands on a letter; a line without anything is left out."""
    lines = (f"{straat} {huisnummer}".strip(), f"{postcode} {plaats}".strip())
    return tuple(line for line in lines if line)
