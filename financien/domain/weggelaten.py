"""Which posts a published total leaves out: the ones that are together exactly what it is short of.

Source: the published meerjarenbegroting 2023-2028 in ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, ch. 12,
where a post is missing in the total of its part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from financien.domain.begroting import Niveau, Post, Sleutel, Soort

#: Among more posts than this there are always two that happen to make a difference: a pair explains nothing then, and
#: looking for it at every difference is what would make a large budget slow.
MEESTE_VOOR_PAREN = 100


@dataclass(frozen=True)
class _Groepsjaar:
    """The posts of one group that have an amount in one year.  ``plekken``: where in them each amount stands."""

    posten: Sequence[tuple[str, int]]
    plekken: Mapping[int, Sequence[int]]

    def samen(self, bedrag: int) -> list[tuple[str, int]]:
        """The first post, or else the first two posts, of together ``bedrag``; empty when there are none."""
        if bedrag in self.plekken:
            return [self.posten[self.plekken[bedrag][0]]]
        if len(self.posten) > MEESTE_VOOR_PAREN:
            return []
        for index, post in enumerate(self.posten):
            others = self.plekken.get(bedrag - post[1], ())
            second = next((place for place in others if place > index), None)
            if second is not None:
                return [post, self.posten[second]]
        return []


class Weglatingen:
    """The posts of a budget by group, and per year by amount; each is looked up once, when it is first asked for."""

    def __init__(self, posten: Iterable[Post]) -> None:
        self._posten: dict[tuple[Soort, str], list[Post]] = {}
        self._jaren: dict[tuple[Soort, str, int], _Groepsjaar] = {}
        for post in posten:
            self._posten.setdefault((post.soort, post.groep), []).append(post)

    def zoek(self, totaal: Sleutel, jaar: int, tekort: int) -> list[tuple[str, int]]:
        """The one or two posts, with their amounts, that are what ``totaal`` is short of in ``jaar``."""
        if totaal.soort is None or totaal.niveau > Niveau.GROEP:
            return []
        return self._groepsjaar(totaal.soort, totaal.groep, jaar).samen(tekort)

    def _groepsjaar(self, soort: Soort, groep: str, jaar: int) -> _Groepsjaar:
        key = (soort, groep, jaar)
        if key not in self._jaren:
            posts = [(p.post, amount) for p in self._posten.get((soort, groep), ()) if (amount := p.bedragen.get(jaar))]
            places: dict[int, list[int]] = {}
            for index, (_, amount) in enumerate(posts):
                places.setdefault(amount, []).append(index)
            self._jaren[key] = _Groepsjaar(posts, places)
        return self._jaren[key]
