"""The steps of an agreement, each confirmed on a page of its own; and passing a DWS place on."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.overeenkomst import Soort
from ondersteuning.forms.besluit import ToelichtingForm, VersieForm
from ondersteuning.forms.overeenkomsten import DoorgevenForm, StopForm
from ondersteuning.models import Overeenkomst
from ondersteuning.queries.overeenkomst import pagina
from ondersteuning.queries.overeenkomsten import leerlingkeuzes
from ondersteuning.services.overeenkomst import geef_door
from ondersteuning.services.overeenkomst_stappen import zet_stap
from ondersteuning.views.overeenkomsten import LEZERS, NIET_TERUG, SCHOOLROLLEN, een_overeenkomst
from swv_portal.access.requests import actor_van, voor_rollen
from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class Bevestiging:
    """A step that is confirmed on a page of its own: what happens, and what it asks for."""

    kop: str
    uitleg: tuple[str, ...]
    gelukt: str
    tekstlabel: str = ""
    gevaarlijk: bool = False
    knop: str = ""


BEVESTIGINGEN = {
    "leg_voor": Bevestiging(
        "Leg voor om te tekenen",
        ("De directeur tekent voor de school, met het eigen account.", "De andere school leest de hele overeenkomst."),
        "De overeenkomst is voorgelegd.",
    ),
    "teken": Bevestiging(
        "Teken voor uw school",
        ("U tekent namens uw school voor wat in de overeenkomst staat.",),
        "U hebt getekend.",
        knop="Teken",
    ),
    "teken_andere": Bevestiging(
        "Teken voor uw school",
        ("U tekent namens uw school voor wat in de overeenkomst staat.",),
        "U hebt getekend.",
        knop="Teken",
    ),
    "zeg_nee": Bevestiging(
        "Wij doen niet mee",
        ("De overeenkomst gaat terug naar de school van de leerling.", "U leest de overeenkomst daarna niet meer."),
        "De overeenkomst is terug bij de school van de leerling.",
        "Waarom niet?",
        gevaarlijk=True,
    ),
    "stem_in": Bevestiging(
        "Stem in",
        ("De scholen krijgen bericht.", "Een DWS-plaats telt vanaf nu mee in wat de school betaalt."),
        "De overeenkomst is afgesproken.",
    ),
    "wijs_af": Bevestiging(
        "Wijs af",
        ("De scholen krijgen bericht, en lezen waarom.",),
        "De overeenkomst is afgewezen.",
        "Waarom niet?",
        gevaarlijk=True,
    ),
    "haal_terug": Bevestiging(
        "Haal terug om te wijzigen",
        (
            "De handtekeningen vervallen. U vraagt ze daarna opnieuw.",
            "De andere school leest de overeenkomst even niet meer.",
        ),
        "De overeenkomst is terug bij uw school.",
        gevaarlijk=True,
    ),
    "trek_in": Bevestiging(
        "Trek de overeenkomst in",
        ("De overeenkomst stopt. Dit kunt u niet ongedaan maken.", "Wij bewaren de overeenkomst nog drie jaar."),
        "De overeenkomst is ingetrokken.",
        gevaarlijk=True,
    ),
    "stop": Bevestiging(
        "Stop eerder",
        (
            "De leerling doet na deze dag niet meer mee.",
            "De andere school en het samenwerkingsverband krijgen bericht.",
        ),
        "De overeenkomst is gestopt.",
        "Waarom stopt de overeenkomst eerder?",
        gevaarlijk=True,
    ),
}


def _stapformulier(request: HttpRequest, naam: str, step: Bevestiging, row: Overeenkomst) -> Any:
    initial = {"versie": row.versie}
    if naam == "stop":
        return StopForm(request.POST or None, initial=initial, label=step.tekstlabel)
    if step.tekstlabel:
        return ToelichtingForm(request.POST or None, initial=initial, label=step.tekstlabel)
    return VersieForm(request.POST or None, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*LEZERS)
def stap(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Confirm one step."""
    step = BEVESTIGINGEN.get(naam)
    if step is None:
        raise Http404
    row, bereik = een_overeenkomst(request, pk)
    form, url = _stapformulier(request, naam, step, row), reverse("ondersteuning:overeenkomst", args=[pk])
    if request.method == "POST" and form.is_valid():
        answer = zet_stap(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            stap=naam,
            vandaag=timezone.localdate(),
            toelichting=form.cleaned_data.get("toelichting", ""),
            dag=form.cleaned_data.get("dag"),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, step.gelukt)
            readable = Overeenkomst.objects.visible_to(bereik).filter(pk=pk).exists()
            return redirect(url if readable else "ondersteuning:overeenkomsten")
        if answer.code == "rol":
            raise PermissionDenied
        form.weiger(answer)
    elif not form.is_bound:
        options = {option.transition.naam for option in pagina(row, bereik, vandaag=timezone.localdate()).opties}
        if naam not in options:
            return redirect(url)
    context = {
        "form": form,
        "rij": row,
        "stap": step,
        "knop": step.knop or step.kop,
        "terug": url,
        "niet_terug": NIET_TERUG if naam == "stop" and row.soort == Soort.DWS else "",
    }
    return render(request, "ondersteuning/overeenkomst_stap.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOLROLLEN)
def doorgeven(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a DWS place to another pupil of the school."""
    row, bereik = een_overeenkomst(request, pk)
    url = reverse("ondersteuning:overeenkomst", args=[pk])
    if row.school_id not in bereik.plaatsen(*SCHOOLROLLEN):
        raise PermissionDenied
    pupils = [choice for choice in leerlingkeuzes(bereik, [(row.school_id, "")]) if choice[0] != row.leerling_id]
    form = DoorgevenForm(request.POST or None, initial={"versie": row.versie}, leerlingen=pupils)
    if request.method == "POST" and form.is_valid():
        answer = geef_door(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            leerling_id=form.leerling_id,
            nieuwe_leerling=form.nieuwe_leerling,
            waarden=form.cleaned_data,
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De plaats is doorgegeven.")
            return redirect(url)
        form.weiger(answer)
    elif not form.is_bound:
        options = pagina(row, bereik, vandaag=timezone.localdate()).opties
        if not any(each.transition.naam == "geef_door" and each.weigering is None for each in options):
            return redirect(url)
    context = {"form": form, "rij": row, "terug": url}
    return render(request, "ondersteuning/overeenkomst_doorgeven.html", context, status=422 if form.is_bound else 200)
