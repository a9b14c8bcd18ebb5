"""What is published: the figures of 2024-2025, and what stays hidden."""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluatie.domain.onthulling import afleidbaar
from evaluatie.domain.uitkomsten import Groep, KeuzeUitkomst, ScoreUitkomst, publiceer
from evaluatie.domain.vragenlijst import KERNEVALUATIE, keuzevraag, scorevraag
from evaluatie.domain.zinnen import conclusie
from tests.evaluatie import ijmond

BESTAND = Path("swv_portal/local/voorbeeld/data/enquete_kernen_2024_2025.csv")


@pytest.fixture(scope="module")
def uitkomsten():
    with BESTAND.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    counts = Counter(
        (row["kern"], vraag.code, row[vraag.code]) for row in rows for vraag in KERNEVALUATIE.vragen if row[vraag.code]
    )
    groups = [Groep(name, count) for name, count in Counter(row["kern"] for row in rows).items()]
    assert {group.naam: group.respondenten for group in groups} == ijmond.GROEPEN
    return {item.vraag.code: item for item in publiceer(KERNEVALUATIE.vragen, groups, counts, 5)}


@pytest.mark.parametrize("code", ijmond.KEUZES)
def test_published_choices(uitkomsten, code):
    percentages, counts, n, without = ijmond.KEUZES[code]
    found = uitkomsten[code]
    assert (found.n, found.geen_antwoord) == (n, without)
    assert {share.waarde: share.aantal for share in found.verdeling} == counts
    printed = {share.waarde: float(share.percentage) for share in found.verdeling if share.percentage is not None}
    assert printed == percentages


@pytest.mark.parametrize("code", ijmond.SCORES)
def test_published_means(uitkomsten, code):
    means, n, without = ijmond.SCORES[code]
    found = uitkomsten[code]
    assert (found.n, found.geen_antwoord) == (n, without)
    printed = {group.groep: group.gemiddelde for group in found.groepen}
    expected = dict(zip(ijmond.GROEPEN, means, strict=True))
    assert {name: None if mean is None else float(mean) for name, mean in printed.items()} == expected


def test_published_distribution(uitkomsten):
    percentages, counts = ijmond.OPBRENGSTEN
    shares = uitkomsten["tevredenheid_opbrengsten"].verdeling
    assert {share.waarde: float(share.percentage) for share in shares} == percentages
    assert {share.waarde: share.aantal for share in shares} == counts


def test_groups_go_from_high_to_low_and_hidden_ones_last(uitkomsten):
    groups = uitkomsten["tevredenheid_samenwerking"].groepen
    assert [group.groep for group in groups][-4:] == ["Heemskerk Zuid", "IJmuiden 1 en 2", "Beverwijk", "Velserbroek"]


SCORE = scorevraag("cijfer", "Welk cijfer?", "over iets")
VERDEELD = scorevraag("cijfer", "Welk cijfer?", "", verdeling=True)
KEUZE = keuzevraag("keuze", "Wat?", ("ja", "nee", "anders"))


def score(groups: dict[str, list[int | None]], minimum: int = 5, vraag=SCORE) -> ScoreUitkomst:
    counts = Counter(
        (name, vraag.code, str(answer)) for name, row in groups.items() for answer in row if answer is not None
    )
    return publiceer([vraag], [Groep(name, len(row)) for name, row in groups.items()], counts, minimum)[0]


def test_the_total_is_over_the_shown_groups_only():
    found = score({"a": [4] * 5, "b": [2] * 5, "klein": [0]})
    assert found.gemiddelde == Decimal("3.0")
    assert found.respondenten_getoond == 10
    assert found.n == 11


def test_the_total_does_not_move_with_the_hidden_answers():
    seen = {score({"a": [4, 5, 3, 4, 4], "klein": [answer, other]}) for answer in range(6) for other in range(6)}
    assert len(seen) == 1


def test_a_group_is_hidden_for_the_question_that_too_few_of_it_answered():
    found = score({"a": [4] * 4 + [None] * 3, "b": [3] * 6})
    assert found.verborgen == ["a"]
    assert found.geen_antwoord == 3


def test_a_choice_that_too_few_answered_is_hidden():
    found = publiceer([KEUZE], [Groep("a", 9)], {("a", "keuze", "ja"): 4}, 5)[0]
    assert (found.verdeling, found.n, found.geen_antwoord) == (None, 4, 5)
    assert conclusie(found)[0] == "Er zijn te weinig antwoorden om te tonen."


def test_a_question_that_nobody_answered():
    found = score({"a": [None] * 6, "b": [None] * 2}, vraag=VERDEELD)
    assert (found.n, found.geen_antwoord, found.gemiddelde, found.verdeling) == (0, 8, None, None)
    assert conclusie(found)[0] == "Geen groep heeft genoeg antwoorden om te tonen."


def test_a_round_without_answers():
    assert [item.n for item in publiceer(KERNEVALUATIE.vragen, [], {}, 5)] == [0] * 10


def test_a_distribution_that_gives_a_small_group_away_is_left_out():
    found = score({"a": [4] * 3 + [2] * 3, "klein": [1, 5]}, vraag=VERDEELD)
    assert found.verdeling is None
    assert found.verdeling_verborgen
    assert "af te leiden" in " ".join(conclusie(found))


