"""What a column accepts: its header names and how the text of a cell becomes a value.

A cell that can not be read is a value too: ``Onleesbaar`` with a Dutch sentence, which reading turns into a ``Fout``
with row and column.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any


@dataclass(frozen=True)
class Fout:
    """What is wrong, and where: row as a person counts it (the header is row 1), the column by its name in the file."""

    rij: int | None
    kolom: str | None
    zin: str

    def __str__(self) -> str:
        where = [f"rij {self.rij}"] if self.rij is not None else []
        if self.kolom is not None:
            where.append(f"kolom '{self.kolom}'")
        return f"{', '.join(where)}: {self.zin}" if where else self.zin


@dataclass(frozen=True)
class Fouten:
    """A refused file: at least one ``Fout``.  ``meer`` counts those that were found but not kept."""

    fouten: tuple[Fout, ...]
    meer: int = 0

    def __iter__(self) -> Iterator[Fout]:
        return iter(self.fouten)

    def __len__(self) -> int:
        return len(self.fouten) + self.meer

    @property
    def zinnen(self) -> list[str]:
        """Every error as a line for a person, and how many more there are."""
        lines = [str(fout) for fout in self.fouten]
        if self.meer:
            lines.append(f"En nog {self.meer} andere fout{'' if self.meer == 1 else 'en'}.")
        return lines


@dataclass(frozen=True)
class Onleesbaar:
    """The answer of a reader for a cell that it can not accept."""

    zin: str


Lezer = Callable[[object], object]


class Soort(StrEnum):
    """What the cells of a column are: text (str), a whole number (int), a decimal number (Decimal) or a date (date)."""

    TEKST = "tekst"
    GEHEEL = "geheel"
    DECIMAAL = "decimaal"
    DATUM = "datum"


@dataclass(frozen=True)
class Kolom:
    """One column of a file that is read.

    ``naam`` is the key in the result, and always accepted as a header; ``koppen`` are the other accepted headers,
    compared without case, spaces, underscores, hyphens and accents.  ``aanwezig``: the file must have the column.
    ``leeg``: a cell may be empty (the value is then ``None``).  ``keuzes``: the only accepted texts (compared as they
    stand); ``minimum`` and ``maximum`` limit numbers and dates.  ``lees`` replaces the reader of ``soort``: it gets the
    text (or, from XLSX, the typed value) of a cell that is not empty and returns the value or ``Onleesbaar``.
    """

    naam: str
    koppen: tuple[str, ...] = ()
    soort: Soort = Soort.TEKST
    aanwezig: bool = True
    leeg: bool = False
    keuzes: Collection[str] | None = None
    minimum: int | Decimal | date | None = None
    maximum: int | Decimal | date | None = None
    max_lengte: int = 1000
    lees: Lezer | None = None

    def lezer(self) -> Lezer:
        """The function that turns a cell that is not empty into its value, or ``Onleesbaar``."""
        if self.lees is not None:
            return self.lees
        if self.soort is Soort.TEKST:
            return partial(_lees_tekst, max_lengte=self.max_lengte, keuzes=self.keuzes)
        read = _LEZERS[self.soort]
        if self.minimum is None and self.maximum is None:
            return read
        return partial(_binnen, lees=read, minimum=self.minimum, maximum=self.maximum)


_OVERGESLAGEN = re.compile(r"[\s_\-]+")


def normaliseer(kop: str) -> str:
    """A header as it is compared: ``Brin-Nummer``, ``BRIN_NUMMER`` and ``brin nummer`` are the same."""
    letters = unicodedata.normalize("NFKD", kop)
    return _OVERGESLAGEN.sub("", "".join(c for c in letters if not unicodedata.combining(c)).casefold())


#: A text that starts with one of these is a formula to a spreadsheet.  Writing puts an apostrophe before it.
FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BESTURING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def als_tekst(value: object) -> str:
    """The text of a cell: a spreadsheet gives numbers and dates their own type, also in a column of text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return str(value)


def kort(text: str) -> str:
    """A value as it stands in an error sentence: one line, at most forty characters."""
    one_line = " ".join(_BESTURING.sub("?", text).split())
    return one_line if len(one_line) <= 40 else f"{one_line[:39]}…"


