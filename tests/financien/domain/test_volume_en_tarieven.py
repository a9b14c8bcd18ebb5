"""The IKC tariff and its volumebekostiging reproduce the published figures of 2024."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financien.domain.tarieven import TARIEFNAMEN, Tariefcode, Tarieven, controles, ikc_tarief, inhouding_van, ontbreekt
from financien.domain.volume import Aandeel, Volumeinvoer, bandbreedte, bereken_volume
from swv_portal.common.money import cents, half_up
from swv_portal.common.workflow import Refusal

BEDRAGEN = {
    "sbo_landelijk": D("6634.52"),
    "so_cat_1": D("12938.34"),
    "ikc_aandeel_sbo": D("0.70"),
    "ikc_aandeel_so1": D("0.30"),
    "ikc_bandbreedte": D("0.03"),
    "ikc_uitkering": D("8525.67"),
    "inhouding_ikc": D("6635.00"),
}
TARIEVEN = Tarieven(2024, BEDRAGEN)
AANDELEN = (Aandeel(1, D(2)), Aandeel(2, D(1)), Aandeel(3, D(1)))


def test_published_figures_of_2024():
    gevonden = bereken_volume(Volumeinvoer(620, 109, AANDELEN), TARIEVEN)
    assert not isinstance(gevonden, Refusal)
    assert cents(ikc_tarief(TARIEVEN)) == D("8525.67")
    assert inhouding_van(D("6634.52")) == D("6635.00")
    assert half_up(gevonden.aanvulling, 0) == 1172511
    assert half_up(gevonden.factuur, 0) == 206135
    assert sum(part for _, part in gevonden.per_bestuur) == gevonden.aanvulling


def test_rounding_the_tariff_first_gives_another_amount():
    rounded = 620 * (D("8525.67") - D("6634.52"))
    assert half_up(rounded, 0) != 1172511


@given(st.integers(0, 5000), st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_the_boards_together_get_the_whole(leerlingen, gewichten):
    shares = tuple(Aandeel(index, D(weight)) for index, weight in enumerate(gewichten))
    gevonden = bereken_volume(Volumeinvoer(leerlingen, 0, shares), TARIEVEN)
    assert not isinstance(gevonden, Refusal)
    assert sum(part for _, part in gevonden.per_bestuur) == gevonden.aanvulling


@pytest.mark.parametrize(("nu", "overleg"), [(602, False), (638, False), (601, True), (639, True), (None, False)])
def test_bandwidth_of_three_percent(nu, overleg):
    gevonden = bereken_volume(Volumeinvoer(620, 109, AANDELEN, nu), TARIEVEN)
    assert not isinstance(gevonden, Refusal)
    assert gevonden.overleg is overleg
    assert half_up(gevonden.aanvulling, 0) == 1172511


def test_the_bounds_of_the_band_are_inside():
    band = bandbreedte(100, D("0.03"))
    assert band.binnen(97)
    assert band.binnen(103)
    assert not band.binnen(96)


@pytest.mark.parametrize(
    ("invoer", "code"),
    [
        (Volumeinvoer(10, 11, AANDELEN), "aantal"),
        (Volumeinvoer(-1, 0, AANDELEN), "aantal"),
        (Volumeinvoer(10, 1, ()), "aandelen"),
        (Volumeinvoer(10, 1, (Aandeel(1, D(0)),)), "aandelen"),
        (Volumeinvoer(10, 1, (Aandeel(1, D(2)), Aandeel(2, D(-1)))), "aandelen"),
    ],
)
def test_refusals(invoer, code):
    refusal = bereken_volume(invoer, TARIEVEN)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


def test_a_missing_tariff_is_named():
    refusal = ontbreekt(Tarieven(2024, {}), ["so_cat_1"])
    assert refusal is not None
    assert refusal.code == "tarief_ontbreekt"
    assert refusal.zin == "Voor 2024 ontbreekt dit tarief: SO categorie I (laag). Lees het in bij Geld, Tarieven."
    two = ontbreekt(Tarieven(2024, {}), ["sbo_landelijk", "ikc_uitkering"])
    assert two is not None
    assert two.zin == (
        "Voor 2024 ontbreken deze tarieven: landelijk tarief SBO, IKC-tarief. Lees ze in bij Geld, Tarieven."
    )
    assert isinstance(bereken_volume(Volumeinvoer(1, 0, AANDELEN), Tarieven(2024, {})), Refusal)


def test_every_tariff_has_a_name_for_people():
    assert set(TARIEFNAMEN) == set(Tariefcode)


def test_the_published_tariffs_follow_from_each_other():
    assert controles(TARIEVEN) == []


@pytest.mark.parametrize(
    ("code", "bedrag", "woord"),
    [
        ("ikc_uitkering", "8525.66", "IKC"),
        ("inhouding_ikc", "6634.52", "inhouding"),
        ("ikc_aandeel_sbo", "0.6", "samen"),
    ],
)
def test_tariffs_that_do_not_follow_are_named(code, bedrag, woord):
    zinnen = controles(Tarieven(2024, {**BEDRAGEN, code: D(bedrag)}))
    assert any(woord in zin for zin in zinnen)
