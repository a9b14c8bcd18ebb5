"""Inviting parents and the second expert again, and taking a link back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ondersteuning.queries.dossier import dossiers
from ondersteuning.services.partijen import nodig_uit, trek_link_in
from ondersteuning.views.lijst import LEZERS
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


def _geweigerd(request: HttpRequest, pk: int, refusal: Refusal) -> HttpResponse:
    if refusal.code == "rol":
        raise PermissionDenied
    messages.error(request, refusal.zin)
    return redirect("ondersteuning:dossier", pk=pk)


@require_POST
@voor_rollen(*LEZERS)
def uitnodigen(request: HttpRequest, pk: int, partij: int) -> HttpResponse:
    """Give a new link; the code is shown once, on this answer only."""
    actor = actor_van(request)
    outcome = once(
        actor=actor,
        soort=f"ondersteuning.uitnodiging.{partij}",
        sleutel=sleutel_van(request),
        maak=lambda: nodig_uit(actor=actor, pk=pk, partij_pk=partij, vandaag=timezone.localdate()),
        pad=lambda _: reverse("ondersteuning:dossier", args=[pk]),
    )
    if isinstance(outcome, Refusal):
        return _geweigerd(request, pk, outcome)
    if outcome.gemaakt is None:
        return to_result(request, outcome.pad, eerder=True)
    aanvraag = dossiers(bereik_van(request)).get(pk=pk)
    context = {"aanvraag": aanvraag, "uitnodigingen": [outcome.gemaakt], "voorgelegd": False}
    response = render(request, "ondersteuning/codes.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@voor_rollen(*LEZERS)
def link_intrekken(request: HttpRequest, pk: int, partij: int) -> HttpResponse:
    """Stop a link at once."""
    answer = trek_link_in(actor=actor_van(request), pk=pk, partij_pk=partij)
    if isinstance(answer, Refusal):
        return _geweigerd(request, pk, answer)
    messages.success(request, f"De link van {answer.label} werkt niet meer.")
    return redirect("ondersteuning:dossier", pk=pk)
