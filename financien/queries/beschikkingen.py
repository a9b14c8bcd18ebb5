"""Letters as they are listed, with how far each one is."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef

from financien.domain.procedure import KLAAR, VERVANGEN
from financien.models import Beschikking, Bestuursregel, Budget, Schoolbudget
from swv_portal.common.scoping import Bereik
from swv_portal.jobs.models import Job

MISLUKT = frozenset({Job.Staat.DOOD, Job.Staat.GESTOPT})


@dataclass(frozen=True, slots=True)
class Briefrij:
    """One letter.  ``stand`` is ``klaar``, ``bezig`` or ``mislukt``; ``sleutel`` opens the PDF when it is ready."""

    pk: int
    kenmerk: str
    uitgave: int
    aan: str
    voor_school: bool
    bestuur: str
    budget_id: int
    jaar: int
    stand: Literal["klaar", "bezig", "mislukt"]
    sleutel: uuid.UUID | None
    gemaakt_op: datetime | None
    vervangen: bool


def _stand(staat: str, job: str | None) -> Literal["klaar", "bezig", "mislukt"]:
    if staat == KLAAR:
        return "klaar"
    return "mislukt" if job is None or job in MISLUKT else "bezig"


_BRIEF = (
    *("pk", "kenmerk", "uitgave", "school__naam", "bestuur__naam", "budget_id", "budget__budgetjaar__jaar"),
    *("staat", "job__staat", "document__sleutel", "gemaakt_op", "budget__staat"),
)


def _briefrij(
    pk: int,
    kenmerk: str,
    uitgave: int,
    school: str | None,
    bestuur: str,
    budget_id: int,
    jaar: int,
    staat: str,
    job: str | None,
    sleutel: uuid.UUID | None,
    gemaakt_op: datetime | None,
    budgetstaat: str,
) -> Briefrij:
    """One row of ``_BRIEF``, in its order."""
    return Briefrij(
        pk=pk,
        kenmerk=kenmerk,
        uitgave=uitgave,
        aan=bestuur if school is None else school,
        voor_school=school is not None,
        bestuur=bestuur,
        budget_id=budget_id,
        jaar=jaar,
        stand=_stand(staat, job),
        sleutel=sleutel,
        gemaakt_op=gemaakt_op,
        vervangen=budgetstaat == VERVANGEN,
    )


def briefrijen(
    bereik: Bereik,
    *,
    budget: int | None = None,
    school: int | None = None,
    bestuur: int | None = None,
    alleen_klaar: bool = False,
) -> list[Briefrij]:
    """The letters that this person may see, by year (newest first) and number.  One query."""
    rows = Beschikking.objects.visible_to(bereik)
    if budget is not None:
        rows = rows.filter(budget_id=budget)
    if school is not None:
        rows = rows.filter(school_id=school)
    if bestuur is not None:
        rows = rows.filter(bestuur_id=bestuur)
    if alleen_klaar:
        rows = rows.filter(staat=KLAAR)
    ordered = rows.order_by("-budget__budgetjaar__jaar", "nummer", "-uitgave")
    return [_briefrij(*row) for row in ordered.values_list(*_BRIEF)]


@dataclass(frozen=True)
class Ontvanger:
    """Who gets a letter: a school of a board, or (``school_id`` empty) the board."""

    bestuur_id: int
    school_id: int | None


def ontvangers(budget: Budget) -> list[Ontvanger]:
    """Boards first, then schools that have a budget, in the order of the names of the schools.  Two queries."""
    rows = Schoolbudget.objects.filter(budget=budget, totaal__isnull=False)
    schools = rows.order_by("school__naam", "school__vestigingscode").values_list("bestuur_id", "school_id")
    found = [Ontvanger(bestuur, school) for bestuur, school in schools]
    boards = {one.bestuur_id for one in found} | set(
        Bestuursregel.objects.filter(budget=budget).values_list("bestuur_id", flat=True)
    )
    return [*(Ontvanger(bestuur, None) for bestuur in sorted(boards)), *found]


def ontbrekende_brieven(budget: Budget) -> list[Ontvanger]:
    """Who has no letter of this budget yet.  Three queries."""
    rows = Beschikking.objects.filter(budget=budget)
    known = {Ontvanger(bestuur, school) for bestuur, school in rows.values_list("bestuur_id", "school_id")}
    return [ontvanger for ontvanger in ontvangers(budget) if ontvanger not in known]


def _brief_ontbreekt() -> ExpressionWrapper:
    school_has = Beschikking.objects.filter(budget=OuterRef("budget"), school=OuterRef("school"))
    board_has = Beschikking.objects.filter(budget=OuterRef("budget"), bestuur=OuterRef("bestuur"), school__isnull=True)
    schools = Schoolbudget.objects.filter(budget=OuterRef("pk"), totaal__isnull=False)
    lines = Bestuursregel.objects.filter(budget=OuterRef("pk"))
    missing = Exists(schools.filter(~Exists(school_has) | ~Exists(board_has))) | Exists(
        lines.filter(~Exists(board_has))
    )
    return ExpressionWrapper(missing, output_field=BooleanField())


#: Of a budget: has somebody no letter of it yet, as ``ontbrekende_brieven`` counts them?
BRIEF_ONTBREEKT = _brief_ontbreekt()
