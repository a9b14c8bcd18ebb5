"""Every total is itself, whatever a group is called, and explaining differences stays quick in a large begroting."""

import time

import pytest

from financien.domain.afwijkingen import vind_afwijkingen
from financien.domain.begroting import (
    RESULTAAT,
    TOTAAL_BATEN,
    TOTAAL_LASTEN,
    Niveau,
    Post,
    Sleutel,
    Soort,
    bedragen_van,
    gegroepeerd,
    totalen,
)
from financien.domain.weggelaten import MEESTE_VOOR_PAREN

JAREN = [2025, 2026]


def post(soort, groep, naam, bedrag):
    return Post(Soort(soort), groep, naam, dict.fromkeys(JAREN, bedrag))


def namen(posten):
    return {totaal.regel: totaal.bedragen[2025] for totaal in totalen(posten, JAREN)}


ALS_SOORT = [
    post("baten", "baten", "rijksbijdrage", 100),
    post("baten", "overige baten", "rente", 50),
    post("lasten", "lasten", "personeel", 90),
    post("lasten", "huisvesting", "huur", 80),
]


def test_a_group_that_is_called_as_its_kind_is_not_the_kind():
    found = totalen(ALS_SOORT, JAREN)
    assert [dict(bedragen_van(found, key)) for key in (TOTAAL_BATEN, TOTAAL_LASTEN, RESULTAAT)] == [
        dict.fromkeys(JAREN, amount) for amount in (150, 170, -20)
    ]
    assert namen(ALS_SOORT) == {
        "totaal baten (baten)": 100,
        "totaal overige baten": 50,
        "totaal baten": 150,
        "totaal lasten (lasten)": 90,
        "totaal huisvesting": 80,
        "totaal lasten": 170,
        "resultaat": -20,
    }


def test_neither_is_a_group_of_which_a_part_is_there():
    posten = [post("baten", "baten / x", "a", 100), post("baten", "overig", "b", 50)]
    found = totalen(posten, JAREN)
    assert bedragen_van(found, TOTAAL_BATEN)[2025] == bedragen_van(found, RESULTAAT)[2025] == 150
    assert bedragen_van(found, Sleutel(Niveau.GROEP, Soort.BATEN, "baten"))[2025] == 100
    assert namen(posten)["subtotaal baten / x"] == 100


def test_a_group_in_baten_and_in_lasten_has_two_totals_and_only_then_its_kind_in_the_name():
    posten = [
        post("baten", "overig", "a", 10),
        post("baten", "rijk", "b", 1),
        post("lasten", "overig", "c", 7),
        post("lasten", "zorg", "d", 1),
    ]
    assert [name for name in namen(posten) if "(" in name] == ["totaal overig (baten)", "totaal overig (lasten)"]
    assert (namen(posten)["totaal overig (baten)"], namen(posten)["totaal overig (lasten)"]) == (10, 7)


def test_a_group_that_has_the_longer_name_already_keeps_it():
    posten = [post("baten", "x", "a", 1), post("baten", "x (baten)", "b", 2), post("lasten", "x", "c", 4)]
    assert namen(posten) == {
        "totaal x (baten) (baten)": 1,
        "totaal x (baten)": 2,
        "totaal baten": 3,
        "totaal x (lasten)": 4,
        "totaal lasten": 4,
        "resultaat": -1,
    }


def gevonden(posten, **gepubliceerd):
    published = {name.replace("_", " "): {2025: amount} for name, amount in gepubliceerd.items()}
    found = vind_afwijkingen(posten, totalen(posten, JAREN), published)
    return [(a.regel, a.berekend, a.verklaring.replace("\N{NO-BREAK SPACE}", " ")) for a in found]


def test_a_published_total_is_held_against_the_right_one():
    posten = [post("baten", "overig", "a", 10), post("lasten", "overig", "b", 70), post("lasten", "overig", "c", 9)]
    right = {"totaal overig (baten)": 10, "Totaal  Overig (lasten)": 79, "baten": 10, "resultaat": -69}
    assert gevonden(posten, **right) == []
    wrong = {"totaal overig (baten)": 79, "totaal overig (lasten)": 70}
    assert gevonden(posten, **wrong) == [
        ("totaal overig (baten)", 10, "Het gepubliceerde totaal volgt niet uit de gepubliceerde posten."),
        ("totaal overig (lasten)", 79, "De post 'c' (€ 9) telt niet mee in het gepubliceerde totaal."),
    ]
    # It does not say which of the two it is about.
    assert gevonden(posten, totaal_overig=1) == []


