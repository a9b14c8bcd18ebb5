"""A one-sided application: the independent investigation, and the file about the mediation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import CONCEPT, INGEDIEND, mag_bewerken
from ondersteuning.forms.eenzijdig import BemiddelingsbestandForm, OnderzoekForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import dossiers
from ondersteuning.queries.routefeiten import BEMIDDELINGSVERSLAG, ONDERZOEKSVERSLAG, onderzoek_van
from ondersteuning.queries.stand import rollen_bij
from ondersteuning.services.onderzoek import VELDEN, bewaar_bemiddelingsverslag, leg_onderzoek_vast
from ondersteuning.views.formulier import CONTROLEREN, INVULLERS
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.uploads import Upload, accept_upload


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*sorted(SWV_DOSSIER))
def onderzoek(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the investigation came to; as long as nothing is decided it can be corrected."""
    aanvraag = _aanvraag(request, pk, "onderzoek")
    audit.record_read(actor=actor_van(request), onderwerp=aanvraag)
    if request.method != "POST" and aanvraag.staat != INGEDIEND:
        return redirect("ondersteuning:dossier", pk=pk)
    form = OnderzoekForm(request.POST or None, request.FILES or None, initial=_begin(aanvraag))
    if request.method == "POST" and form.is_valid():
        answer = _leg_vast(request, pk, form)
        if not isinstance(answer, Refusal):
            messages.success(request, "Het onderzoek is vastgelegd. De directeur-bestuurder kan besluiten.")
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    documents = documents_of(aanvraag, ONDERZOEKSVERSLAG)
    context = {"aanvraag": aanvraag, "form": form, "documenten": documents}
    return render(request, "ondersteuning/onderzoek.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*INVULLERS)
def bemiddeling(request: HttpRequest, pk: int) -> HttpResponse:
    """The file about the mediation that is there, and choosing another one."""
    bereik = bereik_van(request)
    aanvraag = _aanvraag(request, pk, "bemiddeling")
    refusal = mag_bewerken(aanvraag.staat, rollen_bij(aanvraag, bereik), "bemiddeling")
    if refusal is not None and refusal.code == "rol":
        raise PermissionDenied
    if refusal is not None and request.method != "POST":
        return redirect("ondersteuning:dossier", pk=pk)
    form = BemiddelingsbestandForm(request.POST or None, request.FILES or None, initial={"versie": aanvraag.versie})
    if request.method == "POST" and form.is_valid():
        answer = _bewaar(request, pk, form)
        if not isinstance(answer, Refusal):
            messages.success(request, "Het bestand zit bij de aanvraag.")
            if answer.staat == CONCEPT:
                return redirect("ondersteuning:stap", pk=pk, stap=CONTROLEREN)
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "form": form, "documenten": documents_of(aanvraag, BEMIDDELINGSVERSLAG)}
    return render(request, "ondersteuning/bemiddeling.html", context, status=422 if form.errors else 200)


def _aanvraag(request: HttpRequest, pk: int, punt: str) -> Aanvraag:
    """The application within reach, on a route that asks this."""
    aanvraag = get_object_or_404(dossiers(bereik_van(request)), pk=pk)
    if punt not in aanvraag.de_route.punten:
        raise Http404
    return aanvraag


def _begin(aanvraag: Aanvraag) -> dict[str, Any]:
    found = onderzoek_van(aanvraag)
    known = {name: getattr(found, name) for name in VELDEN} if found else {}
    return {**known, "versie": aanvraag.versie}


def _leg_vast(request: HttpRequest, pk: int, form: OnderzoekForm) -> Aanvraag | Refusal:
    """The file is looked at before anything is locked: the virus scanner may take its time."""
    upload: Upload | Refusal | None = None
    if form.cleaned_data["bestand"]:
        upload = accept_upload(form.cleaned_data["bestand"])
    if isinstance(upload, Refusal):
        return upload
    return leg_onderzoek_vast(
        actor=actor_van(request),
        pk=pk,
        versie=form.versie_van_formulier,
        gegevens={name: form.cleaned_data[name] for name in VELDEN},
        upload=upload,
        vandaag=timezone.localdate(),
    )


def _bewaar(request: HttpRequest, pk: int, form: BemiddelingsbestandForm) -> Aanvraag | Refusal:
    upload = accept_upload(form.cleaned_data["bestand"])
    if isinstance(upload, Refusal):
        return upload
    return bewaar_bemiddelingsverslag(
        actor=actor_van(request),
        pk=pk,
        versie=form.versie_van_formulier,
        upload=upload,
        vandaag=timezone.localdate(),
    )
