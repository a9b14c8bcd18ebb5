"""The kernplan: list, dossier, step form with autosave and preview, and the steps of the procedure."""

from typing import Any

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
    controle,
    heeft_doelen,
    kosten_kloppen,
    mag_schrijven,
    volgt_de_route,
)
from kernen.forms.kernplan import STAPNAMEN, DoelenForm, InzetForm, OpmerkingForm, RouteForm
from kernen.models import Kernplan
from kernen.reports import KERNPLANRAPPORT, meet
from kernen.services import kernplan as service
from kernen.views.kernen import schooljaar_van
from swv_portal.access.requests import actor_van, bereik_van, versie_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.dates import Schooljaar
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.money import dutch_amount
from swv_portal.common.scoping import SWV_KERNEN, Rol
from swv_portal.common.screens import Cel, Kijker, Kolom, Stap, maak_tabel
from swv_portal.common.templatetags.portaal import fouten
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.reports import render_report

CONTROLEREN = len(STAPNAMEN)
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


def _plan(request: HttpRequest, pk: int) -> Kernplan:
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
    plan = _plan(request, pk)
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


def _formulier(plan: Kernplan, stap: int, data: Any) -> DoelenForm | RouteForm | InzetForm:
    if stap == 1:
        return DoelenForm(data, plan=plan, themas=list(queries.menukaart_van(plan.schooljaar)))
    if stap == 2:
        return RouteForm(data, plan=plan)
    return InzetForm(data, plan=plan, tarieven=list(queries.tarieven_van(plan.schooljaar)))


def _stappen(kernplan: Kernplan, stap: int) -> list[Stap]:
    """The steps with a link each; a step is done when its rules find nothing that is missing."""
    urls = [reverse("kernen:kernplan_stap", args=[kernplan.pk, nth]) for nth in range(1, CONTROLEREN)]
    urls.append(reverse("kernen:kernplan_controleren", args=[kernplan.pk]))
    plan = queries.plan_van(kernplan)
    done = [heeft_doelen(plan) is None, bool(plan.toelichting) and volgt_de_route(plan) is None]
    done += [bool(plan.totaal) and kosten_kloppen(plan) is None, False]
    return [
        Stap(label, url, "nu" if nth == stap else "klaar" if ready else "later")
        for nth, (label, url, ready) in enumerate(zip(STAPNAMEN, urls, done, strict=True), start=1)
    ]


def _blad(plan: Kernplan) -> dict[str, Any]:
    """The preview: the page, and whether it fits."""
    return {"rapport": queries.kernplanblad(plan), "afmeting": meet(plan), "plan": plan}


def _schrijfbaar(request: HttpRequest, pk: int) -> Kernplan:
    plan = _plan(request, pk)
    refusal = mag_schrijven(plan.staat, bereik_van(request).rollen_bij(kern=plan.kern_id))
    if refusal is not None and refusal.code == "rol":
        raise PermissionDenied(refusal.zin)
    return plan


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*Rol)
def kernplan_stap(request: HttpRequest, pk: int, stap: int) -> HttpResponse:
    """One step of the form.  htmx saves while one types and gets the preview; the button saves and goes on."""
    plan = _schrijfbaar(request, pk)
    if plan.staat not in SCHRIJFBAAR and request.method != "POST":
        return redirect("kernen:kernplan", pk=pk)
    form = _formulier(plan, stap, request.POST if request.method == "POST" else None)
    saved: Kernplan | None = None
    if request.method == "POST" and form.is_valid():
        result = service.bewaar_kernplan(
            actor=actor_van(request), pk=pk, versie=form.versie_van_formulier, **form.opslag()
        )
        if isinstance(result, Refusal):
            form.weiger(result)
        else:
            saved = result
    if request.headers.get("HX-Request"):
        return _tussenstand(request, form, pk)
    if saved is not None:
        return _verder(request, pk, stap)
    # After a conflict the preview shows the new version; who saves again has seen it.
    if form.has_error("__all__", "verouderd"):
        plan = _plan(request, pk)
        versie = str(plan.versie)
    else:
        versie = str(form["versie"].value() or plan.versie)
    context = {
        "form": form,
        "versie": versie,
        "stap": stap,
        "stappen": _stappen(plan, stap),
        "terug_url": reverse("kernen:kernplan_stap", args=[pk, stap - 1]) if stap > 1 else "",
        **_blad(plan),
    }
    return render(request, f"kernen/kernplan_stap_{stap}.html", context, status=422 if form.errors else 200)


