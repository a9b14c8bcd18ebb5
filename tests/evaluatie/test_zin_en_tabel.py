"""The conclusion in words and the table beside it say the same, for every kind of question."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluatie.domain.uitkomsten import Groep, publiceer
from evaluatie.domain.vragenlijst import Vraag, keuzevraag, scorevraag
from evaluatie.domain.zinnen import conclusie
from evaluatie.queries import Resultaat
from evaluatie.reports.blokken import Blok, blokken

MET_ANDERS = keuzevraag("open", "Wat vindt u?", ("ja", "twijfel", "nee", "anders"))
GESLOTEN = keuzevraag("gesloten", "Is het zo?", ("ja", "nee"))
SCORE = scorevraag("cijfer", "Welk cijfer?", "over iets")
VERDEELD = scorevraag("verdeeld", "Welk cijfer geeft u?", "", verdeling=True)


def blok(vraag: Vraag, groepen: dict[str, list[str | None]], minimum: int = 5) -> Blok:
    """The block of one question; per group the answers of its respondents, ``None`` for no answer."""
    counts: dict[tuple[str, str, str], int] = {}
    for name, answers in groepen.items():
        for answer in answers:
            if answer is not None:
                counts[name, vraag.code, answer] = counts.get((name, vraag.code, answer), 0) + 1
    rows = tuple(Groep(name, len(answers)) for name, answers in groepen.items())
    found = publiceer([vraag], rows, counts, minimum)
    day = date(2025, 6, 1)
    (only,) = blokken(Resultaat(1, "r", "Ronde", "2024-2025", "gesloten", day, minimum, rows, found))
    assert list(only.zinnen) == conclusie(found[0])
    return only


def rijen(found: Blok) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for grafiek in found.grafieken for row in grafiek.rijen}


#: 'Ja' en 'Anders' (beide 3 keer); Oost, West en Zuid (alle 4,0).
_CIJFER = re.compile(r"\((?:beide |alle )?(\d[\d.,]*%|\d[\d.]* keer|\d,\d)\)")


def klopt(found: Blok) -> int:
    """Every figure in the conclusion stands in the row of everybody it is said of; how many were looked at."""
    table, seen = rijen(found), 0
    for line in found.zinnen:
        for figure in _CIJFER.finditer(line):
            named = re.findall(r"'([^']+)'", line[: figure.start()]) or [
                name for name in table if re.search(rf"\b{re.escape(name)}\b", line[: figure.start()])
            ]
            assert named, line
            for name in named:
                assert figure[1].removesuffix(" keer") in table[name], (line, name, table[name])
                seen += 1
        for label, count in re.findall(r"Het antwoord '([^']+)' is (\d+) keer", line):
            assert table[label][0] == count
            seen += 1
        for mean in re.findall(r"samen geven gemiddeld een (\d,\d)", line):
            assert table["Getoonde groepen samen"][0] == mean
            seen += 1
    return seen


ANTWOORD = st.one_of(st.none(), st.sampled_from(["ja", "twijfel", "nee", "anders"]))
CIJFER = st.one_of(st.none(), st.integers(0, 5).map(str))


@given(st.lists(ANTWOORD, max_size=14))
def test_a_choice_with_an_open_answer(answers):
    klopt(blok(MET_ANDERS, {"Oost": answers}))


@given(st.lists(st.one_of(st.none(), st.sampled_from(["ja", "nee"])), max_size=14))
def test_a_choice_without_one(answers):
    klopt(blok(GESLOTEN, {"Oost": answers}))


@pytest.mark.parametrize("vraag", [SCORE, VERDEELD], ids=["score", "with distribution"])
@given(groepen=st.dictionaries(st.sampled_from(["Oost", "West", "Noord"]), st.lists(CIJFER, max_size=9), min_size=1))
def test_scores(vraag, groepen):
    klopt(blok(vraag, groepen))


@pytest.mark.parametrize(
    ("antwoorden", "zin"),
    [
        # As often as 'Anders', which has no percentage in the table: said in the number that both have.
        ({"ja": 3, "anders": 3, "nee": 1}, "Even vaak gekozen, en het vaakst: 'Ja' en 'Anders' (beide 3 keer)."),
        ({"anders": 3, "nee": 2, "ja": 1}, "Het vaakst gekozen is 'Anders' (3 keer). Dat is niet meer dan de helft."),
        ({"anders": 5, "nee": 2}, "De meeste respondenten kiezen 'Anders' (5 keer)."),
        ({"ja": 4, "anders": 1}, "De meeste respondenten kiezen 'Ja' (80,0%)."),
        ({"ja": 4, "anders": 1, None: 9}, "Van wie antwoord gaf, kiezen de meesten 'Ja' (80,0%)."),
    ],
)
def test_what_is_said_of_an_open_answer(antwoorden, zin):
    found = blok(MET_ANDERS, {"Oost": [answer for answer, count in antwoorden.items() for _ in range(count)]})
    assert found.zinnen[0] == zin
    assert klopt(found) >= 1
    assert rijen(found)["Anders"][1] == "–"


def test_an_open_answer_that_is_named_already_is_not_counted_out_again():
    found = blok(MET_ANDERS, {"Oost": ["anders"] * 4 + ["ja"]})
    assert found.zinnen == ("De meeste respondenten kiezen 'Anders' (4 keer).",)


def test_the_check_itself_sees_a_figure_that_is_not_in_the_table():
    found = blok(MET_ANDERS, {"Oost": ["ja"] * 3 + ["anders"] * 3})
    wrong = Blok(found.code, 1, found.titel, ("Het vaakst: 'Ja' en 'Anders' (beide 50,0%).",), found.grafieken)
    with pytest.raises(AssertionError):
        klopt(wrong)
