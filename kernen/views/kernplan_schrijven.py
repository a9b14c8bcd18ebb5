"""Writing a kernplan: the step form with autosave and preview, and the check page from which it is submitted."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kernen import queries
from kernen.domain.kernplan import SCHRIJFBAAR, controle, heeft_doelen, kosten_kloppen, mag_schrijven, volgt_de_route
from kernen.forms.kernplan import STAPNAMEN, DoelenForm, InzetForm, RouteForm
from kernen.models import Kernplan
from kernen.reports import meet, niet_te_drukken
from kernen.services import kernplan as service
from kernen.views.kernplan import zichtbaar_plan
from swv_portal.access.requests import actor_van, bereik_van, versie_van, voor_rollen
from swv_portal.common.money import dutch_amount
from swv_portal.common.scoping import Rol
from swv_portal.common.screens import Stap
from swv_portal.common.templatetags.portaal import fouten
from swv_portal.common.workflow import Refusal

CONTROLEREN = len(STAPNAMEN)


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
    """The preview: the page, whether it fits, and what can not be printed."""
    blad = queries.kernplanblad(plan)
    return {
        "rapport": blad,
        "afmeting": meet(plan, timezone.localdate()),
        "plan": plan,
        "niet_te_drukken": niet_te_drukken(blad),
    }


def _schrijfbaar(request: HttpRequest, pk: int) -> Kernplan:
    plan = zichtbaar_plan(request, pk)
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
        plan = zichtbaar_plan(request, pk)
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
    plan = zichtbaar_plan(request, pk)
    problems = fouten(form)
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


#: Where the fields and the parts of the page are: the step, and the anchor on its page when there is one.
_PLEKKEN = {
    "doelen": "1",
    "Aanleiding": "1",
    "Doelen en activiteiten": "1",
    "waarom_niet_1": "2#id_waarom_niet_1",
    "waarom_niet_2": "2#id_waarom_niet_2",
    "Route van ondersteuning": "2",
    "inzet": "3",
    "overige_kosten": "3#id_overige_kosten",
    "overige_toelichting": "3#id_overige_toelichting",
    "Inzet en kosten": "3",
}


def _plek(plan: Kernplan, wat: str) -> str:
    step, _, anchor = _PLEKKEN[wat].partition("#")
    url = reverse("kernen:kernplan_stap", args=[plan.pk, int(step)])
    return f"{url}#{anchor}" if anchor else url


def _controlepagina(request: HttpRequest, plan: Kernplan, weigering: Refusal | None = None) -> HttpResponse:
    blad = _blad(plan)
    missing = controle(queries.plan_van(plan, afmeting=blad["afmeting"]))
    # A plan that is too long is shortened where it is longest.
    todo = [(refusal.zin, _plek(plan, refusal.veld or blad["afmeting"].langste)) for refusal in missing]
    context = {
        "stap": CONTROLEREN,
        "stappen": _stappen(plan, CONTROLEREN),
        "te_doen": todo,
        # What it is about stands on another page; the list below it links there.
        "weigering": replace(weigering, veld=None) if weigering else None,
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
        result = service.dien_in(
            actor=actor_van(request), pk=pk, versie=versie_van(request), vandaag=timezone.localdate()
        )
        if isinstance(result, Refusal):
            return _controlepagina(request, zichtbaar_plan(request, pk), result)
        messages.success(request, "Het kernplan is ingediend. Het samenwerkingsverband kijkt ernaar.")
        return redirect("kernen:kernplan", pk=pk)
    if plan.staat not in SCHRIJFBAAR:
        return redirect("kernen:kernplan", pk=pk)
    return _controlepagina(request, plan)
