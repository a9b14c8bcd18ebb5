"""Reading the rows of DUO's files: from cells to schools and counts, or to what is wrong with which row and column."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kernen.domain.duo_kolommen import Koppen
from kernen.domain.scholen import (
    Schoolsoort,
    is_brin,
    is_vestigingscode,
    nette_plaatsnaam,
    nette_postcode,
    soort_van,
)
from kernen.domain.tellingen import Aantal, lees_aantal

#: After this many the list of errors stops: the file is wrong, not a row.
MEESTE_FOUTEN = 100


@dataclass(frozen=True)
class Rijfout:
    """What is wrong where: row number as in the file (the header is row 1), name of the column (or ``None``)."""

    rij: int
    kolom: str | None
    zin: str


@dataclass(frozen=True)
class Grenzen:
    """Which schools to read: those in one of these gemeenten or with one of these PC4's; without both, all of them."""

    gemeenten: frozenset[str] = frozenset()
    pc4: frozenset[str] = frozenset()

    @property
    def alles(self) -> bool:
        return not self.gemeenten and not self.pc4

    def omvat(self, gemeente: str, postcode: str = "") -> bool:
        """Is a school in ``gemeente`` (any case) with ``postcode`` inside?"""
        return self.alles or gemeente.strip().casefold() in self.gemeenten or postcode.strip()[:4] in self.pc4


def maak_grenzen(gemeenten: Iterable[str] = (), pc4: Iterable[str] = ()) -> Grenzen:
    """Limits from typed lists; blanks are dropped, case does not count."""
    return Grenzen(
        frozenset(name.strip().casefold() for name in gemeenten if name.strip()),
        frozenset(code.strip()[:4] for code in pc4 if code.strip()),
    )


@dataclass(frozen=True, slots=True)
class Schoolregel:
    """One vestiging of file 02.  ``bestuursnaam`` is empty when the file does not name the board."""

    rij: int
    brin: str
    vestigingscode: str
    naam: str
    soort: Schoolsoort
    bestuur: str
    bestuursnaam: str
    straat: str
    huisnummer: str
    postcode: str
    plaats: str
    gemeente: str


@dataclass(frozen=True, slots=True)
class Leerlingregel:
    """One vestiging of file 06 with its count in the chosen year."""

    rij: int
    brin: str
    vestigingscode: str
    naam: str
    soort: Schoolsoort
    bestuur: str
    bestuursnaam: str
    gemeente: str
    aantal: Aantal


@dataclass
class Gelezen[Regel]:
    """What was read: the rows, what is wrong, and how many rows were left out (outside the limits, or closed)."""

    regels: list[Regel]
    fouten: list[Rijfout]
    buiten: int = 0
    leeg: int = 0
