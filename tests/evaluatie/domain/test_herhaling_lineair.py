"""Two publications against the linear check of ``onthulling`` over both together.

What is checked is whose answers follow: the unknowns are who stayed, left and came, per group.  Groups keep their name,
come and go, get another name, or (of a score) go into two while the others stay.  What follows from the answers
themselves (all the same, a table that is left out) is no linear matter; ``test_herhaling`` has cases of it.
"""

from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from evaluatie.domain.herhaling import Antwoordbeeld, weiger_herhaling
from evaluatie.domain.onthulling import afleidbaar
from evaluatie.domain.uitkomsten import Groep, publiceer
from evaluatie.domain.vragenlijst import Optie, Vraag, Vraagsoort

DRIE = tuple(Optie(str(score), str(score), score) for score in range(3))
RIJ = st.lists(st.integers(0, 4), min_size=3, max_size=3)
ANDERS = st.tuples(RIJ, RIJ)
#: Only people who came in addition: then what they answered is all of the difference.
ERBIJ = ANDERS.map(lambda rows: (rows[0], [old + more for old, more in zip(*rows, strict=True)]))
RONDE = st.one_of(st.dictionaries(st.sampled_from("ABC"), rows, min_size=1) for rows in (ANDERS, ERBIJ))
SOORT = st.sampled_from(list(Vraagsoort))
MINIMUM = st.integers(2, 5)


@dataclass(frozen=True)
class Deel:
    """The same people, as far as anybody knows: in which group they are and what they answer, before and after."""

    voor: str
    na: str
    oud: list[int]
    nieuw: list[int]


def _delen(ronde, namen=None) -> list[Deel]:
    return [Deel(naam, (namen or {}).get(naam, naam), *rows) for naam, rows in ronde.items()]


def _tabel(delen: list[Deel], *, na: bool) -> dict[str, list[int]]:
    """The answers per group.  A group in which nobody is left, is not there."""
    table: dict[str, list[int]] = {}
    for deel in delen:
        naam, row = (deel.na, deel.nieuw) if na else (deel.voor, deel.oud)
        table[naam] = [sum(pair) for pair in zip(table.get(naam, [0] * len(row)), row, strict=True)]
    return {naam: row for naam, row in table.items() if sum(row)}


def _beeld(vraag: Vraag, tabel: dict[str, list[int]], leeg: int = 0) -> Antwoordbeeld:
    counts = {
        (naam, vraag.code, optie.waarde): count
        for naam, row in tabel.items()
        for optie, count in zip(vraag.opties, row, strict=True)
        if count
    }
    return Antwoordbeeld({naam: sum(row) + leeg for naam, row in tabel.items()}, counts)


def _volgt_niets_kleins(delen: list[Deel], soort: Vraagsoort, minimum: int) -> None:
    """The oracle: who stayed, left and came as unknowns; what both publications say as equations."""
    vraag = Vraag("q", "Vraag?", soort, DRIE)
    before, after = _tabel(delen, na=False), _tabel(delen, na=True)
    if weiger_herhaling([vraag], [_beeld(vraag, before)], _beeld(vraag, after), minimum) is not None:
        return
    sizes: dict[str, int] = {}
    unions: dict[tuple[bool, str], frozenset[str]] = {}
    for deel in delen:
        label = f"{deel.voor} {deel.na}"
        pairs = list(zip(deel.oud, deel.nieuw, strict=True))
        sizes[f"{label} bleef"] = sum(min(pair) for pair in pairs)
        sizes[f"{label} ging"] = gone = sum(max(0, old - new) for old, new in pairs)
        sizes[f"{label} kwam"] = came = sum(max(0, new - old) for old, new in pairs)
        for side, naam, act in ((False, deel.voor, "ging"), (True, deel.na, "kwam")):
            unions[side, naam] = unions.get((side, naam), frozenset()) | {f"{label} bleef", f"{label} {act}"}
        whole = before.get(deel.voor) == deel.oud and after.get(deel.na) == deel.nieuw
        if soort is Vraagsoort.SCORE and whole and min(sum(deel.oud), sum(deel.nieuw)) >= minimum:
            assert max(gone, came) == 0 or max(gone, came) >= minimum
    published = list(unions.values())
    if soort is Vraagsoort.KEUZE:
        sides = [[union for (na, _), union in unions.items() if na is side] for side in (False, True)]
        published = [frozenset[str]().union(*side) for side in sides]
    known = [union for union in published if sum(sizes[part] for part in union) >= minimum]
    assert afleidbaar(sizes, known, minimum) == []


