"""The multi-year budget of the SWV: posts, the totals that follow from them, and the rules between the totals.

Source: the published meerjarenbegroting 2023-2028 in ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, ch. 12.
Rules that hold in it: eigen vermogen(t) = eigen vermogen(t-1) + resultaat(t); eigen vermogen = weerstandsvermogen +
bestemmingsreserve; signaleringswaarde = 3.5% of the total baten (Inspectie van het Onderwijs, rounded to whole euros).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from swv_portal.common.money import half_up

SIGNALERING = Decimal("0.035")
SCHEIDING = " / "


class Soort(StrEnum):
    BATEN = "baten"
    LASTEN = "lasten"


@dataclass(frozen=True)
class Post:
    """One line of the budget.  ``bedragen`` is whole euros per year; ``None`` means 'not budgeted', which is not 0."""

    soort: Soort
    groep: str
    post: str
    bedragen: Mapping[int, int | None]


@dataclass(frozen=True)
class Totaal:
    """A total that follows from posts.  ``delen`` are the lines it is made of: posts, or lower totals by name."""

    regel: str
    titel: str
    bedragen: Mapping[int, int]
    delen: tuple[str, ...] = ()
    niveau: int = 1


@dataclass(frozen=True)
class Vermogen:
    """Published prognosis of the equity per year; what is not published is absent."""

    eigen: Mapping[int, int] = field(default_factory=dict)
    weerstand: Mapping[int, int] = field(default_factory=dict)
    reserve: Mapping[int, int] = field(default_factory=dict)


def hoofdgroep(groep: str) -> str:
    """'overdrachten / speciaal onderwijs' belongs to 'overdrachten'; a group without a part is its own."""
    return groep.split(SCHEIDING, 1)[0]


def _sum(posten: Iterable[Post], jaar: int) -> int:
    return sum(post.bedragen.get(jaar) or 0 for post in posten)


def _unique(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _totaal(regel: str, posten: Sequence[Post], jaren: Sequence[int], delen: Sequence[str], niveau: int) -> Totaal:
    title = regel.rsplit(SCHEIDING, 1)[-1] if niveau == 0 else regel
    title = f"subtotaal {title}" if niveau == 0 and not title.startswith("subtotaal") else title
    amounts = {jaar: _sum(posten, jaar) for jaar in jaren}
    return Totaal(regel, title[0].upper() + title[1:], amounts, tuple(delen), niveau)


def _groepstotalen(posten: Sequence[Post], jaren: Sequence[int]) -> list[Totaal]:
    """Totals of the groups of one kind: first the parts of a group (if it has them), then the group itself."""
    found = []
    for head in _unique([hoofdgroep(post.groep) for post in posten]):
        mine = [post for post in posten if hoofdgroep(post.groep) == head]
        groups = _unique([post.groep for post in mine])
        parts = [post.post for post in mine]
        if groups != [head]:
            parts = [f"subtotaal {group}" for group in groups]
            for group, name in zip(groups, parts, strict=True):
                inside = [post for post in mine if post.groep == group]
                found.append(_totaal(name, inside, jaren, [post.post for post in inside], 0))
        found.append(_totaal(f"totaal {head}", mine, jaren, parts, 1))
    return found


def totalen(posten: Sequence[Post], jaren: Sequence[int]) -> list[Totaal]:
    """Every total of the budget, from the posts alone: per part, per group, baten, lasten and resultaat."""
    found: list[Totaal] = []
    for soort in Soort:
        mine = [post for post in posten if post.soort == soort]
        groups = _groepstotalen(mine, jaren)
        heads = [total.regel for total in groups if total.niveau == 1]
        found += [*groups, _totaal(f"totaal {soort}", mine, jaren, heads, 2)]
    baten, lasten = (next(t for t in found if t.regel == f"totaal {soort}").bedragen for soort in Soort)
    result = {jaar: baten[jaar] - lasten[jaar] for jaar in jaren}
    return [*found, Totaal("resultaat", "Resultaat", result, ("totaal baten", "totaal lasten"), 2)]


def signaleringswaarde(baten: int) -> int:
    """3.5% of the total baten in whole euros: above this the Inspectie calls the equity possibly excessive."""
    return int(half_up(baten * SIGNALERING, 0))


def prognose(start: int, jaren: Sequence[int], resultaat: Mapping[int, int]) -> dict[int, int]:
    """The equity on 31 December of each year, from ``start`` on 31 December of the first year."""
    found = {jaren[0]: start}
    for before, jaar in pairwise(jaren):
        found[jaar] = found[before] + resultaat[jaar]
    return found
