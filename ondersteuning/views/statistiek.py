"""The figures of a school year: the page, the spreadsheet and the PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ondersteuning.domain.rollen import CIJFERLEZERS
from ondersteuning.forms.statistiek import gekozen_jaar
from ondersteuning.queries.statistiek import Cijfers, cijfers, jaren
from ondersteuning.reports.statistiek import CIJFERRAPPORT, cijferbeeld, cijfers_xlsx
from swv_portal.access.requests import bereik_van, voor_rollen
from swv_portal.common.dates import Schooljaar
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.tables import XLSX_TYPE
from swv_portal.jobs.views.reports import ask_report


def _cijfers(request: HttpRequest) -> tuple[Cijfers, tuple[Schooljaar, ...]]:
    """The figures that were asked for, and the years that can be chosen."""
    bereik, today = bereik_van(request), timezone.localdate()
    years = jaren(bereik, today)
    return cijfers(bereik, gekozen_jaar(request.GET.get("schooljaar", ""), years), today), years


@require_safe
@voor_rollen(*CIJFERLEZERS)
def pagina(request: HttpRequest) -> HttpResponse:
    """The figures of one school year as this person may read them."""
    found, years = _cijfers(request)
    context = {
        "beeld": cijferbeeld(found),
        "cijfers": found,
        "schooljaren": [(str(year), str(year)) for year in years],
    }
    return render(request, "ondersteuning/cijfers.html", context)


@require_safe
@voor_rollen(*CIJFERLEZERS)
def xlsx(request: HttpRequest) -> HttpResponse:
    """The same figures as a spreadsheet."""
    found, _ = _cijfers(request)
    return bestand_antwoord(f"{found.bestandsnaam}.xlsx", cijfers_xlsx(found), XLSX_TYPE)


@require_POST
@voor_rollen(*CIJFERLEZERS)
def pdf(request: HttpRequest) -> HttpResponse:
    """Have the PDF made; the page of the job shows how far it is."""
    year = str(gekozen_jaar(request.GET.get("schooljaar", ""), jaren(bereik_van(request), timezone.localdate())))
    back = f"{reverse('ondersteuning:cijfers')}?schooljaar={year}"
    return ask_report(request, CIJFERRAPPORT, {"schooljaar": year}, terug=back)