def _tussenstand(request: HttpRequest, form: DoelenForm | RouteForm | InzetForm, pk: int) -> HttpResponse:
    """The part that autosave replaces: saved or not and why, the new version, and the preview of what is saved."""
    plan = _plan(request, pk)
    problems = [f"{fout.label}: {fout.zin}" if fout.label else fout.zin for fout in fouten(form)]
    context = {"problemen": problems, "bewaard_om": timezone.localtime(), **_blad(plan)}
    return render(request, "kernen/kernplan_tussenstand.html", context, status=422 if problems else 200)


def _verder(request: HttpRequest, pk: int, stap: int) -> HttpResponse:
    if "voorbeeld" in request.POST:
        return redirect("kernen:kernplan_voorbeeld", pk=pk, stap=stap)
    if "later" in request.POST:
        messages.success(request, "Het plan is bewaard. U kunt later verdergaan.")
        return redirect("kernen:kernplan", pk=pk)
    if stap + 1 < CONTROLEREN:
        return redirect("kernen:kernplan_stap", pk=pk, stap=stap + 1)
    return redirect("kernen:kernplan_controleren", pk=pk)


@require_safe
@voor_rollen(*Rol)
def kernplan_voorbeeld(request: HttpRequest, pk: int, stap: int) -> HttpResponse:
    """The saved plan as it will be printed, for who has no JavaScript."""
    plan = _schrijfbaar(request, pk)
    return render(request, "kernen/kernplan_voorbeeld.html", {"stap": stap, **_blad(plan)})


def _controlepagina(request: HttpRequest, plan: Kernplan, weigering: Refusal | None = None) -> HttpResponse:
    blad = _blad(plan)
    missing = controle(queries.plan_van(plan, afmeting=blad["afmeting"]))
    where = {"doelen": 1, "inzet": 3, "overige_kosten": 3, "overige_toelichting": 3}
    todo = [
        (refusal.zin, reverse("kernen:kernplan_stap", args=[plan.pk, where.get(refusal.veld or "", 2)]))
        if refusal.veld
        else (refusal.zin, "")
        for refusal in missing
    ]
    context = {
        "stap": CONTROLEREN,
        "stappen": _stappen(plan, CONTROLEREN),
        "te_doen": todo,
        "weigering": weigering,
        "kosten": dutch_amount(blad["rapport"].totaal),
        **blad,
    }
    return render(request, "kernen/kernplan_controleren.html", context, status=422 if weigering else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*Rol)
def kernplan_controleren(request: HttpRequest, pk: int) -> HttpResponse:
    """The check page: what still stands in the way, and submitting."""
    plan = _schrijfbaar(request, pk)
    if request.method == "POST":
        result = service.dien_in(actor=actor_van(request), pk=pk, versie=versie_van(request))
        if isinstance(result, Refusal):
            return _controlepagina(request, _plan(request, pk), result)
        messages.success(request, "Het kernplan is ingediend. Het samenwerkingsverband kijkt ernaar.")
        return redirect("kernen:kernplan", pk=pk)
    if plan.staat not in SCHRIJFBAAR:
        return redirect("kernen:kernplan", pk=pk)
    return _controlepagina(request, plan)


@require_POST
@voor_rollen(*SWV_KERNEN)
def kernplan_actie(request: HttpRequest, pk: int) -> HttpResponse:
    """The step of the procedure that needs no words: establish."""
    plan = _plan(request, pk)
    if request.POST.get("stap") != "stel_vast":
        raise PermissionDenied
    result = service.stel_vast(actor=actor_van(request), pk=plan.pk, versie=versie_van(request))
    if isinstance(result, Refusal):
        messages.error(request, result.zin)
    else:
        messages.success(request, "Het kernplan is vastgesteld.")
    return redirect("kernen:kernplan", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_KERNEN)
def kernplan_opmerking(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Send back, or open again: with words."""
    plan = _plan(request, pk)
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
