"""Reading a published multi-year budget: ``soort;groep;post`` and one column per year, in whole euros.

An empty cell means 'not budgeted', which is something else than 0.  What the portal writes as CSV can be read in again:
its rows of soort ``totaal`` are passed over, because totals are calculated from the posts.  The published totals are a
file of their own: ``regel`` and one column per year.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from financien.domain.begroting import Post
from financien.domain.begroting import Soort as Begrotingssoort
from swv_portal.common.tables import Fout, Fouten, Kolom, Onleesbaar, Rij, Soort, Tabel, lees_tabel

Bron = bytes | Path | IO[bytes]
JAAR = re.compile(r"(?:19|20|21)\d\d")
MEESTE_JAREN = 20
#: The soort of the rows with calculated totals, in a file that the portal wrote itself.
TOTAAL = "totaal"


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
    return text if text in {*Begrotingssoort, TOTAAL} else Onleesbaar("Schrijf baten of lasten.")


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
    """All posts, or the errors with row and column.  A post may stand in a group once; totals are passed over."""
    fixed = [Kolom("soort", lees=_soort), Kolom("groep", max_lengte=120, leeg=True), Kolom("post", max_lengte=200)]
    tabel = lees_tabel(bron, _kolommen(fixed))
    if isinstance(tabel, Fouten):
        return tabel
    rows = [rij for rij in tabel.rijen if rij["soort"] != TOTAAL]
    if not rows:
        return Fouten((Fout(None, None, "In het bestand staan totalen, maar geen posten."),))
    if errors := _postfouten(tabel, rows):
        return Fouten(tuple(errors))
    posts = [
        Post(Begrotingssoort(str(rij["soort"])), str(rij["groep"]), str(rij["post"]), _bedragen(tabel, rij.waarden))
        for rij in rows
    ]
    return Begrotingsbestand(tuple(sorted(posts[0].bedragen)), tuple(posts))


def _postfouten(tabel: Tabel, rijen: Sequence[Rij]) -> list[Fout]:
    """A post needs a group, which a total has not, and may stand in it once."""
    errors: list[Fout] = []
    seen: set[tuple[object, ...]] = set()
    for rij in rijen:
        key = (rij["soort"], rij["groep"], rij["post"])
        if rij["groep"] is None:
            errors.append(Fout(rij.nummer, tabel.koppen["groep"], "Deze cel mag niet leeg zijn."))
        elif key in seen:
            errors.append(Fout(rij.nummer, tabel.koppen["post"], f"'{rij['post']}' staat twee keer in deze groep."))
        seen.add(key)
    return errors


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
