"""Two versions of a budget beside each other: what changed per school and line."""

from dataclasses import dataclass
from decimal import Decimal

from financien.domain.regels import REGELSOORTEN, VOLGORDE
from financien.domain.vergelijking import Verschil, vergelijk
from financien.models import Budget, Budgetregel
from financien.queries.budget import Budgetkop, kop_van, schoolrijen, uitleg_van
from swv_portal.common.money import ZERO
from swv_portal.common.scoping import Bereik


@dataclass(frozen=True)
class Verschilrij:
    """One change between versions, in words."""

    school: str
    bestuur: str
    omschrijving: str
    verschil: Verschil


@dataclass(frozen=True)
class Vergelijking:
    """Two versions of a year beside each other.  ``totaal`` is the sum of all changes."""

    nieuw: Budgetkop
    oud: Budgetkop
    rijen: list[Verschilrij]

    @property
    def totaal(self) -> Decimal:
        return sum((rij.verschil.bedrag for rij in self.rijen), ZERO)


def _bedragen(bereik: Bereik, budget_pk: int) -> dict[tuple[int, str], tuple[Decimal, Decimal]]:
    rows = Budgetregel.objects.visible_to(bereik).filter(schoolbudget__budget_id=budget_pk)
    values = rows.values_list("schoolbudget__school_id", "code", "aantal", "bedrag")
    return {(school, code): (aantal, bedrag) for school, code, aantal, bedrag in values}


def vergelijking(bereik: Bereik, nieuw: Budget, oud: Budget) -> Vergelijking:
    """What changed per school and line from ``oud`` to ``nieuw``, for what this person may see.  Five queries."""
    found = vergelijk(_bedragen(bereik, oud.pk), _bedragen(bereik, nieuw.pk))
    schools = {rij.school_id: rij for pk in (oud.pk, nieuw.pk) for rij in schoolrijen(bereik, pk)}
    words = {code: soort.omschrijving for code, soort in REGELSOORTEN.items()}
    words |= {code: row.omschrijving for code, row in uitleg_van(nieuw.pk).items()}
    rows = [
        Verschilrij(schools[v.school_id].school, schools[v.school_id].bestuur, words.get(v.code, v.code), v)
        for v in found
    ]
    rows.sort(key=lambda row: (row.school, VOLGORDE.get(row.verschil.code, 99)))
    return Vergelijking(kop_van(nieuw), kop_van(oud), rows)


def vorige_versie(bereik: Bereik, budget: Budget) -> Budget | None:
    """The version before this one that this person may see."""
    rows = Budget.objects.visible_to(bereik).select_related("budgetjaar")
    return (
        rows.filter(budgetjaar=budget.budgetjaar_id, versienummer__lt=budget.versienummer)
        .order_by("-versienummer")
        .first()
    )
