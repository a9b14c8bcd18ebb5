"""The list of applications, and starting one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.aanvraag import SCHOOL, STATEN
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.routes import ROUTE_A
from ondersteuning.forms.lijst import AanvraagfilterForm, NieuweAanvraagForm
from ondersteuning.queries.keuzes import eigen_scholen
from ondersteuning.queries.lijst import Aanvraagfilter, bladzijde, keuzes, kolommen, lijkt_nummer
from ondersteuning.services.aanvraag import begin_aanvraag
from ondersteuning.services.instellingen import INSTELLERS
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER, Rol
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once

#: What somebody is told who looks for a name in the list, whose filters stand in the address.
NAMEN_ZOEKEN = "Zoeken op naam doet u met de zoekbalk bovenaan."
LEZERS = (*sorted(SWV_DOSSIER), Rol.IBER, Rol.SCHOOLDIRECTEUR, Rol.ORTHOPEDAGOOG)


def _zonder_q(request: HttpRequest) -> str:
    left = request.GET.copy()
    left.pop("q", None)
    return left.urlencode()


@require_safe
@voor_rollen(*LEZERS)
def aanvragen(request: HttpRequest) -> HttpResponse:
    """The list, with its filters in the address; a name that was typed is not searched and leaves the address."""
    bereik = bereik_van(request)
    chosen = AanvraagfilterForm(request.GET).waarden
    typed = chosen.get("q") or ""
    if typed.strip() and not lijkt_nummer(typed):
        messages.info(request, NAMEN_ZOEKEN)
        return redirect(f"{request.path}?{_zonder_q(request)}")
    filters = Aanvraagfilter(
        staat=str(chosen["staat"]) if chosen.get("staat") in {*STATEN, "lopend"} else "",
        school=chosen.get("school"),
        categorie=str(chosen["categorie"]) if chosen.get("categorie") in CATEGORIENAMEN else "",
        q=typed,
    )
    page = bladzijde(bereik, filters, Plek.uit(request.GET), timezone.localdate())
    offered = keuzes(bereik)
    empty = "Er is geen aanvraag die hierbij past." if any(vars(filters).values()) else "Er is nog geen aanvraag."
    context = {
        "tabel": maak_tabel("Aanvragen", kolommen(bereik), page.rijen, leeg=empty),
        "page": page,
        "totaal": page.totaal("aanvraag", "aanvragen"),
        "filters": filters,
        "zoekhint": NAMEN_ZOEKEN,
        "staten": [("lopend", "Alle lopende"), *STATEN.items()],
        "scholen": offered.scholen,
        "categorieen": list(CATEGORIENAMEN.items()),
        "mag_beginnen": offered.mag_beginnen,
        "mag_plaatsingen": bereik.heeft(*SWV_DOSSIER),
        "mag_instellen": bereik.heeft(*INSTELLERS),
    }
    return render(request, "ondersteuning/aanvragen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*(Rol(role) for role in sorted(SCHOOL)))
def nieuw(request: HttpRequest) -> HttpResponse:
    """Start an application of route A for a pupil of the own school."""
    schools = eigen_scholen(bereik_van(request), ROUTE_A.code)
    if not schools:
        raise PermissionDenied
    form = NieuweAanvraagForm(request.POST or None, scholen=schools)
    if request.method == "POST" and form.is_valid():
        actor, school, first = actor_van(request), form.cleaned_data["school"], ROUTE_A.stappen[0].naam
        outcome = once(
            actor=actor,
            soort="ondersteuning.aanvraag",
            sleutel=sleutel_van(request),
            maak=lambda: begin_aanvraag(
                actor=actor, school_id=school, route=ROUTE_A.code, vandaag=timezone.localdate()
            ),
            pad=lambda aanvraag: reverse("ondersteuning:stap", args=[aanvraag.pk, first]),
        )
        if not isinstance(outcome, Refusal):
            return to_result(request, outcome.pad, eerder=outcome.eerder)
        form.weiger(outcome)
    status = 422 if form.is_bound else 200
    return render(request, "ondersteuning/nieuw.html", {"form": form, "route": ROUTE_A}, status=status)