@given(RONDE, SOORT, MINIMUM)
@example({"A": ([0, 0, 4], [0, 1, 4])}, Vraagsoort.SCORE, 2)
@example({"A": ([2, 2, 2], [3, 3, 2])}, Vraagsoort.KEUZE, 5)
@example({"A": ([2, 2, 2], [2, 2, 2]), "B": ([0, 0, 0], [1, 1, 0])}, Vraagsoort.KEUZE, 5)
def test_nothing_small_follows_from_both_publications(ronde, soort, minimum):
    _volgt_niets_kleins(_delen(ronde), soort, minimum)


@given(RONDE, st.sets(st.sampled_from("ABC"), min_size=1), SOORT, MINIMUM)
@example({"A": ([2, 2, 2], [2, 2, 3])}, {"A"}, Vraagsoort.SCORE, 2)
@example({"A": ([2, 2, 2], [2, 2, 3])}, {"A"}, Vraagsoort.KEUZE, 2)
@example({"A": ([4, 4, 0], [4, 4, 1]), "B": ([0, 0, 4], [0, 4, 4])}, {"A", "B"}, Vraagsoort.SCORE, 2)
def test_another_name_gives_nothing_small_away(ronde, hernoemd, soort, minimum):
    _volgt_niets_kleins(_delen(ronde, {naam: f"{naam} anders" for naam in hernoemd}), soort, minimum)


@given(RONDE, st.one_of(st.tuples(rows, rows) for rows in (ANDERS, ERBIJ)), MINIMUM)
@example({"B": ([3, 3, 0], [3, 3, 0])}, (([4, 4, 0], [4, 4, 0]), ([0, 0, 1], [0, 0, 1])), 2)
@example({"B": ([3, 3, 0], [3, 3, 0])}, (([4, 4, 0], [4, 4, 1]), ([0, 0, 4], [0, 0, 4])), 2)
def test_a_group_that_goes_into_two_gives_nothing_small_away(ronde, helften, minimum):
    """All of A goes into A1 and A2; the other groups stay."""
    halves = [Deel("A", f"A{nth}", *rows) for nth, rows in enumerate(helften, start=1)]
    others = {naam: rows for naam, rows in ronde.items() if naam != "A" and sum(rows[0]) and sum(rows[1])}
    _volgt_niets_kleins([*halves, *_delen(others)], Vraagsoort.SCORE, minimum)


KLEINE_RIJ = st.lists(st.integers(0, 2), min_size=3, max_size=3)
KLEINE_RONDE = st.dictionaries(st.sampled_from("AB"), st.tuples(KLEINE_RIJ, KLEINE_RIJ), min_size=1)


@given(KLEINE_RONDE, st.integers(0, 2), st.integers(2, 4))
@example({"A": ([2, 2, 2], [2, 2, 4]), "B": ([1, 1, 1], [1, 1, 1])}, 2, 4)
@settings(deadline=None, max_examples=50)
def test_a_table_of_scores_beside_a_small_group_is_never_published_with_other_answers(ronde, leeg, minimum):
    """Rule 3 of besluit 40, against what ``publiceer`` shows."""
    vraag = Vraag("q", "Vraag?", Vraagsoort.SCORE, DRIE, verdeling=True)
    tables = [_tabel(_delen(ronde), na=na) for na in (False, True)]
    seen = [_beeld(vraag, table, leeg) for table in tables]
    if seen[0] == seen[1] or weiger_herhaling([vraag], [seen[0]], seen[1], minimum) is not None:
        return
    if sorted(tables[0].values()) == sorted(tables[1].values()):  # other names only
        return
    if any(sum(row) < minimum for table in tables for row in table.values()):
        for table, beeld in zip(tables, seen, strict=True):
            groups = [Groep(naam, beeld.groepen[naam]) for naam in table]
            (found,) = publiceer([vraag], groups, beeld.tellingen, minimum)
            assert found.verdeling is None
