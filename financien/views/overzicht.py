"""The first page about money."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from financien.forms import JaarForm
from financien.models import Budgetjaar
from financien.queries.begroting import begrotingsbeeld
from financien.queries.beschikkingen import Briefrij, briefrijen
from financien.queries.budget import huidig_budget
from financien.queries.overzicht import Overzicht, overzicht
from financien.querysets import BEGROTINGLEZERS, LEZERS
from financien.views.tabellen import besturentabel, brieftabel, scholentabel
from financien.views.toegang import KIJKERS, statuswoord
from swv_portal.access.requests import bereik_van, voor_rollen
from swv_portal.common.scoping import SWV_GELD


@require_safe
@voor_rollen(*KIJKERS)
def overzicht_pagina(request: HttpRequest) -> HttpResponse:
    """The newest budget in a sentence, a chart and a table, with the ways to everything else."""
    bereik = bereik_van(request)
    is_staff = bereik.heeft(*LEZERS)
    budget = huidig_budget(bereik)
    view = overzicht(bereik, budget) if budget is not None else None
    context = {
        "budget": budget,
        "overzicht": view,
        "tabel": _tabel(view, is_staff) if view else None,
        "status": statuswoord(view.kop.staat, view.kop.staatnaam) if view else None,
        "is_staff": is_staff,
        "mag_rekenen": bereik.heeft(*SWV_GELD),
        "begroting": begrotingsbeeld(bereik) if bereik.heeft(*BEGROTINGLEZERS) else None,
        "mag_begroting": bereik.heeft(*BEGROTINGLEZERS),
        "brieven": None if is_staff else brieftabel(_brieven(request), met_bestuur=False),
        "jaren": list(Budgetjaar.objects.visible_to(bereik)) if is_staff else [],
        "jaarform": JaarForm() if bereik.heeft(*SWV_GELD) else None,
    }
    return render(request, "financien/overzicht.html", context)


def _tabel(view: Overzicht, is_staff: bool) -> object:
    return besturentabel(view.totalen, view.kop.pk) if is_staff else scholentabel(view.scholen, met_bestuur=False)


def _brieven(request: HttpRequest) -> list[Briefrij]:
    return briefrijen(bereik_van(request), alleen_klaar=True)
