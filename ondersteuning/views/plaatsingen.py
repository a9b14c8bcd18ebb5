"""Places: the list, and importing them with a preview."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.plaatsing import SOORTNAMEN
from ondersteuning.domain.rollen import DOSSIER_EN_GELD, PLAATSINGLEZERS
from ondersteuning.forms.plaatsingen import PlaatsingenForm
from ondersteuning.queries.plaatsingen import KOLOMMEN, plaatsingrijen
from ondersteuning.services.plaatsingen import PLAATSINGEN, Verschil, bevestig, bied_aan, opsomming, voorbeeld
from swv_portal.access.actors import Actor
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.common.screens import Gegeven, maak_tabel
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.views.aanbod import als_weigering, beslispagina

PER_BLADZIJDE = 50


@require_safe
@voor_rollen(*PLAATSINGLEZERS)
def plaatsingen(request: HttpRequest) -> HttpResponse:
    """The places within reach, by reference; the next page starts after the last reference."""
    bereik = bereik_van(request)
    q, na = request.GET.get("q", "")[:40].replace("\x00", ""), request.GET.get("na", "")[:40].replace("\x00", "")
    kind = request.GET.get("soort", "")
    kind = kind if kind in SOORTNAMEN else ""
    rows = plaatsingrijen(bereik, q=q, soort=kind, na=na, hoeveel=PER_BLADZIJDE + 1)
    context = {
        "tabel": maak_tabel("Plaatsingen", KOLOMMEN, rows[:PER_BLADZIJDE], leeg="Er zijn geen plaatsingen."),
        "q": q,
        "soort": kind,
        "soorten": list(SOORTNAMEN.items()),
        "na": na,
        "volgende": rows[PER_BLADZIJDE - 1][0] if len(rows) > PER_BLADZIJDE else "",
        "mag_importeren": bereik.heeft(*DOSSIER_EN_GELD),
    }
    return render(request, "ondersteuning/plaatsingen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*DOSSIER_EN_GELD)
def importeren(request: HttpRequest) -> HttpResponse:
    """Offer a file.  Nothing is imported yet."""
    form = PlaatsingenForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        offered = bied_aan(actor=actor_van(request), bestand=form.cleaned_data["bestand"], vandaag=timezone.localdate())
        if isinstance(offered, Aanbod):
            return redirect("ondersteuning:plaatsingen_voorbeeld", sleutel=offered.sleutel)
        form.weiger_bestand(offered)
    return render(
        request, "ondersteuning/plaatsingen_importeren.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*DOSSIER_EN_GELD)
def bekijken(request: HttpRequest, sleutel: uuid.UUID) -> HttpResponse:
    """What an offered file would do, and the decision on it."""
    back = reverse("ondersteuning:plaatsingen")

    def done(_aanbod: Aanbod, verschil: Verschil) -> HttpResponse:
        messages.success(request, f"{'; '.join(verschil.regels)}.")
        if verschil.waarschuwing:
            messages.warning(request, verschil.waarschuwing)
        return redirect(back)

    def show(_actor: Actor, aanbod: Aanbod, weigering: Refusal | None) -> HttpResponse:
        shown = voorbeeld(aanbod)
        if isinstance(shown, Fouten):
            weigering = als_weigering(shown)
        context: dict[str, Any] = {"weigering": weigering}
        if isinstance(shown, Verschil):
            context |= {"regels": _regels(shown), "waarschuwing": shown.waarschuwing}
        return render(request, "ondersteuning/plaatsingen_voorbeeld.html", context, status=422 if weigering else 200)

    return beslispagina(
        request, soort=PLAATSINGEN, sleutel=sleutel, bevestig=bevestig, gelukt=done, toon=show, terug=back
    )


def _regels(verschil: Verschil) -> list[Gegeven]:
    return [
        Gegeven("Nieuw", opsomming(verschil.nieuw)),
        Gegeven("Gewijzigd", opsomming(verschil.gewijzigd)),
        Gegeven("Al gelijk", str(verschil.gelijk)),
    ]
