"""The SWV: objections against its decisions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.bezwaar import BEZWAAR, OPEN, STATEN, TEGENNAMEN, Gevolg, Uitkomst, mogelijke_gevolgen
from ondersteuning.domain.bezwaar import nog_te_verdagen as verdagen_kan
from ondersteuning.forms.besluit import ToelichtingForm, VersieForm
from ondersteuning.forms.bezwaar import AdviesForm, BeslisForm, BezwaarForm, DagForm
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.bezwaar import KOLOMMEN, bezwaarpagina, bladzijde
from ondersteuning.services import bezwaar as service
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.once import once
from swv_portal.jobs.services.uploads import accept_upload

BEHANDELAARS = tuple(sorted(SWV_DOSSIER))


@require_safe
@voor_rollen(*BEHANDELAARS)
def bezwaren(request: HttpRequest) -> HttpResponse:
    """The list of objections, those that still run first chosen."""
    chosen = request.GET.get("staat", "open")
    page = bladzijde(bereik_van(request), chosen, Plek.uit(request.GET), timezone.localdate())
    empty = "Er loopt geen bezwaar." if chosen == "open" else "Er is geen bezwaar dat hierbij past."
    context = {
        "tabel": maak_tabel("Bezwaren", list(KOLOMMEN), page.rijen, leeg=empty),
        "page": page,
        "totaal": page.totaal("bezwaar", "bezwaren"),
        "staat": chosen,
        "staten": [("open", "Alle lopende"), *STATEN.items()],
    }
    return render(request, "ondersteuning/bezwaren.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*BEHANDELAARS)
def nieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an objection that came in."""
    aanvraag = get_object_or_404(Aanvraag.objects.visible_to(bereik_van(request)), pk=pk)
    audit.record_read(actor=actor_van(request), onderwerp=aanvraag)
    against = [code for code in TEGENNAMEN if service.termijn_van(aanvraag, code)[0] is not None]
    if not against:
        messages.info(request, "Er is nog niets bekendgemaakt waartegen bezwaar kan.")
        return redirect("ondersteuning:dossier", pk=pk)
    initial = {"tegen": against[-1], "ontvangen_op": timezone.localdate()}
    form = BezwaarForm(request.POST or None, request.FILES or None, initial=initial, tegen=against)
    if request.method == "POST" and form.is_valid():
        outcome = _leg_vast(request, pk, form)
        if not isinstance(outcome, Refusal):
            return to_result(request, outcome.pad, "Het bezwaar is vastgelegd.", eerder=outcome.eerder)
        form.weiger(outcome)
    context = {"aanvraag": aanvraag, "form": form}
    return render(request, "ondersteuning/bezwaar_nieuw.html", context, status=422 if form.errors else 200)


def _leg_vast(request: HttpRequest, pk: int, form: BezwaarForm) -> Any:
    data = form.cleaned_data
    upload = accept_upload(data["bestand"]) if data["bestand"] else None
    if isinstance(upload, Refusal):
        return upload
    given = service.Opgave(
        tegen=data["tegen"],
        indiener=data["indiener"],
        ontvangen_op=data["ontvangen_op"],
        poststempel_op=data["poststempel_op"],
        gronden=data["gronden"],
        bestand=upload,
    )
    actor = actor_van(request)
    return once(
        actor=actor,
        soort="ondersteuning.bezwaar",
        sleutel=sleutel_van(request),
        maak=lambda: service.leg_bezwaar_vast(actor=actor, pk=pk, opgave=given, vandaag=timezone.localdate()),
        pad=lambda made: reverse("ondersteuning:bezwaar", args=[made.pk]),
    )


def _laad(request: HttpRequest, pk: int) -> Bezwaar:
    """One objection; that its dossier was read goes into the timeline."""
    rows = Bezwaar.objects.visible_to(bereik_van(request)).select_related("aanvraag")
    found = get_object_or_404(rows, pk=pk)
    audit.record_read(actor=actor_van(request), onderwerp=found.aanvraag)
    return found


