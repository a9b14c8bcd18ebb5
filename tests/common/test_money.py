"""Money: half up, once; and parts that add up to the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv_portal.common.money import cents, divide, dutch_amount, dutch_count, dutch_number, dutch_shortest, half_up

amounts = st.integers(min_value=-(10**11), max_value=10**11).map(lambda number: Decimal(number) / 100)
weights = st.lists(
    st.one_of(
        st.integers(min_value=0, max_value=10**6),
        st.decimals(min_value=0, max_value=1000, places=4, allow_nan=False, allow_infinity=False),
    ),
    min_size=1,
    max_size=40,
).filter(lambda found: sum(Decimal(one) for one in found) > 0)


@given(amounts, weights)
def test_parts_sum_to_the_whole(total, shares):
    parts = divide(total, shares)
    assert sum(parts) == total
    assert len(parts) == len(shares)


@given(amounts, weights)
def test_every_part_is_within_a_cent_of_its_share(total, shares):
    whole = sum(Decimal(one) for one in shares)
    for part, share in zip(divide(total, shares), shares, strict=True):
        assert abs(part - total * Decimal(share) / whole) < Decimal("0.0101")
        assert part == cents(part)
        if not share:
            assert part == 0


@given(amounts, weights)
def test_a_larger_share_never_gets_less(total, shares):
    parts = divide(total, shares)
    order = sorted(range(len(shares)), key=lambda index: (Decimal(shares[index]), -index))
    sizes = [abs(parts[index]) for index in order]
    assert sizes == sorted(sizes)


@given(amounts)
def test_rounding_twice_changes_nothing(amount):
    assert cents(cents(amount)) == cents(amount)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("4.25", 1, "4.3"), ("0.125", 2, "0.13"), ("6634.52", 0, "6635")],
)
def test_half_up(value, decimals, expected):
    assert half_up(Decimal(value), decimals) == Decimal(expected)


def test_the_cent_left_over_goes_to_the_largest_remainder_then_the_first():
    assert divide(Decimal("100.00"), [1, 1, 1]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert divide(Decimal("0.01"), [1, 2]) == [Decimal("0.00"), Decimal("0.01")]
    assert divide(Decimal("-0.05"), [1, 1]) == [Decimal("-0.03"), Decimal("-0.02")]


@pytest.mark.parametrize(
    ("total", "shares"),
    [("1.00", []), ("1.00", [0, 0]), ("1.00", [1, -1]), ("1.001", [1])],
)
def test_what_can_not_be_divided(total, shares):
    with pytest.raises(ValueError, match=r"weight|nothing|cents"):
        divide(Decimal(total), shares)


@pytest.mark.parametrize(
    ("amount", "decimals", "text"),
    [
        ("8525.67", 2, "€\u00a08.525,67"),
        ("-35", 2, "-€\u00a035,00"),
        ("-0.004", 2, "€\u00a00,00"),
        ("1172511", 0, "€\u00a01.172.511"),
    ],
)
def test_dutch_amount(amount, decimals, text):
    assert dutch_amount(Decimal(amount), decimals) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 scholen"), (1, "1 school"), (2, "2 scholen"), (1200, "1.200 scholen")]
)
def test_a_count_has_the_word_that_fits(number, text):
    assert dutch_count(number, "school", "scholen") == text


def test_dutch_number():
    assert dutch_number(21747) == "21.747"
    assert dutch_number(Decimal("4.25"), 1) == "4,3"


@pytest.mark.parametrize(
    ("value", "text"), [("12.50", "12,5"), ("12.00", "12"), ("100", "100"), ("1250.25", "1.250,25"), ("0", "0")]
)
def test_the_shortest_notation_has_no_zeros_at_the_end(value, text):
    assert dutch_shortest(Decimal(value)) == text
