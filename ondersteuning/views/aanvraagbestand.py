"""Adding a file to an application: the consent of another SWV, or what shows that there was mediation."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import CONCEPT, mag_bewerken
from ondersteuning.domain.rollen import AANVRAGERS
from ondersteuning.forms.aanvraagbestand import AanvraagbestandForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import dossiers
from ondersteuning.queries.stand import rollen_bij
from ondersteuning.services.aanvraagbestand import AKKOORDBESTAND, BEMIDDELINGSBESTAND, Bestandsoort, bewaar_bestand
from ondersteuning.views.formulier import CONTROLEREN
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.uploads import accept_upload


@dataclass(frozen=True)
class Bestandpagina:
    """The words of the page of one kind of file."""

    soort: Bestandsoort
    kop: str
    label: str
    knop: str
    gelukt: str
    vraag: str
    antwoord: tuple[str, ...]


PAGINAS = {
    "akkoord": Bestandpagina(
        AKKOORDBESTAND,
        "Het akkoord van het andere samenwerkingsverband",
        "Het getekende akkoord",
        "Voeg het akkoord toe",
        "Het akkoord zit bij de aanvraag.",
        "Wat staat in het akkoord?",
        (
            "Het samenwerkingsverband waar de leerling woont, tekent dat het de plaats op het IKC betaalt. "
            "Zonder akkoord leggen wij de plaats niet vast.",
        ),
    ),
    "bemiddeling": Bestandpagina(
        BEMIDDELINGSBESTAND,
        "Bestand over de bemiddeling",
        "Bestand over de bemiddeling",
        "Voeg het bestand toe",
        "Het bestand zit bij de aanvraag.",
        "Moet dit?",
        (
            "Nee. Hebt u een verslag, of een brief waarin de ouders nee zeggen? "
            "Dan helpt dat het samenwerkingsverband.",
            "Alleen uw bestuur en het samenwerkingsverband zien dit bestand.",
        ),
    ),
}


def aanvraag_met(request: HttpRequest, pk: int, deel: str) -> Aanvraag:
    """The application within reach, on a route that asks for this part; otherwise a 404."""
    aanvraag = get_object_or_404(dossiers(bereik_van(request)), pk=pk)
    if deel not in aanvraag.de_route.punten:
        raise Http404
    return aanvraag


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*AANVRAGERS)
def bestand(request: HttpRequest, pk: int, deel: str) -> HttpResponse:
    """The file that is there, and choosing another one."""
    page, aanvraag = PAGINAS[deel], aanvraag_met(request, pk, deel)
    refusal = mag_bewerken(aanvraag.staat, rollen_bij(aanvraag, bereik_van(request)), deel)
    if refusal is not None and refusal.code == "rol":
        raise PermissionDenied
    if refusal is not None and request.method != "POST":
        return redirect("ondersteuning:dossier", pk=pk)
    initial = {"versie": aanvraag.versie}
    form = AanvraagbestandForm(request.POST or None, request.FILES or None, initial=initial, label=page.label)
    if request.method == "POST" and form.is_valid():
        answer = _bewaar(request, pk, page.soort, form)
        if not isinstance(answer, Refusal):
            messages.success(request, page.gelukt)
            if answer.staat == CONCEPT:
                return redirect("ondersteuning:stap", pk=pk, stap=CONTROLEREN)
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    documents = documents_of(aanvraag, page.soort.document)
    context = {"aanvraag": aanvraag, "form": form, "documenten": documents, "pagina": page}
    return render(request, "ondersteuning/aanvraagbestand.html", context, status=422 if form.errors else 200)


def _bewaar(request: HttpRequest, pk: int, soort: Bestandsoort, form: AanvraagbestandForm) -> Aanvraag | Refusal:
    """The file is looked at before anything is locked: the virus scanner may take its time."""
    upload = accept_upload(form.cleaned_data["bestand"])
    if isinstance(upload, Refusal):
        return upload
    return bewaar_bestand(
        actor=actor_van(request),
        pk=pk,
        soort=soort,
        versie=form.versie_van_formulier,
        upload=upload,
        vandaag=timezone.localdate(),
    )
