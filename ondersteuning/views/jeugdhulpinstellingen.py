"""The institutions that may apply on route D: list, add, change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.forms.jeugdhulpinstellingen import InstellingForm
from ondersteuning.models import Jeugdhulpinstelling
from ondersteuning.queries.jeugdhulpinstellingen import KOLOMMEN, instellingenlijst
from ondersteuning.services.jeugdhulpinstellingen import VELDEN, voeg_toe, wijzig
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


@require_safe
@voor_rollen(*SWV_DOSSIER)
def lijst(request: HttpRequest) -> HttpResponse:
    """Every institution, those whose mandate ended too."""
    rows = instellingenlijst(bereik_van(request), timezone.localdate())
    table = maak_tabel("Jeugdhulpinstellingen", KOLOMMEN, rows, leeg="Er staat nog geen instelling in de lijst.")
    return render(request, "ondersteuning/jeugdhulpinstellingen.html", {"tabel": table})


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def nieuw(request: HttpRequest) -> HttpResponse:
    """Add an institution."""
    form = InstellingForm(request.POST or None, initial={"versie": 0, "gemandateerd_van": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        actor, data = actor_van(request), {name: form.cleaned_data[name] for name in VELDEN}
        outcome = once(
            actor=actor,
            soort="ondersteuning.jeugdhulpinstelling",
            sleutel=sleutel_van(request),
            maak=lambda: voeg_toe(actor=actor, gegevens=data),
            pad=lambda _: reverse("ondersteuning:jeugdhulpinstellingen"),
        )
        if not isinstance(outcome, Refusal):
            return to_result(request, outcome.pad, "De instelling staat in de lijst.", eerder=outcome.eerder)
        form.weiger(outcome)
    context = {"form": form, "instelling": None}
    return render(request, "ondersteuning/jeugdhulpinstelling.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an institution, or end its mandate."""
    institution = get_object_or_404(Jeugdhulpinstelling.objects.visible_to(bereik_van(request)), pk=pk)
    initial = {name: getattr(institution, name) for name in (*VELDEN, "versie")}
    form = InstellingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = wijzig(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            gegevens={name: form.cleaned_data[name] for name in VELDEN},
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De instelling is gewijzigd.")
            return redirect("ondersteuning:jeugdhulpinstellingen")
        form.weiger(answer)
    context = {"form": form, "instelling": institution}
    return render(request, "ondersteuning/jeugdhulpinstelling.html", context, status=422 if form.errors else 200)
