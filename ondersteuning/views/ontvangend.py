"""The receiving school: the first advice, and whether there is a place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import BIJ_PARTIJEN
from ondersteuning.domain.rollen import AANVRAAGLEZERS
from ondersteuning.domain.routes import Deelnemer
from ondersteuning.forms.adviezen import EersteAdviesForm
from ondersteuning.forms.besluit import ToelichtingForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import Dossier, dossier, dossiers
from ondersteuning.services.adviezen import bevestig_plaats, geef_eerste_advies, meld_geen_plaats
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal


def _laad(request: HttpRequest, pk: int) -> tuple[Aanvraag, Dossier]:
    """The dossier for the receiving school; that it was read goes into the timeline."""
    bereik = bereik_van(request)
    aanvraag = get_object_or_404(dossiers(bereik), pk=pk)
    page = dossier(aanvraag, bereik, vandaag=timezone.localdate(), met_links=False)
    if not page.is_ontvangend:
        raise PermissionDenied
    audit.record_read(actor=actor_van(request), onderwerp=aanvraag)
    return aanvraag, page


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*AANVRAAGLEZERS)
def advies(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the own advice, with the whole file beside it."""
    aanvraag, page = _laad(request, pk)
    initial = {"versie": aanvraag.versie, "functie": aanvraag.eerste_functie}
    form = EersteAdviesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        answer = geef_eerste_advies(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            functie=data["functie"],
            tekst=data["tekst"],
            steunt=data["steunt"],
            betrokken=data["betrokken"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "Uw advies is bewaard.")
            return redirect(
                "ondersteuning:plaats" if answer.plaats_bevestigd is None else "ondersteuning:dossier", pk=pk
            )
        form.weiger(answer)
    elif request.method != "POST" and not _advies_gevraagd(page):
        return redirect("ondersteuning:dossier", pk=pk)
    context = {"aanvraag": aanvraag, "dossier": page, "form": form}
    return render(request, "ondersteuning/advies.html", context, status=422 if form.errors else 200)


def _advies_gevraagd(page: Dossier) -> bool:
    """Is the first advice asked on this route, and not given yet?"""
    asked = page.route.vraagt(Deelnemer.EERSTE_DESKUNDIGE) and page.aanvraag.staat == BIJ_PARTIJEN
    return asked and page.stand.eerste_advies is None


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*AANVRAAGLEZERS)
def plaats(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the place, or say that there is none and why."""
    aanvraag, page = _laad(request, pk)
    no_place = request.POST.get("stap") == "geen_plaats"
    form = ToelichtingForm(
        request.POST or None,
        initial={"versie": aanvraag.versie},
        label="Toelichting",
        hulp="Nodig als er geen plaats is.",
        verplicht=no_place,
    )
    if request.method == "POST" and form.is_valid():
        service = meld_geen_plaats if no_place else bevestig_plaats
        answer = service(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            toelichting=form.cleaned_data["toelichting"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            if no_place:
                messages.success(request, "De school weet dat er geen plaats is. U ziet dit dossier niet meer.")
                return redirect("ondersteuning:aanvragen")
            messages.success(request, "De plaats is bevestigd.")
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    elif request.method != "POST" and (aanvraag.staat != BIJ_PARTIJEN or page.stand.plaats is True):
        return redirect("ondersteuning:dossier", pk=pk)
    context = {"aanvraag": aanvraag, "dossier": page, "form": form}
    return render(request, "ondersteuning/plaats.html", context, status=422 if form.errors else 200)
