"""Budgets as files: one row per line of the calculation and one ``totaal`` per school."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from financien.domain.regels import REGELSOORTEN
from financien.models import Budget, Budgetregel
from financien.queries.berekening import Uitkomst
from financien.queries.budget import bestuurstotalen
from kernen.models import School, Schoolbestuur
from swv_portal.common.dates import dag_van
from swv_portal.common.scoping import Bereik
from swv_portal.common.tables import Blad, Opmaak, Uitkolom, schrijf_csv, schrijf_xlsx
from swv_portal.common.tables.writing import Waarde

KOLOMMEN = ("vestigingscode", "school", "bestuur", "regel", "aantal", "tarief", "bedrag")
TOTAAL = "totaal"
NIET = "niet_te_berekenen"


@dataclass(frozen=True)
class Uitregel:
    """One line as it is exported."""

    code: str
    aantal: Decimal
    tarief: Decimal
    bedrag: Decimal


@dataclass(frozen=True)
class Uitschool:
    """One school as it is exported; ``totaal`` is ``None`` with a reason when it can not be calculated."""

    vestigingscode: str
    school: str
    bestuur: str
    regels: tuple[Uitregel, ...]
    totaal: Decimal | None
    reden: str


@dataclass(frozen=True)
class Uitbestuur:
    """One board: the sum of its schools, its share of the volumebekostiging, and both together."""

    bestuur: str
    scholen: Decimal
    volumebekostiging: Decimal

    @property
    def totaal(self) -> Decimal:
        return self.scholen + self.volumebekostiging


@dataclass(frozen=True)
class Budgetuitvoer:
    """A budget as a file.  ``versie`` is ``None`` for a calculation that was made for this file and is not kept."""

    jaar: int
    versie: int | None
    staat: str
    teldatum: date
    peildatum: date
    datum: date
    scholen: list[Uitschool]
    besturen: list[Uitbestuur]
    opmerkingen: list[str]

    @property
    def totaal(self) -> Decimal:
        return sum((bestuur.totaal for bestuur in self.besturen), Decimal(0))


def _kort(value: Decimal) -> Decimal:
    """Without the zeros that say nothing: 212, 0.75."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def uitvoer_van_uitkomst(bereik: Bereik, uitkomst: Uitkomst, vandaag: date) -> Budgetuitvoer:
    """A calculation of now, not kept.  Two queries for the names."""
    names = {
        pk: (code, naam)
        for pk, code, naam in School.objects.visible_to(bereik).values_list("pk", "vestigingscode", "naam")
    }
    boards = dict(Schoolbestuur.objects.visible_to(bereik).values_list("pk", "naam"))
    schools = [
        Uitschool(
            *names[school.school_id],
            boards[school.bestuur_id],
            tuple(Uitregel(line.code, line.aantal, line.tarief, line.bedrag) for line in school.regels),
            school.totaal,
            school.reden,
        )
        for school in uitkomst.scholen
    ]
    per_board: dict[int, Decimal] = {}
    for school in uitkomst.scholen:
        per_board[school.bestuur_id] = per_board.get(school.bestuur_id, Decimal(0)) + (school.totaal or 0)
    shares = dict(uitkomst.volume.per_bestuur) if uitkomst.volume else {}
    keys = sorted(per_board.keys() | shares.keys(), key=lambda pk: (boards[pk], pk))
    return Budgetuitvoer(
        uitkomst.kader.jaar,
        None,
        "berekend",
        uitkomst.kader.teldatum,
        uitkomst.kader.peildatum,
        vandaag,
        schools,
        [Uitbestuur(boards[pk], per_board.get(pk, Decimal(0)), shares.get(pk, Decimal(0))) for pk in keys],
        uitkomst.opmerkingen,
    )


def uitvoer_van_budget(bereik: Bereik, budget: Budget) -> Budgetuitvoer:
    """A budget as it is kept, for what this person may see.  Five queries."""
    totals = bestuurstotalen(bereik, budget.pk)
    rows = Budgetregel.objects.visible_to(bereik).filter(schoolbudget__budget_id=budget.pk).order_by("pk")
    lines: dict[int, list[Uitregel]] = {}
    for key, code, aantal, tarief, bedrag in rows.values_list("schoolbudget_id", "code", "aantal", "tarief", "bedrag"):
        lines.setdefault(key, []).append(Uitregel(code, aantal, tarief, bedrag))
    schools = [
        Uitschool(r.vestigingscode, r.school, r.bestuur, tuple(lines.get(r.pk, ())), r.totaal, r.reden)
        for total in totals
        for r in total.scholen
    ]
    return Budgetuitvoer(
        budget.budgetjaar.jaar,
        budget.versienummer,
        budget.staat,
        budget.teldatum,
        budget.peildatum,
        dag_van(budget.berekend_op),
        sorted(schools, key=lambda school: school.vestigingscode),
        [Uitbestuur(t.bestuur, t.totaal_scholen, sum((r.bedrag for r in t.regels), Decimal(0))) for t in totals],
        list(budget.opmerkingen),
    )


