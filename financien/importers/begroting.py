"""Reading a published multi-year budget: ``soort;groep;post`` and one column per year, in whole euros.

An empty cell means 'not budgeted', which is something else than 0.  What the portal writes as CSV can be read in again:
its rows of soort ``totaal`` are passed over, amounts and all, because totals are calculated from the posts and may be
larger than an amount that is read.  The published totals are a file of their own: ``regel`` and one column per year.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from financien.domain.begroting import Post
from financien.domain.begroting import Soort as Begrotingssoort
from swv_portal.common.money import dutch_count
from swv_portal.common.tables import Fout, Fouten, Kolom, Onleesbaar, Rij, Soort, Tabel, lees_tabel, normaliseer

Bron = bytes | Path | IO[bytes]
JAAR = re.compile(r"(?:19|20|21)\d\d")
MEESTE_JAREN = 20
#: Posts, or published totals.  A published begroting has some fifty; with more than this nobody reads the page or its
#: PDF any more, and every look at it would cost seconds.  The order of the rows in the database goes up to 32,767.
MEESTE_REGELS = 2_000
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


def _kolommen(header: list[str], vast: Sequence[Kolom], jaarkolom: Callable[[str], Kolom]) -> list[Kolom] | Fouten:
    years = _jaren(header)
    if not years or years != list(range(years[0], years[0] + len(years))) or len(years) > MEESTE_JAREN:
        return Fouten((Fout(1, None, "Na de vaste kolommen komt één kolom per jaar, op volgorde: 2024, 2025, …"),))
    return [*vast, *(jaarkolom(str(jaar)) for jaar in years)]


def _te_veel(number: int, one: str, more: str) -> Fouten | None:
    if number <= MEESTE_REGELS:
        return None
    most = dutch_count(MEESTE_REGELS, one, more)
    return Fouten((Fout(None, None, f"In het bestand staan {dutch_count(number, one, more)}. Er passen {most}."),))


# ---- posts -----------------------------------------------------------------------------------------------------------

LEES_BEDRAG = Kolom("bedrag", soort=Soort.GEHEEL).lezer()


def _ongelezen(value: object) -> object:
    return value


def _jaarkolom(naam: str) -> Kolom:
    """Of a year: read when it is known that the row holds a post."""
    return Kolom(naam, leeg=True, lees=_ongelezen)


def _bedrag(value: object) -> object:
    return None if value is None else LEES_BEDRAG(value)


@dataclass
class _Postcontrole:
    """What is wrong with the rows of posts besides their cells; a row of a total is passed over."""

    koppen: dict[str, str] = field(default_factory=dict)
    gezien: set[tuple[object, ...]] = field(default_factory=set)

    def kolommen(self, header: list[str]) -> list[Kolom] | Fouten:
        self.koppen = {normaliseer(kop): kop for kop in header}
        fixed = [Kolom("soort", lees=_soort), Kolom("groep", max_lengte=120, leeg=True), Kolom("post", max_lengte=200)]
        return _kolommen(header, fixed, _jaarkolom)

    def rij(self, rij: Rij) -> Iterator[Fout]:
        """A post has amounts that can be read and a group, which a total has not, and stands in it once."""
        cells = rij.waarden
        if cells.get("soort") in {None, TOTAAL}:
            return
        for name in filter(JAAR.fullmatch, cells):
            if isinstance(read := _bedrag(cells[name]), Onleesbaar):
                yield Fout(rij.nummer, self.koppen[name], read.zin)
        if not {"groep", "post"} <= cells.keys():
            return
        key = (cells["soort"], cells["groep"], cells["post"])
        if cells["groep"] is None:
            yield Fout(rij.nummer, self.koppen["groep"], "Deze cel mag niet leeg zijn.")
        elif key in self.gezien:
            yield Fout(rij.nummer, self.koppen["post"], f"'{cells['post']}' staat twee keer in deze groep.")
        self.gezien.add(key)


def _post(rij: Rij) -> Post:
    years = filter(JAAR.fullmatch, rij.waarden)
    amounts: dict[int, int | None] = {int(name): _bedrag(rij[name]) for name in years}  # type: ignore[misc]
    return Post(Begrotingssoort(str(rij["soort"])), str(rij["groep"]), str(rij["post"]), amounts)


def lees_begroting(bron: Bron) -> Begrotingsbestand | Fouten:
    """All posts, or the errors with row and column.  A post may stand in a group once; totals are passed over."""
    check = _Postcontrole()
    tabel = lees_tabel(bron, check.kolommen, controleer=check.rij)
    if isinstance(tabel, Fouten):
        return tabel
    posts = [_post(rij) for rij in tabel.rijen if rij["soort"] != TOTAAL]
    if not posts:
        return Fouten((Fout(None, None, "In het bestand staan totalen, maar geen posten."),))
    if too_many := _te_veel(len(posts), "post", "posten"):
        return too_many
    return Begrotingsbestand(tuple(sorted(posts[0].bedragen)), tuple(posts))


# ---- published totals ------------------------------------------------------------------------------------------------


def _totaalkolommen(header: list[str]) -> list[Kolom] | Fouten:
    return _kolommen(header, [Kolom("regel", max_lengte=200)], lambda naam: Kolom(naam, soort=Soort.GEHEEL, leeg=True))


def _bedragen(tabel: Tabel, waarden: dict[str, object]) -> dict[int, int | None]:
    return {int(name): waarden[name] for name in tabel.koppen if JAAR.fullmatch(name)}  # type: ignore[misc]


def lees_totalen(bron: Bron) -> Totalenbestand | Fouten:
    """The published totals, or the errors with row and column.  A line may stand in the file once."""
    tabel = lees_tabel(bron, _totaalkolommen)
    if isinstance(tabel, Fouten):
        return tabel
    if too_many := _te_veel(len(tabel.rijen), "gepubliceerd totaal", "gepubliceerde totalen"):
        return too_many
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
