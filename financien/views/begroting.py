"""The begroting on the screen and as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from financien.models import Begroting
from financien.queries.begroting import Begrotingsbeeld, begrotingsbeeld
from financien.reports.begroting import (
    BEGROTING as RAPPORT,
)
from financien.reports.begroting import (
    begroting_csv,
    begroting_json,
    begroting_xlsx,
    begrotingsrapport,
)
from financien.views.toegang import BEGROTING
from swv_portal.access.requests import bereik_van, voor_rollen
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.scoping import SWV_GELD
from swv_portal.common.screens import Grafiek
from swv_portal.common.tables import CSV_TYPE, XLSX_TYPE
from swv_portal.jobs.views.reports import ask_report


def _beeld(request: HttpRequest, pk: int) -> Begrotingsbeeld:
    beeld = begrotingsbeeld(bereik_van(request), pk)
    if beeld is None:
        raise Http404
    return beeld


def _tonen(request: HttpRequest, beeld: Begrotingsbeeld | None) -> HttpResponse:
    may_read_in = bereik_van(request).heeft(*SWV_GELD)
    if beeld is None:
        return render(request, "financien/begroting.html", {"rapport": None, "mag_inlezen": may_read_in})
    rapport = begrotingsrapport(beeld)
    chart = Grafiek(
        titel="Baten en lasten per jaar, in miljoenen euro's",
        svg=rapport.grafiek,
        kop=["Jaar", "Baten", "Lasten", "Resultaat"],
        rijen=rapport.grafiek_rijen,
        bron=f"{beeld.bron}, ingelezen op {beeld.ingelezen_op:%d-%m-%Y}",
    )
    others = Begroting.objects.visible_to(bereik_van(request)).order_by("-id").values_list("pk", "naam", "ingelezen_op")
    context = {
        "rapport": rapport,
        "mag_inlezen": may_read_in,
        "grafiek": chart,
        "andere": [row for row in others if row[0] != beeld.pk],
    }
    return render(request, "financien/begroting.html", context)


@require_safe
@voor_rollen(*BEGROTING)
def nieuwste(request: HttpRequest) -> HttpResponse:
    """The newest begroting."""
    return _tonen(request, begrotingsbeeld(bereik_van(request)))


@require_safe
@voor_rollen(*BEGROTING)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One begroting, also an earlier one."""
    return _tonen(request, _beeld(request, pk))


@require_safe
@voor_rollen(*BEGROTING)
def als_bestand(request: HttpRequest, pk: int, formaat: str) -> HttpResponse:
    """The begroting as XLSX, CSV (Dutch notation) or JSON."""
    beeld = _beeld(request, pk)
    name = f"begroting-{beeld.jaren[0]}-{beeld.jaren[-1]}"
    if formaat == "xlsx":
        return bestand_antwoord(f"{name}.xlsx", begroting_xlsx(beeld), XLSX_TYPE)
    if formaat == "json":
        return bestand_antwoord(f"{name}.json", begroting_json(beeld), "application/json; charset=utf-8")
    return bestand_antwoord(f"{name}.csv", begroting_csv(beeld, "nl"), CSV_TYPE)


@require_POST
@voor_rollen(*BEGROTING)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the PDF made; the page of the job shows how far it is."""
    beeld = _beeld(request, pk)
    return ask_report(request, RAPPORT, {"begroting": beeld.pk}, terug=reverse("financien:begroting_detail", args=[pk]))
