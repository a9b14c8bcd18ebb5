"""Budget years: beginning one, its days, the agreement on the IKC, closing and opening."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from financien.domain.procedure import BUDGETJAAR
from financien.forms import DagenForm, JaarForm, VolumeForm
from financien.models import Budgetjaar
from financien.queries.budgetjaar import besturen_van_volume, volume_initial
from financien.services.budgetjaar import begin_budgetjaar, leg_volume_vast, wijzig_dagen, zet_stap
from financien.views.toegang import GELD
from swv_portal.access.requests import actor_van, bereik_van, versie_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.screens import Status
from swv_portal.common.workflow import Refusal


@require_POST
@voor_rollen(*GELD)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a year and go to its settings."""
    form = JaarForm(request.POST)
    if form.is_valid():
        outcome = begin_budgetjaar(actor=actor_van(request), jaar=int(form.cleaned_data["jaar"]))
        if not isinstance(outcome, Refusal):
            return redirect("financien:budgetjaar", pk=outcome.pk)
        form.weiger(outcome)
    return render(request, "financien/budgetjaar_begin.html", {"form": form}, status=422)


def _pagina(
    request: HttpRequest,
    jaar: Budgetjaar,
    *,
    dagen: DagenForm | None = None,
    volume: VolumeForm | None = None,
    weigering: Refusal | None = None,
) -> HttpResponse:
    bereik = bereik_van(request)
    days = {"teldatum": jaar.teldatum, "peildatum": jaar.peildatum, "versie": jaar.versie}
    refused = next((form for form in (dagen, volume) if form is not None), None)
    context = {
        "jaar": jaar,
        "status": Status(BUDGETJAAR.staten[jaar.staat], "goed" if jaar.staat == "open" else "neutraal"),
        "form": refused,
        "dagen": dagen or DagenForm(initial=days),
        "volume": volume or _volumeformulier(request, jaar),
        "opties": BUDGETJAAR.options(jaar.staat, bereik.rollen, jaar),
        "tijdlijn": tijdlijn(jaar),
        "weigering": weigering,
    }
    return render(request, "financien/budgetjaar.html", context, status=422 if refused or weigering else 200)


def _volumeformulier(request: HttpRequest, jaar: Budgetjaar) -> VolumeForm:
    bereik = bereik_van(request)
    return VolumeForm(initial=volume_initial(bereik, jaar), besturen=besturen_van_volume(bereik, jaar))


def _jaar(request: HttpRequest, pk: int) -> Budgetjaar:
    return get_object_or_404(Budgetjaar.objects.visible_to(bereik_van(request)), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*GELD)
def instellingen(request: HttpRequest, pk: int) -> HttpResponse:
    """The settings of a year; a POST changes the days."""
    jaar = _jaar(request, pk)
    if request.method != "POST":
        return _pagina(request, jaar)
    form = DagenForm(request.POST)
    if form.is_valid():
        outcome = wijzig_dagen(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            teldatum=form.cleaned_data["teldatum"],
            peildatum=form.cleaned_data["peildatum"],
        )
        if not isinstance(outcome, Refusal):
            messages.success(request, "De dagen zijn gewijzigd. Bereken het budget opnieuw.")
            return redirect("financien:budgetjaar", pk=pk)
        form.weiger(outcome)
    return _pagina(request, jaar, dagen=form)


@require_POST
@voor_rollen(*GELD)
def volume(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the agreement on the volumebekostiging."""
    jaar = _jaar(request, pk)
    bereik = bereik_van(request)
    form = VolumeForm(request.POST, besturen=besturen_van_volume(bereik, jaar))
    if form.is_valid():
        data = form.cleaned_data
        now = data["leerlingen_nu"]
        outcome = leg_volume_vast(
            actor=actor_van(request),
            jaar_pk=pk,
            versie=form.versie_van_formulier or None,
            leerlingen=int(data["leerlingen"]),
            van_ander_swv=int(data["van_ander_swv"]),
            leerlingen_nu=None if now is None else int(now),
            bron=data["bron"],
            aandelen=form.aandelen,
        )
        if not isinstance(outcome, Refusal):
            messages.success(request, "De afspraak is vastgelegd. Bereken het budget opnieuw.")
            return redirect("financien:budgetjaar", pk=pk)
        form.weiger(outcome)
    return _pagina(request, jaar, volume=form)


@require_POST
@voor_rollen(*GELD)
def stap(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a year or open it again."""
    jaar = _jaar(request, pk)
    name = request.POST.get("stap", "")
    if name not in {step.naam for step in BUDGETJAAR.transitions}:
        return _pagina(request, jaar, weigering=Refusal("stap", "Deze stap bestaat niet."))
    outcome = zet_stap(actor=actor_van(request), pk=pk, stap=name, versie=versie_van(request))
    if isinstance(outcome, Refusal):
        jaar.refresh_from_db()
        return _pagina(request, jaar, weigering=outcome)
    messages.success(request, f"Budgetjaar {jaar.jaar} is nu {BUDGETJAAR.staten[outcome.staat]}.")
    return redirect("financien:budgetjaar", pk=pk)
