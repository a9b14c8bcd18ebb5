"""A second publication: what may be published beside what was, against the linear check over both together."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evaluatie.domain.herhaling import Stand, weiger_herhaling
from evaluatie.domain.onthulling import afleidbaar
from evaluatie.domain.vragenlijst import Optie, Vraag, Vraagsoort, keuzevraag, scorevraag
from swv_portal.common.workflow import Refusal

KEUZE = keuzevraag("k", "Keuze?", ("ja", "nee"))
SCORE = scorevraag("s", "Score?", "")
VERDEELD = scorevraag("v", "Verdeeld?", "", verdeling=True)


def stand(vraag: Vraag, leeg: int = 0, **groepen: str) -> Stand:
    """Per group the answers as one text: ``"4455"``; ``leeg`` people of every group gave none."""
    codes = {"j": "ja", "n": "nee"}
    counts: dict[tuple[str, str, str], int] = {}
    for naam, answers in groepen.items():
        for letter in answers:
            key = (naam, vraag.code, codes.get(letter, letter))
            counts[key] = counts.get(key, 0) + 1
    return Stand({naam: len(answers) + leeg for naam, answers in groepen.items()}, counts)


def code(vraag: Vraag, oud: Stand, nieuw: Stand, minimum: int = 5) -> str | None:
    refusal = weiger_herhaling([vraag], [oud], nieuw, minimum)
    return refusal.code if refusal is not None else None


@pytest.mark.parametrize(
    ("oud", "nieuw", "verwacht"),
    [
        ({"A": "44444"}, {"A": "44444"}, None),
        ({"A": "44444"}, {"A": "444445"}, "te_weinig_nieuw"),
        ({"A": "44444"}, {"A": "444451234"}, "te_weinig_nieuw"),
        ({"A": "44444"}, {"A": "4444451234"}, None),
        ({"A": "444445"}, {"A": "44444"}, "te_weinig_nieuw"),
        ({"A": "44444"}, {"A": "44443"}, "te_weinig_nieuw"),
        ({"A": "44444"}, {"A": "33333"}, None),
        # enough came in together, but not in A
        ({"A": "44444", "B": "33333"}, {"A": "444445", "B": "3333311111"}, "te_weinig_nieuw"),
        # B is too small to be shown, before and after: nothing of it was published
        ({"A": "44444", "B": "33"}, {"A": "44444", "B": "335"}, None),
        # a group that is not shown any more, and one that is shown now
        ({"A": "44444"}, {"A": "4444"}, None),
        ({"A": "4444"}, {"A": "44445"}, None),
        ({"A": "44444"}, {"A": "44444", "B": "123"}, None),
    ],
)
def test_a_score_is_compared_per_group_that_is_shown_in_both(oud, nieuw, verwacht):
    assert code(SCORE, stand(SCORE, **oud), stand(SCORE, **nieuw)) == verwacht


@pytest.mark.parametrize(
    ("oud", "nieuw", "verwacht"),
    [
        ({"A": "44444"}, {"a": "44444"}, None),
        ({"A": "44444"}, {"a": "444445"}, "te_weinig_nieuw"),
        ({"Nord": "44444"}, {"Noord": "44444"}, None),
        ({"Nord": "44444"}, {"Noord": "444445"}, "te_weinig_nieuw"),
        ({"A": "4444455555"}, {"A1": "44444", "A2": "55555"}, None),
        ({"A": "4444455555"}, {"A1": "44444", "A2": "555551"}, "te_weinig_nieuw"),
        ({"A": "11111"}, {"B": "555555"}, None),
    ],
)
def test_another_name_does_not_make_another_group(oud, nieuw, verwacht):
    assert code(SCORE, stand(SCORE, **oud), stand(SCORE, **nieuw)) == verwacht


@pytest.mark.parametrize(
    ("oud", "nieuw", "verwacht"),
    [
        ({"A": "jjjnnn"}, {"A": "jjjnnnj"}, "te_weinig_nieuw"),
        ({"A": "jjjnnn"}, {"A": "jjnnnn"}, "te_weinig_nieuw"),
        ({"A": "jjjnnn"}, {"A": "jjjnnnjjjjn"}, None),
        # of no group is anything published: three of A and two of B are five together
        ({"A": "jjjnnn", "B": "jjjnnn"}, {"A": "jjjnnnjjn", "B": "jjjnnnjn"}, None),
        # but when all five said yes, the two of B did
        ({"A": "jjjnnn", "B": "jjjnnn"}, {"A": "jjjnnnjjj", "B": "jjjnnnjj"}, "samen_afleidbaar"),
        ({"A": "jjjnnn"}, {"A": "jjjnnn", "B": "jj", "C": "jjj"}, "samen_afleidbaar"),
        ({"A": "jjjnnn", "B": "jj", "C": "jjj"}, {"A": "jjjnnn"}, "samen_afleidbaar"),
        ({"A": "jjjnnn", "B": "jn", "C": "jjj"}, {"A": "jjjnnn"}, None),
        ({"A": "jjjnnn"}, {"A": "jjjnnnjjjjj"}, None),
        ({"Nord": "jjjnnn"}, {"Noord": "jjjnnn"}, None),
        ({"Nord": "jjjnnn"}, {"Noord": "jjjnnnj"}, "te_weinig_nieuw"),
    ],
)
def test_a_choice_is_compared_over_everybody(oud, nieuw, verwacht):
    assert code(KEUZE, stand(KEUZE, **oud), stand(KEUZE, **nieuw)) == verwacht


def test_a_table_of_scores_that_rests_on_doubt_is_published_once():
    """The mean of A stays 4,0 when 3 and 5 are exchanged: that proves the first table.  Two of them are not proven."""
    oud = stand(VERDEELD, leeg=2, A="334455", B="345")
    assert code(VERDEELD, oud, stand(VERDEELD, leeg=2, A="33445511111", B="345")) == "samen_afleidbaar"
    assert code(SCORE, stand(SCORE, leeg=2, A="334455", B="345"), stand(SCORE, A="33445511111", B="345")) is None
    # Without small groups there is no doubt to lose; and a table that was never there takes nothing away.
    assert code(VERDEELD, stand(VERDEELD, A="334455"), stand(VERDEELD, A="33445511111")) is None
    assert code(VERDEELD, stand(VERDEELD, A="444444", B="5"), stand(VERDEELD, A="44444411111", B="5")) is None


def test_what_was_published_may_be_published_again_and_a_third_set_may_not():
    first, second = stand(SCORE, A="44444"), stand(SCORE, A="4444411111")
    third = stand(SCORE, A="444441111122222")
    assert weiger_herhaling([SCORE], [], third, 5) is None
    assert weiger_herhaling([SCORE], [first, second], first, 5) is None
    assert weiger_herhaling([SCORE], [first, second], second, 5) is None
    refused = weiger_herhaling([SCORE], [first, second], third, 5)
    assert isinstance(refused, Refusal)
    assert refused.code == "te_vaak"


def test_three_sets_can_give_one_person_away_where_every_two_do_not():
    """Why there is no third: X and Y have nobody in common, and the third set is both and one more."""
    x, y = stand(SCORE, A="11111"), stand(SCORE, A="22222")
    both = stand(SCORE, A="11111222225")
    assert code(SCORE, x, y) is code(SCORE, x, both) is code(SCORE, y, both) is None
    sizes = {"x": 5, "y": 5, "een": 1}
    known = [frozenset({"x"}), frozenset({"y"}), frozenset(sizes)]
    assert afleidbaar(sizes, known, 5) == [frozenset({"een"})]


def test_the_sentence_names_the_group_the_minimum_and_the_question():
    refused = weiger_herhaling([SCORE], [stand(SCORE, Noord="44444")], stand(SCORE, Noord="444445"), 5)
    assert "zijn er in 'Noord' minder dan 5 antwoorden" in refused.zin
    refused = weiger_herhaling([KEUZE], [stand(KEUZE, A="jjjnnn", B="jj", C="jjj")], stand(KEUZE, A="jjjnnn"), 5)
    assert "Keuze?" in refused.zin


DRIE = tuple(Optie(str(score), str(score), score) for score in range(3))
RIJ = st.lists(st.integers(0, 4), min_size=3, max_size=3)
ANDERS = st.tuples(RIJ, RIJ)
#: Only people who came in addition: then what they answered is all of the difference.
ERBIJ = ANDERS.map(lambda rows: (rows[0], [old + more for old, more in zip(*rows, strict=True)]))
RONDE = st.one_of(st.dictionaries(st.sampled_from("ABC"), rows, min_size=1) for rows in (ANDERS, ERBIJ))


def _twee_standen(vraag: Vraag, ronde) -> tuple[Stand, Stand]:
    return tuple(
        Stand(
            {naam: sum(rows[nth]) for naam, rows in ronde.items()},
            {
                (naam, vraag.code, optie.waarde): count
                for naam, rows in ronde.items()
                for optie, count in zip(vraag.opties, rows[nth], strict=True)
                if count
            },
        )
        for nth in (0, 1)
    )


@given(RONDE, st.sampled_from(list(Vraagsoort)), st.integers(2, 5))
@example({"A": ([0, 0, 4], [0, 1, 4])}, Vraagsoort.SCORE, 2)
@example({"A": ([2, 2, 2], [3, 3, 2])}, Vraagsoort.KEUZE, 5)
def test_nothing_small_follows_from_both_publications(ronde, soort, minimum):
    """The oracle: who stayed, left and came, per group, as unknowns; what both publications say as equations."""
    vraag = Vraag("q", "Vraag?", soort, DRIE)
    oud, nieuw = _twee_standen(vraag, ronde)
    if weiger_herhaling([vraag], [oud], nieuw, minimum) is not None:
        return
    sizes, before, after = {}, {}, {}
    for naam, (old, new) in ronde.items():
        pairs = list(zip(old, new, strict=True))
        sizes[f"{naam} bleef"] = sum(min(pair) for pair in pairs)
        sizes[f"{naam} ging"] = sum(max(0, one - two) for one, two in pairs)
        sizes[f"{naam} kwam"] = sum(max(0, two - one) for one, two in pairs)
        before[naam] = frozenset({f"{naam} bleef", f"{naam} ging"})
        after[naam] = frozenset({f"{naam} bleef", f"{naam} kwam"})
        if soort is Vraagsoort.SCORE and min(sum(old), sum(new)) >= minimum:
            changed = max(sizes[f"{naam} ging"], sizes[f"{naam} kwam"])
            assert changed == 0 or changed >= minimum
    sides = (before, after)
    if soort is Vraagsoort.SCORE:
        known = [union for side in sides for union in side.values() if sum(sizes[part] for part in union) >= minimum]
    else:
        whole = [frozenset[str]().union(*side.values()) for side in sides]
        known = [union for union in whole if sum(sizes[part] for part in union) >= minimum]
    assert afleidbaar(sizes, known, minimum) == []
