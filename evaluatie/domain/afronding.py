"""Means and percentages, rounded half up from exact fractions of whole numbers.

Source: the published tables of the evaluation 'Impuls kernen', SWV PO IJmond, 2024-2025, which round half up: a mean of
34/8 = 4,25 stands there as 4,3.
"""

from decimal import Decimal


def half_omhoog(teller: int, noemer: int, decimalen: int = 1) -> Decimal:
    """``teller / noemer`` rounded half up to ``decimalen`` digits; exact, whatever the size.  ``noemer`` is above zero
    and ``teller`` is not negative, otherwise ``ValueError``."""
    if noemer <= 0 or teller < 0:
        raise ValueError(f"no fraction to round: {teller}/{noemer}")
    scaled = (2 * teller * 10**decimalen + noemer) // (2 * noemer)
    return Decimal(scaled).scaleb(-decimalen)


def percentage(aantal: int, geheel: int) -> Decimal:
    """``aantal`` as a percentage of ``geheel``, to one decimal."""
    return half_omhoog(100 * aantal, geheel)
