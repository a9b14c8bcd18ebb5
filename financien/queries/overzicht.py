"""The first page about money: one sentence, one chart, and the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from financien.models import Budget
from financien.queries.budget import Bestuurstotaal, Budgetkop, Schoolrij, bestuurstotalen, kop_van
from swv_portal.common.charts import staafdiagram
from swv_portal.common.dates import dag_van, lange_datum
from swv_portal.common.money import dutch_amount, dutch_count
from swv_portal.common.scoping import Bereik
from swv_portal.common.screens import Grafiek

MEESTE_STAVEN = 20


@dataclass(frozen=True)
class Overzicht:
    """What somebody sees of a budget at a glance."""

    kop: Budgetkop
    conclusie: str
    totalen: list[Bestuurstotaal]
    grafiek: Grafiek | None

    @property
    def scholen(self) -> list[Schoolrij]:
        return [rij for totaal in self.totalen for rij in totaal.scholen]


def _conclusie(kop: Budgetkop, totalen: list[Bestuurstotaal]) -> str:
    schools = [rij for totaal in totalen for rij in totaal.scholen]
    computed = [rij.totaal for rij in schools if rij.totaal is not None]
    whole = sum((totaal.totaal for totaal in totalen), Decimal(0))
    if len(schools) == 1 and not any(totaal.regels for totaal in totalen):
        school = schools[0]
        if school.totaal is None:
            return f"Het budget {kop.jaar} van {school.school} kan niet worden berekend. {school.reden}"
        return f"Het budget {kop.jaar} van {school.school} is {dutch_amount(school.totaal)}."
    parts = dutch_count(len(computed), "school", "scholen")
    text = f"Voor {kop.jaar} gaat {dutch_amount(whole)} naar {parts}"
    text += f" van {dutch_count(len(totalen), 'bestuur', 'besturen')}" if len(totalen) > 1 else ""
    text += ", het aandeel in de volumebekostiging meegerekend." if any(t.regels for t in totalen) else "."
    without = len(schools) - len(computed)
    if without:
        text += f" Van {dutch_count(without, 'school', 'scholen')} kan het budget niet worden berekend."
    return text


def _grafiek(kop: Budgetkop, totalen: list[Bestuurstotaal], conclusie: str) -> Grafiek | None:
    rows: Sequence[tuple[str, Decimal | None]]
    if len(totalen) > 1:
        title, first = "Budget per bestuur", "Bestuur"
        rows = [(totaal.bestuur, totaal.totaal) for totaal in totalen]
    else:
        title, first = "Budget per school", "School"
        rows = [(rij.school, rij.totaal) for totaal in totalen for rij in totaal.scholen if rij.totaal is not None]
    if len(rows) < 2:
        return None
    largest = sorted(rows, key=lambda row: -(row[1] or 0))[:MEESTE_STAVEN]
    bars = [(label, None if value is None else value.quantize(Decimal(1))) for label, value in largest]
    title += "" if len(rows) <= MEESTE_STAVEN else f": de {MEESTE_STAVEN} grootste"
    return Grafiek(
        titel=f"{title}, {kop.jaar}",
        svg=staafdiagram(f"{title}, {kop.jaar}", conclusie, bars, eenheid="€"),
        kop=[first, "Budget"],
        rijen=[(label, "" if value is None else dutch_amount(value)) for label, value in largest],
        bron=f"budget {kop.jaar}, versie {kop.versienummer}, berekend op {lange_datum(dag_van(kop.berekend_op))}",
    )


def overzicht(bereik: Bereik, budget: Budget) -> Overzicht:
    """The budget as this person may see it.  Three queries."""
    kop, totalen = kop_van(budget), bestuurstotalen(bereik, budget.pk)
    conclusion = _conclusie(kop, totalen)
    return Overzicht(kop, conclusion, totalen, _grafiek(kop, totalen, conclusion))
