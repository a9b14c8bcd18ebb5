"""What an application asks for and what came of it, in one sentence: per kind of place, checked by hand."""

from dataclasses import replace
from datetime import date

import pytest

from ondersteuning.domain.routes import ROUTES
from ondersteuning.domain.zinnen import (
    Aangevraagd,
    deskundigenzin,
    gevraagd_van_ouder,
    geweigerd,
    ingetrokken,
    mailzin,
    tekenzin,
    toegekend,
    uitleg_bij_tekenen,
    vraagzin,
)

AANGEVRAAGD = Aangevraagd(ROUTES["A"], "De Zeester", "Mila", "IKC Duinrand", blijft=False)
VAN, TOT = date(2026, 8, 1), date(2027, 7, 31)


def aangevraagd(route: str, *, blijft: bool = False) -> Aangevraagd:
    return replace(AANGEVRAAGD, route=ROUTES[route], blijft=blijft)


@pytest.mark.parametrize(
    ("route", "blijft", "vraag", "gegeven"),
    [
        ("A", False, "vraagt voor Mila een plek aan op IKC Duinrand.", "Uw kind mag naar IKC Duinrand, van"),
        ("EZ", False, "vraagt voor Mila een plek aan op IKC Duinrand.", "Uw kind mag naar IKC Duinrand, van"),
        ("B", True, "vraagt of Mila langer op IKC Duinrand mag blijven.", "Uw kind mag op IKC Duinrand blijven, van"),
        (
            "DI",
            False,
            "een plek aan op IKC Duinrand, met geld voor extra hulp.",
            "een budget om uw kind te begeleiden.",
        ),
        ("TB", True, "vraagt extra hulp aan voor Mila, op IKC Duinrand.", "Uw kind blijft op IKC Duinrand."),
        ("TBV", True, "vraagt extra hulp aan voor Mila, op IKC Duinrand.", "extra geld om uw kind te helpen."),
    ],
)
def test_what_is_asked_and_granted(route: str, blijft: bool, vraag: str, gegeven: str) -> None:
    case = aangevraagd(route, blijft=blijft)
    assert vraagzin(case).startswith("De Zeester ")
    assert vraagzin(case).endswith(vraag)
    granted = toegekend(case, van=VAN, tot=TOT, nummer="PO1-2627-0001" if case.route.met_nummer else "")
    assert gegeven in granted
    assert "za 1 augustus 2026 tot en met za 31 juli 2027" in granted
    assert ("PO1-2627-0001" in granted) == case.route.met_nummer


@pytest.mark.parametrize(
    ("route", "zin"),
    [
        ("A", "Uw kind mag naar IKC Duinrand."),
        ("DI", "Uw kind gaat naar IKC Duinrand. Die school krijgt een budget om uw kind te begeleiden."),
        ("TB", "Uw kind blijft op IKC Duinrand. Die school krijgt extra geld om uw kind te helpen."),
    ],
)
def test_without_a_period_the_sentence_still_reads(route: str, zin: str) -> None:
    assert toegekend(aangevraagd(route), van=None, tot=None, nummer="") == zin


@pytest.mark.parametrize(
    ("route", "niet"),
    [
        ("A", "Uw kind krijgt geen toelaatbaarheidsverklaring (TLV)."),
        ("EZ", "Uw kind krijgt geen toelaatbaarheidsverklaring (TLV)."),
        ("DI", "Er komt geen budget om uw kind te begeleiden."),
        ("TB", "De school krijgt geen extra geld om uw kind te helpen."),
    ],
)
def test_what_a_refusal_means(route: str, niet: str) -> None:
    assert geweigerd(ROUTES[route]) == f"De aanvraag is geweigerd. {niet}"


def test_what_a_withdrawal_means() -> None:
    assert "met nummer N-1 is ingetrokken" in ingetrokken(ROUTES["A"], nummer="N-1", per=VAN)
    assert ingetrokken(ROUTES["TB"], nummer="", per=VAN).startswith("Het extra geld voor de school is ingetrokken")
    budget = ingetrokken(ROUTES["DI"], nummer="", per=VAN)
    assert budget.startswith("Het budget voor de school is ingetrokken, vanaf za")
    assert ingetrokken(ROUTES["DI"], nummer="", per=None) == "Het budget voor de school is ingetrokken."
    assert ingetrokken(ROUTES["A"], nummer="N-1", per=None).endswith("is ingetrokken. Die geldt niet meer.")


@pytest.mark.parametrize(
    ("route", "blijft", "ouder", "deskundige"),
    [
        ("A", False, "hulp op een andere school", "een plaats in het speciaal (basis)onderwijs"),
        ("B", True, "langer op de school van nu", "langer in het speciaal (basis)onderwijs"),
        ("DI", False, "hulp op een andere school", "een plaats op een basisschool, met geld voor extra hulp"),
        ("TB", True, "op de school waar uw kind nu zit", ""),
    ],
)
def test_a_mail_names_no_child_and_no_other_school(route: str, blijft: bool, ouder: str, deskundige: str) -> None:
    assert ouder in mailzin(ROUTES[route], wie="De Zeester", blijft=blijft)
    assert deskundige in deskundigenzin(ROUTES[route], blijft=blijft)


def test_what_the_answer_of_a_parent_is_worth() -> None:
    assert gevraagd_van_ouder(ROUTES["A"]) == ""
    assert "Alleen als alle ouders ja zeggen" in gevraagd_van_ouder(ROUTES["TBV"])
    assert "ook als u het er niet mee eens bent" in gevraagd_van_ouder(ROUTES["EZ"])
    assert "U hoeft niet te tekenen." in uitleg_bij_tekenen(ROUTES["TB"])
    assert "gaat de aanvraag niet verder" in uitleg_bij_tekenen(ROUTES["TBV"])
    assert tekenzin(ROUTES["EZ"]) == "U tekent alleen dat u de aanvraag hebt gezien."
    assert tekenzin(ROUTES["TBV"]) == "Met uw antwoord zegt u of de aanvraag door mag gaan."
