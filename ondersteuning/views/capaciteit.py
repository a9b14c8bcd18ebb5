"""The capaciteitenlijst: for everybody to read, and for a school to fill in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.capaciteit import GROEPEN, SOORTLABELS, STANDNAMEN, STANDUITLEG
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.forms.capaciteit import CapaciteitfilterForm, CapaciteitForm
from ondersteuning.queries import capaciteit as lezen
from ondersteuning.services.capaciteit import bewaar_capaciteit
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.money import dutch_count
from swv_portal.common.paging import PER_BLADZIJDE
from swv_portal.common.screens import Gegeven


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """Schools by groups, without logging in.  By name, because parents look for a school by its name."""
    filters, today = CapaciteitfilterForm(request.GET).filters, timezone.localdate()
    paginator: Any = Paginator(lezen.gefilterde_scholen(filters), PER_BLADZIJDE)
    page = paginator.get_page(request.GET.get("pagina"))
    months = lezen.verouderd_na()
    context = {
        "tabel": lezen.capaciteittabel(page.object_list, bereik_van(request), today, months),
        "page": page,
        "totaal": dutch_count(paginator.count, "school", "scholen"),
        "filters": filters,
        "gemeenten": [(name, name) for name in lezen.gemeenten()],
        "soorten": list(SOORTLABELS.items()),
        "groepen": [(groep, f"groep {groep}") for groep in GROEPEN],
        "uitleg": [Gegeven(STANDNAMEN[stand], text) for stand, text in STANDUITLEG.items()],
        "maanden": months,
    }
    return render(request, "ondersteuning/capaciteit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def bijwerken(request: HttpRequest, pk: int) -> HttpResponse:
    """The eight groups of one school, saved together."""
    bereik = bereik_van(request)
    school = get_object_or_404(lezen.scholen_met_groepen().visible_to(bereik), pk=pk)
    if not lezen.mag_bijwerken(bereik, school.pk):
        raise PermissionDenied
    row = lezen.lijst_van(school)
    form = CapaciteitForm(request.POST or None, initial=lezen.begin_van(row))
    public = f"{reverse('capaciteit')}?school={school.pk}"
    if request.method == "POST" and form.is_valid():
        answer = bewaar_capaciteit(
            actor=actor_van(request),
            school_id=school.pk,
            versie=form.versie_van_formulier,
            groepen=form.ingevuld,
            nu=timezone.now(),
        )
        if not isinstance(answer, list):
            messages.success(request, "De capaciteit is bijgewerkt. Zo zien ouders de lijst nu.")
            return redirect(public)
        form.weiger_alle(answer)
    context = {
        "form": form,
        "school": school,
        "lijst": row,
        "terug": public,
        "tijdlijn": tijdlijn(row) if row.pk else [],
    }
    return render(request, "ondersteuning/capaciteit_bijwerken.html", context, status=422 if form.errors else 200)
