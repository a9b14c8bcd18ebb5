"""What is asked of whom, and reminding them with one click."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ondersteuning.domain.rollen import AANVRAGERS
from ondersteuning.forms.adres import AanvraagInAdresForm
from ondersteuning.queries.herinneringen import bladzijde
from ondersteuning.queries.radarvragen import open_vragen
from ondersteuning.services.herinneringen import herinner as herinner_service
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


@require_safe
@voor_rollen(*AANVRAGERS)
def gevraagd(request: HttpRequest) -> HttpResponse:
    """Per application what is asked of whom since when; of all, or of one (``?aanvraag=``)."""
    bereik, one = bereik_van(request), AanvraagInAdresForm(request.GET).gekozen
    page = bladzijde(bereik, Plek.uit(request.GET), aanvraag=one)
    context = {
        "page": page,
        "totaal": page.totaal("aanvraag", "aanvragen"),
        "een": one is not None,
        "radarvragen": 0 if bereik.heeft(*SWV_DOSSIER) else open_vragen(bereik),
    }
    return render(request, "ondersteuning/gevraagd.html", context)


@require_POST
@voor_rollen(*AANVRAGERS)
def herinner(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind one party; the message says who was reminded, or why not."""
    actor, who = actor_van(request), request.POST.get("wie", "")[:40]
    back = reverse("ondersteuning:gevraagd")
    outcome = once(
        actor=actor,
        soort=f"ondersteuning.herinnering.{pk}.{who[:30]}",
        sleutel=sleutel_van(request),
        maak=lambda: herinner_service(actor=actor, pk=pk, wie=who, vandaag=timezone.localdate()),
        pad=lambda _: back,
    )
    if isinstance(outcome, Refusal):
        if outcome.code == "rol":
            raise PermissionDenied
        messages.error(request, outcome.zin)
        return redirect(back)
    label = outcome.gemaakt.label if outcome.gemaakt else ""
    return to_result(request, outcome.pad, f"Wij sturen een herinnering aan {label}.", eerder=outcome.eerder)
