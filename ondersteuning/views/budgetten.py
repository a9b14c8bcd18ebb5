"""The budgets for entry and return: which run, and that a pupil left.  And the settings of overstappen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.forms.overstap import VertrekForm
from ondersteuning.queries.budgetten import KOLOMMEN, budgetbladzijde, budgetgegevens, budgetten
from ondersteuning.services.vertrek import meld_vertrek
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def lijst(request: HttpRequest) -> HttpResponse:
    """The budgets that run, or all of them (``stand=alle``)."""
    everything = request.GET.get("stand") == "alle"
    today = timezone.localdate()
    page = budgetbladzijde(bereik_van(request), lopend=not everything, plek=Plek.uit(request.GET), vandaag=today)
    context = {
        "tabel": maak_tabel("Budgetten", KOLOMMEN, page.rijen, leeg="Er loopt geen budget."),
        "page": page,
        "totaal": page.totaal("budget", "budgetten"),
        "stand": "alle" if everything else "",
    }
    return render(request, "ondersteuning/budgetten.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """One budget, and 'de leerling is vertrokken'."""
    bereik = bereik_van(request)
    place = get_object_or_404(budgetten(bereik).select_related("school_ontvangend"), pk=pk)
    is_swv = bereik.heeft(*SWV_DOSSIER)
    form = VertrekForm(
        request.POST or None,
        initial={"versie": place.versie, "vertrokken_op": place.vertrokken_op},
        mag_leeg=is_swv and place.vertrokken_op is not None,
    )
    if request.method == "POST" and form.is_valid():
        answer = meld_vertrek(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            vertrokken_op=form.cleaned_data["vertrokken_op"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "Het vertrek is bewaard. De laatste dag van het budget staat hieronder.")
            return redirect("ondersteuning:budget", pk=pk)
        form.weiger(answer)
    context = {
        "plaats": place,
        "regels": budgetgegevens(place),
        "form": form,
        "mag_melden": is_swv or place.vertrokken_op is None,
        "tijdlijn": tijdlijn(place),
    }
    return render(request, "ondersteuning/budget.html", context, status=422 if form.errors else 200)
