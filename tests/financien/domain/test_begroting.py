"""Totals of the begroting from its posts, and what published totals have wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financien.domain.afwijkingen import per_onderwerp, vind_afwijkingen
from financien.domain.begroting import (
    RESULTAAT,
    TOTAAL_BATEN,
    Niveau,
    Post,
    Sleutel,
    Soort,
    bedragen_van,
    hoofdgroep,
    prognose,
    signaleringswaarde,
    totalen,
)

JAREN = [2023, 2024]


def post(soort, groep, naam, *bedragen):
    return Post(Soort(soort), groep, naam, dict(zip(JAREN, bedragen, strict=True)))


POSTEN = [
    post("baten", "rijk", "licht", 1000, 1100),
    post("baten", "overig", "rente", -5, 0),
    post("lasten", "overdrachten / regulier", "bedrag", 600, 650),
    post("lasten", "overdrachten / regulier", "terug", 30, 50),
    post("lasten", "overdrachten / speciaal", "bedrag", 100, None),
    post("lasten", "beheer", "personeel", 200, 210),
]


def bedragen(regel):
    return next(dict(totaal.bedragen) for totaal in totalen(POSTEN, JAREN) if totaal.regel == regel)


@pytest.mark.parametrize(
    ("regel", "expected"),
    [
        ("subtotaal overdrachten / regulier", [630, 700]),
        ("subtotaal overdrachten / speciaal", [100, 0]),
        ("totaal overdrachten", [730, 700]),
        ("totaal beheer", [200, 210]),
        ("totaal baten", [995, 1100]),
        ("totaal lasten", [930, 910]),
        ("resultaat", [65, 190]),
    ],
)
def test_totals_follow_from_posts(regel, expected):
    assert list(bedragen(regel).values()) == expected


def test_a_group_with_one_part_still_has_its_subtotal_and_a_plain_group_has_none():
    names = [totaal.regel for totaal in totalen(POSTEN, JAREN)]
    assert "subtotaal beheer" not in names
    assert names.index("subtotaal overdrachten / regulier") < names.index("totaal overdrachten")
    assert hoofdgroep("overdrachten / regulier") == "overdrachten"


def afwijkingen(**gepubliceerd):
    published = {name.replace("_", " "): dict(zip(JAREN, row, strict=True)) for name, row in gepubliceerd.items()}
    return vind_afwijkingen(POSTEN, totalen(POSTEN, JAREN), published)


def test_right_totals_give_nothing():
    assert afwijkingen(totaal_baten=(995, 1100), lasten=(930, 910), resultaat=(65, 190)) == []


def test_an_omitted_post_is_found_and_works_through():
    published = {
        "subtotaal overdrachten / regulier": {2023: 600},
        "totaal overdrachten": {2023: 700},
        "totaal lasten": {2023: 900},
        "resultaat": {2023: 95},
    }
    found = vind_afwijkingen(POSTEN, totalen(POSTEN, JAREN), published)
    assert [(a.regel, a.verschil) for a in found] == [
        ("subtotaal overdrachten / regulier", -30),
        ("totaal overdrachten", -30),
        ("totaal lasten", -30),
        ("resultaat", 30),
    ]
    assert "'terug'" in found[0].verklaring
    assert all("Werkt door" in a.verklaring for a in found[1:])


def test_a_euro_is_called_rounding_and_something_else_is_not():
    assert "Afronding" in afwijkingen(totaal_lasten=(931, 910))[0].verklaring
    assert "volgt niet" in afwijkingen(totaal_lasten=(977, 910))[0].verklaring


def test_equity_rules():
    found = vind_afwijkingen(
        POSTEN,
        totalen(POSTEN, JAREN),
        {
            "Prognose eigen vermogen op 31-12": {2023: 500, 2024: 691},
            "waarvan: weerstandvermogen": {2023: 300, 2024: 400},
            "Waarvan: bestemmingsreserve": {2023: 200, 2024: 290},
            "resultaat": {2023: 65, 2024: 190},
            "totaal baten": {2023: 995, 2024: 1100},
            "signaleringswaarde Inspectie": {2023: 35, 2024: 40},
        },
    )
    assert [(a.jaar, a.gepubliceerd, a.berekend) for a in found] == [(2024, 691, 690), (2024, 691, 690), (2024, 40, 39)]


def test_prognosis_and_signal_value():
    assert prognose(500, JAREN, {2023: 65, 2024: -90}) == {2023: 500, 2024: 410}
    assert signaleringswaarde(19412806) == 679448
    assert signaleringswaarde(19245938) == 673608


@pytest.mark.parametrize(
    ("tekst", "over"),
    [
        ("Totaal  M&O", Sleutel(Niveau.GROEP, Soort.LASTEN, "management en organisatie")),
        ("baten", TOTAAL_BATEN),
        ("waarvan: weerstandvermogen", "weerstandsvermogen"),
        ("Onttrekking bestemmingsreserve", "bestemmingsreserve"),
        ("totaal onttrekking bestemmingsreserve", Sleutel(Niveau.GROEP, Soort.BATEN, "onttrekking bestemmingsreserve")),
        ("iets anders", None),
    ],
)
def test_what_published_lines_are_about(tekst, over):
    posten = [
        post("lasten", "management en organisatie", "kantoor", 1, 1),
        post("baten", "onttrekking bestemmingsreserve", "opname", 1, 1),
    ]
    assert per_onderwerp(totalen(posten, JAREN), [tekst]) == ({} if over is None else {over: [tekst]})


amounts = st.one_of(st.none(), st.integers(-(10**6), 10**6))
posts = st.lists(
    st.builds(
        post,
        st.sampled_from(list(Soort)),
        st.sampled_from(["a", "b", "c / d", "c / e", "baten", "lasten / d", "a (baten)"]),
        st.sampled_from(["x", "y", "z"]),
        amounts,
        amounts,
    ),
    max_size=15,
)


@given(posts)
def test_totals_of_groups_add_up_to_the_whole(gevonden):
    found = {totaal.regel: totaal for totaal in totalen(gevonden, JAREN)}
    assert len(found) == len(totalen(gevonden, JAREN))
    for soort in Soort:
        whole = found[f"totaal {soort}"]
        assert whole.sleutel == Sleutel(Niveau.SOORT, soort)
        assert len(whole.delen) == len(set(whole.delen))
        assert vind_afwijkingen(gevonden, list(found.values()), {n: t.bedragen for n, t in found.items()}) == []
    for jaar in JAREN:
        expected = sum((p.bedragen[jaar] or 0) * (1 if p.soort == Soort.BATEN else -1) for p in gevonden)
        assert bedragen_van(found.values(), RESULTAAT)[jaar] == found["resultaat"].bedragen[jaar] == expected
