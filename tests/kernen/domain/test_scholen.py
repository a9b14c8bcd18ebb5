"""Codes, kinds, postcodes, places and counts as DUO writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernen.domain.scholen import is_brin, is_vestigingscode, nette_plaatsnaam, nette_postcode, soort_van
from kernen.domain.tellingen import Aantal, lees_aantal, tel_op


@pytest.mark.parametrize(
    ("tekst", "soort"),
    [
        ("BO", "BAO"),
        ("bo ", "BAO"),
        ("SBO", "SBO"),
        ("SO", "SO"),
        ("VSO", "VSO"),
        ("SO/VSO", "SO-VSO"),
        ("Speciaal  onderwijs", "SO"),
        ("", None),
        ("MBO", None),
    ],
)
def test_kinds(tekst, soort):
    assert soort_van(tekst) == soort


@pytest.mark.parametrize(
    ("ruw", "net"),
    [("2011ab", "2011 AB"), (" 2011  AB ", "2011 AB"), ("", ""), ("0111 AB", None), ("2011", None), ("2011 A1", None)],
)
def test_postcodes(ruw, net):
    assert nette_postcode(ruw) == net


@pytest.mark.parametrize(
    ("ruw", "net"),
    [
        ("HAARLEM", "Haarlem"),
        ("WIJK AAN ZEE", "Wijk aan Zee"),
        ("IJMUIDEN", "IJmuiden"),
        ("SANTPOORT-NOORD", "Santpoort-Noord"),
        ("'S-GRAVENHAGE", "'s-Gravenhage"),
        ("DE RIJP", "De Rijp"),
        ("Bergen op Zoom", "Bergen op Zoom"),
        ("", ""),
    ],
)
def test_places_are_written_as_people_write_them(ruw, net):
    assert nette_plaatsnaam(ruw) == net


@given(st.text(max_size=8))
def test_a_code_is_ascii_and_of_one_form(text):
    if is_brin(text):
        assert len(text) == 4
        assert text.isascii()
    if is_vestigingscode(text):
        assert is_brin(text[:4])
        assert text.isascii()


@pytest.mark.parametrize(
    ("cel", "aantal"),
    [
        ("124", Aantal(124)),
        (" 0 ", Aantal(0)),
        ("", Aantal(0)),
        ("<5", Aantal(None, True)),
        ("< 5", Aantal(None, True)),
        ("-3", None),
        ("12,5", None),
        ("99999", None),
        ("veel", None),
        ("٣", None),
    ],
)
def test_counts(cel, aantal):
    assert lees_aantal(cel) == aantal


def test_a_sum_does_not_invent_numbers():
    total = tel_op([Aantal(1200), Aantal(None, True), Aantal(3), Aantal(None, True)])
    assert (total.aantal, total.onbekend) == (1203, 2)
    assert total.tekst == "1.203 (en 2 keer minder dan 5)"
    assert tel_op([]).tekst == "0"