def test_a_choice_that_everybody_made_is_left_out_beside_a_small_group():
    groups = [Groep("a", 6), Groep("klein", 1)]
    same = {("a", "keuze", "ja"): 6, ("klein", "keuze", "ja"): 1}
    found = publiceer([KEUZE], groups, same, 5)[0]
    assert (found.verdeling, found.verdeling_verborgen, found.n) == (None, True, 7)
    assert "af te leiden" in conclusie(found)[0]
    found = publiceer([KEUZE], groups, same | {("a", "keuze", "ja"): 5, ("a", "keuze", "nee"): 1}, 5)[0]
    assert found.verdeling is not None
    assert publiceer([KEUZE], groups[:1], same, 5)[0].verdeling is not None


def test_a_distribution_has_a_zero_only_when_it_was_given():
    found = score({"a": [0, 1, 2, 3, 4, 4]}, vraag=VERDEELD)
    assert [share.waarde for share in found.verdeling] == ["5", "4", "3", "2", "1", "0"]
    found = score({"a": [1, 2, 3, 4, 4]}, vraag=VERDEELD)
    assert [share.waarde for share in found.verdeling] == ["5", "4", "3", "2", "1"]


def test_more_answers_than_respondents_is_an_error():
    with pytest.raises(ValueError, match="more answers"):
        publiceer([KEUZE], [Groep("a", 1)], {("a", "keuze", "ja"): 2}, 5)


GROEPEN = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=12), min_size=1
)


@given(GROEPEN, st.integers(1, 6))
def test_nothing_hidden_is_derivable_and_everything_shown_is_exact(groups, minimum):
    found = score(groups, minimum)
    answers = {name: [value for value in row if value is not None] for name, row in groups.items()}
    for group in found.groepen:
        own = answers[group.groep]
        assert (group.gemiddelde is None) == (len(own) < minimum)
        if group.gemiddelde is not None:
            assert group.gemiddelde == Decimal(int(Decimal(sum(own) * 20 + len(own)) // (2 * len(own)))) / 10
    shown = frozenset(group.groep for group in found.getoond)
    known = [*(frozenset([name]) for name in shown), *([shown] if shown else [])]
    assert afleidbaar({name: len(own) for name, own in answers.items()}, known, minimum) == []


@given(GROEPEN)
def test_conclusions_name_only_shown_groups_with_a_figure(groups):
    named = {f"groep {name}": row for name, row in groups.items()}
    found = score(named)
    for line in conclusie(found):
        if not line.startswith("Niet getoond"):
            assert not any(name in line for name in found.verborgen)


def test_conclusions_name_ties_together_and_the_hidden():
    found = score({"Oost": [4] * 5, "West": [4] * 6, "Zuid": [1] * 5, "Klein, en ver": [5], "Kort": [5, 5]})
    assert conclusie(found) == [
        "Het meest tevreden over iets zijn Oost en West (beide 4,0).",
        "Het minst tevreden over iets is Zuid (1,0).",
        "De 3 getoonde groepen samen geven gemiddeld een 3,1 op een schaal van 0 tot 5.",
        "Niet getoond, omdat er te weinig antwoorden zijn: Klein, en ver; en Kort.",
    ]


def test_conclusions_without_a_subject_speak_of_scores():
    found = score({"Oost": [4] * 5, "West": [4] * 5, "Noord": [4] * 5, "Zuid": [1] * 5}, vraag=VERDEELD)
    assert conclusie(found)[:2] == [
        "De hoogste scores zijn van Noord, Oost en West (alle 4,0).",
        "De laagste score is van Zuid (1,0).",
    ]


def test_conclusions_when_all_are_equal_or_one_is_left():
    assert conclusie(score({"a": [3] * 5, "b": [3] * 5}))[0] == (
        "Alle groepen die getoond worden, komen gemiddeld uit op 3,0."
    )
    assert conclusie(score({"a": [3] * 5, "b": [3]}))[0] == "Alleen a heeft genoeg antwoorden: gemiddeld 3,0."


def keuze(ja: int, nee: int, anders: int = 0, zonder: int = 0) -> KeuzeUitkomst:
    counts = {("a", "keuze", "ja"): ja, ("a", "keuze", "nee"): nee, ("a", "keuze", "anders"): anders}
    return publiceer([KEUZE], [Groep("a", ja + nee + anders + zonder)], counts, 5)[0]


def test_conclusions_of_choices():
    assert conclusie(keuze(6, 2)) == ["De meeste respondenten kiezen 'Ja' (75,0%)."]
    assert conclusie(keuze(4, 4)) == ["Even vaak gekozen, en het vaakst: 'Ja' en 'Nee' (beide 50,0%)."]
    assert conclusie(keuze(4, 2, 2, 1)) == [
        "Het vaakst gekozen is 'Ja' (50,0%). Dat is niet meer dan de helft.",
        "Het antwoord 'Anders' is 2 keer gegeven.",
        "1 van de 9 gaf geen antwoord.",
    ]


def test_no_figure_in_a_conclusion_is_typed_in_advance(uitkomsten):
    """Every figure in the conclusions of 2024-2025 is one of the published ones."""
    published = {f"{mean:.1f}".replace(".", ",") for means, _, _ in ijmond.SCORES.values() for mean in means if mean}
    published |= {f"{share:.1f}".replace(".", ",") for row in ijmond.KEUZES.values() for share in row[0].values()}
    published |= {f"{item.gemiddelde}".replace(".", ",") for item in uitkomsten.values() if hasattr(item, "groepen")}
    for item in uitkomsten.values():
        assert set(re.findall(r"\d+,\d", " ".join(conclusie(item)))) <= published
