"""Inviting parents and the second expert again, and taking a link back."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ondersteuning.domain.rollen import AANVRAAGLEZERS
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.queries.dossier import dossiers
from ondersteuning.services.partijen import Uitnodiging, nodig_uit, trek_link_in
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, voor_rollen
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


def _geweigerd(request: HttpRequest, pk: int, refusal: Refusal) -> HttpResponse:
    if refusal.code == "rol":
        raise PermissionDenied
    messages.error(request, refusal.zin)
    return redirect("ondersteuning:dossier", pk=pk)


def codes(
    request: HttpRequest,
    aanvraag: Aanvraag,
    uitnodigingen: Sequence[Uitnodiging],
    *,
    voorgelegd: bool,
    thuis: str = "",
    begonnen: bool = False,
) -> HttpResponse:
    """The codes of these invitations, on this answer only.  ``thuis``: the way on, the dossier when empty."""
    context = {
        "aanvraag": aanvraag,
        "uitnodigingen": uitnodigingen,
        "voorgelegd": voorgelegd,
        "begonnen": begonnen,
        "met_dossier": not thuis or thuis == reverse("ondersteuning:dossier", args=[aanvraag.pk]),
        "thuis": thuis or reverse("ondersteuning:dossier", args=[aanvraag.pk]),
    }
    response = render(request, "ondersteuning/codes.html", context)
    response["Cache-Control"] = "no-store"
    return response


def codes_al_getoond(request: HttpRequest, aanvraag: Aanvraag, partijen: Sequence[Partij]) -> HttpResponse:
    """The answer to who sends the form again: the codes were in the first answer; what to do when nobody saw them."""
    context = {"aanvraag": aanvraag, "partijen": partijen}
    return render(request, "ondersteuning/codes_al_getoond.html", context)


@require_POST
@voor_rollen(*AANVRAAGLEZERS)
def uitnodigen(request: HttpRequest, pk: int, partij: int) -> HttpResponse:
    """Give a new link; the code is shown once.  Who sent this before reads that, and can give another one."""
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
    aanvraag = get_object_or_404(dossiers(bereik_van(request)), pk=pk)
    if outcome.gemaakt is None:
        return codes_al_getoond(request, aanvraag, [get_object_or_404(aanvraag.partijen, pk=partij)])
    return codes(request, aanvraag, [outcome.gemaakt], voorgelegd=False)


@require_POST
@voor_rollen(*AANVRAAGLEZERS)
def link_intrekken(request: HttpRequest, pk: int, partij: int) -> HttpResponse:
    """Stop a link at once."""
    answer = trek_link_in(actor=actor_van(request), pk=pk, partij_pk=partij)
    if isinstance(answer, Refusal):
        return _geweigerd(request, pk, answer)
    messages.success(request, f"De link van {answer.label} werkt niet meer.")
    return redirect("ondersteuning:dossier", pk=pk)