def _lees_tekst(value: object, *, max_lengte: int, keuzes: Collection[str] | None) -> object:
    text = als_tekst(value)
    if text.startswith("'") and text[1:].startswith(FORMULE):
        text = text[1:]
    if keuzes is not None:
        if text in keuzes:
            return text
        return Onleesbaar(f"'{kort(text)}' is geen van de mogelijke waarden: {', '.join(sorted(keuzes))}.")
    if len(text) > max_lengte:
        return Onleesbaar(f"De tekst heeft {len(text)} tekens. Er passen er {max_lengte}.")
    if _BESTURING.search(text):
        return Onleesbaar("De tekst bevat tekens die niet te lezen zijn.")
    return text


# [0-9] and not \d: digits of other scripts are not numbers here.
_GEHEEL = re.compile(r"([+-]?)([0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})(?:[.,]0{1,2})?")


def _lees_geheel(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 10**15 else Onleesbaar("Dit getal is te groot.")
    text = als_tekst(value).replace("\N{MINUS SIGN}", "-")
    found = _GEHEEL.fullmatch(text)
    if found is None:
        return Onleesbaar(f"'{kort(text)}' is geen heel getal.")
    return int(found[1] + found[2].replace(".", ""))


_DECIMAAL = re.compile(
    r"(?P<teken>[+-]?)(?:€\s*)?(?P<min>-?)"
    r"(?:(?P<nl>[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,10})|(?P<en>[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,10})"
    r"|(?P<groepen>[0-9]{1,3}(?:\.[0-9]{3}){2,4})|(?P<gewoon>[0-9]{1,15}(?:[.,][0-9]{1,10})?))"
)
_TWEE_LEZINGEN = re.compile(r"[+-]?(?:€\s*)?[1-9][0-9]{0,2}[.][0-9]{3}")


def _lees_decimaal(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        # A spreadsheet stores binary floats; repr gives back the digits that were typed.
        return Decimal(repr(value)) if abs(value) < 1e15 else Onleesbaar("Dit getal is te groot.")
    text = als_tekst(value).replace("\N{MINUS SIGN}", "-")
    found = _DECIMAAL.fullmatch(text)
    if found is None or (found["teken"] and found["min"]):
        return Onleesbaar(f"'{kort(text)}' is geen getal.")
    if _TWEE_LEZINGEN.fullmatch(text):
        thousands, decimals = text.replace(".", ""), text.replace(".", ",")
        return Onleesbaar(f"'{text}' is op twee manieren te lezen. Schrijf {thousands} of {decimals}0.")
    if found["nl"]:
        digits = found["nl"].replace(".", "").replace(",", ".")
    elif found["en"]:
        digits = found["en"].replace(",", "")
    elif found["groepen"]:
        digits = found["groepen"].replace(".", "")
    else:
        digits = found["gewoon"].replace(",", ".")
    return Decimal((found["teken"] or found["min"]) + digits)


_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_NL = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")


def _lees_datum(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = als_tekst(value)
    iso, dutch = _ISO.fullmatch(text), _NL.fullmatch(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif dutch:
        day, month, year = (int(part) for part in dutch.groups())
    else:
        return Onleesbaar(f"'{kort(text)}' is geen datum. Schrijf bijvoorbeeld 2024-02-01 of 01-02-2024.")
    try:
        found = date(year, month, day)
    except ValueError:
        return Onleesbaar(f"'{text}' bestaat niet in de kalender.")
    return found if 1900 <= year < 2200 else Onleesbaar(f"Het jaar in '{text}' kan niet kloppen.")


_LEZERS: dict[Soort, Lezer] = {
    Soort.GEHEEL: _lees_geheel,
    Soort.DECIMAAL: _lees_decimaal,
    Soort.DATUM: _lees_datum,
}


def _binnen(value: object, *, lees: Lezer, minimum: Any, maximum: Any) -> object:
    found: Any = lees(value)
    if isinstance(found, Onleesbaar):
        return found
    if minimum is not None and found < minimum:
        return Onleesbaar(f"{found} is minder dan {minimum}.")
    if maximum is not None and found > maximum:
        return Onleesbaar(f"{found} is meer dan {maximum}.")
    return found
