"""May the table of scores over all respondents be published beside the means per group?

That table fixes the sum of all answers, and the means of the shown groups take most of it away again: what is left may
be the sum of a handful of people.  How many people of a group answered a question is not published, and this can be
enough doubt.  Whether it is, is proven here and not assumed: the table is safe when for every too small union of hidden
groups there is a second set of answers that gives exactly the same publication and another mean for that union.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from evaluatie.domain.afronding import half_omhoog
from evaluatie.domain.onthulling import Groepen, kleine_verenigingen

#: With more unions than this the proof is not tried, and the table is left out.
MEESTE_VERENIGINGEN = 5_000


@dataclass(frozen=True)
class _Som:
    """How many answers, and their sum."""

    n: int
    som: int

    def ruil(self, weg: int | None, bij: int | None) -> "_Som":
        """After one person's answer ``weg`` is replaced by ``bij``; ``None`` is no answer."""
        n = self.n - (weg is not None) + (bij is not None)
        return _Som(n, self.som - (weg or 0) + (bij or 0))

    @property
    def gemiddelde(self) -> object:
        """What is published of it, to one decimal."""
        return half_omhoog(self.som, self.n) if self.n else None

    def zelfde_gemiddelde(self, other: "_Som") -> bool:
        """Is the exact mean the same?  Without answers there is none."""
        return self.n > 0 and other.n > 0 and self.som * other.n == other.som * self.n


class _Werelden:
    """Every set of answers that differs from the real one by exchanging the answers of two people."""

    def __init__(self, rijen: Mapping[str, Sequence[int]], scores: Sequence[int], minimum: int) -> None:
        self.minimum = minimum
        answers: list[int | None] = [*scores, None]
        self.gegeven = {
            name: [answer for answer, count in zip(answers, row, strict=True) if count] for name, row in rijen.items()
        }
        self.sommen = {
            name: _Som(sum(row[:-1]), sum(s * c for s, c in zip(scores, row, strict=False)))
            for name, row in rijen.items()
        }
        self.getoond = frozenset(name for name, total in self.sommen.items() if total.n >= minimum)
        shown = [self.sommen[name] for name in self.getoond]
        self.totaal = _Som(sum(s.n for s in shown), sum(s.som for s in shown))

    def zelfde_publicatie(self, name: str, weg: int | None, bij: int | None) -> bool:
        """Does the publication stay as it is when somebody in group ``name`` answers ``bij`` instead of ``weg``?"""
        before = self.sommen[name]
        after = before.ruil(weg, bij)
        if name not in self.getoond:
            return after.n < self.minimum
        return (
            after.n >= self.minimum
            and after.gemiddelde == before.gemiddelde
            and self.totaal.ruil(weg, bij).gemiddelde == self.totaal.gemiddelde
        )

    def heeft_ander_gemiddelde(self, union: Groepen) -> bool:
        """Is there another world with the same publication, in which the mean of ``union`` is another one?"""
        real = _Som(sum(self.sommen[name].n for name in union), sum(self.sommen[name].som for name in union))
        outside = [name for name in self.gegeven if name not in union]
        for weg in {answer for name in union for answer in self.gegeven[name]}:
            givers = [name for name in union if weg in self.gegeven[name]]
            for other in outside:
                for bij in self.gegeven[other]:
                    if bij == weg or real.zelfde_gemiddelde(real.ruil(weg, bij)):
                        continue
                    if self.zelfde_publicatie(other, bij, weg) and any(
                        self.zelfde_publicatie(name, weg, bij) for name in givers
                    ):
                        return True
        return False


def verdeling_is_veilig(rijen: Mapping[str, Sequence[int]], scores: Sequence[int], minimum: int) -> bool:
    """May the distribution of the scores over all respondents be published?

    ``rijen``: per group how many people gave each of ``scores``, and last how many gave no answer.  Known to everybody
    are the respondents per group, the mean of each group with at least ``minimum`` answers, the mean over those groups
    together, and the distribution.  ``True`` is proven; ``False`` means that no proof was found.
    """
    worlds = _Werelden(rijen, scores, minimum)
    hidden = {name: total.n for name, total in worlds.sommen.items() if name not in worlds.getoond}
    unions: Iterator[Groepen] = kleine_verenigingen(hidden, minimum)
    tried = list(islice(unions, MEESTE_VERENIGINGEN + 1))
    return len(tried) <= MEESTE_VERENIGINGEN and all(worlds.heeft_ander_gemiddelde(union) for union in tried)
