"""Judging the rows of DUO's files: from cells to schools and counts, or to what is wrong with which row and column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kernen.domain.scholen import (
    Schoolsoort,
    is_brin,
    is_vestigingscode,
    nette_plaatsnaam,
    nette_postcode,
    soort_van,
)
from kernen.domain.tellingen import Aantal, lees_aantal
from swv_portal.common.tables.columns import Fout, Fouten, kort
from swv_portal.common.tables.reading import Rij, Tabel

#: More errors than this are counted, not kept: the file is wrong, not a row.
MEESTE_FOUTEN = 100
#: The name of a board is cut: it names a board that is new until somebody names it, and refuses no school.
LENGTE_BESTUURSNAAM = 150
LENGTES: Mapping[str, int] = {"naam": 150, "straat": 120, "huisnummer": 20, "plaats": 80, "gemeente": 80}


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
        return self.alles or gemeente.casefold() in self.gemeenten or postcode[:4] in self.pc4


def maak_grenzen(gemeenten: Iterable[str] = (), pc4: Iterable[str] = ()) -> Grenzen:
    """Limits from typed lists: blanks are dropped, case does not count."""
    return Grenzen(
        frozenset(" ".join(name.split()).casefold() for name in gemeenten if name.strip()),
        frozenset(code.strip()[:4] for code in pc4 if code.strip()),
    )


class Schoolregel(NamedTuple):
    """One vestiging.  ``soort`` is ``None`` without such a column; the address is empty in file 06."""

    vestigingscode: str
    naam: str
    soort: Schoolsoort | None
    bestuur: str
    bestuursnaam: str
    gemeente: str
    straat: str = ""
    huisnummer: str = ""
    postcode: str = ""
    plaats: str = ""


class Schoolkolommen(NamedTuple):
    """Many vestigingen: of each field of ``Schoolregel`` the values of all of them, in the order of the file."""

    vestigingscode: list[str]
    naam: list[str]
    soort: list[Schoolsoort | None]
    bestuur: list[str]
    bestuursnaam: list[str]
    gemeente: list[str]
    straat: list[str]
    huisnummer: list[str]
    postcode: list[str]
    plaats: list[str]

    @classmethod
    def van(cls, regels: Iterable[Schoolregel]) -> "Schoolkolommen":
        return cls._make([list(column) for column in zip(*regels, strict=True)] or [[] for _ in cls._fields])


@dataclass(frozen=True)
class Beoordeling:
    """What was read: schools, of file 06 with a count for each, and how many rows were left out.

    ``buiten`` are outside the limits, ``leeg`` are vestigingen without pupils that nobody knows.
    """

    scholen: Schoolkolommen
    aantallen: list[Aantal]
    buiten: int = 0
    leeg: int = 0


Cellen = Mapping[str, str]


def netjes(tekst: str) -> str:
    """A text on one line with single spaces."""
    return " ".join(tekst.split())


def _cellen(rij: Rij) -> Cellen:
    """The texts of a row, tidy; an empty cell is an empty text."""
    return {kolom: netjes(str(value)) if value else "" for kolom, value in rij.waarden.items()}


class _Lezer:
    """Reads the cells of one file and collects what is wrong with them."""

    def __init__(self, tabel: Tabel) -> None:
        self.koppen = tabel.koppen
        self.fouten: list[Fout] = []
        self.gezien: dict[str, int] = {}

    def mis(self, rij: int, kolom: str, zin: str) -> None:
        self.fouten.append(Fout(rij, self.koppen.get(kolom, kolom.upper()), zin))

    def code(self, rij: int, cellen: Cellen) -> str | None:
        """The vestigingscode, from its own column or from BRIN and number."""
        code, brin = cellen["vestigingscode"].upper(), cellen["brin"].upper()
        if brin and code.isdigit() and len(code) <= 2:
            code = brin + code.zfill(2)
        if not is_vestigingscode(code) or (brin and code[:4] != brin):
            self._geen_code(rij, code, brin)
        elif self.gezien.setdefault(code, rij) != rij:
            self.mis(rij, "vestigingscode", f"{code} staat ook in rij {self.gezien[code]}.")
        else:
            return code
        return None

    def _geen_code(self, rij: int, code: str, brin: str) -> None:
        if brin and not is_brin(brin):
            self.mis(rij, "brin", f"'{kort(brin)}' is geen BRIN. Een BRIN is als 99AA.")
        elif not is_vestigingscode(code):
            said = f"'{kort(code)}' is geen vestigingscode." if code else "Hier moet een vestigingscode staan."
            self.mis(rij, "vestigingscode", f"{said} Een vestigingscode is als 99AA00.")
        else:
            self.mis(rij, "vestigingscode", f"{code} hoort niet bij {brin}.")

    def school(self, rij: int, cellen: Cellen, code: str) -> Schoolregel | None:
        """Everything of a vestiging but its count; ``None`` when something is wrong with it."""
        before = len(self.fouten)
        board = cellen["bestuur"]
        if not (board.isascii() and board.isdigit() and len(board) <= 5):
            self.mis(rij, "bestuur", f"'{kort(board)}' is geen nummer van een bevoegd gezag (vijf cijfers).")
        kind_text = cellen["soort"]
        kind = soort_van(kind_text) if kind_text else None
        if kind is None and (kind_text or "soort" in self.koppen):
            self.mis(rij, "soort", f"'{kort(kind_text)}' is geen soort school (BO, SBO, SO, VSO of SO/VSO).")
        postcode = nette_postcode(cellen.get("postcode", ""))
        if postcode is None:
            self.mis(rij, "postcode", f"'{kort(cellen['postcode'])}' is geen postcode.")
        if not cellen["naam"]:
            self.mis(rij, "naam", "Hier moet een naam staan.")
        for name, most in LENGTES.items():
            if name in cellen and len(cellen[name]) > most:
                self.mis(rij, name, f"De tekst heeft {len(cellen[name])} tekens. Er passen er {most}.")
        if len(self.fouten) > before:
            return None
        return Schoolregel(
            vestigingscode=code,
            naam=cellen["naam"],
            soort=kind,
            bestuur=board.zfill(5),
            bestuursnaam=cellen["bestuursnaam"][:LENGTE_BESTUURSNAAM],
            gemeente=nette_plaatsnaam(cellen["gemeente"]),
            straat=cellen.get("straat", ""),
            huisnummer=cellen.get("huisnummer", ""),
            postcode=postcode or "",
            plaats=nette_plaatsnaam(cellen.get("plaats", "")),
        )

    def uitkomst(
        self, scholen: list[Schoolregel], aantallen: list[Aantal], *, buiten: int, leeg: int = 0
    ) -> Beoordeling | Fouten:
        if not scholen and not self.fouten:
            self.fouten.append(Fout(None, None, "Geen school in dit bestand valt binnen de grenzen die u koos."))
        if self.fouten:
            return Fouten(tuple(self.fouten[:MEESTE_FOUTEN]), max(0, len(self.fouten) - MEESTE_FOUTEN))
        return Beoordeling(Schoolkolommen.van(scholen), aantallen, buiten, leeg)


def _onbekende_gemeenten(tabel: Tabel, grenzen: Grenzen) -> list[Fout]:
    """A gemeente that nobody in the file is in was mistyped: importing nothing for it would go unnoticed."""
    if not grenzen.gemeenten:
        return []
    present = {_cellen(rij)["gemeente"].casefold() for rij in tabel.rijen}
    return [
        Fout(None, tabel.koppen["gemeente"], f"De gemeente '{name}' komt niet voor in dit bestand.")
        for name in sorted(grenzen.gemeenten - present)
    ]


def beoordeel_scholen(tabel: Tabel, grenzen: Grenzen) -> Beoordeling | Fouten:
    """File 02.  Rows outside the limits are left out unjudged; any error inside them refuses the whole file.

    Errors name row and column: a code that is none or stands there twice, a board without number, a wrong kind or
    postcode, a name that is missing, a text that is too long, a gemeente in the limits that the file does not know.
    """
    lezer = _Lezer(tabel)
    lezer.fouten += _onbekende_gemeenten(tabel, grenzen)
    schools: list[Schoolregel] = []
    outside = 0
    for rij in tabel.rijen:
        cellen = _cellen(rij)
        if not grenzen.omvat(cellen["gemeente"], cellen["postcode"]):
            outside += 1
            continue
        code = lezer.code(rij.nummer, cellen)
        school = lezer.school(rij.nummer, cellen, code) if code else None
        if school is not None:
            schools.append(school)
    return lezer.uitkomst(schools, [], buiten=outside)


def _bekende(code: str) -> Schoolregel:
    """A vestiging of file 06 that the portal knows already: only its count is used, so nothing else is kept."""
    return Schoolregel(code, "", None, "", "", "")


def beoordeel_leerlingen(tabel: Tabel, grenzen: Grenzen, bekend: Mapping[str, str]) -> Beoordeling | Fouten:
    """File 06.  ``bekend``: the postcode per vestigingscode that the portal knows.

    An unknown vestiging without pupils in the chosen year is left out: the file keeps schools that closed long ago.
    Of every other row the code and the count (a whole number, '<5' or empty) must be good; of an unknown vestiging
    everything, as in ``beoordeel_scholen``.
    """
    lezer = _Lezer(tabel)
    lezer.fouten += _onbekende_gemeenten(tabel, grenzen)
    schools: list[Schoolregel] = []
    counts: list[Aantal] = []
    outside = empty = 0
    for rij in tabel.rijen:
        cellen = _cellen(rij)
        raw = cellen["vestigingscode"].upper()
        if not grenzen.omvat(cellen["gemeente"], bekend.get(raw, "")):
            outside += 1
            continue
        code = lezer.code(rij.nummer, cellen)
        count = lees_aantal(cellen["aantal"])
        if count is None:
            lezer.mis(rij.nummer, "aantal", f"'{kort(cellen['aantal'])}' is geen aantal leerlingen.")
        if code is None or count is None:
            continue
        if code not in bekend and count == Aantal(0):
            empty += 1
            continue
        # Of a school that is known only the count is used, so only that is judged.
        known = code in bekend
        school = _bekende(code) if known else lezer.school(rij.nummer, cellen, code)
        if school is not None:
            schools.append(school)
            counts.append(count)
    return lezer.uitkomst(schools, counts, buiten=outside, leeg=empty)
