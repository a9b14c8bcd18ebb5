"""Tariffs per year, and changing one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from financien.domain.tarieven import controles
from financien.forms import TariefForm
from financien.models import Tarief
from financien.queries.berekening import tarieven_van
from financien.queries.tarieven import jaren, tarieven
from financien.services.tarieven import wijzig_tarief
from financien.views.tabellen import tarieventabel
from financien.views.toegang import GELD, KIJKERS
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.workflow import Refusal


@require_safe
@voor_rollen(*KIJKERS)
def lijst(request: HttpRequest) -> HttpResponse:
    """The tariffs of one year (``?jaar=``; without it, or with a year that is not there: the newest)."""
    bereik = bereik_van(request)
    years = jaren(bereik)
    asked = request.GET.get("jaar", "")
    jaar = next((one for one in years if str(one) == asked), years[0] if years else None)
    can_edit = bereik.heeft(*SWV_GELD)
    context = {
        "jaren": years,
        "jaar": jaar,
        "tabel": tarieventabel(tarieven(bereik, jaar) if jaar else [], met_wijzigen=can_edit),
        "opmerkingen": controles(tarieven_van(jaar)) if jaar and can_edit else [],
        "mag_wijzigen": can_edit,
    }
    return render(request, "financien/tarieven.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*GELD)
def wijzig(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one tariff."""
    tarief = get_object_or_404(Tarief.objects.visible_to(bereik_van(request)), pk=pk)
    initial = {
        "bedrag": tarief.bedrag.normalize(),
        "omschrijving": tarief.omschrijving,
        "bron": tarief.bron,
        "vastgesteld": tarief.vastgesteld,
        "versie": tarief.versie,
    }
    form = TariefForm(request.POST or None, initial=initial)
    back = f"{reverse('financien:tarieven')}?jaar={tarief.jaar}"
    if request.method == "POST" and form.is_valid():
        outcome = wijzig_tarief(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            bedrag=form.cleaned_data["bedrag"],
            omschrijving=form.cleaned_data["omschrijving"],
            bron=form.cleaned_data["bron"],
            vastgesteld=form.cleaned_data["vastgesteld"],
        )
        if not isinstance(outcome, Refusal):
            messages.success(request, f"Het tarief van {tarief.jaar} is gewijzigd. Bereken het budget opnieuw.")
            return redirect(back)
        form.weiger(outcome)
    status = 422 if form.errors else 200
    context = {"form": form, "tarief": tarief, "terug": back, "tijdlijn": tijdlijn(tarief)}
    return render(request, "financien/tarief.html", context, status=status)
