"""Adding the signed consent of another SWV to a plaatsingsakkoord."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import CONCEPT, mag_bewerken
from ondersteuning.forms.akkoord import AkkoordbestandForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import dossiers
from ondersteuning.queries.routefeiten import AKKOORD
from ondersteuning.queries.stand import rollen_bij
from ondersteuning.services.akkoord import bewaar_akkoord
from ondersteuning.views.formulier import CONTROLEREN, INVULLERS
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.uploads import accept_upload


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*INVULLERS)
def akkoord(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that is there, and choosing another one."""
    bereik = bereik_van(request)
    aanvraag = get_object_or_404(dossiers(bereik), pk=pk)
    if "akkoord" not in aanvraag.de_route.punten:
        raise Http404
    refusal = mag_bewerken(aanvraag.staat, rollen_bij(aanvraag, bereik), "akkoord")
    if refusal is not None and refusal.code == "rol":
        raise PermissionDenied
    if refusal is not None and request.method != "POST":
        return redirect("ondersteuning:dossier", pk=pk)
    form = AkkoordbestandForm(request.POST or None, request.FILES or None, initial={"versie": aanvraag.versie})
    if request.method == "POST" and form.is_valid():
        answer = _bewaar(request, pk, form)
        if not isinstance(answer, Refusal):
            messages.success(request, "Het akkoord zit bij de aanvraag.")
            if answer.staat == CONCEPT:
                return redirect("ondersteuning:stap", pk=pk, stap=CONTROLEREN)
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "form": form, "documenten": documents_of(aanvraag, AKKOORD)}
    return render(request, "ondersteuning/akkoord.html", context, status=422 if form.errors else 200)


def _bewaar(request: HttpRequest, pk: int, form: AkkoordbestandForm) -> Aanvraag | Refusal:
    """The file is looked at before anything is locked: the virus scanner may take its time."""
    upload = accept_upload(form.cleaned_data["bestand"])
    if isinstance(upload, Refusal):
        return upload
    return bewaar_akkoord(
        actor=actor_van(request),
        pk=pk,
        versie=form.versie_van_formulier,
        upload=upload,
        vandaag=timezone.localdate(),
    )
