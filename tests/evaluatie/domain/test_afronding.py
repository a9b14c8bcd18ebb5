from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluatie.domain.afronding import half_omhoog, percentage


@pytest.mark.parametrize(
    ("teller", "noemer", "uitkomst"),
    [(34, 8, "4.3"), (1, 20, "0.1"), (0, 7, "0.0"), (10, 7, "1.4"), (5, 100, "0.1"), (49, 1000, "0.0"), (5, 1, "5.0")],
)
def test_half_goes_up(teller, noemer, uitkomst):
    assert str(half_omhoog(teller, noemer)) == uitkomst


@given(st.integers(0, 10**7), st.integers(1, 10**6), st.integers(0, 4))
def test_it_is_the_nearest_and_never_below_when_halfway(teller, noemer, decimalen):
    exact = Fraction(teller, noemer)
    rounded = Fraction(half_omhoog(teller, noemer, decimalen))
    step = Fraction(1, 10**decimalen)
    assert (rounded / step).denominator == 1
    assert -step / 2 < rounded - exact <= step / 2


@given(st.integers(0, 10**6), st.sampled_from([1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 80, 100, 125]))
def test_it_agrees_with_decimal_where_decimal_is_exact(teller, noemer):
    exact = (Decimal(teller) / noemer).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    assert half_omhoog(teller, noemer) == exact


def test_published_percentages():
    assert [str(percentage(count, 53)) for count in (46, 32, 36, 3)] == ["86.8", "60.4", "67.9", "5.7"]
    assert str(percentage(18, 51)) == "35.3"


@pytest.mark.parametrize(("teller", "noemer"), [(1, 0), (1, -2), (-1, 3)])
def test_what_is_no_share_is_refused(teller, noemer):
    with pytest.raises(ValueError, match="no fraction"):
        half_omhoog(teller, noemer)
