"""The worklist of the SWV, and who handles which application."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.werklijst import BEHANDELINGNAMEN, WERKSOORTNAMEN
from ondersteuning.forms.werklijst import BehandelaarForm, WerkfilterForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.werklijst import KOLOMMEN, Werkplek, behandelaars, werklijst
from ondersteuning.services.werklijst import wijs_toe
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.common.money import dutch_number
from swv_portal.common.paging import TEL_TOT
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal


@require_safe
@voor_rollen(*SWV_DOSSIER)
def lijst(request: HttpRequest) -> HttpResponse:
    """What must be done, the first day first; the next page starts after the last row."""
    filters, na = WerkfilterForm(request.GET).filters, Werkplek.uit(request.GET.get("na", ""))
    page = werklijst(bereik_van(request), filters, na, timezone.localdate())
    empty = "Niets dat hierbij past." if any(vars(filters).values()) else "Er is geen werk. Alles is bijgewerkt."
    context = {
        "tabel": maak_tabel("Werklijst", KOLOMMEN, page.rijen, leeg=empty, breed=True),
        "filters": filters,
        "soorten": list(WERKSOORTNAMEN.items()),
        "behandelingen": list(BEHANDELINGNAMEN.items()),
        "totaal": _totaal(page.geteld),
        "verder": na is not None,
        "volgende": page.volgende,
    }
    return render(request, "ondersteuning/werklijst.html", context)


def _totaal(geteld: int) -> str:
    if geteld > TEL_TOT:
        return f"meer dan {dutch_number(TEL_TOT)} regels"
    return f"{geteld} {'regel' if geteld == 1 else 'regels'}"


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def behandelaar(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application oneself, give it to a colleague, or let go of it."""
    aanvraag = get_object_or_404(Aanvraag.objects.visible_to(bereik_van(request)).select_related("behandelaar"), pk=pk)
    actor, today = actor_van(request), timezone.localdate()
    initial = {"versie": aanvraag.versie, "behandelaar": aanvraag.behandelaar_id or actor.user_id}
    form = BehandelaarForm(request.POST or None, initial=initial, behandelaars=behandelaars(today))
    if request.method == "POST" and form.is_valid():
        answer = wijs_toe(
            actor=actor,
            pk=pk,
            versie=form.versie_van_formulier,
            behandelaar=form.cleaned_data["behandelaar"],
            vandaag=today,
        )
        if not isinstance(answer, Refusal):
            messages.success(request, f"Bewaard wie aanvraag {answer.kenmerk} behandelt.")
            return redirect("ondersteuning:werklijst")
        form.weiger(answer)
    context = {"form": form, "aanvraag": aanvraag}
    return render(request, "ondersteuning/behandelaar.html", context, status=422 if form.errors else 200)
