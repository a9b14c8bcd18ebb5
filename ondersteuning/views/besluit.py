"""The SWV: the test list, asking for completion, and the decision with its check page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import INGEDIEND
from ondersteuning.domain.geldigheid import controleer_geldigheid
from ondersteuning.domain.termijnen import aanvulling_uiterlijk
from ondersteuning.domain.toets import toets
from ondersteuning.forms.besluit import AanvullingForm, BesluitForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import Dossier, dossier, dossiers
from ondersteuning.queries.stand import oordeel
from ondersteuning.services import besluit as service
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal

BESLISSERS = tuple(sorted(SWV_DOSSIER))


def _laad(request: HttpRequest, pk: int) -> tuple[Aanvraag, Dossier]:
    bereik = bereik_van(request)
    aanvraag = get_object_or_404(dossiers(bereik), pk=pk)
    audit.record_read(actor=actor_van(request), onderwerp=aanvraag)
    return aanvraag, dossier(aanvraag, bereik, vandaag=timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*BESLISSERS)
def besluit(request: HttpRequest, pk: int) -> HttpResponse:
    """The test list and the decision.  First POST: check everything once more; with ``bevestigd``: decide."""
    aanvraag, page = _laad(request, pk)
    if request.method != "POST" and aanvraag.staat != INGEDIEND:
        return redirect("ondersteuning:dossier", pk=pk)
    initial = {"versie": aanvraag.versie, "geldig_van": aanvraag.gewenst_van, "geldig_tot": aanvraag.gewenst_tot}
    form = BesluitForm(request.POST or None, initial=initial)
    checked = False
    if request.method == "POST" and _klopt(request, aanvraag, form):
        if "bevestigd" in request.POST:
            answer = _besluit(request, pk, form)
            if not isinstance(answer, Refusal):
                messages.success(request, "Het besluit is genomen. De brief wordt gemaakt en verstuurd.")
                return redirect("ondersteuning:dossier", pk=pk)
            form.weiger(answer)
        checked = not form.errors and "wijzig" not in request.POST
    context = {
        "aanvraag": aanvraag,
        "dossier": page,
        "form": form,
        "punten": toets(page.stand),
        "gecontroleerd": checked,
    }
    template = "ondersteuning/besluit_controleren.html" if checked else "ondersteuning/besluit.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _klopt(request: HttpRequest, aanvraag: Aanvraag, form: BesluitForm) -> bool:
    """Put everything that is wrong on the form at once: what was typed, and what the rules say of it.

    The service looks again when the decision is taken.
    """
    form.is_valid()
    data = dict(form.cleaned_data)
    chosen, since, until = data.get("besluit"), data.get("geldig_van"), data.get("geldig_tot")
    found: list[Refusal] = []
    if chosen:
        words = str(data.get("motivering", ""))
        found += oordeel(aanvraag, chosen, bereik_van(request), toelichting=words, vandaag=timezone.localdate())
    if chosen != "weiger" and since and until and (wrong := controleer_geldigheid(since, until)) is not None:
        found.append(wrong)
    for refusal in found:
        if refusal.veld not in form.errors:
            form.weiger(refusal)
    return form.is_valid()


def _besluit(request: HttpRequest, pk: int, form: BesluitForm) -> Aanvraag | Refusal:
    data: dict[str, Any] = form.cleaned_data
    common = {
        "actor": actor_van(request),
        "pk": pk,
        "versie": form.versie_van_formulier,
        "motivering": data["motivering"],
        "vandaag": timezone.localdate(),
    }
    if data["besluit"] == "weiger":
        return service.weiger(**common)
    return service.ken_toe(geldig_van=data["geldig_van"], geldig_tot=data["geldig_tot"], **common)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*BESLISSERS)
def aanvulling(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the school to complete the application; the term stands still from tomorrow."""
    aanvraag, page = _laad(request, pk)
    today = timezone.localdate()
    if request.method != "POST" and aanvraag.staat != INGEDIEND:
        return redirect("ondersteuning:dossier", pk=pk)
    initial = {"versie": aanvraag.versie, "uiterlijk": aanvulling_uiterlijk(today)}
    form = AanvullingForm(request.POST or None, initial=initial, label="Wat ontbreekt er?")
    if request.method == "POST" and form.is_valid():
        answer = service.vraag_aanvulling(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            toelichting=form.cleaned_data["toelichting"],
            uiterlijk=form.cleaned_data["uiterlijk"],
            vandaag=today,
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De school is om aanvulling gevraagd. De termijn staat stil.")
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "dossier": page, "form": form, "punten": toets(page.stand)}
    return render(request, "ondersteuning/aanvulling.html", context, status=422 if form.errors else 200)
