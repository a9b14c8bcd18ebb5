"""Asking to repair an omission: on which days, and what it does to the term for the decision, counted by hand."""

from datetime import date

import pytest

from ondersteuning.domain.bezwaartermijnen import Bezwaartermijnen, bezwaartermijnen
from ondersteuning.domain.herstelverzoek import controleer_herstel, controleer_herstelverzoek
from swv_portal.common.terms import Opschorting

#: The objection term ended on tweede paasdag plus a day; twelve weeks later is Tuesday 15 July.
TOT = date(2025, 4, 22)
ONTVANGEN = date(2025, 4, 1)


def terms(*requests: Opschorting, today: date = date(2025, 12, 1), verdaagd: bool = False) -> Bezwaartermijnen:
    return bezwaartermijnen(ontvangen=ONTVANGEN, termijn_tot=TOT, verdaagd=verdaagd, today=today, herstel=requests)


FIRST = Opschorting(date(2025, 5, 1), date(2025, 5, 15), date(2025, 5, 9))
SECOND = Opschorting(date(2025, 6, 9), date(2025, 6, 23))


@pytest.mark.parametrize(
    ("requests", "stood_still", "last"),
    [
        ([], 0, date(2025, 7, 15)),
        ([FIRST], 7, date(2025, 7, 22)),  # 2 up to and including 8 May
        ([FIRST, SECOND], 21, date(2025, 8, 5)),  # and 10 up to and including 23 June: the time passed unused
        # Asked before the term for the decision began: only 23 up to and including 28 April lie in it.
        ([Opschorting(date(2025, 4, 7), date(2025, 4, 28))], 6, date(2025, 7, 21)),
        # Repaired before it began, or asked after it was over: nothing.
        ([Opschorting(date(2025, 4, 7), date(2025, 4, 28), date(2025, 4, 18))], 0, date(2025, 7, 15)),
        ([Opschorting(date(2025, 7, 15), date(2025, 7, 29))], 0, date(2025, 7, 15)),
        # Repaired after the time given: it stood still up to and including the last day of that time.
        ([Opschorting(date(2025, 5, 1), date(2025, 5, 5), date(2025, 6, 1))], 4, date(2025, 7, 21)),
    ],
)
def test_the_term_stands_still(requests: list[Opschorting], stood_still: int, last: date) -> None:
    found = terms(*requests)
    assert (found.opgeschort, found.beslissen.laatste_dag) == (stood_still, last)
    assert [found.schort_op(each) for each in requests] == [bool(stood_still)] * len(requests)


def test_it_says_so_with_every_article() -> None:
    found = terms(FIRST, SECOND, Opschorting(date(2025, 8, 20), date(2025, 9, 3), date(2025, 8, 25)), verdaagd=True)
    # 5 August and six weeks is 16 September; four days more is a Saturday.
    assert found.beslissen.laatste_dag == date(2025, 9, 22)
    assert found.opgeschort == 25
    text = " ".join(found.uitleg)
    for words in (
        "Awb art. 7:10 lid 1",
        "Om wat ontbreekt gevraagd op 1 mei 2025, uiterlijk 15 mei 2025: ontvangen op 9 mei 2025.",
        "uiterlijk 23 juni 2025: nog niet ontvangen.",
        "21 dagen stilgestaan (Awb art. 7:10 lid 2)",
        "6 weken na 5 augustus 2025 (Awb art. 7:10 lid 3",
        "4 dagen stilgestaan (Awb art. 7:10 lid 2)",
        "20 september 2025, dat is een zaterdag",
    ):
        assert words in text, words
    assert "4:15" not in text


def test_while_it_is_open_the_last_day_moves_on() -> None:
    open_request = Opschorting(date(2025, 6, 9), date(2025, 6, 23))
    days = [terms(open_request, today=date(2025, 6, day)).beslissen.laatste_dag for day in (9, 10, 11)]
    assert days == [date(2025, 7, 15), date(2025, 7, 16), date(2025, 7, 17)]
    assert terms(open_request, today=date(2025, 6, 23)).staat_stil
    assert not terms(open_request, today=date(2025, 6, 24)).staat_stil


TODAY = date(2025, 6, 16)
NOW = {"ontvangen": ONTVANGEN, "vandaag": TODAY}


@pytest.mark.parametrize(
    ("asked", "until", "earlier", "field", "words"),
    [
        (date(2025, 6, 17), date(2025, 7, 1), [], "gevraagd_op", "moet nog komen"),
        (date(2025, 3, 31), date(2025, 7, 1), [], "gevraagd_op", "Het bezwaar kwam op 1 april 2025"),
        (TODAY, TODAY, [], "uiterlijk", "na de dag waarop u het vroeg"),
        (TODAY, date(2025, 6, 2), [], "uiterlijk", "na de dag waarop u het vroeg"),
        (TODAY, date(2025, 8, 12), [], "uiterlijk", "Kies uiterlijk 11 augustus 2025"),
        (TODAY, date(2206, 6, 30), [], "uiterlijk", "langer is niet redelijk"),
        (TODAY, date(2025, 6, 30), [Opschorting(date(2025, 6, 9), TODAY)], None, "U vroeg al om iets dat ontbreekt"),
        (date(2025, 5, 8), date(2025, 6, 30), [FIRST], "gevraagd_op", "tot en met 9 mei 2025"),
    ],
)
def test_days_that_can_not_be(
    asked: date, until: date, earlier: list[Opschorting], field: str | None, words: str
) -> None:
    refusal = controleer_herstelverzoek(asked, until, eerdere=earlier, **NOW)
    assert refusal is not None
    assert refusal.veld == field
    assert words in refusal.zin


@pytest.mark.parametrize("earlier", [[], [FIRST], [Opschorting(date(2025, 6, 2), date(2025, 6, 15))]])
def test_a_second_one_follows_when_the_first_has_ended(earlier: list[Opschorting]) -> None:
    assert controleer_herstelverzoek(TODAY, date(2025, 8, 11), eerdere=earlier, **NOW) is None


def test_the_day_of_the_repair() -> None:
    for day in (date(2025, 6, 8), date(2025, 6, 17)):
        refusal = controleer_herstel(day, gevraagd=date(2025, 6, 9), vandaag=TODAY)
        assert refusal is not None
        assert refusal.zin == "Kies een dag van 9 juni 2025 tot en met vandaag."
    assert controleer_herstel(date(2025, 6, 9), gevraagd=date(2025, 6, 9), vandaag=TODAY) is None
