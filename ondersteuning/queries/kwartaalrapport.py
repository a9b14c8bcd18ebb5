"""The count of pupils who are absent on one day: per definition, and as a list without names."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ondersteuning.domain.aanwezigheid import DEFINITIE_UITLEG, DEFINITIENAMEN, OORZAKEN, definities, weken
from ondersteuning.domain.kleine_aantallen import MINIMUM, verberg
from ondersteuning.domain.kwartaalrapport import SPLITSINGEN, Cel, Geteld, geteld, tel
from ondersteuning.models import Verzuimmelding
from ondersteuning.queries.verzuim import verzuim_van
from swv_portal.common.scoping import Bereik

TE_KLEIN = f"minder dan {MINIMUM}, of af te leiden"


@dataclass(frozen=True)
class Cijferrij:
    """A class with its number per definition; ``None`` is kept back."""

    label: str
    aantallen: tuple[int | None, ...]


@dataclass(frozen=True)
class Cijfertabel:
    titel: str
    rijen: tuple[Cijferrij, ...]


@dataclass(frozen=True)
class Kwartaalcijfers:
    """The figures of one day.  ``buiten``: as somebody outside the SWV may see them."""

    peildatum: date
    buiten: bool
    definities: tuple[str, ...]
    totaal: Cijferrij
    tabellen: tuple[Cijfertabel, ...]

    @property
    def uitleg(self) -> list[tuple[str, str]]:
        """What every definition says."""
        return [(name.capitalize(), DEFINITIE_UITLEG[code]) for code, name in DEFINITIENAMEN.items()]

    @property
    def iets_verborgen(self) -> bool:
        rows = [self.totaal, *(row for table in self.tabellen for row in table.rijen)]
        return any(number is None for row in rows for number in row.aantallen)


@dataclass(frozen=True)
class Thuiszitter:
    """One pupil in the export: no name."""

    kenmerk: str
    school: str
    eerste_dag: date
    weken: int
    oorzaak: str
    definities: dict[str, bool]


def _op(bereik: Bereik, dag: date) -> "QuerySet[Verzuimmelding]":
    return Verzuimmelding.objects.visible_to(bereik).loopt_op(dag).select_related("leerling", "school")


def kwartaalcijfers(bereik: Bereik, peildatum: date, *, buiten: bool) -> Kwartaalcijfers:
    """The figures on ``peildatum``.  One query; the birth date of every case of that day is decrypted."""
    pupils = [
        counted
        for row in _op(bereik, peildatum)
        if (counted := geteld(verzuim_van(row), oorzaak=row.oorzaak, schoolsoort=row.school.soort, dag=peildatum))
    ]
    figures: dict[Cel, int | None] = verberg(pupils) if buiten else dict(tel(pupils))
    return Kwartaalcijfers(
        peildatum,
        buiten,
        tuple(name.capitalize() for name in DEFINITIENAMEN.values()),
        Cijferrij("Totaal", _aantallen(figures)),
        tuple(_tabel(split, figures, pupils) for split in SPLITSINGEN),
    )


def _aantallen(figures: dict[Cel, int | None], splitsing: str = "", klasse: str = "") -> tuple[int | None, ...]:
    return tuple(figures[Cel(name, splitsing, klasse)] for name in DEFINITIENAMEN)


def _tabel(splitsing: str, figures: dict[Cel, int | None], pupils: list[Geteld]) -> Cijfertabel:
    title, classes = SPLITSINGEN[splitsing]
    used = {pupil.klassen[splitsing] for pupil in pupils}
    rows = tuple(
        Cijferrij(label, _aantallen(figures, splitsing, code)) for code, label in classes.items() if code in used
    )
    return Cijfertabel(title, rows)


def thuiszitters(bereik: Bereik, peildatum: date) -> list[Thuiszitter]:
    """Everybody who counts by at least one definition on ``peildatum``, in order of reference.  One query."""
    found = []
    for row in _op(bereik, peildatum).order_by("kenmerk"):
        answers = definities(verzuim_van(row), peildatum)
        if any(answers.values()):
            code = row.school.vestigingscode
            since = weken(row.eerste_dag, peildatum)
            found.append(Thuiszitter(row.kenmerk, code, row.eerste_dag, since, OORZAKEN[row.oorzaak], answers))
    return found
