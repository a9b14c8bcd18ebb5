"""The way to money from the home page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from financien.domain.procedure import CONCEPT, GELDEND, KLAAR, VASTGESTELD
from financien.models import Begroting, Beschikking, Budget
from financien.queries.beschikkingen import BRIEF_ONTBREEKT
from financien.querysets import ONTVANGERS
from swv_portal.common.dates import dag_van, datum
from swv_portal.common.money import dutch_count, dutch_number
from swv_portal.common.scoping import SWV_GELD, Bereik, Rol
from swv_portal.common.tasks import Werk


def werk(bereik: Bereik, vandaag: date) -> Iterator[Werk]:  # noqa: ARG001  money knows no daily terms
    """Budget, letters and begroting for who handles money; the own letters for who gets them.  Two queries."""
    if bereik.heeft(*SWV_GELD):
        yield from _budget_en_brieven(bereik)
    elif bereik.heeft(*ONTVANGERS):
        yield _eigen_brieven(bereik)
    if bereik.heeft(*SWV_GELD, Rol.SCHOOLBESTUURDER):
        yield _begroting(bereik)


def _budget_en_brieven(bereik: Bereik) -> Iterator[Werk]:
    rows = Budget.objects.visible_to(bereik).select_related("budgetjaar")
    budget = (
        rows.annotate(
            gemaakt=Count("beschikkingen"),
            klaar=Count("beschikkingen", filter=Q(beschikkingen__staat=KLAAR)),
            brief_ontbreekt=BRIEF_ONTBREEKT,
        )
        .order_by("-budgetjaar__jaar", "-versienummer")
        .first()
    )
    if budget is None:
        yield Werk("Budget", "Er is nog geen budget berekend.", reverse("financien:overzicht"))
        return
    year = budget.budgetjaar.jaar
    yield Werk(f"Budget {year}", _budgetstand(budget), reverse("financien:budget", args=[budget.pk]))
    letters = (
        "Die kunt u maken als het budget is vastgesteld."
        if budget.staat == CONCEPT
        else _brievenstand(budget.gemaakt, budget.klaar, ontbreekt=budget.brief_ontbreekt)
    )
    yield Werk(f"Beschikkingen {year}", letters, reverse("financien:beschikkingen", args=[budget.pk]))


def _budgetstand(budget: Budget) -> str:
    name = f"Versie {budget.versienummer}"
    if budget.staat == VASTGESTELD and budget.vastgesteld_op is not None:
        return f"{name} is vastgesteld op {datum(dag_van(budget.vastgesteld_op))}."
    return f"{name} is een concept en nog niet vastgesteld."


def _brievenstand(made: int, ready: int, *, ontbreekt: bool) -> str:
    if not made:
        return "Er is nog geen beschikking gemaakt."
    text = f"{dutch_count(ready, 'beschikking is', 'beschikkingen zijn')} klaar."
    if made > ready:
        text += f" {dutch_count(made - ready, 'is', 'zijn')} nog niet klaar."
    return f"{text} Nog niet iedereen heeft er een." if ontbreekt else text


def _eigen_brieven(bereik: Bereik) -> Werk:
    """The letters of the newest year that can be downloaded; those of a budget that was replaced are not counted."""
    rows = Beschikking.objects.visible_to(bereik).filter(staat=KLAAR, budget__staat=VASTGESTELD)
    newest = max(rows.values_list("budget__budgetjaar__jaar").annotate(aantal=Count("pk")).order_by(), default=None)
    url = reverse("financien:overzicht")
    if newest is None:
        return Werk("Beschikkingen", "Er staat nog geen beschikking voor u klaar.", url)
    year, number = newest
    some = "Er staat 1 beschikking" if number == 1 else f"Er staan {dutch_number(number)} beschikkingen"
    return Werk(f"Beschikkingen {year}", f"{some} klaar om te downloaden.", url)


def _begroting(bereik: Bereik) -> Werk:
    found = Begroting.objects.visible_to(bereik).filter(staat=GELDEND).first()
    if found is None or found.geldend_sinds is None:
        stand = "Er is nog geen begroting die geldt."
    else:
        years = f"{found.eerste_jaar} tot en met {found.laatste_jaar}"
        stand = f"Die van {years} geldt sinds {datum(dag_van(found.geldend_sinds))}."
    return Werk("Meerjarenbegroting", stand, reverse("financien:begroting"))