@pytest.mark.parametrize("regel", ["totaal baten", "Totaal Baten", "baten"])
@pytest.mark.parametrize("groep", ["baten", "Baten"])
def test_the_published_total_of_the_baten_is_about_the_kind(groep, regel):
    posten = [post("baten", groep, "a", 100), post("baten", "overig", "b", 50)]
    assert gevonden(posten, **{regel: 150}) == []
    assert [line[:2] for line in gevonden(posten, **{regel: 100})] == [(regel, 150)]


def test_a_group_with_a_word_of_the_equity_in_its_name_is_a_group():
    posten = [post("baten", "onttrekking bestemmingsreserve", "a", 100)]
    assert gevonden(posten, **{"Waarvan: bestemmingsreserve": 5}) == []
    assert [line[1] for line in gevonden(posten, **{"totaal onttrekking bestemmingsreserve": 5})] == [100]


def test_a_difference_in_the_baten_works_through_in_the_result_as_it_is():
    posten = [post("baten", "a", "b", 100), post("lasten", "c", "d", 60)]
    assert [line[2] for line in gevonden(posten, totaal_baten=130, totaal_lasten=65, resultaat=65)][-1] == (
        "Werkt door uit: totaal baten, totaal lasten."
    )


def test_two_posts_that_are_left_out_are_named_the_first_two_in_order():
    posten = [post("lasten", "g", name, amount) for name, amount in zip("abcde", (50, 7, 30, 70, 50), strict=True)]
    # a and c, not c and e; and a pair of one amount is two posts.
    assert "'a' (€ 50) en 'c' (€ 30) tellen" in gevonden(posten, totaal_g=207 - 80)[0][2]
    assert "'a' (€ 50) en 'e' (€ 50) tellen" in gevonden(posten, totaal_g=207 - 100)[0][2]
    assert "volgt niet" in gevonden(posten, totaal_g=207 - 14)[0][2]


def test_a_pair_out_of_very_many_explains_nothing():
    many = [post("lasten", "g", f"p{number}", 1000 + number) for number in range(MEESTE_VOOR_PAREN + 1)]
    whole = sum(each.bedragen[2025] for each in many)
    assert "'p3' (€ 1.003) telt niet mee" in gevonden(many, totaal_g=whole - 1003)[0][2]
    assert "volgt niet" in gevonden(many, totaal_g=whole - 2001)[0][2]
    fewer = many[:-1]
    whole -= many[-1].bedragen[2025]
    assert "'p0' (€ 1.000) en 'p1' (€ 1.001)" in gevonden(fewer, totaal_g=whole - 2001)[0][2]


@pytest.mark.parametrize("groepen", [1, 2000], ids=["one group", "as many groups as posts"])
def test_a_large_begroting_with_everything_wrong_is_explained_at_once(groepen):
    jaren = list(range(2020, 2040))
    posten = [Post(Soort.LASTEN, f"g{n % groepen}", f"p{n}", dict.fromkeys(jaren, 2 * n + 2)) for n in range(2000)]
    # Capitals do not matter to a published name, so one total can be published often.
    names = [f"totaal {'g0'.upper() if n % 2 else 'g0'}{' ' * n}" for n in range(1000)]
    published = {name: dict.fromkeys(jaren, -number - 1) for number, name in enumerate(names)}
    begin = time.process_time()
    found = vind_afwijkingen(posten, totalen(posten, jaren), published)
    assert len(found) == len(names) * len(jaren)
    assert time.process_time() - begin < 4


def test_posts_that_belong_together_stand_together_and_else_keep_their_place():
    posten = [
        post("lasten", "a / x", "1", 1),
        post("baten", "b", "2", 1),
        post("lasten", "c", "3", 1),
        post("lasten", "a / y", "4", 1),
        post("baten", "b", "5", 1),
        post("lasten", "a / x", "6", 1),
    ]
    assert "".join(each.post for each in gegroepeerd(posten)) == "164325"
    assert gegroepeerd(gegroepeerd(posten)) == gegroepeerd(posten)
    assert totalen(gegroepeerd(posten), JAREN) == totalen(posten, JAREN)