@require_safe
@voor_rollen(*BEHANDELAARS)
def bezwaar(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection: what was said, in time or not, its terms, and the steps."""
    found = _laad(request, pk)
    today = timezone.localdate()
    facts = service.stand_van_bezwaar(found, vandaag=today)
    steps = [
        (option.transition.naam, option.transition.label)
        for option in BEZWAAR.options(found.staat, bereik_van(request).rollen, facts)
    ]
    context = {
        "pagina": bezwaarpagina(found, vandaag=today),
        "stappen": steps,
        "mag_verdagen": found.staat in OPEN and verdagen_kan(facts) is None,
        "documenten": documents_of(found),
    }
    return render(request, "ondersteuning/bezwaar.html", context)


@dataclass(frozen=True)
class Stappagina:
    """The page of one step: what happens, its form, and the service behind it."""

    service: Callable[..., Any]
    kop: str
    uitleg: tuple[str, ...]
    gelukt: str
    formulier: type[VersieForm] | type[ToelichtingForm]
    label: str = ""
    gevaarlijk: bool = False
    verplicht: bool = True


STAPPEN = {
    "verstuur_verweer": Stappagina(
        service.verstuur_verweer,
        "Verweer verstuurd",
        ("U hebt het verweer naar de Landelijke Bezwaaradviescommissie gestuurd.",),
        "Vastgelegd: het verweer is verstuurd.",
        DagForm,
    ),
    "ontvang_advies": Stappagina(
        service.ontvang_advies,
        "Advies ontvangen",
        ("De commissie heeft advies gegeven. Daarna beslist u op het bezwaar.",),
        "Vastgelegd: het advies is er.",
        AdviesForm,
        "Wat adviseert de commissie?",
        verplicht=False,
    ),
    "verdaag": Stappagina(
        service.verdaag,
        "Verdaag de beslissing",
        (
            "U krijgt zes weken meer tijd (Awb art. 7:10 lid 3). Dit kan één keer.",
            "De ouders en de scholen krijgen bericht met de nieuwe datum.",
        ),
        "De beslissing is verdaagd. De ouders en de scholen krijgen bericht.",
        ToelichtingForm,
        "Waarom hebt u meer tijd nodig?",
    ),
    "beslis": Stappagina(
        service.beslis_op_bezwaar,
        "Beslis op het bezwaar",
        (
            "U kijkt opnieuw naar het hele besluit (Awb art. 7:11).",
            "De ouders en de scholen krijgen bericht. De beslissing zelf stuurt u per brief aan wie bezwaar maakte.",
        ),
        "De beslissing is vastgelegd. De ouders en de scholen krijgen bericht.",
        BeslisForm,
        "Motivering",
    ),
    "trek_in": Stappagina(
        service.trek_bezwaar_in,
        "Bezwaar is ingetrokken",
        ("Wie bezwaar maakte, heeft het ingetrokken. Het besluit blijft zoals het is.",),
        "Vastgelegd: het bezwaar is ingetrokken.",
        VersieForm,
        gevaarlijk=True,
    ),
}


def _formulier(request: HttpRequest, step: Stappagina, row: Bezwaar) -> Any:
    """The form of a step, as far as this objection asks."""
    options: dict[str, Any] = {"initial": {"versie": row.versie, "dag": timezone.localdate()}}
    if issubclass(step.formulier, ToelichtingForm):
        options |= {"label": step.label, "verplicht": step.verplicht}
    if step.formulier is BeslisForm:
        possible = mogelijke_gevolgen(Uitkomst.GEGROND, row.aanvraag.staat, row.tegen)
        options["gevolgen"] = [str(each) for each in possible]
        options["initial"]["gevolg"] = str(Gevolg.BLIJFT)
    return step.formulier(request.POST or None, **options)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*BEHANDELAARS)
def stap(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Take one step of the procedure of an objection."""
    step = STAPPEN.get(naam)
    if step is None:
        raise Http404
    row = _laad(request, pk)
    if request.method != "POST" and row.staat not in OPEN:
        return redirect("ondersteuning:bezwaar", pk=pk)
    form = _formulier(request, step, row)
    if request.method == "POST" and form.is_valid():
        filled = {name: value for name, value in form.cleaned_data.items() if name != "versie"}
        answer = step.service(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            vandaag=timezone.localdate(),
            **filled,
        )
        if not isinstance(answer, Refusal):
            messages.success(request, step.gelukt)
            return redirect("ondersteuning:bezwaar", pk=pk)
        form.weiger(answer)
    context = {"bezwaar": row, "pagina": bezwaarpagina(row, vandaag=timezone.localdate()), "stap": step, "form": form}
    return render(request, "ondersteuning/bezwaar_stap.html", context, status=422 if form.errors else 200)
