"""The page of one pupil, and the pages on which its dossier is changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.forms.leerlingen import (
    ConsulentForm,
    FaseForm,
    GegevensForm,
    GezagForm,
    NietDezelfdeForm,
    OverdragenForm,
)
from ondersteuning.models import Leerling
from ondersteuning.queries.leerlingdossier import leerlingdossier, leerlingdossiers
from ondersteuning.queries.leerlingen import consulenten, dossierscholen
from ondersteuning.services import leerlingen as dossiers
from ondersteuning.services.dubbelen import meld_niet_dezelfde
from ondersteuning.services.gezag import wijzig_gezag
from ondersteuning.services.schoolperiode import draag_over
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.audit.queries import net_gelezen, tijdlijn
from swv_portal.common.forms import PortalForm
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.workflow import Refusal


def laad(request: HttpRequest, pk: int) -> Leerling:
    """The pupil within reach; that somebody of the SWV reads it goes into the timeline."""
    bereik, actor = bereik_van(request), actor_van(request)
    rows = leerlingdossiers(bereik, timezone.localdate()).annotate(net_gelezen=net_gelezen(actor, Leerling))
    found = get_object_or_404(rows, pk=pk)
    if bereik.heeft(*SWV_DOSSIER) and not found.net_gelezen:
        audit.record_new_read(actor=actor, onderwerp=found)
    leerling: Leerling = found
    return leerling


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def leerling(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier."""
    found = laad(request, pk)
    page = leerlingdossier(found, bereik_van(request))
    stap = next(number for number, step in enumerate(page.fasen, start=1) if step.stand == "nu")
    context = {"dossier": page, "leerling": found, "stap": stap, "tijdlijn": tijdlijn(found)}
    return render(request, "ondersteuning/leerling.html", context)


@dataclass(frozen=True)
class Wijziging:
    """A page on which one part of a dossier is changed."""

    kop: str
    knop: str
    gelukt: str
    formulier: Callable[[HttpRequest, Leerling, Bereik], PortalForm]
    bewaar: Callable[..., Leerling | Refusal]
    waarden: Callable[[Any], dict[str, Any]]
    hierna: tuple[str, ...]


def _gegevens(request: HttpRequest, leerling: Leerling, _bereik: Bereik) -> GegevensForm:
    names = ("voornamen", "achternaam", "geboortedatum", "groep", "woon_pc4", "versie")
    return GegevensForm(request.POST or None, initial={name: getattr(leerling, name) for name in names})


def _gezag(request: HttpRequest, leerling: Leerling, _bereik: Bereik) -> GezagForm:
    known = GezagForm.beginwaarden(leerling.gezagsdragers.all())
    initial = {**known, "een_reden": leerling.een_gezag_reden, "versie": leerling.versie}
    return GezagForm(request.POST or None, initial=initial)


def _fase(request: HttpRequest, leerling: Leerling, _bereik: Bereik) -> FaseForm:
    return FaseForm(request.POST or None, initial={"versie": leerling.versie}, nu=leerling.fase)


def _consulent(request: HttpRequest, leerling: Leerling, _bereik: Bereik) -> ConsulentForm:
    initial = {"consulent": leerling.consulent_id, "versie": leerling.versie}
    return ConsulentForm(request.POST or None, initial=initial, consulenten=consulenten(timezone.localdate()))


def _overdragen(request: HttpRequest, leerling: Leerling, bereik: Bereik) -> OverdragenForm:
    schools = [choice for choice in dossierscholen(bereik) if choice[0] != leerling.school_id]
    return OverdragenForm(request.POST or None, initial={"versie": leerling.versie}, scholen=schools)


