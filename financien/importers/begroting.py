"""Reading a published multi-year budget: ``soort;groep;post`` and one column per year, in whole euros.

An empty cell means 'not budgeted', which is something else than 0.  The published totals are a file of their own:
``regel`` and one column per year.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from financien.domain.begroting import Post
from financien.domain.begroting import Soort as Begrotingssoort
from swv_portal.common.tables import Fout, Fouten, Kolom, Onleesbaar, Soort, Tabel, lees_tabel

Bron = bytes | Path | IO[bytes]
JAAR = re.compile(r"(?:19|20|21)\d\d")
MEESTE_JAREN = 20


@dataclass(frozen=True)
class Begrotingsbestand:
    """The years of the file (without a gap) and its posts in order."""

    jaren: tuple[int, ...]
    posten: tuple[Post, ...]


@dataclass(frozen=True)
class Totalenbestand:
    """Per published line the amounts by year; a year without an amount is absent."""

    jaren: tuple[int, ...]
    regels: dict[str, dict[int, int]]


def _soort(value: object) -> object:
    text = str(value).strip().lower()
    return text if text in set(Begrotingssoort) else Onleesbaar("Schrijf baten of lasten.")


def _jaren(header: Sequence[str]) -> list[int]:
    return [int(kop) for kop in header if JAAR.fullmatch(kop.strip())]


def _kolommen(vast: Sequence[Kolom]) -> Callable[[list[str]], Sequence[Kolom] | Fouten]:
    def decide(header: list[str]) -> Sequence[Kolom] | Fouten:
        years = _jaren(header)
        if not years or years != list(range(years[0], years[0] + len(years))) or len(years) > MEESTE_JAREN:
            return Fouten((Fout(1, None, "Na de vaste kolommen komt één kolom per jaar, op volgorde: 2024, 2025, …"),))
        return [*vast, *(Kolom(str(jaar), soort=Soort.GEHEEL, leeg=True) for jaar in years)]

    return decide


def _bedragen(tabel: Tabel, waarden: dict[str, object]) -> dict[int, int | None]:
    return {int(name): waarden[name] for name in tabel.koppen if JAAR.fullmatch(name)}  # type: ignore[misc]


def lees_begroting(bron: Bron) -> Begrotingsbestand | Fouten:
    """All posts, or the errors with row and column.  A post may stand in a group once."""
    fixed = [Kolom("soort", lees=_soort), Kolom("groep", max_lengte=120), Kolom("post", max_lengte=200)]
    tabel = lees_tabel(bron, _kolommen(fixed))
    if isinstance(tabel, Fouten):
        return tabel
    errors: list[Fout] = []
    posts: list[Post] = []
    seen: set[tuple[object, ...]] = set()
    for rij in tabel.rijen:
        key = (rij["soort"], rij["groep"], rij["post"])
        if key in seen:
            errors.append(Fout(rij.nummer, tabel.koppen["post"], f"'{rij['post']}' staat twee keer in deze groep."))
        seen.add(key)
        posts.append(
            Post(Begrotingssoort(str(rij["soort"])), str(rij["groep"]), str(rij["post"]), _bedragen(tabel, rij.waarden))
        )
    if errors:
        return Fouten(tuple(errors))
    return Begrotingsbestand(tuple(sorted(posts[0].bedragen)), tuple(posts))


def lees_totalen(bron: Bron) -> Totalenbestand | Fouten:
    """The published totals, or the errors with row and column.  A line may stand in the file once."""
    tabel = lees_tabel(bron, _kolommen([Kolom("regel", max_lengte=200)]))
    if isinstance(tabel, Fouten):
        return tabel
    errors: list[Fout] = []
    found: dict[str, dict[int, int]] = {}
    years: set[int] = set()
    for rij in tabel.rijen:
        name = str(rij["regel"])
        if name in found:
            errors.append(Fout(rij.nummer, tabel.koppen["regel"], f"'{name}' staat er twee keer in."))
        amounts = _bedragen(tabel, rij.waarden)
        years |= amounts.keys()
        found[name] = {jaar: amount for jaar, amount in amounts.items() if amount is not None}
    return Fouten(tuple(errors)) if errors else Totalenbestand(tuple(sorted(years)), found)
