"""The documents of a pupil: adding, deleting, and choosing which go with an application."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import mag_bewerken
from ondersteuning.domain.rollen import DOSSIERLEZERS, SCHOOL_EN_SWV
from ondersteuning.forms.besluit import VersieForm
from ondersteuning.forms.leerlingen import BijAanvraagForm, DocumentForm
from ondersteuning.models import Leerling
from ondersteuning.queries.leerlingdossier import documenten_met_aanvragen, documentregel, kiesbare_documenten
from ondersteuning.queries.stand import rollen_bij
from ondersteuning.services.leerlingdocumenten import STAP, kies_documenten, verwijder_document, voeg_document_toe
from ondersteuning.views.invuller import met_account
from ondersteuning.views.leerling import laad
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once
from swv_portal.jobs.services.uploads import Upload, accept_upload


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def document_nieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a document to the dossier."""
    pupil = laad(request, pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answer = _bewaar(request, pupil, form)
        if not isinstance(answer, Refusal):
            return answer
        form.weiger(answer)
    context = {"leerling": pupil, "form": form}
    return render(request, "ondersteuning/leerling_document.html", context, status=422 if form.is_bound else 200)


def _bewaar(request: HttpRequest, leerling: Leerling, form: DocumentForm) -> HttpResponse | Refusal:
    """The file is looked at before anything is opened or locked: the virus scanner may take its time."""
    upload = accept_upload(form.cleaned_data["bestand"])
    if isinstance(upload, Refusal):
        return upload
    accepted: Upload = upload
    actor = actor_van(request)
    outcome = once(
        actor=actor,
        soort=f"ondersteuning.leerlingdocument.{leerling.pk}",
        sleutel=sleutel_van(request),
        maak=lambda: voeg_document_toe(
            actor=actor,
            pk=leerling.pk,
            soort=form.cleaned_data["soort"],
            datum=form.cleaned_data["datum"],
            upload=accepted,
            vandaag=timezone.localdate(),
        ),
        pad=lambda _: reverse("ondersteuning:leerling", args=[leerling.pk]),
    )
    if isinstance(outcome, Refusal):
        return outcome
    return to_result(request, outcome.pad, "Het document is toegevoegd.", eerder=outcome.eerder)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def document_verwijderen(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Confirm that a document goes; what went out with an application stays."""
    pupil = laad(request, pk)
    row = get_object_or_404(documenten_met_aanvragen(bereik_van(request)), leerling=pupil, pk=document)
    form = VersieForm(request.POST or None, initial={"versie": pupil.versie})
    if request.method == "POST" and form.is_valid():
        answer = verwijder_document(
            actor=actor_van(request),
            pk=pk,
            document=document,
            versie=form.versie_van_formulier,
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "Het document is verwijderd.")
            return redirect("ondersteuning:leerling", pk=pk)
        form.weiger(answer)
    context = {"leerling": pupil, "document": documentregel(row), "form": form}
    status = 422 if form.errors else 200
    return render(request, "ondersteuning/leerling_document_verwijderen.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*DOSSIERLEZERS)
def bij_aanvraag(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which documents of the pupil go with this application."""
    bereik, who = bereik_van(request), met_account(request, pk)
    aanvraag = who.aanvraag()
    refusal = mag_bewerken(aanvraag.staat, rollen_bij(aanvraag, bereik), STAP)
    if refusal is not None and refusal.code == "rol":
        raise PermissionDenied
    if refusal is not None and request.method != "POST":
        return redirect("ondersteuning:dossier", pk=pk)
    who.noteer_lezen(aanvraag)
    lines = [documentregel(row) for row in kiesbare_documenten(bereik, aanvraag)]
    chosen = list(aanvraag.leerlingdocumenten.values_list("pk", flat=True))
    form = BijAanvraagForm(
        request.POST or None,
        initial={"versie": aanvraag.versie, "documenten": chosen},
        documenten=[(line.pk, f"{line.naam} ({line.wat})") for line in lines],
    )
    if request.method == "POST" and form.is_valid():
        answer = kies_documenten(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            documenten=form.cleaned_data["documenten"],
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De documenten bij de aanvraag zijn bewaard.")
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "form": form, "documenten": lines}
    return render(request, "ondersteuning/aanvraag_documenten.html", context, status=422 if form.errors else 200)
