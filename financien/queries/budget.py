"""Budgets as they are read: the list of schools, one school with every euro explained, and a board."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from financien.domain.procedure import BUDGET
from financien.domain.regels import REGELSOORTEN, VOLGORDE, Regel, som
from financien.models import Bestuursregel, Budget, Budgetregel, Budgetuitleg, Schoolbudget
from swv_portal.common.money import ZERO, dutch_amount, dutch_number, dutch_shortest
from swv_portal.common.scoping import Bereik


@dataclass(frozen=True, slots=True)
class Schoolrij:
    """One school in a list.  ``totaal`` is ``None`` when it can not be calculated."""

    pk: int
    school_id: int
    vestigingscode: str
    school: str
    bestuur_id: int
    bestuur: str
    leerlingen: int | None
    totaal: Decimal | None
    reden: str


@dataclass(frozen=True, slots=True)
class Regelbeeld:
    """One line, explained: what, the sum written out, the rule in words, where it stands, and what was counted."""

    code: str
    omschrijving: str
    aantal: Decimal
    tarief: Decimal
    bedrag: Decimal
    som: str
    formule: str
    bron: str
    invoer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bestuurstotaal:
    """What one board gets: its schools, and lines of the board itself."""

    bestuur_id: int
    bestuur: str
    scholen: list[Schoolrij]
    regels: list[Regelbeeld] = field(default_factory=list)

    @property
    def totaal_scholen(self) -> Decimal:
        return sum((rij.totaal for rij in self.scholen if rij.totaal is not None), ZERO)

    @property
    def totaal(self) -> Decimal:
        return self.totaal_scholen + sum((regel.bedrag for regel in self.regels), ZERO)

    @property
    def onberekend(self) -> int:
        return sum(1 for rij in self.scholen if rij.totaal is None)


@dataclass(frozen=True)
class Budgetkop:
    """What stands above every page and letter of a budget."""

    pk: int
    jaar: int
    versienummer: int
    staat: str
    teldatum: date
    peildatum: date
    berekend_op: datetime
    vastgesteld_op: datetime | None

    @property
    def staatnaam(self) -> str:
        return BUDGET.staten[self.staat]


#: Where the fields of a ``Budgetkop`` come from, in its order, seen from a ``Budget``.
KOPVELDEN = (
    "pk",
    "budgetjaar__jaar",
    "versienummer",
    "staat",
    "teldatum",
    "peildatum",
    "berekend_op",
    "vastgesteld_op",
)
_kopwaarden = attrgetter(*(field.replace("__", ".") for field in KOPVELDEN))


@dataclass(frozen=True)
class Schoolbeeld:
    """The budget of one school with every line."""

    kop: Budgetkop
    rij: Schoolrij
    regels: list[Regelbeeld]


def kop_van(budget: Budget) -> Budgetkop:
    return Budgetkop(*_kopwaarden(budget))


def huidig_budget(bereik: Bereik, jaar: int | None = None) -> Budget | None:
    """The newest version of ``jaar`` (or of the newest year) that this person may see."""
    rows = Budget.objects.visible_to(bereik).select_related("budgetjaar")
    if jaar is not None:
        rows = rows.filter(budgetjaar__jaar=jaar)
    return rows.order_by("-budgetjaar__jaar", "-versienummer").first()


_RIJ = (
    "pk",
    "school_id",
    "school__vestigingscode",
    "school__naam",
    "bestuur_id",
    "bestuur__naam",
    "leerlingen",
    "totaal",
    "reden",
)


def _rijen(rows: "QuerySet[Schoolbudget]") -> list[Schoolrij]:
    return [Schoolrij(*row) for row in rows.order_by("school__naam", "school__vestigingscode").values_list(*_RIJ)]


def schoolrijen(bereik: Bereik, budget_pk: int, *, bestuur: int | None = None, zoek: str = "") -> list[Schoolrij]:
    """The schools of a budget that this person may see, by name.  One query."""
    rows = Schoolbudget.objects.visible_to(bereik).filter(budget_id=budget_pk)
    if bestuur is not None:
        rows = rows.filter(bestuur_id=bestuur)
    for word in zoek.lower().split():
        rows = rows.filter(school__zoektekst__contains=word)
    return _rijen(rows)


def uitleg_van(budget_pk: int) -> dict[str, Budgetuitleg]:
    """The words of the lines of a budget, as they were when it was calculated."""
    return {row.code: row for row in Budgetuitleg.objects.filter(budget_id=budget_pk)}


#: More budgets than the letters of one batch are of.
_MEESTE_BUDGETTEN = 16


@lru_cache(maxsize=_MEESTE_BUDGETTEN)
def vaste_uitleg(budget_pk: int, _berekend_op: datetime) -> Mapping[str, Budgetuitleg]:
    """As ``uitleg_van``, read once per process: the words of a calculation never change, a batch asks them often.

    ``_berekend_op`` tells calculations apart: a database that was restored or built anew may give a key again.  All
    who ask share the answer, so it can not be changed.
    """
    return MappingProxyType(uitleg_van(budget_pk))


def _invoer(stored: Mapping[str, Any]) -> tuple[str, ...]:
    names = [str(name) for name in stored.get("verwijzingen", ())]
    for one in stored.get("maanden", ()):
        months = "1 maand" if one["maanden"] == 1 else f"{one['maanden']} maanden"
        names.append(f"{one['verwijzing']} ({months})")
    return tuple(names)


def _regelbeeld(row: Budgetregel, uitleg: Mapping[str, Budgetuitleg]) -> Regelbeeld:
    words = uitleg.get(row.code) or REGELSOORTEN[row.code]
    return Regelbeeld(
        row.code,
        words.omschrijving,
        row.aantal,
        row.tarief,
        row.bedrag,
        som(Regel(row.code, row.aantal, row.tarief, row.bedrag, row.maanden)),
        words.formule,
        words.bron,
        _invoer(row.invoer),
    )


def _regelbeelden(rows: Iterable[Budgetregel], uitleg: Mapping[str, Budgetuitleg]) -> list[Regelbeeld]:
    ordered = sorted(rows, key=lambda row: VOLGORDE.get(row.code, 99))
    return [_regelbeeld(row, uitleg) for row in ordered]


def regels_van(schoolbudgetten: Iterable[int], uitleg: Mapping[str, Budgetuitleg]) -> dict[int, list[Regelbeeld]]:
    """The explained lines of several school budgets, by their key, in order.  One query."""
    found: dict[int, list[Budgetregel]] = {}
    for row in Budgetregel.objects.filter(schoolbudget_id__in=list(schoolbudgetten)):
        found.setdefault(row.schoolbudget_id, []).append(row)
    return {pk: _regelbeelden(rows, uitleg) for pk, rows in found.items()}


def regels_van_school(
    bereik: Bereik, budget_pk: int, school: int, uitleg: Mapping[str, Budgetuitleg]
) -> list[Regelbeeld]:
    """The explained lines of one school in a budget, in order.  One query."""
    rows = Budgetregel.objects.visible_to(bereik).filter(schoolbudget__budget=budget_pk, schoolbudget__school=school)
    return _regelbeelden(rows, uitleg)


def schoolbeeld(bereik: Bereik, pk: int) -> Schoolbeeld | None:
    """One school's budget with every line explained; ``None`` when it is not there for this person.  Four queries."""
    rows = Schoolbudget.objects.visible_to(bereik).filter(pk=pk)
    found = _rijen(rows)
    if not found:
        return None
    budget = Budget.objects.select_related("budgetjaar").get(schoolbudgetten=pk)
    lines = regels_van([pk], uitleg_van(budget.pk)).get(pk, [])
    return Schoolbeeld(kop_van(budget), found[0], lines)


