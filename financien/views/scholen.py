"""The budget of one school, and of one board: every euro explained."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from financien.models import Budget
from financien.queries.beschikkingen import briefrijen
from financien.queries.budget import bestuurstotalen, kop_van, schoolbeeld
from financien.querysets import LEZERS
from financien.views.tabellen import brieftabel, scholentabel
from financien.views.toegang import KIJKERS, statuswoord
from swv_portal.access.requests import bereik_van, voor_rollen
from swv_portal.common.scoping import Rol
from swv_portal.common.screens import Kijker


@require_safe
@voor_rollen(*KIJKERS)
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """'Waarom dit bedrag', line by line."""
    bereik = bereik_van(request)
    beeld = schoolbeeld(bereik, pk)
    if beeld is None:
        raise Http404
    letters = briefrijen(bereik, budget=beeld.kop.pk, school=beeld.rij.school_id)
    context = {
        "beeld": beeld,
        "kop": beeld.kop,
        "status": statuswoord(beeld.kop.staat, beeld.kop.staatnaam),
        "brieven": brieftabel(letters, met_bestuur=False) if letters else None,
        "zichtbaarheid": _zichtbaarheid(beeld.kop.vastgesteld_op is not None),
    }
    return render(request, "financien/schoolbudget.html", context)


def _zichtbaarheid(vastgesteld: bool) -> list[Kijker]:
    found = [Kijker("Het samenwerkingsverband", "controller, directeur-bestuurder en medewerkers")]
    if vastgesteld:
        return [*found, Kijker("De directeur van deze school"), Kijker("Het schoolbestuur van deze school")]
    return [*found, Kijker("De school en het bestuur nog niet", "zij zien het budget als het is vastgesteld")]


@require_safe
@voor_rollen(*sorted(LEZERS | {Rol.SCHOOLBESTUURDER}))
def bestuur(request: HttpRequest, budget_pk: int, bestuur_pk: int) -> HttpResponse:
    """The schools of one board, its share of the volumebekostiging, and its letters."""
    bereik = bereik_van(request)
    budget = get_object_or_404(Budget.objects.visible_to(bereik).select_related("budgetjaar"), pk=budget_pk)
    totalen = bestuurstotalen(bereik, budget.pk, bestuur=bestuur_pk)
    if not totalen:
        raise Http404
    totaal = totalen[0]
    letters = briefrijen(bereik, budget=budget.pk, bestuur=bestuur_pk)
    context = {
        "kop": kop_van(budget),
        "status": statuswoord(budget.staat, kop_van(budget).staatnaam),
        "totaal": totaal,
        "tabel": scholentabel(totaal.scholen, met_bestuur=False),
        "brieven": brieftabel(letters, met_bestuur=False) if letters else None,
    }
    return render(request, "financien/bestuurbudget.html", context)
