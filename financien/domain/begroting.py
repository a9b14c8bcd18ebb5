"""The multi-year budget of the SWV: posts, the totals that follow from them, and the rules between the totals.

Source: the published meerjarenbegroting 2023-2028 in ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, ch. 12.
Rules that hold in it: eigen vermogen(t) = eigen vermogen(t-1) + resultaat(t); eigen vermogen = weerstandsvermogen +
bestemmingsreserve; signaleringswaarde = 3.5% of the total baten (Inspectie van het Onderwijs, rounded to whole euros).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum
from itertools import chain, pairwise

from swv_portal.common.money import half_up
from swv_portal.common.words import met_hoofdletter

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


class Niveau(IntEnum):
    """How much a total is of: a part of a group, a group, baten or lasten, everything."""

    DEEL = 0
    GROEP = 1
    SOORT = 2
    ALLES = 3


@dataclass(frozen=True, slots=True)
class Sleutel:
    """Which total it is.  A name does not say that: a group may be called 'baten', or be there in baten and lasten."""

    niveau: Niveau
    soort: Soort | None = None
    groep: str = ""


TOTAAL_BATEN = Sleutel(Niveau.SOORT, Soort.BATEN)
TOTAAL_LASTEN = Sleutel(Niveau.SOORT, Soort.LASTEN)
RESULTAAT = Sleutel(Niveau.ALLES)


@dataclass(frozen=True)
class Totaal:
    """A total that follows from posts.  ``regel`` is its name, of no other total of the same budget.

    ``delen`` are the lower totals that it is made of, when it is not made of posts.
    """

    sleutel: Sleutel
    regel: str
    titel: str
    bedragen: Mapping[int, int]
    delen: tuple[Sleutel, ...] = ()


def hoofdgroep(groep: str) -> str:
    """'overdrachten / speciaal onderwijs' belongs to 'overdrachten'; a group without a part is its own."""
    return groep.split(SCHEIDING, 1)[0]


#: The posts of the groups of one main group.
Groepen = dict[str, list[Post]]


def _boom(posten: Iterable[Post]) -> dict[Soort, dict[str, Groepen]]:
    """The posts by kind, main group and group, each in the order in which it first occurs."""
    found: dict[Soort, dict[str, Groepen]] = {}
    for post in posten:
        heads = found.setdefault(post.soort, {})
        heads.setdefault(hoofdgroep(post.groep), {}).setdefault(post.groep, []).append(post)
    return found


def gegroepeerd(posten: Iterable[Post]) -> list[Post]:
    """The posts with what belongs together side by side.  What stood together already keeps its place."""
    return [
        post
        for heads in _boom(posten).values()
        for groups in heads.values()
        for inside in groups.values()
        for post in inside
    ]


@dataclass(frozen=True)
class _Som:
    """A total before it has its name."""

    sleutel: Sleutel
    bedragen: dict[int, int]
    delen: tuple[Sleutel, ...] = ()


def _optellen(rows: Iterable[Mapping[int, int | None]], jaren: Sequence[int]) -> dict[int, int]:
    found = dict.fromkeys(jaren, 0)
    for row in rows:
        for jaar in jaren:
            found[jaar] += row.get(jaar) or 0
    return found


def _groepssommen(soort: Soort, heads: Mapping[str, Groepen], jaren: Sequence[int]) -> Iterator[_Som]:
    """Of the groups of one kind: first the parts of a group (if it has them), then the group itself."""
    for head, groups in heads.items():
        parts = () if list(groups) == [head] else tuple(Sleutel(Niveau.DEEL, soort, group) for group in groups)
        for part in parts:
            yield _Som(part, _optellen((post.bedragen for post in groups[part.groep]), jaren))
        everything = chain.from_iterable(groups.values())
        yield _Som(Sleutel(Niveau.GROEP, soort, head), _optellen((post.bedragen for post in everything), jaren), parts)


def _naam(sleutel: Sleutel) -> str:
    if sleutel.niveau == Niveau.ALLES:
        return "resultaat"
    if sleutel.niveau == Niveau.SOORT:
        return f"totaal {sleutel.soort}"
    return f"{'subtotaal' if sleutel.niveau == Niveau.DEEL else 'totaal'} {sleutel.groep}"


def _regels(sleutels: Sequence[Sleutel]) -> dict[Sleutel, str]:
    """A name of its own for every total.

    A group whose name another total has too gets its kind behind it: 'totaal overig (baten)'.  The totals of the kinds
    are always 'totaal baten' and 'totaal lasten'.
    """
    count = Counter(_naam(sleutel) for sleutel in sleutels)
    taken, found = set(count), {}
    for sleutel in sleutels:
        name = _naam(sleutel)
        if count[name] > 1 and sleutel.niveau < Niveau.SOORT:
            while name in taken:
                name = f"{name} ({sleutel.soort})"
            taken.add(name)
        found[sleutel] = name
    return found


def _titel(niveau: Niveau, regel: str) -> str:
    title = regel
    if niveau == Niveau.DEEL:
        part = regel.rsplit(SCHEIDING, 1)[-1]
        title = part if part.startswith("subtotaal") else f"subtotaal {part}"
    return met_hoofdletter(title)


def totalen(posten: Sequence[Post], jaren: Sequence[int]) -> list[Totaal]:
    """Every total of the budget, from the posts alone: per part, per group, baten, lasten and resultaat."""
    tree = _boom(posten)
    sums: list[_Som] = []
    kinds: list[dict[int, int]] = []
    for soort in Soort:
        groups = list(_groepssommen(soort, tree.get(soort, {}), jaren))
        heads = [som for som in groups if som.sleutel.niveau == Niveau.GROEP]
        kinds.append(_optellen((som.bedragen for som in heads), jaren))
        sums += [*groups, _Som(Sleutel(Niveau.SOORT, soort), kinds[-1], tuple(som.sleutel for som in heads))]
    baten, lasten = kinds
    result = {jaar: baten[jaar] - lasten[jaar] for jaar in jaren}
    sums.append(_Som(RESULTAAT, result, (TOTAAL_BATEN, TOTAAL_LASTEN)))
    names = _regels([som.sleutel for som in sums])
    return [
        Totaal(som.sleutel, name, _titel(som.sleutel.niveau, name), som.bedragen, som.delen)
        for som, name in zip(sums, names.values(), strict=True)
    ]


def bedragen_van(totalen: Iterable[Totaal], sleutel: Sleutel) -> Mapping[int, int]:
    """The amounts by year of the one total ``sleutel``, which has to be there."""
    return next(totaal.bedragen for totaal in totalen if totaal.sleutel == sleutel)


def signaleringswaarde(baten: int) -> int:
    """3.5% of the total baten in whole euros: above this the Inspectie calls the equity possibly excessive."""
    return int(half_up(baten * SIGNALERING, 0))


def prognose(start: int, jaren: Sequence[int], resultaat: Mapping[int, int]) -> dict[int, int]:
    """The equity on 31 December of each year, from ``start`` on 31 December of the first year."""
    found = {jaren[0]: start}
    for before, jaar in pairwise(jaren):
        found[jaar] = found[before] + resultaat[jaar]
    return found
