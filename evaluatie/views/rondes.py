"""Screens of rounds: the list, the results, and their files."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evaluatie.domain.ronde import LEZERS, RONDE
from evaluatie.models import Ronde
from evaluatie.queries import TONEN, feiten, resultaat, ronderijen
from evaluatie.reports import RAPPORT, als_json, als_xlsx, blokken, groepentabel
from evaluatie.services.rondes import zet_stap
from swv_portal.access.requests import actor_van, bereik_van, versie_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.scoping import SWV_KERNEN
from swv_portal.common.screens import Cel, Kolom, Status, Tabel, maak_tabel
from swv_portal.common.tables import XLSX_TYPE
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.views.reports import ask_report

JSON_TYPE = "application/json; charset=utf-8"
KIJKERS = tuple(sorted(SWV_KERNEN | LEZERS))
BEHEERDERS = tuple(sorted(SWV_KERNEN))


@require_safe
@voor_rollen(*KIJKERS)
def rondes(request: HttpRequest) -> HttpResponse:
    """The list of rounds."""
    bereik = bereik_van(request)
    context = {"tabel": _rondetabel(request), "mag_inlezen": bereik.heeft(*SWV_KERNEN)}
    return render(request, "evaluatie/rondes.html", context)


def _rondetabel(request: HttpRequest) -> Tabel:
    columns: list[Kolom | str] = [
        "Vragenlijst",
        "Schooljaar",
        Kolom("Respondenten", getal=True),
        Kolom("Groepen", getal=True),
        "Status",
    ]
    rows: list[list[Cel | Status | str]] = [
        [
            Cel(rij.titel, reverse("evaluatie:ronde", args=[rij.code])),
            rij.schooljaar,
            str(rij.respondenten),
            str(rij.groepen),
            Status(rij.staat, rij.toon),
        ]
        for rij in ronderijen(bereik_van(request))
    ]
    return maak_tabel("Rondes van vragenlijsten", columns, rows, leeg="Er zijn nog geen uitkomsten van vragenlijsten.")


def _ronde(request: HttpRequest, code: str) -> Ronde:
    return get_object_or_404(Ronde.objects.visible_to(bereik_van(request)), code=code)


@require_safe
@voor_rollen(*KIJKERS)
def ronde(request: HttpRequest, code: str) -> HttpResponse:
    """The results of a round, of all questions or of one (``?vraag=``)."""
    found = _ronde(request, code)
    return render(request, "evaluatie/ronde.html", _context(request, found, None))


def _context(request: HttpRequest, ronde: Ronde, weigering: Refusal | None) -> dict[str, object]:
    bereik = bereik_van(request)
    found = resultaat(ronde)
    question = request.GET.get("vraag", "")
    is_staff = bereik.heeft(*SWV_KERNEN)
    return {
        "ronde": ronde,
        "resultaat": found,
        "status": Status(RONDE.staten[ronde.staat], TONEN[ronde.staat]),
        "groepen": groepentabel(found),
        "vragen": [uitkomst.vraag for uitkomst in found.uitkomsten],
        "vraag": question,
        "blokken": blokken(found, question) if found.respondenten else [],
        "opties": RONDE.options(ronde.staat, bereik.rollen, feiten(ronde)) if is_staff else [],
        "tijdlijn": tijdlijn(ronde) if is_staff else [],
        "is_staff": is_staff,
        "weigering": weigering,
    }


@require_POST
@voor_rollen(*BEHEERDERS)
def stap(request: HttpRequest, code: str) -> HttpResponse:
    """Close and publish a round, or reopen it."""
    found = _ronde(request, code)
    name = request.POST.get("stap", "")
    if name not in {transition.naam for transition in RONDE.transitions}:
        refusal: Ronde | Refusal = Refusal("stap", "Deze stap bestaat niet.")
    else:
        refusal = zet_stap(
            actor=actor_van(request),
            pk=found.pk,
            stap=name,
            versie=versie_van(request),
            vandaag=timezone.localdate(),
        )
    if isinstance(refusal, Refusal):
        found.refresh_from_db()
        return render(request, "evaluatie/ronde.html", _context(request, found, refusal), status=422)
    messages.success(request, f"De ronde is nu {RONDE.staten[refusal.staat].lower()}.")
    return redirect("evaluatie:ronde", code=code)


@require_POST
@voor_rollen(*KIJKERS)
def rapport(request: HttpRequest, code: str) -> HttpResponse:
    """Have the PDF report made; the page of the job shows how far it is."""
    found = _ronde(request, code)
    return ask_report(request, RAPPORT, {"ronde": found.code}, terug=reverse("evaluatie:ronde", args=[code]))


@require_safe
@voor_rollen(*KIJKERS)
def xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The published results as a spreadsheet."""
    found = _ronde(request, code)
    return bestand_antwoord(f"uitkomsten-{found.code}.xlsx", als_xlsx(resultaat(found)), XLSX_TYPE)


@require_safe
@voor_rollen(*KIJKERS)
def json(request: HttpRequest, code: str) -> HttpResponse:
    """The published results as JSON."""
    found = _ronde(request, code)
    return bestand_antwoord(f"uitkomsten-{found.code}.json", als_json(resultaat(found)), JSON_TYPE)
