"""'Mijn documenten': the reports that somebody asked for, and those that can be asked for right here."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from swv_portal.access.requests import actor_van, bereik_van
from swv_portal.jobs.queries import lists
from swv_portal.jobs.services.reports import request_report


@require_safe
@login_required
@never_cache
def mijn_documenten(request: HttpRequest) -> HttpResponse:
    bereik = bereik_van(request)
    tabel, page = lists.my_documents(bereik, request.GET.get("pagina"))
    context = {"tabel": tabel, "page": page, "aanbod": lists.offered_reports(bereik)}
    return render(request, "jobs/documenten.html", context)


@require_POST
@login_required
def vraag_rapport(request: HttpRequest) -> HttpResponse:
    """Ask for a report that needs no choices; what is not offered to this person does not exist."""
    kind = request.POST.get("rapport", "")
    if not lists.is_offered(kind, bereik_van(request)):
        raise Http404
    job = request_report(kind, {}, actor=actor_van(request))
    return redirect("jobs:voortgang", pk=job.pk)