def _regels(uitvoer: Budgetuitvoer, *, woorden: bool = False) -> Iterator[list[Waarde]]:
    for school in uitvoer.scholen:
        who: list[Waarde] = [school.vestigingscode, school.school, school.bestuur]
        for line in school.regels:
            name = REGELSOORTEN[line.code].omschrijving if woorden else line.code
            yield [*who, name, _kort(line.aantal), line.tarief.quantize(Decimal("0.01")), line.bedrag]
        if school.totaal is None:
            yield [*who, school.reden if woorden else NIET, None, None, None]
        yield [*who, TOTAAL, None, None, school.totaal]


def budget_csv(uitvoer: Budgetuitvoer, notatie: str = "machine") -> bytes:
    """``vestigingscode;school;bestuur;regel;aantal;tarief;bedrag``; an amount that can not be calculated is empty."""
    return schrijf_csv(KOLOMMEN, _regels(uitvoer), notatie)


def _school_als_json(school: Uitschool) -> dict[str, Any]:
    return {
        "vestigingscode": school.vestigingscode,
        "school": school.school,
        "bestuur": school.bestuur,
        "regels": [
            {
                "regel": line.code,
                "aantal": format(_kort(line.aantal), "f"),
                "tarief": format(line.tarief.quantize(Decimal("0.01")), "f"),
                "bedrag": format(line.bedrag, "f"),
            }
            for line in school.regels
        ],
        "totaal": None if school.totaal is None else format(school.totaal, "f"),
        "reden": school.reden,
    }


def _bestuur_als_json(bestuur: Uitbestuur) -> dict[str, Any]:
    return {
        "bestuur": bestuur.bestuur,
        "scholen": format(bestuur.scholen, "f"),
        "volumebekostiging": format(bestuur.volumebekostiging, "f"),
        "totaal": format(bestuur.totaal, "f"),
    }


def budget_json(uitvoer: Budgetuitvoer) -> str:
    """Schools with their lines, boards and the whole; amounts are texts with a decimal point: none is rounded."""
    data: dict[str, Any] = {
        "jaar": uitvoer.jaar,
        "versie": uitvoer.versie,
        "staat": uitvoer.staat,
        "teldatum": uitvoer.teldatum.isoformat(),
        "peildatum": uitvoer.peildatum.isoformat(),
        "datum": uitvoer.datum.isoformat(),
        "scholen": [_school_als_json(school) for school in uitvoer.scholen],
        "besturen": [_bestuur_als_json(bestuur) for bestuur in uitvoer.besturen],
        "totaal": format(uitvoer.totaal, "f"),
        "opmerkingen": uitvoer.opmerkingen,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def budget_xlsx(uitvoer: Budgetuitvoer) -> bytes:
    """Two sheets: every line of every school, and the totals of the boards."""
    version = "nog niet bewaard" if uitvoer.versie is None else f"versie {uitvoer.versie}"
    source = (
        f"leerlingen op {uitvoer.teldatum:%d-%m-%Y}, plaatsingen op {uitvoer.peildatum:%d-%m-%Y} ({version}, "
        f"{uitvoer.staat})"
    )
    columns: list[Uitkolom | str] = [
        "vestigingscode",
        "school",
        "bestuur",
        "regel",
        "aantal",
        Uitkolom("tarief", Opmaak.EURO),
        Uitkolom("bedrag", Opmaak.EURO),
    ]
    boards: list[Uitkolom | str] = [
        "bestuur",
        Uitkolom("scholen", Opmaak.EURO),
        Uitkolom("volumebekostiging", Opmaak.EURO),
        Uitkolom("totaal", Opmaak.EURO),
    ]
    rows: Iterable[list[Waarde]] = (
        [bestuur.bestuur, bestuur.scholen, bestuur.volumebekostiging, bestuur.totaal] for bestuur in uitvoer.besturen
    )
    title = f"Budget {uitvoer.jaar}"
    return schrijf_xlsx(
        [
            Blad("Scholen", columns, _regels(uitvoer, woorden=True), title, source, uitvoer.datum),
            Blad("Besturen", boards, rows, title, source, uitvoer.datum),
        ]
    )
