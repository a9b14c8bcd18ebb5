"""The letters of a budget: how far they are, and trying again what failed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from financien.domain.procedure import BUDGET, VASTGESTELD
from financien.models import Budget
from financien.queries.beschikkingen import briefrijen, ontbrekende_brieven
from financien.queries.budget import kop_van
from financien.querysets import LEZERS
from financien.services.beschikkingen import probeer_opnieuw
from financien.views.tabellen import brieftabel
from financien.views.toegang import GELD, KIJKERS
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.queries import group_progress


def _pagina(request: HttpRequest, budget: Budget, weigering: Refusal | None = None) -> HttpResponse:
    bereik = bereik_van(request)
    is_staff = bereik.heeft(*LEZERS)
    letters = briefrijen(bereik, budget=budget.pk)
    missing = len(ontbrekende_brieven(budget)) if is_staff else 0
    options = BUDGET.options(budget.staat, bereik.rollen, budget)
    makes = [option for option in options if option.transition.naam == "maak_beschikkingen"]
    context = {
        "budget": budget,
        "kop": kop_van(budget),
        "tabel": brieftabel(letters, met_bestuur=is_staff),
        "voortgang": group_progress(budget.beschikkingen_groep) if is_staff and budget.beschikkingen_groep else None,
        "mislukt": sum(1 for rij in letters if rij.stand == "mislukt") if makes else 0,
        "opties": makes if missing else [],
        "ontbrekend": missing if budget.staat == VASTGESTELD else 0,
        "ontvangers": missing + len(letters),
        "is_staff": is_staff,
        "weigering": weigering,
    }
    return render(request, "financien/beschikkingen.html", context, status=422 if weigering else 200)


def _budget(request: HttpRequest, pk: int) -> Budget:
    return get_object_or_404(Budget.objects.visible_to(bereik_van(request)).select_related("budgetjaar"), pk=pk)


@require_safe
@voor_rollen(*KIJKERS)
def lijst(request: HttpRequest, budget_pk: int) -> HttpResponse:
    """The letters of a budget that this person may see."""
    return _pagina(request, _budget(request, budget_pk))


@require_POST
@voor_rollen(*GELD)
def opnieuw(request: HttpRequest, budget_pk: int) -> HttpResponse:
    """Put failed letters in the queue again."""
    budget = _budget(request, budget_pk)
    outcome = probeer_opnieuw(actor=actor_van(request), pk=budget.pk)
    if isinstance(outcome, Refusal):
        return _pagina(request, budget, outcome)
    word = "beschikking wordt" if outcome == 1 else "beschikkingen worden"
    messages.success(request, f"{outcome} {word} opnieuw gemaakt.")
    return redirect("financien:beschikkingen", budget_pk=budget.pk)
