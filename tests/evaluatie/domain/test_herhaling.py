"""A second publication: what may be published beside what was, case by case."""

import pytest

from evaluatie.domain.herhaling import Antwoordbeeld, weiger_herhaling
from evaluatie.domain.onthulling import afleidbaar
from evaluatie.domain.vragenlijst import Vraag, keuzevraag, scorevraag
from swv_portal.common.workflow import Refusal

KEUZE = keuzevraag("k", "Keuze?", ("ja", "nee"))
SCORE = scorevraag("s", "Score?", "")
VERDEELD = scorevraag("v", "Verdeeld?", "", verdeling=True)


def beeld(vraag: Vraag, leeg: int = 0, **groepen: str) -> Antwoordbeeld:
    """Per group the answers as one text: ``"4455"``; ``leeg`` people of every group gave none."""
    codes = {"j": "ja", "n": "nee"}
    counts: dict[tuple[str, str, str], int] = {}
    for naam, answers in groepen.items():
        for letter in answers:
            key = (naam, vraag.code, codes.get(letter, letter))
            counts[key] = counts.get(key, 0) + 1
    return Antwoordbeeld({naam: len(answers) + leeg for naam, answers in groepen.items()}, counts)


def code(vraag: Vraag, oud: Antwoordbeeld, nieuw: Antwoordbeeld, minimum: int = 5) -> str | None:
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
    assert code(SCORE, beeld(SCORE, **oud), beeld(SCORE, **nieuw)) == verwacht


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
    assert code(SCORE, beeld(SCORE, **oud), beeld(SCORE, **nieuw)) == verwacht


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
    assert code(KEUZE, beeld(KEUZE, **oud), beeld(KEUZE, **nieuw)) == verwacht


def test_a_table_of_scores_that_rests_on_doubt_is_published_once():
    """The mean of A stays 4,0 when 3 and 5 are exchanged: that proves the first table.  Two of them are not proven."""
    oud = beeld(VERDEELD, leeg=2, A="334455", B="345")
    assert code(VERDEELD, oud, beeld(VERDEELD, leeg=2, A="33445511111", B="345")) == "samen_afleidbaar"
    assert code(SCORE, beeld(SCORE, leeg=2, A="334455", B="345"), beeld(SCORE, A="33445511111", B="345")) is None
    # Without small groups there is no doubt to lose; and a table that was never there takes nothing away.
    assert code(VERDEELD, beeld(VERDEELD, A="334455"), beeld(VERDEELD, A="33445511111")) is None
    assert code(VERDEELD, beeld(VERDEELD, A="444444", B="5"), beeld(VERDEELD, A="44444411111", B="5")) is None


def test_what_was_published_may_be_published_again_and_a_third_set_may_not():
    first, second = beeld(SCORE, A="44444"), beeld(SCORE, A="4444411111")
    third = beeld(SCORE, A="444441111122222")
    assert weiger_herhaling([SCORE], [], third, 5) is None
    assert weiger_herhaling([SCORE], [first, second], first, 5) is None
    assert weiger_herhaling([SCORE], [first, second], second, 5) is None
    refused = weiger_herhaling([SCORE], [first, second], third, 5)
    assert isinstance(refused, Refusal)
    assert refused.code == "te_vaak"


def test_three_sets_can_give_one_person_away_where_every_two_do_not():
    """Why there is no third: X and Y have nobody in common, and the third set is both and one more."""
    x, y = beeld(SCORE, A="11111"), beeld(SCORE, A="22222")
    both = beeld(SCORE, A="11111222225")
    assert code(SCORE, x, y) is code(SCORE, x, both) is code(SCORE, y, both) is None
    sizes = {"x": 5, "y": 5, "een": 1}
    known = [frozenset({"x"}), frozenset({"y"}), frozenset(sizes)]
    assert afleidbaar(sizes, known, 5) == [frozenset({"een"})]


def test_the_sentence_names_the_group_the_minimum_and_the_question():
    refused = weiger_herhaling([SCORE], [beeld(SCORE, Noord="44444")], beeld(SCORE, Noord="444445"), 5)
    assert "zijn er in 'Noord' minder dan 5 antwoorden" in refused.zin
    refused = weiger_herhaling([KEUZE], [beeld(KEUZE, A="jjjnnn", B="jj", C="jjj")], beeld(KEUZE, A="jjjnnn"), 5)
    assert "Keuze?" in refused.zin


def test_the_sentence_promises_no_more_than_the_rules():
    refused = weiger_herhaling([SCORE], [beeld(SCORE, Noord="444445")], beeld(SCORE, Noord="44444"), 5)
    assert "bijgekomen, veranderd of weggehaald" in refused.zin
    assert "kan op zijn vroegst als het er minstens 5 zijn" in refused.zin


@pytest.mark.parametrize(
    ("vraag", "oud", "nieuw"),
    [
        # A went into three: what is shown of two of them leaves the three people of the last
        (SCORE, {"A": "444444555555111"}, {"A1": "444444", "A2": "555555", "A3": "111"}),
        # A went into two while B, which has nothing to do with it, is gone too
        (SCORE, {"A": "4444455555", "B": "1111111"}, {"A1": "44444", "A2": "555551"}),
        # the first table is left out because all chose the same; the second one tells what
        (KEUZE, {"A": "jj", "B": "jjj"}, {"A": "jjjj", "B": "jjjnnn"}),
    ],
)
def test_the_known_limits_of_the_comparison(vraag, oud, nieuw):
    """What ``docs/besluiten/0040-kleine-groepen.md`` names under 'Known limits'; who lifts one, takes it out there."""
    assert code(vraag, beeld(vraag, **oud), beeld(vraag, **nieuw)) is None
