"""Every rule of the lumpsum budget, by hand."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financien.domain.perioden import dws_plaatsen, tlv_bao_maanden
from financien.domain.regels import REGELSOORTEN, Regelcode, som
from financien.domain.schoolbudget import BETALENDE_SCHOOL, Kader, Schoolinvoer, bereken_school
from financien.domain.tarieven import Tarieven
from ondersteuning.domain.budgetperiode import instroommaanden
from ondersteuning.domain.plaatsing import Categorie, Kostendrager, Plaats, Soort
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import cents

TARIEVEN = Tarieven(
    2024,
    {
        "bao_per_leerling": D("450.00"),
        "inhouding_ikc": D("6635.00"),
        "sbo_landelijk": D("6634.52"),
        "so_cat_1": D("12938.34"),
        "so_cat_2": D("21053.23"),
        "so_cat_3": D("31419.53"),
        "dws_plaats": D("1350.00"),
        "instroombudget": D("8000.00"),
    },
)
KADER = Kader(2024, date(2023, 2, 1), date(2024, 1, 1), TARIEVEN)


def plaats(soort=Soort.TLV, betaler=Kostendrager.SCHOOL, begin="2022-08-01", einde=None, categorie=None, naam="P-1"):
    return Plaats(soort, categorie, betaler, date.fromisoformat(begin), einde and date.fromisoformat(einde), naam)


def bereken(*plaatsen, leerlingen=200):
    return bereken_school(Schoolinvoer(1, 2, leerlingen, False, plaatsen), KADER)


def regels(budget):
    return {regel.code: (regel.aantal, regel.bedrag) for regel in budget.regels}


def test_only_pupils():
    budget = bereken()
    assert regels(budget) == {"ondersteuningsbedrag": (D(200), D("90000.00"))}
    assert budget.totaal == D("90000.00")


def test_a_place_costs_the_published_amount_in_whole_euros():
    budget = bereken(plaats(naam="P-1"), plaats(naam="P-2", categorie=Categorie.HOOG))
    assert regels(budget)["inhouding"] == (D(2), D("-13270.00"))
    assert budget.totaal == D("76730.00")
    assert budget.regels[1].invoer == {"verwijzingen": ["P-1", "P-2"]}


def test_bao_bao_is_paid_by_the_previous_school_on_a_line_of_its_own():
    budget = bereken(plaats(), plaats(betaler=Kostendrager.VORIGE_SCHOOL, naam="P-9"))
    assert regels(budget)["inhouding_vorige_school"] == (D(1), D("-6635.00"))
    assert budget.totaal == D("90000.00") - 2 * D("6635.00")


@pytest.mark.parametrize(
    ("betaler", "code"),
    [(Kostendrager.SWV, "plaatsing_swv"), (Kostendrager.ANDER_SWV, "plaatsing_ander_swv")],
)
def test_a_place_that_another_pays_is_a_zero_line_with_the_reason(betaler, code):
    budget = bereken(plaats(betaler=betaler))
    assert regels(budget)[code] == (D(1), D("0.00"))
    assert "kost de school niets" in REGELSOORTEN[code].formule
    assert budget.totaal == D("90000.00")


@pytest.mark.parametrize(
    ("begin", "einde", "telt"),
    [
        ("2024-01-01", None, True),
        ("2024-01-02", None, False),
        ("2022-08-01", "2024-01-01", True),
        ("2022-08-01", "2023-12-31", False),
        ("2023-08-01", "2024-03-15", True),
    ],
)
def test_a_place_counts_for_the_whole_year_when_it_is_active_on_the_peildatum(begin, einde, telt):
    assert ("inhouding" in regels(bereken(plaats(begin=begin, einde=einde)))) is telt


def test_dws_is_bought_per_school_year_and_gives_nothing_back():
    early = plaats(Soort.DWS, begin="2023-08-21", einde="2023-11-30")
    assert regels(bereken(early))["dws"] == (D(1), D("-1350.00"))
    assert "dws" not in regels(bereken(plaats(Soort.DWS, begin="2022-08-01", einde="2023-07-31")))
    assert "dws" not in regels(bereken(plaats(Soort.DWS, begin="2024-08-01", einde="2025-07-31")))


def test_a_dws_place_taken_over_by_another_pupil_is_paid_once():
    first = plaats(Soort.DWS, begin="2023-08-21", einde="2023-11-30", naam="D-1")
    second = plaats(Soort.DWS, begin="2023-12-01", einde="2024-07-31", naam="D-2")
    third = plaats(Soort.DWS, begin="2023-08-21", einde="2024-07-31", naam="D-3")
    assert regels(bereken(first, second, third))["dws"] == (D(2), D("-2700.00"))


def test_dws_that_the_swv_pays_costs_nothing():
    budget = bereken(plaats(Soort.DWS, Kostendrager.SWV, "2023-08-21", "2024-07-31"))
    assert regels(budget)["dws_swv"] == (D(1), D("0.00"))


@pytest.mark.parametrize(
    ("categorie", "code", "bedrag"),
    [
        (Categorie.SBO, "tlv_bao_sbo", "6634.52"),
        (Categorie.LAAG, "tlv_bao_1", "12938.34"),
        (Categorie.MIDDEN, "tlv_bao_2", "21053.23"),
        (Categorie.HOOG, "tlv_bao_3", "31419.53"),
    ],
)
def test_tlv_on_a_regular_school_is_paid_in_august_for_the_school_year(categorie, code, bedrag):
    budget = bereken(plaats(Soort.TLV_BAO, Kostendrager.SWV, "2024-08-01", "2025-07-31", categorie))
    assert regels(budget) == {"ondersteuningsbedrag": (D(200), D("90000.00")), code: (D(1), D(bedrag))}


@pytest.mark.parametrize(
    ("begin", "einde", "maanden"),
    [
        ("2024-08-01", "2025-07-31", 12),
        ("2024-08-01", None, 12),
        ("2023-08-01", "2024-07-31", 0),
        ("2023-08-01", None, 12),
        ("2024-08-01", "2025-03-15", 8),
        ("2024-03-11", "2024-07-31", 5),
        ("2024-03-11", None, 17),
        ("2024-12-31", "2025-07-31", 8),
        ("2025-01-01", "2025-07-31", 0),
        ("2024-08-01", "2024-08-01", 1),
    ],
)
def test_months_of_a_tlv_on_a_regular_school(begin, einde, maanden):
    until = date.fromisoformat(einde) if einde else None
    assert tlv_bao_maanden(date.fromisoformat(begin), until, 2024) == maanden


def test_leaving_early_is_settled_per_month():
    budget = bereken(plaats(Soort.TLV_BAO, Kostendrager.SWV, "2024-08-01", "2025-03-15", Categorie.LAAG))
    assert regels(budget)["tlv_bao_1"] == (D("0.66666667"), cents(D("12938.34") * 8 / 12))


@pytest.mark.parametrize(
    ("begin", "einde", "jaar", "maanden"),
    [
        ("2023-08-21", None, 2023, 4),
        ("2023-08-21", None, 2024, 12),
        ("2023-08-21", None, 2025, 8),
        ("2023-08-21", None, 2026, 0),
        ("2024-03-01", None, 2024, 9),
        ("2024-02-29", None, 2024, 10),
        ("2023-12-31", None, 2024, 12),
        ("2024-12-01", None, 2024, 0),
        ("2023-08-21", "2024-03-15", 2024, 3),
        ("2023-08-21", "2023-08-31", 2023, 0),
        ("2022-01-15", None, 2024, 1),
    ],
)
def test_months_of_the_entry_budget(begin, einde, jaar, maanden):
    until = date.fromisoformat(einde) if einde else None
    assert instroommaanden(date.fromisoformat(begin), until, jaar) == maanden


def test_entry_and_return_budget_in_months():
    budget = bereken(
        plaats(Soort.INSTROOMBUDGET, Kostendrager.SWV, "2024-03-01"),
        plaats(Soort.TERUGPLAATSING, Kostendrager.SWV, "2023-08-21", naam="T-1"),
    )
    assert regels(budget)["instroombudget"] == (D("0.75"), D("6000.00"))
    assert regels(budget)["terugplaatsing"] == (D("1.00000000"), D("8000.00"))
    assert budget.regels[1].invoer == {"maanden": [{"verwijzing": "P-1", "maanden": 9}]}


def test_an_entry_budget_of_another_swv_is_named_and_not_paid():
    budget = bereken(plaats(Soort.INSTROOMBUDGET, Kostendrager.ANDER_SWV, "2023-08-21"))
    assert regels(budget)["budget_ander_swv"] == (D(1), D("0.00"))


@pytest.mark.parametrize(("hidden", "woord"), [(True, "minder dan 5"), (False, "geen telling")])
def test_without_an_exact_count_nothing_is_calculated(hidden, woord):
    budget = bereken_school(Schoolinvoer(1, 2, None, hidden, (plaats(),)), KADER)
    assert budget.totaal is None
    assert budget.regels == ()
    assert woord in budget.reden


def test_a_school_without_pupils_has_a_budget_of_zero():
    assert bereken(leerlingen=0).totaal == D("0.00")


def test_a_budget_may_be_negative():
    assert bereken(plaats(), leerlingen=10).totaal == D("-2135.00")


def test_whose_budget_a_placement_belongs_to():
    assert {Soort.TLV, Soort.DWS} == BETALENDE_SCHOOL


dagen = st.dates(date(2021, 1, 1), date(2026, 12, 31))
plaatsen = st.lists(
    st.builds(
        lambda soort, betaler, begin, lengte, categorie, nummer: Plaats(
            soort,
            categorie,
            betaler,
            begin,
            begin + timedelta(days=lengte) if lengte else None,
            f"P-{nummer}",
        ),
        st.sampled_from(list(Soort)),
        st.sampled_from(list(Kostendrager)),
        dagen,
        st.integers(0, 900),
        st.sampled_from(list(Categorie)),
        st.integers(1, 999),
    ),
    max_size=20,
)


@given(st.integers(0, 2000), plaatsen)
def test_the_lines_add_up_and_each_line_is_its_own_sum(leerlingen, gevonden):
    budget = bereken(*gevonden, leerlingen=leerlingen)
    assert sum(regel.bedrag for regel in budget.regels) == budget.totaal
    codes = [regel.code for regel in budget.regels]
    assert len(codes) == len(set(codes))
    for regel in budget.regels:
        sign = REGELSOORTEN[regel.code].teken
        assert abs(sign * regel.aantal * regel.tarief - regel.bedrag) <= D("0.01")
        assert regel.bedrag == cents(regel.bedrag)
        assert regel.aantal > 0 or regel.code == Regelcode.LEERLINGEN
        assert "=" in som(regel)


@given(dagen, st.integers(0, 1500))
def test_an_entry_budget_is_paid_for_at_most_twenty_four_months(begin, lengte):
    until = begin + timedelta(days=lengte) if lengte else None
    months = sum(instroommaanden(begin, until, jaar) for jaar in range(2020, 2032))
    assert 0 <= months <= 24
    if until is None:
        assert months == 24


@given(dagen, st.integers(0, 1500))
def test_every_month_of_a_tlv_is_paid_in_exactly_one_year(begin, lengte):
    until = begin + timedelta(days=lengte)
    paid = sum(tlv_bao_maanden(begin, until, jaar) for jaar in range(2020, 2034))
    assert paid == (until.year - begin.year) * 12 + until.month - begin.month + 1


@given(st.lists(st.tuples(dagen, st.integers(0, 400)), max_size=12))
def test_dws_places_are_never_more_than_pupils_nor_less_than_in_use_on_a_day(gevonden):
    perioden = [(begin, begin + timedelta(days=lengte)) for begin, lengte in gevonden]
    jaar = Schooljaar(2023)
    day = date(2024, 1, 1)
    number = dws_plaatsen(perioden, jaar)
    assert sum(begin <= day <= einde for begin, einde in perioden) <= number <= len(perioden)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ondersteuningsbedrag", "200 leerlingen × €\u00a0450,00 = €\u00a090.000,00"),
        ("inhouding", "1 plaats × €\u00a06.635,00 = €\u00a06.635,00 eraf"),
        ("plaatsing_swv", "1 plaats × €\u00a00,00 = €\u00a00,00"),
        ("instroombudget", "9 maanden ÷ 12 × €\u00a08.000,00 = €\u00a06.000,00"),
    ],
)
def test_the_sum_is_written_out(code, expected):
    budget = bereken(
        plaats(),
        plaats(betaler=Kostendrager.SWV),
        plaats(Soort.INSTROOMBUDGET, Kostendrager.SWV, "2024-03-01"),
    )
    assert next(som(regel) for regel in budget.regels if regel.code == code) == expected
