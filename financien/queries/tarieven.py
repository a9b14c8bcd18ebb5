"""Tariffs as they are listed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from financien.domain.tarieven import FRACTIE
from financien.models import Budgetjaar, Tarief
from swv_portal.common.money import dutch_amount, dutch_number
from swv_portal.common.scoping import Bereik


@dataclass(frozen=True, slots=True)
class Tariefbeeld:
    """One tariff; ``waarde`` is how people read it: '€ 450,00' or '70%'."""

    pk: int
    code: str
    omschrijving: str
    bedrag: Decimal
    waarde: str
    eenheid: str
    bron: str
    vastgesteld: date | None


def notatie(bedrag: Decimal, eenheid: str) -> str:
    if eenheid == FRACTIE:
        percentage = (bedrag * 100).normalize()
        return f"{dutch_number(percentage, max(0, -int(percentage.as_tuple().exponent)))}%"
    return dutch_amount(bedrag)


def tarieven(bereik: Bereik, jaar: int) -> list[Tariefbeeld]:
    """The tariffs of a year in the order in which they were entered.  One query."""
    rows = Tarief.objects.visible_to(bereik).van_jaar(jaar).order_by("id")
    return [
        Tariefbeeld(
            row.pk,
            row.code,
            row.omschrijving,
            row.bedrag,
            notatie(row.bedrag, row.eenheid),
            "deel van het geheel" if row.eenheid == FRACTIE else row.eenheid,
            row.bron,
            row.vastgesteld,
        )
        for row in rows
    ]


def jaren(bereik: Bereik) -> list[int]:
    """The years for which there is anything, newest first."""
    return list(Budgetjaar.objects.visible_to(bereik).order_by("-jaar").values_list("jaar", flat=True))