def _bestuursregel(row: Bestuursregel, uitleg: Mapping[str, Budgetuitleg]) -> Regelbeeld:
    words = uitleg.get(row.code) or REGELSOORTEN[row.code]
    share, whole = Decimal(row.invoer["aandeel"]), Decimal(row.invoer["van"])
    text = (
        f"{dutch_number(row.aantal)} leerlingen × {dutch_amount(row.tarief, 3)} = "
        f"{dutch_amount(Decimal(row.invoer['geheel']))}, hiervan "
        f"{dutch_shortest(share)} van de {dutch_shortest(whole)} delen: "
        f"{dutch_amount(row.bedrag)}"
    )
    return Regelbeeld(row.code, words.omschrijving, row.aantal, row.tarief, row.bedrag, text, words.formule, words.bron)


def bestuurstotalen(bereik: Bereik, budget_pk: int, *, bestuur: int | None = None) -> list[Bestuurstotaal]:
    """Per board (or of one board) the schools and the lines of the board that this person may see, by its name.

    A director sees the own school under its board, without the lines of the board.  Three queries.
    """
    uitleg = uitleg_van(budget_pk)
    names: dict[int, str] = {}
    schools: dict[int, list[Schoolrij]] = {}
    lines: dict[int, list[Regelbeeld]] = {}
    for rij in schoolrijen(bereik, budget_pk, bestuur=bestuur):
        names[rij.bestuur_id] = rij.bestuur
        schools.setdefault(rij.bestuur_id, []).append(rij)
    rows = Bestuursregel.objects.visible_to(bereik).filter(budget_id=budget_pk).select_related("bestuur")
    if bestuur is not None:
        rows = rows.filter(bestuur_id=bestuur)
    for row in rows.order_by("id"):
        names[row.bestuur_id] = row.bestuur.naam
        lines.setdefault(row.bestuur_id, []).append(_bestuursregel(row, uitleg))
    keys = sorted(names, key=lambda key: (names[key], key))
    return [Bestuurstotaal(key, names[key], schools.get(key, []), lines.get(key, [])) for key in keys]
