"""The case meeting, the count four times a year, and the settings of both: for the SWV."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ondersteuning.domain.casusoverleg import overleg_op_of_na, overleggen
from ondersteuning.domain.kwartaalrapport import peildata
from ondersteuning.forms.aanwezigheid import DagForm
from ondersteuning.models import Verzuimmelding
from ondersteuning.queries.casusoverleg import agenda
from ondersteuning.queries.kwartaalrapport import Cijferrij, Kwartaalcijfers, kwartaalcijfers
from ondersteuning.queries.verzuim import verzuiminstellingen
from ondersteuning.reports import THUISZITTERS, thuiszitters_xlsx
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.dates import datum
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import Kolom, Tabel, maak_tabel
from swv_portal.common.tables import XLSX_TYPE
from swv_portal.jobs.views.reports import ask_report


@require_safe
@voor_rollen(*SWV_DOSSIER)
def overleg(request: HttpRequest) -> HttpResponse:
    """The agenda of one case meeting, the next one unless another is chosen.  Every case on it counts as read."""
    today, chosen = timezone.localdate(), verzuiminstellingen()
    first, weeks = chosen.eerste_overleg, chosen.overleg_weken
    days = overleggen(today, eerste=first, weken=weeks)
    day = DagForm(request.GET).gekozen(days, overleg_op_of_na(today, eerste=first, weken=weeks))
    found = agenda(bereik_van(request), day, weken=weeks, vandaag=today)
    audit.record_reads(actor=actor_van(request), model=Verzuimmelding, ids=[item.pk for item in found.punten])
    context = {"agenda": found, "dagen": [(each.isoformat(), datum(each)) for each in days], "dag": day.isoformat()}
    return render(request, "ondersteuning/casusoverleg.html", context)


def _dagen(today: date) -> list[date]:
    """The days of report up to today, the newest first; what is counted unless another day is chosen."""
    return peildata(today, verzuiminstellingen().peildagen)


def _gekozen(request: HttpRequest) -> tuple[Kwartaalcijfers, list[tuple[str, str]]]:
    """The figures of the chosen day as the SWV sees them, and the days to choose from."""
    today = timezone.localdate()
    reports = _dagen(today)
    days = [today, *(day for day in reports if day != today)]
    day = DagForm(request.GET).gekozen(days, reports[0])
    labels = [(each.isoformat(), datum(each) if each != today else f"vandaag, {datum(each)}") for each in days]
    outside = request.GET.get("voor") == "inspectie"
    return kwartaalcijfers(bereik_van(request), day, buiten=outside), labels


def _tabel(cijfers: Kwartaalcijfers, titel: str, rijen: tuple[Cijferrij, ...]) -> Tabel:
    columns: list[Kolom | str] = ["Aantal leerlingen", *(Kolom(name, getal=True) for name in cijfers.definities)]
    cells = [[row.label, *("–" if number is None else str(number) for number in row.aantallen)] for row in rijen]
    return maak_tabel(titel, columns, cells, leeg="Op deze dag is er geen thuiszitter.", toon_titel=False)


@require_safe
@voor_rollen(*SWV_DOSSIER)
def rapport(request: HttpRequest) -> HttpResponse:
    """How many pupils are absent on one day, by every definition; ``voor=inspectie``: as others may see it."""
    figures, days = _gekozen(request)
    context = {
        "cijfers": figures,
        "dagen": days,
        "dag": figures.peildatum.isoformat(),
        "totaal": _tabel(figures, "Alle leerlingen", (figures.totaal,)),
        "tabellen": [_tabel(figures, table.titel, table.rijen) for table in figures.tabellen if table.rijen],
        "definities": figures.uitleg,
    }
    return render(request, "ondersteuning/thuiszitters.html", context)


@require_POST
@voor_rollen(*SWV_DOSSIER)
def rapport_pdf(request: HttpRequest) -> HttpResponse:
    """Have the PDF for the inspectie made."""
    today = timezone.localdate()
    reports = _dagen(today)
    day = DagForm(request.POST).gekozen([today, *reports], reports[0]).isoformat()
    back = f"{reverse('ondersteuning:thuiszitters')}?dag={day}"
    return ask_report(request, THUISZITTERS, {"peildatum": day}, terug=back)


@require_safe
@voor_rollen(*SWV_DOSSIER)
def rapport_xlsx(request: HttpRequest) -> HttpResponse:
    """The figures as a spreadsheet, as the page shows them."""
    figures, _ = _gekozen(request)
    name = f"thuiszitters {figures.peildatum.isoformat()}{' voor de inspectie' if figures.buiten else ''}.xlsx"
    return bestand_antwoord(name, thuiszitters_xlsx(figures), XLSX_TYPE)
