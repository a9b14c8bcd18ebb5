"""Leafing by key: every row once, in order, from both sides, whatever stands in the address."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from swv_portal.common import paging
from swv_portal.common.paging import PER_BLADZIJDE, Blad, Plek, blader

pytestmark = pytest.mark.django_db
N = 2 * PER_BLADZIJDE + 3


@pytest.fixture
def keys() -> list[int]:
    """The keys of all rows, newest first."""
    users = get_user_model().objects
    made = [users.create(email=f"u{n}@portaal.example") for n in range(N)]
    return sorted((user.pk for user in made), reverse=True)


def page(plek: Plek, found: Any = None) -> Blad:
    rows = get_user_model().objects.all() if found is None else found
    return blader(rows, plek, lambda cut: [(user.pk, user.pk) for user in cut])


def forward(blad: Blad) -> Plek:
    return Plek(blad.next_page_number, na=blad.na)


def back(blad: Blad) -> Plek:
    return Plek(blad.previous_page_number, voor=blad.voor)


def test_to_the_end_and_back_gives_every_row_once(keys: list[int]) -> None:
    seen, blad = [], page(Plek())
    pages = [blad]
    while blad.has_next:
        blad = page(forward(blad))
        pages.append(blad)
    for each in pages:
        seen += each.rijen
    assert seen == keys
    assert [each.number for each in pages] == [1, 2, 3]
    assert [each.has_previous for each in pages] == [False, True, True]
    for earlier in reversed(pages[:-1]):
        blad = page(back(blad))
        assert blad == earlier


def test_a_number_without_a_key_is_counted(keys: list[int]) -> None:
    assert page(Plek(2)).rijen == keys[PER_BLADZIJDE : 2 * PER_BLADZIJDE]
    assert page(Plek(99)).rijen == keys[2 * PER_BLADZIJDE :]
    assert page(Plek(99)).number == 3


def test_a_place_that_is_gone_gives_the_first_page(keys: list[int]) -> None:
    first = page(Plek())
    for gone in (Plek(7, na=keys[-1]), Plek(3, voor=keys[2]), Plek(2, voor=keys[0]), Plek(5, na=1)):
        assert page(gone) == first, gone
    assert page(Plek(4, na=9), get_user_model().objects.none()).rijen == []


def test_counting_stops_and_leafing_goes_on(keys: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "TEL_TOT", PER_BLADZIJDE)
    blad = page(Plek(1))
    assert blad.totaal("mens", "mensen") == f"meer dan {PER_BLADZIJDE} mensen"
    assert blad.paginator.num_pages == 0
    third = page(forward(page(forward(blad))))
    assert third.rijen == keys[2 * PER_BLADZIJDE :]
    assert third.number == 3
    assert page(Plek(3)).number == 1  # a number alone goes no further than was counted


def test_a_page_takes_two_queries(keys: list[int]) -> None:
    for plek in (Plek(), Plek(2), Plek(2, na=keys[5]), Plek(2, voor=keys[40])):
        with CaptureQueriesContext(connection) as asked:
            page(plek)
        assert len(asked) == 2, plek


def test_words_of_the_total() -> None:
    assert Blad(1, [], None, None, False, False, 1).totaal("aanvraag", "aanvragen") == "1 aanvraag"
    assert Blad(1, [], None, None, False, False, 0).totaal("aanvraag", "aanvragen") == "0 aanvragen"


@given(st.dictionaries(st.sampled_from(["pagina", "na", "voor"]), st.text(max_size=30)))
def test_any_address_gives_a_place(adres: dict[str, str]) -> None:
    plek = Plek.uit(adres)
    assert 1 <= plek.nummer <= 1_000_000
    assert all(key is None or 1 <= key < 2**63 for key in (plek.na, plek.voor))


def test_links_hold_the_key_and_the_filters() -> None:
    blad = Blad(3, ["x"], 50, 26, True, True, 80)
    request = RequestFactory().get("/aanvragen/?staat=lopend&pagina=3&na=51")
    template = Template('{% include "onderdelen/paginering.html" with totaal="80 aanvragen" %}')
    html = template.render(RequestContext(request, {"page": blad, "user": None}))
    assert 'href="?staat=lopend&amp;pagina=2&amp;voor=50"' in html
    assert 'href="?staat=lopend&amp;pagina=4&amp;na=26"' in html
    assert "bladzijde 3 van 4" in html
