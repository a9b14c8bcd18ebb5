"""Judging DUO's files by column: what ``duo`` says of a file with nothing wrong in it, many times faster.

A file in which anything is wrong or unusual is ``None`` here; ``duo`` then judges it row by row, and knows the sentence
for each error.  For every file with an answer here, ``duo`` gives the same one (a test holds them together).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, cast

from kernen.domain.duo import LENGTE_BESTUURSNAAM, LENGTES, Beoordeling, Grenzen, Schoolkolommen, netjes
from kernen.domain.scholen import nette_plaatsnaam, nette_postcode, soort_van
from kernen.domain.tellingen import Aantal, lees_aantal
from swv_portal.common.tables.plain import PlatteTabel

#: Stands between cells that are looked at together; no text has one (``files`` refuses it).
_SCHEIDING = "\0"
_CODES = re.compile(r"(?:[0-9]{2}[A-Z]{2}[0-9]{2}\0)*")
_BESTUREN = re.compile(r"(?:[0-9]{1,5}\0)*")

Kolom = list[str]


def _alle(patroon: re.Pattern[str], cellen: Sequence[str]) -> bool:
    """Does every cell fit the pattern, which repeats itself over cells that end with the separator?"""
    whole = _SCHEIDING.join(cellen) + _SCHEIDING if cellen else ""
    return patroon.fullmatch(whole) is not None


def _net(cellen: Kolom) -> Kolom:
    """Each text on one line with single spaces, as ``duo`` reads it."""
    whole = "".join(cellen)
    if whole.isprintable() and "  " not in whole:
        return cellen
    return list(map(netjes, cellen))


def _vertaald(cellen: Kolom, lees: Callable[[str], Any]) -> list[Any] | None:
    """Every cell read with ``lees``, once per distinct text; ``None`` when one of them can not be read."""
    known = {text: lees(text) for text in set(cellen)}
    if None in known.values():
        return None
    return [known[text] for text in cellen]


def _codes(tabel: PlatteTabel) -> Kolom | None:
    """The vestigingscodes, when all are good, stand there once and belong to the BRIN beside them."""
    codes = list(map(str.upper, tabel.kolommen["vestigingscode"]))
    if not _alle(_CODES, codes) or len(set(codes)) < len(codes):
        return None
    brins = list(map(str.upper, tabel.kolommen.get("brin", ())))
    if any(brin and brin != code[:4] for brin, code in zip(brins, codes, strict=False)):
        return None
    return codes


def _binnen(tabel: PlatteTabel, grenzen: Grenzen, postcodes: Iterable[str]) -> PlatteTabel | None:
    """The rows inside the limits; ``None`` when a gemeente of the limits is not in the file."""
    if grenzen.alles:
        return tabel
    gemeenten = tabel.kolommen["gemeente"]
    if grenzen.gemeenten - {name.casefold() for name in set(gemeenten)}:
        return None
    return tabel.kies([grenzen.omvat(name, code) for name, code in zip(gemeenten, postcodes, strict=True)])


def _scholen(tabel: PlatteTabel, codes: Kolom) -> Schoolkolommen | None:
    """Everything of the vestigingen in these rows."""
    columns = tabel.kolommen
    for name, most in LENGTES.items():
        if name in columns and max(map(len, columns[name]), default=0) > most:
            return None
    if not all(columns["naam"]) or not _alle(_BESTUREN, columns["bestuur"]):
        return None
    kinds = _vertaald(columns["soort"], soort_van) if "soort" in columns else [None] * len(codes)
    absent = [""] * len(codes)
    postcodes = _vertaald(columns["postcode"], nette_postcode) if "postcode" in columns else absent
    if kinds is None or postcodes is None:
        return None
    towns = columns.get("plaats")
    return Schoolkolommen(
        vestigingscode=codes,
        naam=columns["naam"],
        soort=kinds,
        bestuur=[board.zfill(5) for board in columns["bestuur"]],
        bestuursnaam=[name[:LENGTE_BESTUURSNAAM] for name in columns["bestuursnaam"]]
        if "bestuursnaam" in columns
        else absent,
        gemeente=list(map(nette_plaatsnaam, columns["gemeente"])),
        straat=columns.get("straat", absent),
        huisnummer=columns.get("huisnummer", absent),
        postcode=postcodes,
        plaats=absent if towns is None else list(map(nette_plaatsnaam, towns)),
    )


def _bekende(codes: Kolom) -> Schoolkolommen:
    """Vestigingen of file 06 that the portal knows already: only their counts are used, so nothing else is kept."""
    empty: dict[str, Any] = dict.fromkeys(Schoolkolommen._fields, [""] * len(codes))
    return Schoolkolommen(**empty | {"vestigingscode": codes, "soort": [None] * len(codes)})


def _met_nieuwe(scholen: Schoolkolommen, tabel: PlatteTabel, nieuw: Sequence[bool]) -> Schoolkolommen | None:
    """The same vestigingen, those that are marked with everything that the file says of them."""
    if not any(nieuw):
        return scholen
    found = _scholen(tabel.kies(nieuw), list(compress(scholen.vestigingscode, nieuw)))
    if found is None:
        return None
    columns = cast("Iterable[tuple[list[Any], list[Any]]]", zip(scholen, found, strict=True))
    mixed = []
    for known, new in columns:
        rest = iter(new)
        mixed.append([next(rest) if here else value for value, here in zip(known, nieuw, strict=True)])
    return Schoolkolommen._make(mixed)


def _genet(tabel: PlatteTabel) -> PlatteTabel:
    return PlatteTabel({naam: _net(cells) for naam, cells in tabel.kolommen.items()}, tabel.koppen, tabel.nummers)


def beoordeel_scholen_plat(tabel: PlatteTabel, grenzen: Grenzen) -> Beoordeling | None:
    """File 02, as ``duo.beoordeel_scholen`` judges it; ``None`` when something is wrong with it."""
    neat = _genet(tabel)
    inside = _binnen(neat, grenzen, neat.kolommen["postcode"])
    codes = _codes(inside) if inside else None
    schools = _scholen(inside, codes) if inside and codes else None
    if not schools:
        return None
    return Beoordeling(schools, [], buiten=len(neat.nummers) - len(schools.vestigingscode))


def beoordeel_leerlingen_plat(tabel: PlatteTabel, grenzen: Grenzen, bekend: Mapping[str, str]) -> Beoordeling | None:
    """File 06, as ``duo.beoordeel_leerlingen`` judges it; ``None`` when something is wrong with it."""
    neat = _genet(tabel)
    raw = list(map(str.upper, neat.kolommen["vestigingscode"]))
    inside = _binnen(neat, grenzen, [bekend.get(code, "") for code in raw])
    codes = _codes(inside) if inside else None
    if not inside or not codes:
        return None
    counts: list[Aantal] | None = _vertaald(inside.kolommen["aantal"], lees_aantal)
    if counts is None:
        return None
    outside = len(raw) - len(codes)
    kept = [code in bekend or count != _NUL for code, count in zip(codes, counts, strict=True)]
    inside, codes, counts = inside.kies(kept), list(compress(codes, kept)), list(compress(counts, kept))
    schools = _met_nieuwe(_bekende(codes), inside, [code not in bekend for code in codes])
    return Beoordeling(schools, counts, outside, kept.count(False)) if schools and codes else None


_NUL = Aantal(0)
