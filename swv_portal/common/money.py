"""Amounts of money: Decimal, to the cent, rounded half up, once, at the end.

An amount is a ``Decimal`` in euros.  Calculations keep full precision; only what is paid or printed is rounded with
``cents``.  When a total is divided, ``divide`` makes the parts add up to the whole (largest remainder).
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")


def half_up(value: Decimal | int, decimals: int) -> Decimal:
    """Round ``value`` half up to ``decimals`` digits after the point (2.5 becomes 3, never 2; -2.5 becomes -3)."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def cents(amount: Decimal | int) -> Decimal:
    """Round an amount in euros half up to whole cents."""
    return half_up(amount, 2)


def divide(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Divide ``total`` (euros, whole cents) in proportion to ``weights``, in whole cents that add up to ``total``.

    The cents that are left over go to the largest remainders, the earlier part first when two are equal.  Weights may
    not be negative; when all are zero (or there are none) there is nothing to divide by and a ``ValueError`` says so.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight may not be negative")
    whole = sum((Decimal(weight) for weight in weights), Decimal(0))
    if not whole:
        raise ValueError("nothing to divide by: all weights are zero")
    if total != cents(total):
        raise ValueError("the total must be in whole cents")
    sign = -1 if total < 0 else 1
    total_cents = int(abs(total) * 100)
    # Fractions of integers, so that no precision is lost on the way.
    scale = 10 ** max(0, *(-int(Decimal(w).normalize().as_tuple().exponent) for w in weights))
    parts = [int(Decimal(weight) * scale) for weight in weights]
    denominator = sum(parts)
    floors = [total_cents * part // denominator for part in parts]
    remainders = [total_cents * part % denominator for part in parts]
    left = total_cents - sum(floors)
    for index in sorted(range(len(parts)), key=lambda i: (-remainders[i], i))[:left]:
        floors[index] += 1
    return [cents(Decimal(sign * value) / 100) for value in floors]


def dutch_number(value: Decimal | int, decimals: int = 0) -> str:
    """Dutch notation: ``21747`` becomes ``21.747``, ``4.25`` with one decimal becomes ``4,3``."""
    text = f"{half_up(value, decimals):,f}"
    return text.replace(",", "_").replace(".", ",").replace("_", ".")


def dutch_count(number: int, one: str, more: str) -> str:
    """A count with its words: ``1 school``, ``2 scholen``, ``1.200 scholen``."""
    return f"{dutch_number(number)} {one if number == 1 else more}"


def dutch_shortest(value: Decimal) -> str:
    """Dutch notation with no more digits after the comma than are needed: ``12.50`` becomes ``12,5``."""
    return dutch_number(value, max(0, -int(value.normalize().as_tuple().exponent)))


def dutch_amount(amount: Decimal | int, decimals: int = 2) -> str:
    """An amount as it stands on a screen or in a letter: ``€ 8.525,67``; a negative one is ``-€ 35,00``."""
    number = dutch_number(abs(Decimal(amount)), decimals)
    sign = "-" if half_up(amount, decimals) < 0 else ""
    return f"{sign}€\N{NO-BREAK SPACE}{number}"
