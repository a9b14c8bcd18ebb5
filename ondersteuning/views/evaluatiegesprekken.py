"""The SWV calls parents after a grant: whom, what they said, and what came out."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.aanvraag import OUDER
from ondersteuning.domain.evaluatiegesprek import AFLOOPNAMEN, ANTWOORDNAMEN, VRAGEN
from ondersteuning.forms.evaluatiegesprek import EvaluatiegesprekForm, beginwaarden
from ondersteuning.models import Evaluatiegesprek
from ondersteuning.queries import evaluatiegesprekken as lezen
from ondersteuning.queries.dossier import dossiers
from ondersteuning.services.evaluatiegesprekken import leg_gesprek_vast
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import Cel, Gegeven, Kolom, Status, Tabel, maak_tabel
from swv_portal.common.workflow import Refusal

LEEG = {lezen.TE_BELLEN: "Er zijn geen ouders die u nog moet bellen."}


@require_safe
@voor_rollen(*SWV_DOSSIER)
def lijst(request: HttpRequest) -> HttpResponse:
    """The calls that are still to be made, or those that were."""
    asked = request.GET.get("stand", "")
    chosen = asked if asked in lezen.STANDEN else lezen.TE_BELLEN
    page = lezen.bladzijde(bereik_van(request), chosen, Plek.uit(request.GET), timezone.localdate())
    empty = LEEG.get(chosen, "Er is geen gesprek dat hierbij past.")
    context = {
        "tabel": maak_tabel("Evaluatie met ouders", list(lezen.KOLOMMEN), page.rijen, leeg=empty),
        "page": page,
        "totaal": page.totaal("aanvraag", "aanvragen"),
        "stand": chosen,
        "standen": list(lezen.STANDEN.items()),
    }
    return render(request, "ondersteuning/evaluatiegesprekken.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def gesprek(request: HttpRequest, pk: int) -> HttpResponse:
    """Record one call: how it ended, and the answers."""
    aanvraag = get_object_or_404(dossiers(bereik_van(request)), pk=pk)
    actor, today = actor_van(request), timezone.localdate()
    audit.record_read(actor=actor, onderwerp=aanvraag)
    row = getattr(aanvraag, "evaluatiegesprek", None)
    refusal = lezen.gesprek_weigering(aanvraag)
    if refusal is not None and row is None and request.method != "POST":
        messages.info(request, refusal.zin)
        return redirect("ondersteuning:dossier", pk=pk)
    initial = beginwaarden(row or Evaluatiegesprek(op=today))
    form = EvaluatiegesprekForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = leg_gesprek_vast(
            actor=actor, pk=pk, versie=form.versie_van_formulier, opgave=form.opgave, vandaag=today
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "Het gesprek is vastgelegd.")
            return redirect("ondersteuning:evaluatiegesprekken")
        form.weiger(answer)
    parents = [party for party in aanvraag.partijen.all() if party.soort == OUDER and party.naam]
    context = {
        "aanvraag": aanvraag,
        "form": form,
        "ouders": [Gegeven(parent.naam, parent.telefoon or parent.email) for parent in parents],
    }
    status = (409 if form.has_error(NON_FIELD_ERRORS, "verouderd") else 422) if form.errors else 200
    return render(request, "ondersteuning/evaluatiegesprek.html", context, status=status)


@require_safe
@voor_rollen(*SWV_DOSSIER)
def uitkomsten(request: HttpRequest) -> HttpResponse:
    """What the parents of one school year said, as counts."""
    today = timezone.localdate()
    try:
        year = Schooljaar.lees(request.GET["schooljaar"]) if "schooljaar" in request.GET else Schooljaar.van(today)
    except ValueError as error:
        raise Http404 from error
    found = lezen.uitkomsten(bereik_van(request), year)
    context = {
        "uitkomsten": found,
        "schooljaren": lezen.schooljaren(today),
        "antwoorden": _tabel(found),
        "aflopen": maak_tabel(
            "Hoe het liep",
            ["Hoe het liep", Kolom("Gesprekken", getal=True)],
            [[name, str((found.aflopen or {}).get(code, 0))] for code, name in AFLOOPNAMEN.items()],
            toon_titel=True,
        ),
    }
    return render(request, "ondersteuning/evaluatie_uitkomsten.html", context)


def _tabel(found: lezen.Uitkomsten) -> Tabel:
    """A row for every question, a column for every answer."""
    rows: list[list[Cel | Status | str]] = []
    for code, question in VRAGEN.items():
        counts = found.antwoorden[code] or {}
        rows.append([question, *(str(counts.get(answer, 0)) for answer in ANTWOORDNAMEN)])
    columns: list[Kolom | str] = ["Vraag", *(Kolom(name, getal=True) for name in ANTWOORDNAMEN.values())]
    return maak_tabel("Wat de ouders zeiden", columns, rows, toon_titel=True)
