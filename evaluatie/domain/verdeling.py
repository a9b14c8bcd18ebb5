"""May a table of answers over all respondents be published, when groups are hidden?

A table of scores fixes the sum of all answers, and the means of the shown groups take most of it away again: what is
left may be the sum of a handful of people.  How many people of a group answered a question is not published, and this
can be enough doubt.  Whether it is, is proven here and not assumed.

A reader knows the publication and may know these rules.  Then a second world only gives doubt when its table would be
published too.  So what is searched is a *closed* set of worlds, the real one among them: for every world in it, every
too small union of groups and every figure of that union (its mean, and the share of each score that was given) there is
another world in the set, with the same publication and another value.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from evaluatie.domain.onthulling import Groepen, kleine_verenigingen
from evaluatie.domain.werelden import Wereld, Werelden

#: With more unions than this the proof is not tried, and the table is left out.
MEESTE_VERENIGINGEN = 1_000
#: After looking at so many neighbours the search is given up, and the table is left out.
MEESTE_STAPPEN = 20_000


class _Zoektocht:
    """The search for a closed set of worlds around the real one."""

    def __init__(self, werelden: Werelden) -> None:
        self.werelden = werelden
        #: Worlds that are in no closed set: something of a small union is certain in them.
        self.weerlegd: set[Wereld] = set()
        self.stappen = 0

    def slaagt(self) -> bool:
        real = self.werelden.echt
        while real not in self.weerlegd and self.stappen <= MEESTE_STAPPEN:
            if self._is_gesloten_rond(real):
                return True
        return False

    def _is_gesloten_rond(self, real: Wereld) -> bool:
        """Grow a set from ``real`` until it is closed.  A world without doubt is refuted, and the search starts again:
        what counted on it has to find another one."""
        taken, waiting = {real}, deque([real])
        while waiting:
            world = waiting.popleft()
            for union, figuur in self._te_betwijfelen(world):
                other = self._getuige(world, union, figuur, taken)
                if other is None:
                    self.weerlegd.add(world)
                    return False
                if other not in taken:
                    taken.add(other)
                    waiting.append(other)
        return True

    def _te_betwijfelen(self, world: Wereld) -> Iterator[tuple[Groepen, int]]:
        """Every small union with every figure of it that may not be certain.  That nobody gave a score is no secret:
        often nobody at all gave it."""
        for union in self.werelden.kleine_verenigingen(world):
            _, _, *counts = self.werelden.cijfers(world, union)
            yield union, 1
            yield from ((union, place) for place, count in enumerate(counts, start=2) if count)

    def _getuige(self, world: Wereld, union: Groepen, figuur: int, taken: set[Wereld]) -> Wereld | None:
        """A world that gives doubt, if possible one that is in the set already."""
        for other in taken:
            self.stappen += 1
            if self.werelden.is_buur(world, other, union, figuur):
                return other
        for other in self.werelden.buren(world, union, figuur):
            self.stappen += 1
            if self.stappen > MEESTE_STAPPEN:
                return None
            if other not in self.weerlegd:
                return other
        return None


def verdeling_is_veilig(rijen: Mapping[str, Sequence[int]], scores: Sequence[int], minimum: int) -> bool:
    """May the distribution of the scores over all respondents be published?

    ``rijen``: per group how many people gave each of ``scores``, and last how many gave no answer.  Known to everybody
    are the respondents per group, the mean of each group with at least ``minimum`` answers, the mean over those groups
    together, and the distribution.  ``True`` is proven; ``False`` means that no proof was found.
    """
    worlds = Werelden(rijen, scores, minimum)
    tried = list(islice(worlds.kleine_verenigingen(worlds.echt), MEESTE_VERENIGINGEN + 1))
    return len(tried) <= MEESTE_VERENIGINGEN and _Zoektocht(worlds).slaagt()


def keuze_is_veilig(rijen: Mapping[str, Sequence[int]], minimum: int) -> bool:
    """May the table of a choice question be published?  ``rijen`` as in ``verdeling_is_veilig``, per option.

    Nothing is published per group, so any two people may have exchanged their answers.  Only when all answers are the
    same, there is nothing to exchange: then everybody in a too small group is known to have given that answer.
    """
    given = [sum(column) for column in zip(*rijen.values(), strict=True)][:-1]
    if sum(1 for count in given if count) != 1:
        return True
    answers = {name: sum(row[:-1]) for name, row in rijen.items()}
    return next(kleine_verenigingen(answers, minimum), None) is None