GEGEVENS = Wijziging(
    "Gegevens van de leerling",
    "Bewaar",
    "De gegevens zijn bewaard.",
    _gegevens,
    dossiers.wijzig_gegevens,
    lambda form: {"gegevens": form.gegevens},
    (
        "Een andere naam of geboortedatum staat ook in de aanvraag die nog loopt.",
        "De tijdlijn laat zien wie dit wijzigde.",
    ),
)
GEZAG = Wijziging(
    "Personen met gezag",
    "Bewaar",
    "De personen met gezag zijn bewaard.",
    _gezag,
    wijzig_gezag,
    lambda form: {"personen": form.personen, "een_reden": form.cleaned_data["een_reden"]},
    (
        "Deze personen staan alvast ingevuld in de volgende aanvraag.",
        "Een aanvraag die al loopt, verandert niet. Wijzig die zelf als dat nodig is.",
    ),
)
FASE = Wijziging(
    "Fase wijzigen",
    "Wijzig de fase",
    "De fase is gewijzigd.",
    _fase,
    dossiers.wijzig_fase,
    lambda form: {"fase": form.cleaned_data["fase"], "reden": form.cleaned_data["reden"]},
    (
        "De reden staat in het dossier.",
        "Als u een aanvraag begint of voorlegt, verandert de fase vanzelf.",
    ),
)
CONSULENT = Wijziging(
    "Consulent kiezen",
    "Bewaar",
    "De consulent is bewaard.",
    _consulent,
    dossiers.zet_consulent,
    lambda form: {"consulent": form.cleaned_data["consulent"]},
    ("De school ziet wie de consulent is.",),
)
OVERDRAGEN = Wijziging(
    "Dossier overdragen",
    "Draag het dossier over",
    "Het dossier is overgedragen.",
    _overdragen,
    draag_over,
    lambda form: {"school": form.cleaned_data["school"], "per": form.cleaned_data["per"]},
    (
        "De nieuwe school ziet het dossier meteen, met de documenten.",
        "De oude school ziet alleen nog wat die school zelf aanvroeg.",
    ),
)


def _wijzig(request: HttpRequest, pk: int, wijziging: Wijziging) -> HttpResponse:
    """Show the form, or send it: what is refused stands on the form with everything that was typed."""
    found = laad(request, pk)
    form: Any = wijziging.formulier(request, found, bereik_van(request))
    if request.method == "POST" and form.is_valid():
        answer = wijziging.bewaar(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            vandaag=timezone.localdate(),
            **wijziging.waarden(form),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, wijziging.gelukt)
            return redirect("ondersteuning:leerling", pk=pk)
        if answer.code == "rol":
            raise PermissionDenied
        form.weiger(answer)
    context = {"leerling": found, "wijziging": wijziging, "form": form}
    status = (409 if form.has_error(NON_FIELD_ERRORS, "verouderd") else 422) if form.errors else 200
    return render(request, "ondersteuning/leerling_wijzigen.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def gegevens(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, birth date, group, postcode."""
    return _wijzig(request, pk, GEGEVENS)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def gezag(request: HttpRequest, pk: int) -> HttpResponse:
    """The persons with custody."""
    return _wijzig(request, pk, GEZAG)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def fase(request: HttpRequest, pk: int) -> HttpResponse:
    """The phase, with the reason."""
    return _wijzig(request, pk, FASE)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def consulent(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of the SWV is the consulent."""
    return _wijzig(request, pk, CONSULENT)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def overdragen(request: HttpRequest, pk: int) -> HttpResponse:
    """To another school."""
    return _wijzig(request, pk, OVERDRAGEN)


@require_POST
@voor_rollen(*SWV_DOSSIER)
def niet_dezelfde(request: HttpRequest, pk: int) -> HttpResponse:
    """The SWV compared two dossiers: they are two children."""
    form = NietDezelfdeForm(request.POST)
    if not form.is_valid():
        raise Http404
    answer = meld_niet_dezelfde(
        actor=actor_van(request), pk=pk, ander=form.cleaned_data["ander"], vandaag=timezone.localdate()
    )
    if isinstance(answer, Refusal):
        messages.error(request, answer.zin)
    else:
        messages.success(request, "Bewaard: dit zijn twee verschillende leerlingen.")
    return redirect("ondersteuning:leerling", pk=pk)
