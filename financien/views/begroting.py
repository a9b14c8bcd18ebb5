"""The begrotingen: the geldende, the list of all, making a concept geldend, and one as a file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from financien.domain.procedure import BEGROTING
from financien.models import Begroting
from financien.queries.begroting import beeld_van, begrotingenlijst, geldende_nu, vind_begroting
from financien.querysets import LEZERS
from financien.reports.begroting import (
    BEGROTINGSRAPPORT,
    begroting_csv,
    begroting_json,
    begroting_xlsx,
    begrotingsrapport,
)
from financien.services.begroting import GEEN_GELDENDE, maak_geldend
from financien.views.tabellen import begrotingentabel
from financien.views.toegang import BEGROTINGKIJKERS, GELD, statuswoord
from swv_portal.access.requests import actor_van, bereik_van, versie_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.dates import dag_van, lange_datum
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.forms import lees_versie
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_GELD, Bereik
from swv_portal.common.screens import Grafiek
from swv_portal.common.tables import CSV_TYPE, XLSX_TYPE
from swv_portal.common.workflow import Option, Refusal
from swv_portal.jobs.views.reports import ask_report

#: In the form: no begroting is geldend.
GEEN = "geen"


def _begroting(request: HttpRequest, pk: int) -> Begroting:
    begroting = vind_begroting(bereik_van(request), pk)
    if begroting is None:
        raise Http404
    return begroting


def _tonen(request: HttpRequest, begroting: Begroting, weigering: Refusal | None = None) -> HttpResponse:
    bereik = bereik_van(request)
    rapport = begrotingsrapport(beeld_van(begroting))
    options = _opties(bereik, begroting)
    now = geldende_nu(bereik) if options else None
    context = {
        "begroting": begroting,
        "rapport": rapport,
        "status": statuswoord(begroting.staat, BEGROTING.staten[begroting.staat]),
        "mag_inlezen": bereik.heeft(*SWV_GELD),
        "opties": options,
        "geldt_nu": now[1] if now else "",
        "verborgen": {"geldend": now[0] if now else GEEN},
        "grafiek": Grafiek(
            titel="Baten en lasten per jaar, in miljoenen euro's",
            svg=rapport.grafiek,
            kop=["Jaar", "Baten", "Lasten", "Resultaat"],
            rijen=rapport.grafiek_rijen,
            bron=f"{begroting.bron}, ingelezen op {lange_datum(dag_van(begroting.ingelezen_op))}",
        ),
        "is_staff": bereik.heeft(*LEZERS),
        "tijdlijn": tijdlijn(begroting) if bereik.heeft(*LEZERS) else [],
        "weigering": weigering,
    }
    return render(request, "financien/begroting.html", context, status=422 if weigering else 200)


def _opties(bereik: Bereik, begroting: Begroting) -> list[Option]:
    """The one step with a button; being replaced follows from it."""
    options = BEGROTING.options(begroting.staat, bereik.rollen, begroting)
    return [option for option in options if option.transition.naam == "maak_geldend"]


def _geldend_van(request: HttpRequest) -> int:
    """Which begroting was geldend when the form was opened; one that is none when the form does not say it."""
    text = request.POST.get("geldend", "")
    return GEEN_GELDENDE if text == GEEN else lees_versie(text)


@require_safe
@voor_rollen(*BEGROTINGKIJKERS)
def geldende(request: HttpRequest) -> HttpResponse:
    """The begroting that everybody reads now."""
    begroting = vind_begroting(bereik_van(request))
    if begroting is None:
        return render(request, "financien/begroting.html", {"mag_inlezen": bereik_van(request).heeft(*SWV_GELD)})
    return _tonen(request, begroting)


@require_safe
@voor_rollen(*BEGROTINGKIJKERS)
def lijst(request: HttpRequest) -> HttpResponse:
    """All begrotingen that this person may see, newest first."""
    bereik = bereik_van(request)
    page = begrotingenlijst(bereik, Plek.uit(request.GET))
    context = {
        "page": page,
        "totaal": page.totaal("begroting", "begrotingen"),
        "tabel": begrotingentabel(page.rijen, met_wie=bereik.heeft(*LEZERS)),
        "mag_inlezen": bereik.heeft(*SWV_GELD),
    }
    return render(request, "financien/begrotingen.html", context)


@require_safe
@voor_rollen(*BEGROTINGKIJKERS)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One begroting, also a concept or an earlier one."""
    return _tonen(request, _begroting(request, pk))


@require_POST
@voor_rollen(*GELD)
def stap(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a concept the geldende begroting."""
    if request.POST.get("stap") != "maak_geldend":
        return _tonen(request, _begroting(request, pk), Refusal("stap", "Deze stap bestaat niet."))
    outcome = maak_geldend(actor=actor_van(request), pk=pk, versie=versie_van(request), geldend=_geldend_van(request))
    if isinstance(outcome, Refusal):
        return _tonen(request, _begroting(request, pk), outcome)
    messages.success(request, f"'{outcome.naam}' is nu de geldende begroting.")
    return redirect("financien:begroting_detail", pk=pk)


@require_safe
@voor_rollen(*BEGROTINGKIJKERS)
def als_bestand(request: HttpRequest, pk: int, formaat: str) -> HttpResponse:
    """The begroting as XLSX, CSV (Dutch notation) or JSON."""
    beeld = beeld_van(_begroting(request, pk))
    name = beeld.bestandsnaam
    if formaat == "xlsx":
        return bestand_antwoord(f"{name}.xlsx", begroting_xlsx(beeld), XLSX_TYPE)
    if formaat == "json":
        return bestand_antwoord(f"{name}.json", begroting_json(beeld), "application/json; charset=utf-8")
    return bestand_antwoord(f"{name}.csv", begroting_csv(beeld, "nl"), CSV_TYPE)


@require_POST
@voor_rollen(*BEGROTINGKIJKERS)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the PDF made; the page of the job shows how far it is."""
    begroting = _begroting(request, pk)
    back = reverse("financien:begroting_detail", args=[pk])
    return ask_report(request, BEGROTINGSRAPPORT, {"begroting": begroting.pk}, terug=back)
