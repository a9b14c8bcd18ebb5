"""Pupils who are absent: the list, reporting one, and the page of one case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.aanwezigheid import ALARMNAMEN, OORZAKEN
from ondersteuning.domain.rollen import DOSSIER_EN_BEHEER, SCHOOL_EN_SWV
from ondersteuning.domain.verzuimmelding import OPEN
from ondersteuning.forms.aanwezigheid import STAATKEUZES, MeldForm, VerzuimfilterForm, WijzigForm
from ondersteuning.models import Leerling, Verzuimmelding
from ondersteuning.queries import aanwezigheid as lezen
from ondersteuning.queries.leerlingen import NAAM_GELEZEN, dossierscholen, kies_leerlingen, voorkeuzes
from ondersteuning.queries.verzuim import eigen_verzuimscholen, is_swv
from ondersteuning.queries.verzuimmelding import meldingen, verzuimpagina
from ondersteuning.services.verzuimmelding import AFGESLOTEN, VELDEN, meld, wijzig_melding
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.audit.queries import net_gelezen, tijdlijn
from swv_portal.common.paging import Plek
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def lijst(request: HttpRequest) -> HttpResponse:
    """The list, with its filters in the address."""
    bereik, today = bereik_van(request), timezone.localdate()
    filters = VerzuimfilterForm(request.GET).filters
    page = lezen.verzuimlijst(bereik, filters, Plek.uit(request.GET), today)
    searched = any(vars(filters).values())
    empty = "Er is geen melding die hierbij past." if searched else "Er is nog geen leerling gemeld."
    context = {
        "tabel": maak_tabel("Meldingen van aanwezigheid", lezen.verzuimkolommen(bereik), page.rijen, leeg=empty),
        "page": page,
        "totaal": page.totaal("melding", "meldingen"),
        "filters": filters,
        "staten": STAATKEUZES,
        "alarmen": list(ALARMNAMEN.items()),
        "oorzaken": list(OORZAKEN.items()),
        "scholen": lezen.verzuimscholen(bereik),
        "is_swv": is_swv(bereik),
        "mag_instellen": bereik.heeft(*DOSSIER_EN_BEHEER),
    }
    return render(request, "ondersteuning/aanwezigheid.html", context)


def _school(request: HttpRequest, scholen: list[tuple[int, str]]) -> tuple[int, str] | None:
    """The school that was chosen, or the only one; ``None``: still to choose."""
    if len(scholen) == 1:
        return scholen[0]
    return next((school for school in scholen if str(school[0]) == request.GET.get("school")), None)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def melden(request: HttpRequest) -> HttpResponse:
    """Report absence: first for which school (when there is a choice), then about whom and what."""
    bereik = bereik_van(request)
    schools = dossierscholen(bereik)
    school = _school(request, schools)
    if school is None:
        choice = {"scholen": schools, "gekozen": request.GET.get("school", "")}
        return render(request, "ondersteuning/verzuim_school.html", choice)
    pupils = kies_leerlingen(bereik, school[0])
    if school[0] not in eigen_verzuimscholen(bereik):
        audit.record_reads(actor=actor_van(request), model=Leerling, ids=[pk for pk, _ in pupils], tekst=NAAM_GELEZEN)
    form = MeldForm(request.POST or None, initial=voorkeuzes(request.GET, leerling=pupils), leerlingen=pupils)
    if request.method == "POST" and form.is_valid():
        answer = _meld(request, form, school[0])
        if not isinstance(answer, list):
            return answer
        form.weiger_alle(answer)
    context = {"form": form, "schoolnaam": school[1], "meer": len(schools) > 1}
    return render(request, "ondersteuning/verzuim_melden.html", context, status=422 if form.errors else 200)


def _meld(request: HttpRequest, form: MeldForm, school_id: int) -> HttpResponse | list[Refusal]:
    actor, data = actor_van(request), form.cleaned_data
    refusals: list[Refusal] = []

    def maak() -> Verzuimmelding | Refusal:
        answer = meld(
            actor=actor,
            school_id=school_id,
            leerling_id=form.leerling_id,
            nieuwe_leerling=form.nieuwe_leerling,
            waarden={name: data[name] for name in VELDEN},
            vandaag=timezone.localdate(),
        )
        if isinstance(answer, list):
            refusals[:] = answer
            return answer[0]
        return answer

    outcome = once(
        actor=actor,
        soort="ondersteuning.verzuim",
        sleutel=sleutel_van(request),
        maak=maak,
        pad=lambda row: reverse("ondersteuning:verzuimmelding", args=[row.pk]),
    )
    if isinstance(outcome, Refusal):
        return refusals or [outcome]
    return to_result(request, outcome.pad, "Het verzuim is gemeld.", eerder=outcome.eerder)


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def melding(request: HttpRequest, pk: int) -> HttpResponse:
    """One case.  Reading by anybody who is not of the school that reported goes into the timeline."""
    bereik, actor = bereik_van(request), actor_van(request)
    rows: Any = meldingen(bereik).annotate(net_gelezen=net_gelezen(actor, Verzuimmelding))
    row = get_object_or_404(rows, pk=pk)
    page = verzuimpagina(row, bereik, vandaag=timezone.localdate())
    if not page.is_school and not row.net_gelezen:
        audit.record_new_read(actor=actor, onderwerp=row)
    context = {"pagina": page, "melding": row, "tijdlijn": tijdlijn(row)}
    return render(request, "ondersteuning/verzuimmelding.html", context)


def eigen_of_gelezen(request: HttpRequest, row: Verzuimmelding) -> None:
    """A page with the words of a case counts as reading it, for who is not of the school that reported."""
    if row.school_id not in eigen_verzuimscholen(bereik_van(request)):
        audit.record_read(actor=actor_van(request), onderwerp=row)


def al_gesloten(request: HttpRequest, row: Verzuimmelding) -> HttpResponse | None:
    """Of a closed case nothing can be filled in any more: back to its page, with that sentence."""
    if request.method == "POST" or row.staat in OPEN:
        return None
    messages.info(request, AFGESLOTEN.zin)
    return redirect("ondersteuning:verzuimmelding", pk=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the facts of a case, as long as it is open."""
    row = get_object_or_404(Verzuimmelding.objects.visible_to(bereik_van(request)).select_related("school"), pk=pk)
    eigen_of_gelezen(request, row)
    if closed := al_gesloten(request, row):
        return closed
    form = WijzigForm(request.POST or None, initial={name: getattr(row, name) for name in (*VELDEN, "versie")})
    if request.method == "POST" and form.is_valid():
        answer = wijzig_melding(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            waarden={name: form.cleaned_data[name] for name in VELDEN},
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, list):
            messages.success(request, "De melding is bewaard.")
            return redirect("ondersteuning:verzuimmelding", pk=pk)
        form.weiger_alle(answer)
    context = {"form": form, "melding": row, "titel": "Melding wijzigen", "knop": "Bewaren"}
    return render(request, "ondersteuning/verzuim_formulier.html", context, status=422 if form.errors else 200)
