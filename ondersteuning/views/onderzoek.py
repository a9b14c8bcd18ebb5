"""A one-sided application: the independent investigation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import INGEDIEND
from ondersteuning.forms.eenzijdig import OnderzoekForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.routefeiten import ONDERZOEKSVERSLAG, onderzoek_van
from ondersteuning.services.onderzoek import VELDEN, leg_onderzoek_vast
from ondersteuning.views.aanvraagbestand import aanvraag_met
from swv_portal.access.requests import actor_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.uploads import Upload, accept_upload


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def onderzoek(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the investigation came to; as long as nothing is decided it can be corrected."""
    aanvraag = aanvraag_met(request, pk, "onderzoek")
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
