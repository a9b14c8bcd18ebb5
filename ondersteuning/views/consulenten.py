"""Consulenten and schools: the overview, the page of a school, its agreements, looking back, and visits."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kernen.models import School
from ondersteuning.domain.consulenten import GEEN_NAMEN, mag_evalueren
from ondersteuning.domain.rollen import SCHOOL_EN_SWV, SCHOOLROLLEN
from ondersteuning.forms.consulenten import (
    BezoekForm,
    JaarafsprakenForm,
    SchoolfilterForm,
    TerugkijkenForm,
    ToewijzenForm,
    lees_jaar,
)
from ondersteuning.models import Consulentbezoek
from ondersteuning.queries import consulenten as lezen
from ondersteuning.queries.leerlingen import consulenten as medewerkers
from ondersteuning.services import consulenten as services
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.dates import Schooljaar
from swv_portal.common.money import dutch_count
from swv_portal.common.paging import PER_BLADZIJDE
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


def _school(request: HttpRequest, pk: int) -> School:
    return get_object_or_404(lezen.scholen_van(bereik_van(request)), pk=pk)


def _jaar(begin: int) -> Schooljaar:
    """The school year of an address; an impossible one does not exist."""
    if not 2000 <= begin <= 2100:
        raise Http404
    return Schooljaar(begin)


def _nu() -> Schooljaar:
    return Schooljaar.van(timezone.localdate())


def _jaren(jaar: Schooljaar) -> list[tuple[str, str]]:
    """The school years to choose from: the next one (agreements are made before it begins), this one, and before."""
    newest = max(_nu().volgende, jaar)
    return [(str(year), str(year)) for year in (Schooljaar(newest.begin - back) for back in range(6))]


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def overzicht(request: HttpRequest) -> HttpResponse:
    """The schools with their consulent, agreements and visits of a year.  Who has one school reads that one here."""
    bereik, today = bereik_van(request), timezone.localdate()
    filters = SchoolfilterForm(request.GET).filters(_nu())
    swv = bereik.heeft(*SWV_DOSSIER)
    if not swv:
        own = list(lezen.scholen_van(bereik).values_list("pk", flat=True)[:2])
        if len(own) == 1:
            return school(request, pk=own[0])
    paginator: Any = Paginator(lezen.gefilterde_scholen(bereik, filters, today), PER_BLADZIJDE)
    page = paginator.get_page(request.GET.get("pagina"))
    context = {
        "tabel": lezen.schooltabel(page.object_list, filters.schooljaar),
        "page": page,
        "totaal": dutch_count(paginator.count, "school", "scholen"),
        "filters": filters,
        "jaar": str(filters.schooljaar),
        "jaren": _jaren(filters.schooljaar),
        "consulenten": lezen.namen_van_consulenten(today),
        "zonder": list(lezen.ZONDER.items()),
        "tellingen": lezen.tellingen(bereik, filters.schooljaar, today) if swv else {},
    }
    return render(request, "ondersteuning/consulenten.html", context)


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """One school and its consulent, in one school year."""
    row, bereik = _school(request, pk), bereik_van(request)
    year = lees_jaar(request.GET.get("schooljaar", ""), _nu())
    page = lezen.schoolpagina(row, bereik, year, timezone.localdate())
    stored = lezen.afspraken_van(row.pk, year)
    context = {
        "pagina": page,
        "school": row,
        "jaar": str(year),
        "begin": year.begin,
        "jaren": _jaren(year),
        "meer_scholen": page.mag_schrijven or len(bereik.plaatsen(*SCHOOLROLLEN)) > 1,
        "tijdlijn": tijdlijn(stored) if stored.pk else [],
    }
    return render(request, "ondersteuning/consulent_school.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def toewijzen(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who is the consulent of a school."""
    row, today = _school(request, pk), timezone.localdate()
    now = lezen.consulent_van(row.pk, today)
    people = medewerkers(today)
    form = ToewijzenForm(request.POST or None, initial={"consulent": now.pk if now else ""}, consulenten=people)
    url = reverse("ondersteuning:consulent_school", args=[pk])
    if request.method == "POST" and form.is_valid():
        answer = services.wijs_toe(
            actor=actor_van(request), school_id=pk, consulent=form.cleaned_data["consulent"], vandaag=today
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De consulent is bewaard.")
            return redirect(url)
        form.weiger(answer)
    context = {"form": form, "titel": "Consulent van de school", "school": row, "terug": url, "knop": "Bewaren"}
    return _formulier(request, "ondersteuning/consulent_formulier.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def afspraken(request: HttpRequest, pk: int, begin: int) -> HttpResponse:
    """The agreements of a school for a year, all on one page."""
    row, year = _school(request, pk), _jaar(begin)
    stored = lezen.afspraken_van(row.pk, year)
    initial = JaarafsprakenForm.begin(stored.versie, lezen.regels_van(stored))
    form = JaarafsprakenForm(request.POST or None, initial=initial)
    url = _terug(pk, year)
    if request.method == "POST" and form.is_valid():
        answer = services.bewaar_afspraken(
            actor=actor_van(request), school_id=pk, jaar=year, versie=form.versie_van_formulier, rijen=form.ingevuld
        )
        if not isinstance(answer, list):
            messages.success(request, "De afspraken zijn bewaard.")
            return redirect(url)
        form.weiger_alle(answer)
    context = {"form": form, "titel": f"Afspraken voor {year}", "school": row, "terug": url, "knop": "Bewaren"}
    return _formulier(request, "ondersteuning/jaarafspraken.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def terugkijken(request: HttpRequest, pk: int, begin: int) -> HttpResponse:
    """What came of the agreements of a year: the school says it, and the consulent."""
    row, year, today = _school(request, pk), _jaar(begin), timezone.localdate()
    stored = lezen.afspraken_van(row.pk, year)
    rules, url = lezen.regels_van(stored), _terug(pk, year)
    refusal = mag_evalueren(year, today, vanaf=lezen.terugkijken_vanaf())
    refusal = refusal or (None if rules else services.GEEN_AFSPRAKEN)
    if refusal is not None and request.method != "POST":
        messages.info(request, refusal.zin)
        return redirect(url)
    side = lezen.kant_van(bereik_van(request), row.pk)
    form = TerugkijkenForm(
        request.POST or None, initial=TerugkijkenForm.begin(stored.versie, rules, side), regels=rules
    )
    if request.method == "POST" and form.is_valid():
        answer = services.kijk_terug(
            actor=actor_van(request),
            school_id=pk,
            jaar=year,
            versie=form.versie_van_formulier,
            uitkomsten=form.ingevuld,
            vandaag=today,
        )
        if not isinstance(answer, list):
            messages.success(request, "Dank u. Wat u schreef is bewaard.")
            return redirect(url)
        form.weiger_alle(answer)
    context = {"form": form, "titel": f"Terugkijken op {year}", "school": row, "terug": url, "knop": "Bewaren"}
    return _formulier(request, "ondersteuning/jaarafspraken.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def bezoek_nieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a visit."""
    row, today, actor = _school(request, pk), timezone.localdate(), actor_van(request)
    form = BezoekForm(request.POST or None, initial=_begin_bezoek(actor.user_id, today), consulenten=medewerkers(today))
    url = reverse("ondersteuning:consulent_school", args=[pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        outcome = once(
            actor=actor,
            soort="ondersteuning.bezoek",
            sleutel=sleutel_van(request),
            maak=lambda: services.schrijf_bezoek_op(actor=actor, school_id=pk, waarden=data, vandaag=today),
            pad=lambda made: _terug(pk, Schooljaar.van(made.datum)),
        )
        if not isinstance(outcome, Refusal):
            return to_result(request, outcome.pad, "Het bezoek is opgeschreven.", eerder=outcome.eerder)
        form.weiger(outcome)
    context = {
        "form": form,
        "titel": "Bezoek opschrijven",
        "school": row,
        "terug": url,
        "knop": "Bewaren",
        "sleutel": True,
    }
    return _formulier(request, "ondersteuning/consulent_formulier.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def bezoek(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was written down of a visit."""
    rows = Consulentbezoek.objects.visible_to(bereik_van(request)).select_related("school", "consulent")
    row, today = get_object_or_404(rows, pk=pk), timezone.localdate()
    people = medewerkers(today)
    if row.consulent is not None and row.consulent_id not in dict(people):
        people = [*people, (row.consulent.pk, str(row.consulent))]
    names = ("datum", "soort", "onderwerpen", "vervolg", "versie")
    initial = {name: getattr(row, name) for name in names} | {"consulent": row.consulent_id}
    form = BezoekForm(request.POST or None, initial=initial, consulenten=people)
    url = _terug(row.school_id, Schooljaar.van(row.datum))
    if request.method == "POST" and form.is_valid():
        answer = services.wijzig_bezoek(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            waarden=form.cleaned_data,
            vandaag=today,
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "Het bezoek is bewaard.")
            return redirect(_terug(row.school_id, Schooljaar.van(answer.datum)))
        form.weiger(answer)
    context = {"form": form, "titel": "Bezoek wijzigen", "school": row.school, "terug": url, "knop": "Bewaren"}
    return _formulier(request, "ondersteuning/consulent_formulier.html", context)


def _begin_bezoek(user_id: int | None, vandaag: date) -> dict[str, Any]:
    return {"datum": vandaag, "consulent": user_id}


def _terug(school_id: int, jaar: Schooljaar) -> str:
    return f"{reverse('ondersteuning:consulent_school', args=[school_id])}?schooljaar={jaar}"


def _formulier(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    context |= {"geen_namen": GEEN_NAMEN}
    return render(request, template, context, status=422 if context["form"].is_bound else 200)
