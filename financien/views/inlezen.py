"""Reading in tariffs and a begroting: first what stands in the file, then whether it is kept."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from financien.domain.afwijkingen import vind_afwijkingen
from financien.domain.begroting import Niveau, totalen
from financien.forms import BegrotingBestandForm, TarievenBestandForm
from financien.models import Begroting
from financien.queries.tarieven import notatie
from financien.services.inlezen import (
    BEGROTINGSAANBOD,
    TARIEVENAANBOD,
    begroting_in,
    bevestig_begroting,
    bevestig_tarieven,
    bied_begroting_aan,
    bied_tarieven_aan,
    tarieven_in,
)
from financien.services.tarieven import Ingelezen
from financien.views.toegang import GELD
from swv_portal.access.actors import Actor
from swv_portal.access.requests import actor_van, voor_rollen
from swv_portal.common.file_forms import BestandForm
from swv_portal.common.money import dutch_amount, dutch_count
from swv_portal.common.screens import Kolom, maak_tabel
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain.aanbod import Aanbodsoort
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.views.aanbod import als_weigering, beslispagina

TARIEVEN_PAGINA = {
    "titel": "Tarieven inlezen",
    "uitleg": "Een CSV- of Excel-bestand met de kolommen code, omschrijving, bedrag en eenheid.",
    "lijst": "financien:tarieven",
}
BEGROTING_PAGINA = {
    "titel": "Begroting inlezen",
    "uitleg": "Een CSV- of Excel-bestand met de kolommen soort, groep en post, en één kolom per jaar.",
    "daarna": "De begroting is dan een concept. "
    "Anderen zien de begroting pas als de directeur-bestuurder die geldend maakt.",
    "lijst": "financien:begroting",
}


def _kies(request: HttpRequest, pagina: dict[str, str], form: BestandForm) -> HttpResponse:
    context = {**pagina, "terug": reverse(pagina["lijst"]), "form": form}
    return render(request, "financien/inlezen.html", context, status=422 if form.errors else 200)


def _beslis(
    request: HttpRequest,
    pagina: dict[str, str],
    *,
    soort: Aanbodsoort,
    sleutel: uuid.UUID,
    voorbeeld: Callable[[Aanbod], dict[str, Any] | Fouten],
    bevestig: Callable[..., Any],
    gelukt: Callable[[Aanbod, Any], HttpResponse],
) -> HttpResponse:
    """The preview of an offered file, a sentence and a table, or why it can not be kept; and the decision on it."""
    back = reverse(pagina["lijst"])

    def show(_actor: Actor, aanbod: Aanbod, weigering: Refusal | None) -> HttpResponse:
        context: dict[str, Any] = {**pagina, "terug": back}
        shown = voorbeeld(aanbod)
        if isinstance(shown, Fouten):
            weigering = als_weigering(shown)
        else:
            context |= shown
        context["weigering"] = weigering
        return render(request, "financien/voorbeeld.html", context, status=422 if weigering else 200)

    return beslispagina(request, soort=soort, sleutel=sleutel, bevestig=bevestig, gelukt=gelukt, toon=show, terug=back)


# ---- tariffs ---------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*GELD)
def tarieven(request: HttpRequest) -> HttpResponse:
    """Offer a file with tariffs.  Nothing is kept yet."""
    form = TarievenBestandForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        offered = bied_tarieven_aan(
            actor=actor_van(request),
            bestand=clean["bestand"],
            jaar=int(clean["jaar"]),
            bron=clean["bron"],
            vastgesteld=clean["vastgesteld"],
            vandaag=timezone.localdate(),
        )
        if isinstance(offered, Aanbod):
            return redirect("financien:tarieven_voorbeeld", sleutel=offered.sleutel)
        form.weiger_bestand(offered)
    return _kies(request, TARIEVEN_PAGINA, form)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*GELD)
def tarieven_voorbeeld(request: HttpRequest, sleutel: uuid.UUID) -> HttpResponse:
    """What stands in an offered file with tariffs, and the decision on it."""

    def done(aanbod: Aanbod, uitkomst: Ingelezen) -> HttpResponse:
        new = f"{dutch_count(uitkomst.nieuw, 'tarief is', 'tarieven zijn')} nieuw"
        changed = dutch_count(uitkomst.gewijzigd, "is", "zijn")
        messages.success(request, f"{new}, {changed} gewijzigd.")
        return redirect(f"{reverse('financien:tarieven')}?jaar={aanbod.gegevens['jaar']}")

    return _beslis(
        request,
        TARIEVEN_PAGINA,
        soort=TARIEVENAANBOD,
        sleutel=sleutel,
        voorbeeld=_tarieven_voorbeeld,
        bevestig=bevestig_tarieven,
        gelukt=done,
    )


def _tarieven_voorbeeld(aanbod: Aanbod) -> dict[str, Any] | Fouten:
    rijen = tarieven_in(aanbod)
    if isinstance(rijen, Fouten):
        return rijen
    columns: list[Kolom | str] = ["Code", "Omschrijving", Kolom("Bedrag", getal=True), "Eenheid"]
    rows = [[rij.code, rij.omschrijving, notatie(rij.bedrag, rij.eenheid), rij.eenheid] for rij in rijen]
    count = dutch_count(len(rijen), "tarief", "tarieven")
    return {
        "zin": f"{count} voor {aanbod.gegevens['jaar']}. Een tarief dat er al is, krijgt het nieuwe bedrag.",
        "tabel": maak_tabel("Tarieven in het bestand", columns, rows),
    }


# ---- begroting -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*GELD)
def begroting(request: HttpRequest) -> HttpResponse:
    """Offer the files of a begroting.  Nothing is kept yet."""
    form = BegrotingBestandForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        offered = bied_begroting_aan(
            actor=actor_van(request),
            bestanden={name: clean[name] for name in ("posten", "totalen") if clean[name]},
            naam=clean["naam"],
            bron=clean["bron"],
            vandaag=timezone.localdate(),
        )
        if isinstance(offered, Aanbod):
            return redirect("financien:begroting_voorbeeld", sleutel=offered.sleutel)
        for name, wrong in offered.items():
            form.weiger_bestand(wrong, name)
    return _kies(request, BEGROTING_PAGINA, form)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*GELD)
def begroting_voorbeeld(request: HttpRequest, sleutel: uuid.UUID) -> HttpResponse:
    """What stands in the offered files of a begroting, and the decision on them."""

    def done(_aanbod: Aanbod, uitkomst: Begroting) -> HttpResponse:
        messages.success(request, f"'{uitkomst.naam}' is ingelezen, als concept.")
        return redirect("financien:begroting_detail", pk=uitkomst.pk)

    return _beslis(
        request,
        BEGROTING_PAGINA,
        soort=BEGROTINGSAANBOD,
        sleutel=sleutel,
        voorbeeld=_begroting_voorbeeld,
        bevestig=bevestig_begroting,
        gelukt=done,
    )


def _begroting_voorbeeld(aanbod: Aanbod) -> dict[str, Any] | Fouten:
    bestanden = begroting_in(aanbod)
    if isinstance(bestanden, Fouten):
        return bestanden
    posten, jaren = bestanden.posten.posten, bestanden.posten.jaren
    found = totalen(posten, jaren)
    columns: list[Kolom | str] = ["Totaal", *(Kolom(str(jaar), getal=True) for jaar in jaren)]
    rows = [
        [t.titel, *(dutch_amount(t.bedragen[jaar], 0) for jaar in jaren)]
        for t in found
        if t.sleutel.niveau >= Niveau.SOORT
    ]
    text = f"{dutch_count(len(posten), 'post', 'posten')} over {jaren[0]} tot en met {jaren[-1]}."
    if bestanden.totalen is not None:
        count = len(vind_afwijkingen(posten, found, bestanden.totalen.regels))
        amounts = dutch_count(count, "gepubliceerd bedrag volgt", "gepubliceerde bedragen volgen")
        text += f" {amounts} niet uit de posten; u ziet straks een verklaring."
    return {"zin": text, "tabel": maak_tabel("Berekende totalen", columns, rows, kaarten=False)}
