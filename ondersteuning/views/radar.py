"""TLV's that end on a 31 July: the radar of the SWV, and the page on which schools answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ondersteuning.domain.radar import te_kiezen_jaren
from ondersteuning.domain.rollen import SCHOOL_EN_SWV, SCHOOLROLLEN
from ondersteuning.domain.routes import ROUTES
from ondersteuning.forms.radar import AntwoordForm, gekozen, jaar_van, radarfilter
from ondersteuning.models import Aanvraag, Radarvraag
from ondersteuning.queries import radar as lezen
from ondersteuning.queries import radarvragen
from ondersteuning.queries.leerlingen import leerling_url
from ondersteuning.services.radar import VERLENGING, beantwoord, begin_verlenging, vraag_scholen
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import Gegeven, maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def radar(request: HttpRequest) -> HttpResponse:
    """The TLV's that end on one day; a POST asks the schools about those that were ticked."""
    if request.method == "POST":
        return _vraag(request)
    return _toon(request, None)


def _vraag(request: HttpRequest) -> HttpResponse:
    actor, today = actor_van(request), timezone.localdate()
    filters = radarfilter(request.GET, today)
    outcome = once(
        actor=actor,
        soort="ondersteuning.radar",
        sleutel=sleutel_van(request),
        maak=lambda: vraag_scholen(actor=actor, aanvragen=gekozen(request.POST), einde=filters.einde, vandaag=today),
        pad=lambda _: request.get_full_path(),
    )
    if isinstance(outcome, Refusal):
        return _toon(request, outcome)
    return to_result(request, outcome.pad, outcome.gemaakt.zin if outcome.gemaakt else "", eerder=outcome.eerder)


def _toon(request: HttpRequest, weigering: Refusal | None) -> HttpResponse:
    bereik, today = bereik_van(request), timezone.localdate()
    filters = radarfilter(request.GET, today)
    stand = lezen.radarstand(bereik, filters.einde)
    page = lezen.radarblad(bereik, filters, Plek.uit(request.GET), today, stand=stand)
    # What was written about a child stands on this page: that is reading these dossiers.
    read = [row.pk for row in page.rijen if row.met_reden]
    if read:
        audit.record_reads(actor=actor_van(request), model=Aanvraag, ids=read)
    every = "alles" in request.GET
    context = {
        "page": page,
        "totaal": page.totaal("TLV", "TLV's"),
        "filters": filters,
        "schooljaar": jaar_van(filters.einde),
        "schooljaren": [(str(year), f"31 juli {year.laatste_dag.year}") for year in te_kiezen_jaren(today)],
        "scholen": lezen.radarscholen(bereik, filters.einde),
        "standen": list(lezen.STANDEN.items()),
        "stand": stand,
        "aangevinkt": {row.pk for row in page.rijen} if every else gekozen(request.POST),
        "kan_vragen": any(row.kiesbaar for row in page.rijen) and filters.einde >= today,
        "weigering": weigering,
    }
    return render(request, "ondersteuning/radar.html", context, status=422 if weigering else 200)


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def vragen(request: HttpRequest) -> HttpResponse:
    """The questions to the own schools."""
    page = radarvragen.vragenblad(bereik_van(request), Plek.uit(request.GET), timezone.localdate())
    empty = "Er is geen vraag over een TLV die afloopt."
    context = {
        "tabel": maak_tabel("Vragen over TLV's die aflopen", radarvragen.VRAAGKOLOMMEN, page.rijen, leeg=empty),
        "page": page,
        "totaal": page.totaal("vraag", "vragen"),
    }
    return render(request, "ondersteuning/radarvragen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def vraag(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: what was agreed about this pupil, the answer, and the way on."""
    bereik, actor, today = bereik_van(request), actor_van(request), timezone.localdate()
    row = get_object_or_404(radarvragen.vragen_met_alles(bereik), pk=pk)
    initial = {"versie": row.versie, "antwoord": row.antwoord, "toelichting": row.toelichting}
    form = AntwoordForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = beantwoord(
            actor=actor,
            pk=pk,
            versie=form.versie_van_formulier,
            antwoord=form.cleaned_data["antwoord"],
            toelichting=form.cleaned_data["toelichting"],
            vandaag=today,
        )
        if isinstance(answer, Radarvraag):
            messages.success(request, "Uw antwoord is bewaard.")
            return redirect("ondersteuning:radarvraag", pk=pk)
        if answer.code == "rol":
            raise PermissionDenied
        form.weiger(answer)
    audit.record_read(actor=actor, onderwerp=row.aanvraag)
    context = {
        "form": form,
        "vraag": row,
        "nummer": lezen.tlvnummer_van(row.aanvraag),
        "gegevens": [Gegeven(label, value) for label, value in radarvragen.vraaggegevens(row, today)],
        "vervolg": radarvragen.vervolg(row, bereik),
        "leerling_url": leerling_url(row.aanvraag.leerling, bereik),
        "terug": reverse("ondersteuning:radarvragen"),
        "is_school": bool(bereik.rollen_bij(school=row.school_id) & SCHOOLROLLEN),
    }
    return render(request, "ondersteuning/radarvraag.html", context, status=422 if form.errors else 200)


@require_POST
@voor_rollen(*SCHOOLROLLEN)
def verlengen(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the application on route B that follows this TLV, with what is known of the pupil filled in."""
    row = get_object_or_404(radarvragen.vragen_met_alles(bereik_van(request)), pk=pk)
    actor = actor_van(request)
    outcome = once(
        actor=actor,
        soort="ondersteuning.radar_verlengen",
        sleutel=sleutel_van(request),
        maak=lambda: begin_verlenging(actor=actor, pk=row.pk, vandaag=timezone.localdate()),
        pad=lambda aanvraag: reverse("ondersteuning:stap", args=[aanvraag.pk, ROUTES[VERLENGING].stappen[0].naam]),
    )
    if isinstance(outcome, Refusal):
        messages.error(request, outcome.zin)
        return redirect("ondersteuning:radarvraag", pk=pk)
    return to_result(request, outcome.pad, "De verlenging is begonnen.", eerder=outcome.eerder)
