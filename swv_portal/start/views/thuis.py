"""Home: what there is to do, and the ways to one's work; and search."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from swv_portal.access.requests import bereik_van
from swv_portal.common.dates import datum
from swv_portal.start.queries import LANGSTE_ZOEKTERM, inbox_van, werk_van, zoek_overal


@require_safe
@login_required
def thuis(request: HttpRequest) -> HttpResponse:
    """'Mijn taken' and 'Aan het werk' of this person, whatever the roles."""
    vandaag = timezone.localdate()
    bereik = bereik_van(request)
    context = {
        "inbox": inbox_van(bereik, vandaag),
        "werk": werk_van(bereik, vandaag),
        "vandaag": datum(vandaag),
        "zonder_rol": not bereik.rollen,
    }
    return render(request, "start/thuis.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def zoeken(request: HttpRequest) -> HttpResponse:
    """What one may see, searched.  The term can be the name of a child: it comes by POST, never in an address."""
    term = request.POST.get("q", "")[:LANGSTE_ZOEKTERM].strip()
    context = {"zoekterm": term, "vondsten": zoek_overal(bereik_van(request), term)}
    return render(request, "start/zoeken.html", context)
