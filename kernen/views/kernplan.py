"""The kernplan: list, dossier, PDF, and the steps of the procedure."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernen import queries
from kernen.domain.kernplan import (
    KERNPLAN,
    SCHRIJFBAAR,
    SCHRIJVERS,
    VASTGESTELD,
    mag_schrijven,
)
from kernen.forms.kernplan import OpmerkingForm
from kernen.models import Kernplan
from kernen.reports import KERNPLANRAPPORT
from kernen.services import kernplan as service
from kernen.views.kernen import schooljaar_van
from swv_portal.access.requests import actor_van, bereik_van, versie_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.dates import Schooljaar
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.scoping import SWV_KERNEN, Rol
from swv_portal.common.screens import Cel, Kijker, Kolom, maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.reports import render_report

#: Steps of the procedure that need words, so they have a page of their own.
MET_OPMERKING = ("stuur_terug", "heropen")


@require_safe
@voor_rollen(*Rol)
def kernplannen(request: HttpRequest) -> HttpResponse:
    """The plans of a school year that this person sees."""
    bereik, today = bereik_van(request), timezone.localdate()
    year = schooljaar_van(request, today)
    plans = queries.kernplan_met_alles(bereik).filter(schooljaar=year.begin).order_by("kern__naam")
    states = request.GET.get("staat", "")
    if states in KERNPLAN.staten:
        plans = plans.filter(staat=states)
    rows = queries.planregels(plans, year.begin)
    tabel = maak_tabel(
        f"Kernplannen {year}",
        ["Kern", "Status", Kolom("Kosten", getal=True), Kolom("Kernbudget", getal=True)],
        [
            [Cel(row.kern, reverse("kernen:kernplan", args=[row.pk])), row.status, row.kosten, row.budget]
            for row in rows
        ],
        leeg="Er is in dit schooljaar nog geen kernplan dat u kunt zien.",
    )
    own = bereik.plaatsen(Rol.KERNVOORZITTER) - {row.kern_id for row in rows}
    context = {
        "tabel": tabel,
        "schooljaar": year,
        "jaren": [Schooljaar(Schooljaar.van(today).begin + n) for n in (1, 0, -1, -2, -3)],
        "staten": KERNPLAN.staten.items(),
        "staat": states,
        "te_beginnen": list(queries.kernen_voor(bereik).filter(pk__in=own, actief=True)) if own and not states else [],
    }
    return render(request, "kernen/kernplannen.html", context)


def zichtbaar_plan(request: HttpRequest, pk: int) -> Kernplan:
    """The plan with everything on it; a 404 outside the reach of this person."""
    return get_object_or_404(queries.kernplan_met_alles(bereik_van(request)), pk=pk)


def _kijkers(plan: Kernplan) -> list[Kijker]:
    found = [
        Kijker("De voorzitter van de kern", "schrijft het plan" if plan.staat in SCHRIJFBAAR else "leest het plan"),
        Kijker("Het samenwerkingsverband", "leest en beoordeelt"),
    ]
    if plan.staat == VASTGESTELD:
        found.append(Kijker("De scholen in de kern en hun besturen", "lezen het vastgestelde plan"))
    return found


@require_safe
@voor_rollen(*Rol)
def kernplan(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier of a plan: the page, what may happen now, who sees it, what happened."""
    plan = zichtbaar_plan(request, pk)
    roles = bereik_van(request).rollen_bij(kern=plan.kern_id)
    writes = mag_schrijven(plan.staat, roles) is None
    options = KERNPLAN.options(plan.staat, roles, queries.plan_van(plan))
    involved = bool(roles & (SWV_KERNEN | SCHRIJVERS))
    context = {
        "plan": plan,
        "status": queries.kernplan_status(plan),
        "rapport": queries.kernplanblad(plan),
        "schrijft": writes,
        # Submitting happens on the check page, where the plan is measured; steps with words have their own page.
        "opties": [o for o in options if o.transition.naam not in (*MET_OPMERKING, "dien_in")],
        "met_opmerking": [o.transition for o in options if o.transition.naam in MET_OPMERKING],
        "kijkers": _kijkers(plan),
        "toont_opmerking": involved and bool(plan.opmerking),
        "tijdlijn": tijdlijn(plan) if involved else None,
    }
    return render(request, "kernen/kernplan.html", context)


@require_POST
@voor_rollen(*SCHRIJVERS)
def kernplan_beginnen(request: HttpRequest, pk: int, schooljaar: int) -> HttpResponse:
    """Begin the plan of kern ``pk``, or go to the one that is there."""
    result = service.begin_kernplan(actor=actor_van(request), kern_id=pk, schooljaar=schooljaar)
    if isinstance(result, Refusal):
        raise PermissionDenied(result.zin)
    if result.staat in SCHRIJFBAAR:
        return redirect("kernen:kernplan_stap", pk=result.pk, stap=1)
    return redirect("kernen:kernplan", pk=result.pk)


@require_POST
@voor_rollen(*SWV_KERNEN)
def kernplan_actie(request: HttpRequest, pk: int) -> HttpResponse:
    """The step of the procedure that needs no words: establish."""
    plan = zichtbaar_plan(request, pk)
    if request.POST.get("stap") != "stel_vast":
        raise PermissionDenied
    result = service.stel_vast(
        actor=actor_van(request), pk=plan.pk, versie=versie_van(request), vandaag=timezone.localdate()
    )
    if isinstance(result, Refusal):
        messages.error(request, result.zin)
    else:
        messages.success(request, "Het kernplan is vastgesteld.")
    return redirect("kernen:kernplan", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_KERNEN)
def kernplan_opmerking(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Send back, or open again: with words."""
    plan = zichtbaar_plan(request, pk)
    transition = KERNPLAN.step(naam)
    if not transition.rollen & bereik_van(request).rollen_bij(kern=plan.kern_id):
        raise PermissionDenied
    form = OpmerkingForm(request.POST or None, initial={"versie": plan.versie})
    if naam == "heropen":
        form.fields["opmerking"].label = "Waarom heropent u het plan?"
    if request.method == "POST" and form.is_valid():
        act = {"stuur_terug": service.stuur_terug, "heropen": service.heropen}[naam]
        result = act(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            opmerking=form.cleaned_data["opmerking"],
            vandaag=timezone.localdate(),
        )
        if isinstance(result, Refusal):
            form.weiger(result)
        else:
            messages.success(request, f"Het kernplan is {result.get_staat_display()}.")
            return redirect("kernen:kernplan", pk=pk)
    context = {"form": form, "plan": plan, "knop": transition.label, "terug": reverse("kernen:kernplan", args=[pk])}
    return render(request, "kernen/kernplan_opmerking.html", context, status=422 if form.errors else 200)


@require_safe
@voor_rollen(*Rol)
def kernplan_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan on paper."""
    name, content = render_report(KERNPLANRAPPORT.kind, bereik_van(request), {"kernplan": pk})
    return bestand_antwoord(name, content, "application/pdf")
