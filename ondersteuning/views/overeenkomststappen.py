"""The steps of an agreement, each confirmed on a page of its own; and passing a DWS place on."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.overeenkomst import Soort
from ondersteuning.domain.rollen import DOSSIERLEZERS, SCHOOLROLLEN
from ondersteuning.forms.overeenkomsten import DoorgevenForm, StopForm
from ondersteuning.models import Overeenkomst
from ondersteuning.queries.leerlingen import kies_leerlingen
from ondersteuning.queries.overeenkomst import pagina
from ondersteuning.services.overeenkomst import geef_door
from ondersteuning.services.overeenkomst_stappen import zet_stap
from ondersteuning.views.bevestigen import Betreft, Bevestiging, bevestig
from ondersteuning.views.overeenkomsten import NIET_TERUG, een_overeenkomst
from swv_portal.access.requests import actor_van, voor_rollen
from swv_portal.common.dates import datum
from swv_portal.common.workflow import Refusal

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
        ("De scholen krijgen bericht.", "Het samenwerkingsverband betaalt deze plaats."),
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
        formulier=StopForm,
    ),
}
#: What happens otherwise than ``BEVESTIGINGEN`` says: a DWS place has no other school, and only that one is bought.
_UITLEG_PER_SOORT = {
    ("leg_voor", Soort.DWS): (
        "De directeur tekent voor de school, met het eigen account.",
        "Daarna beslist het samenwerkingsverband of er plaats is.",
    ),
    ("leg_voor", Soort.OBSERVATIE): (
        "De directeuren van beide scholen tekenen, ieder met het eigen account.",
        "De andere school leest de hele overeenkomst.",
        "Als iedereen heeft getekend, beslist het samenwerkingsverband.",
    ),
    ("haal_terug", Soort.DWS): ("De handtekening vervalt. U vraagt die daarna opnieuw.",),
    ("stem_in", Soort.DWS): (
        "De school krijgt bericht.",
        "De plaats telt vanaf nu mee in wat de school betaalt, voor het hele schooljaar.",
    ),
    ("wijs_af", Soort.DWS): ("De school krijgt bericht, en leest waarom.",),
    ("stop", Soort.DWS): (
        "De leerling doet na deze dag niet meer mee.",
        "Het samenwerkingsverband krijgt bericht.",
    ),
}


def _betreft(row: Overeenkomst, naam: str) -> Betreft:
    """The agreement beside the form: whose it is and when."""
    schools = " en ".join(str(school) for school in (row.school, row.andere_school) if school is not None)
    period = "".join(
        f"{word} {datum(day)}" for word, day in ((", vanaf", row.begin), (" tot en met", row.einde)) if day is not None
    )
    never = naam == "stop" and row.soort == Soort.DWS
    return Betreft(
        "overeenkomst",
        row.kenmerk,
        reverse("ondersteuning:overeenkomst", args=[row.pk]),
        kort=f"{schools}{period}.",
        let_op=("U krijgt geen geld terug.", NIET_TERUG) if never else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*DOSSIERLEZERS)
def stap(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Confirm one step."""
    step = BEVESTIGINGEN.get(naam)
    if step is None:
        raise Http404
    row, bereik = een_overeenkomst(request, pk)
    step = replace(step, uitleg=_UITLEG_PER_SOORT.get((naam, Soort(row.soort)), step.uitleg))
    page = _betreft(row, naam)

    def kan() -> bool:
        return naam in {option.transition.naam for option in pagina(row, bereik, vandaag=timezone.localdate()).opties}

    def daarna() -> str:
        readable = Overeenkomst.objects.visible_to(bereik).filter(pk=pk).exists()
        return page.pad if readable else reverse("ondersteuning:overeenkomsten")

    def doe(form: Any) -> Any:
        return zet_stap(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            stap=naam,
            vandaag=timezone.localdate(),
            toelichting=form.cleaned_data.get("toelichting", ""),
            dag=form.cleaned_data.get("dag"),
        )

    return bevestig(request, step, page, begin={"versie": row.versie}, mag=kan, doe=doe, daarna=daarna)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOLROLLEN)
def doorgeven(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a DWS place to another pupil of the school."""
    row, bereik = een_overeenkomst(request, pk)
    url = reverse("ondersteuning:overeenkomst", args=[pk])
    if row.school_id not in bereik.plaatsen(*SCHOOLROLLEN):
        raise PermissionDenied
    pupils = [choice for choice in kies_leerlingen(bereik, row.school_id) if choice[0] != row.leerling_id]
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
