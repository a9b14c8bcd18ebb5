"""The figures of a school year: the page, the spreadsheet and the PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ondersteuning.forms.statistiek import gekozen_jaar
from ondersteuning.queries.statistiek import LEZERS, Cijfers, cijfers, jaren
from ondersteuning.reports.statistiek import CIJFERRAPPORT, cijferbeeld, cijfers_xlsx
from swv_portal.access.requests import bereik_van, voor_rollen
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.tables import XLSX_TYPE
from swv_portal.jobs.views.reports import ask_report

KIJKERS = tuple(sorted(LEZERS))


def _cijfers(request: HttpRequest) -> Cijfers:
    bereik, today = bereik_van(request), timezone.localdate()
    chosen = gekozen_jaar(request.GET.get("schooljaar", ""), jaren(bereik, today))
    return cijfers(bereik, chosen, today)


@require_safe
@voor_rollen(*KIJKERS)
def pagina(request: HttpRequest) -> HttpResponse:
    """The figures of one school year as this person may read them."""
    found = _cijfers(request)
    years = jaren(bereik_van(request), timezone.localdate())
    context = {
        "beeld": cijferbeeld(found),
        "cijfers": found,
        "schooljaren": [(str(year), str(year)) for year in years],
    }
    return render(request, "ondersteuning/cijfers.html", context)


@require_safe
@voor_rollen(*KIJKERS)
def xlsx(request: HttpRequest) -> HttpResponse:
    """The same figures as a spreadsheet."""
    found = _cijfers(request)
    return bestand_antwoord(f"{found.bestandsnaam}.xlsx", cijfers_xlsx(found), XLSX_TYPE)


@require_POST
@voor_rollen(*KIJKERS)
def pdf(request: HttpRequest) -> HttpResponse:
    """Have the PDF made; the page of the job shows how far it is."""
    year = str(gekozen_jaar(request.GET.get("schooljaar", ""), jaren(bereik_van(request), timezone.localdate())))
    back = f"{reverse('ondersteuning:cijfers')}?schooljaar={year}"
    return ask_report(request, CIJFERRAPPORT, {"schooljaar": year}, terug=back)
