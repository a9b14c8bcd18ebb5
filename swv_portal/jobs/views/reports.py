"""'Mijn documenten': the reports that somebody asked for, and those that can be asked for right here."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result
from swv_portal.common.paging import Plek
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.queries import lists
from swv_portal.jobs.services.once import once
from swv_portal.jobs.services.reports import request_report


@require_safe
@login_required
@never_cache
def mijn_documenten(request: HttpRequest) -> HttpResponse:
    bereik = bereik_van(request)
    tabel, page = lists.my_documents(bereik, Plek.uit(request.GET))
    context = {"tabel": tabel, "page": page, "aanbod": lists.offered_reports(bereik)}
    return render(request, "jobs/documenten.html", context)


@require_POST
@login_required
def vraag_rapport(request: HttpRequest) -> HttpResponse:
    """Ask for a report that needs no choices; what is not offered to this person does not exist."""
    kind = request.POST.get("rapport", "")
    if not lists.is_offered(kind, bereik_van(request)):
        raise Http404
    return ask_report(request, kind, {}, terug=reverse("jobs:documenten"), pagina="jobs:voortgang")


def ask_report(
    request: HttpRequest, kind: str, params: Mapping[str, Any], *, terug: str, pagina: str = "jobs:opdracht"
) -> HttpResponse:
    """Ask for a report, once per form, and go to ``pagina`` of its job, which shows how far it is."""
    actor = actor_van(request)
    outcome = once(
        actor=actor,
        soort=f"jobs.{kind}",
        sleutel=sleutel_van(request),
        maak=lambda: request_report(kind, params, actor=actor),
        pad=lambda job: reverse(pagina, args=[job.pk]),
    )
    if isinstance(outcome, Refusal):
        messages.error(request, outcome.zin)
        return redirect(terug)
    return to_result(request, outcome.pad, eerder=outcome.eerder)
