"""The page of an offered file: the preview with two buttons, for every app the same."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from swv_portal.access.actors import Actor
from swv_portal.access.requests import actor_van
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain.aanbod import BEVESTIG, Aanbodsoort
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.services.aanbod import BESLIST, verwerp, zoek

Gedaan = TypeVar("Gedaan")
#: As many errors of a file that became wrong are named above its preview.
GENOEMD = 3


def als_weigering(uitkomst: Fouten | Refusal) -> Refusal:
    """What is wrong with a file, for above the page."""
    return uitkomst if isinstance(uitkomst, Refusal) else Refusal("bestand", " ".join(uitkomst.zinnen[:GENOEMD]))


def beslispagina(
    request: HttpRequest,
    *,
    soort: Aanbodsoort,
    sleutel: UUID,
    bevestig: Callable[..., Gedaan | Fouten | Refusal],
    gelukt: Callable[[Aanbod, Gedaan], HttpResponse],
    toon: Callable[[Actor, Aanbod, Refusal | None], HttpResponse],
    terug: str,
) -> HttpResponse:
    """POST ``actie=bevestig`` imports with ``bevestig(actor=, sleutel=)`` and answers ``gelukt``; another lets it go.

    ``toon`` draws the preview of what waits.  What was decided already, here or in another tab, is said on ``terug``.
    """
    actor, refusal = actor_van(request), None
    aanbod = zoek(soort=soort, actor=actor, sleutel=sleutel)
    if request.POST.get("actie") == BEVESTIG:
        done = bevestig(actor=actor, sleutel=sleutel)
        if not isinstance(done, Fouten | Refusal):
            return gelukt(aanbod, done)
        refusal = als_weigering(done)
    elif request.method == "POST":
        verwerp(soort=soort, actor=actor, sleutel=sleutel)
    aanbod.refresh_from_db()
    if decided := BESLIST.get(Aanbod.Staat(aanbod.staat)):
        messages.info(request, decided.zin)
        return redirect(terug)
    return toon(actor, aanbod, refusal)
