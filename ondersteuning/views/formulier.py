"""Filling in an application, step by step: autosave, the explicit button, and the page to check everything."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import AANVULLING, BIJ_PARTIJEN, CONCEPT, mag_bewerken
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.domain.rollen import AANVRAGERS
from ondersteuning.domain.routes import Route, Stap
from ondersteuning.forms.besluit import VersieForm
from ondersteuning.forms.stappen import STAPFORMULIEREN, Keuzes, StapForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.formulier import formulierwaarden, ontbreekt_op
from ondersteuning.queries.keuzes import dubbele_aanvragen, ontvangende_scholen, woont_in_gebied
from ondersteuning.queries.routefeiten import (
    weigering_aanleiding,
    weigering_ander_swv,
    weigering_budget,
    weigering_periode,
    weigeringen_bemiddeling,
)
from ondersteuning.queries.secties import KIND
from ondersteuning.services.aanvraag import dien_in, leg_voor
from ondersteuning.services.invullen import bewaar_stap
from ondersteuning.services.partijen import LINK_INSTELLING
from ondersteuning.views.invuller import Invuller, met_account, via_link
from ondersteuning.views.partijen import codes, codes_al_getoond
from swv_portal.access.requests import met_link, voor_rollen
from swv_portal.common.screens import Gegeven, maak_stappen
from swv_portal.common.workflow import Refusal

CONTROLEREN = "controleren"


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*AANVRAGERS)
def stap(request: HttpRequest, pk: int, stap: str) -> HttpResponse:
    """One step of the form, for who has an account."""
    return _stap(request, met_account(request, pk), stap)


@require_http_methods(["GET", "HEAD", "POST"])
@met_link(LINK_INSTELLING)
def instelling_stap(request: HttpRequest, stap: str) -> HttpResponse:
    """One step of the form, for the institution that does the application."""
    return _stap(request, via_link(request), stap)


def _stap(request: HttpRequest, wie: Invuller, naam: str) -> HttpResponse:
    """One step.  With htmx a POST only stores; otherwise it stores and goes on, or says what is wrong."""
    aanvraag = wie.aanvraag()
    step = aanvraag.de_route.stap(naam)
    if step is None:
        raise Http404
    if step.naam == CONTROLEREN:
        return _controleren(request, wie, aanvraag, step)
    refusal = mag_bewerken(aanvraag.staat, wie.rollen(aanvraag), naam)
    if refusal is not None and refusal.code == "rol":
        raise PermissionDenied
    # What was typed on an application that moved on is refused by the service, on a page that keeps it.
    if refusal is not None and request.method != "POST":
        return redirect(wie.thuis)
    form = _formulier(request, wie, aanvraag, step)
    if request.method != "POST":
        wie.noteer_lezen(aanvraag)
        return _toon(request, wie, aanvraag, step, form)
    gegevens = form.gegevens
    answer = bewaar_stap(
        actor=wie.actor,
        pk=aanvraag.pk,
        versie=form.versie_van_formulier,
        stap=step.naam,
        gegevens=gegevens,
        vandaag=timezone.localdate(),
    )
    if isinstance(answer, Refusal):
        return _geweigerd(request, wie, step, form, answer)
    if answer.aanvraag.route != aanvraag.route:
        return _andere_vragen(request, wie, step)
    for refused in answer.niet_bewaard:
        form.weiger(refused)
    return _bewaard(request, wie, answer.aanvraag, step, form)


def _andere_vragen(request: HttpRequest, wie: Invuller, step: Stap) -> HttpResponse:
    """The chosen school makes it another route: what was typed is stored, and the page is shown with its questions."""
    messages.info(
        request, "Bij deze school vragen wij andere dingen. Wat u typte, is bewaard. Vul deze stap verder in."
    )
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Redirect": wie.stap(step.naam)})
    return redirect(wie.stap(step.naam))


def _formulier(request: HttpRequest, wie: Invuller, aanvraag: Aanvraag, step: Stap) -> StapForm:
    choices: dict[str, Keuzes] = {
        "ontvangende_school": ontvangende_scholen(wie.bereik, aanvraag.route),
        "categorie": [(str(each), CATEGORIENAMEN[each]) for each in aanvraag.de_route.categorieen],
        "woont_in_gebied": woont_in_gebied(aanvraag) if step.naam == "leerling" else [],
    }
    initial = {**formulierwaarden(aanvraag), "versie": aanvraag.versie}
    typed = request.POST if request.method == "POST" else None
    return STAPFORMULIEREN[step.naam](typed, initial=initial, keuzes=choices, stap=step)


def _bewaard(request: HttpRequest, wie: Invuller, aanvraag: Aanvraag, step: Stap, form: StapForm) -> HttpResponse:
    """What can be stored is stored.  The fields with an error are not: what was typed there stays on the page."""
    if request.htmx:  # type: ignore[attr-defined]
        context = {"form": form, "versie": aanvraag.versie, "nu": timezone.localtime()}
        return render(request, "ondersteuning/deel_bewaard.html", context)
    going_on = "verder" in request.POST
    not_stored = [str(field.label) for name, field in form.fields.items() if name in form.errors]
    if going_on:
        for field, sentence in _bezwaren(aanvraag, step):
            if field not in form.errors:
                form.add_error(field, sentence)
    if form.errors:
        form = _met_versie(form, aanvraag.versie)
        return _toon(request, wie, aanvraag, step, form, status=422, niet_bewaard=not_stored)
    if going_on:
        return redirect(wie.stap(_volgende(aanvraag.de_route, step).naam))
    return redirect(wie.thuis)


def _met_versie(form: StapForm, versie: int) -> StapForm:
    """The same form, opened anew on the version of now: what was typed stays, sending it again is a choice."""
    form.data = {**form.data.dict(), "versie": str(versie)} if isinstance(form.data, QueryDict) else form.data
    return form


def _volgende(route: Route, step: Stap) -> Stap:
    return route.stappen[route.nummer(step.naam)]


def _geweigerd(request: HttpRequest, wie: Invuller, step: Stap, form: StapForm, refusal: Refusal) -> HttpResponse:
    aanvraag = wie.aanvraag()
    if request.htmx:  # type: ignore[attr-defined]
        context = {"form": form, "weigering": refusal, "versie": form.versie_van_formulier}
        return render(request, "ondersteuning/deel_bewaard.html", context)
    others: list[Gegeven] = []
    if refusal.code == "verouderd":
        stored = formulierwaarden(aanvraag)
        others = [
            Gegeven(str(form.fields[name].label), _leesbaar(form, name, stored.get(name)))
            for name, value in form.gegevens.items()
            if stored.get(name) != value
        ]
    form.weiger(refusal)
    return _toon(request, wie, aanvraag, step, _met_versie(form, aanvraag.versie), status=409, anders=others)


def _leesbaar(form: StapForm, naam: str, value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    choices = dict(getattr(form.fields[naam], "choices", []) or [])
    return str(choices.get(value, choices.get(str(value), value or "leeg")))


def _bezwaren(aanvraag: Aanvraag, step: Stap) -> list[tuple[str, str]]:
    """What keeps the school on this step: a field and a sentence each.  The check page would refuse the same."""
    found = list(ontbreekt_op(step, formulierwaarden(aanvraag)))
    if step.naam == "school":
        refusals = [
            (weigering_periode(aanvraag), "gewenst_tot"),
            (weigering_aanleiding(aanvraag), "eerste_schooldag"),
            (weigering_budget(aanvraag), "budget_afgestemd"),
        ]
    elif step.naam == "leerling":
        refusals = [(weigering_aanleiding(aanvraag), "eerste_schooldag")]
    elif step.naam == "akkoord":
        refusals = [(weigering_ander_swv(aanvraag), "ander_swv_code")]
    elif step.naam == "bemiddeling":
        refusals = [(each, "bemiddeling") for each in weigeringen_bemiddeling(aanvraag, timezone.localdate())]
    else:
        refusals = []
    for refusal, usual in refusals:
        if refusal is not None:
            found.append((refusal.veld if refusal.veld != "geldig_tot" and refusal.veld else usual, refusal.zin))
    return found


def _stappen(wie: Invuller, aanvraag: Aanvraag, step: Stap) -> dict[str, Any]:
    route = aanvraag.de_route
    values = formulierwaarden(aanvraag)
    number = route.nummer(step.naam)
    done = [route.nummer(s.naam) for s in route.stappen if s.naam != CONTROLEREN and not ontbreekt_op(s, values)]
    urls = [wie.stap(s.naam) for s in route.stappen]
    return {
        "stappen": maak_stappen([s.label for s in route.stappen], number, urls, done),
        "stap": number,
        "vorige": urls[number - 2] if number > 1 else "",
    }


def _toon(
    request: HttpRequest,
    wie: Invuller,
    aanvraag: Aanvraag,
    step: Stap,
    form: StapForm,
    *,
    status: int = 200,
    anders: list[Gegeven] | None = None,
    niet_bewaard: list[str] | None = None,
) -> HttpResponse:
    context = {
        "aanvraag": aanvraag,
        "deel": step,
        "form": form,
        "anders": anders or [],
        "niet_bewaard": niet_bewaard or [],
        "bij_aanvulling": aanvraag.staat == AANVULLING,
        "adres": wie.stap(step.naam),
        "thuis": wie.thuis,
        "kind": wie.kind,
        "met_taken": wie.bereik is not None,
        "dubbel": dubbele_aanvragen(wie.actor.bereik, aanvraag) if step.naam == "leerling" else [],
        **_stappen(wie, aanvraag, step),
    }
    return render(request, "ondersteuning/stap.html", context, status=status)


def _controleren(request: HttpRequest, wie: Invuller, aanvraag: Aanvraag, step: Stap) -> HttpResponse:
    """Everything on one page, with what is missing; sending it puts the application before whom the route asks."""
    page = wie.dossier(aanvraag, vandaag=timezone.localdate())
    if not page.is_indiener:
        raise PermissionDenied
    workflow = procedure_van(aanvraag.route)
    name = "leg_voor" if any(step.naam == "leg_voor" for step in workflow.transitions) else "dien_in"
    option = next((item for item in page.opties if item.transition.naam == name), None)
    form = VersieForm(request.POST or None, initial={"versie": aanvraag.versie})
    if request.method == "POST" and form.is_valid():
        answer = (_dien_in if name == "dien_in" else _leg_voor)(request, wie, form)
        if answer is not None:
            return answer
    if option is None or aanvraag.staat != CONCEPT:
        return redirect(wie.thuis)
    wie.noteer_lezen(aanvraag)
    context = {
        "dossier": page,
        "aanvraag": aanvraag,
        "optie": option,
        "form": form,
        "onderdelen": [(part, wie.stap(part.stap)) for part in page.secties if part.stap != KIND],
        "thuis": wie.thuis,
        "met_akkoord": "akkoord" in aanvraag.de_route.punten,
        "met_bemiddeling": "bemiddeling" in aanvraag.de_route.punten,
        "dubbel": dubbele_aanvragen(wie.actor.bereik, aanvraag),
        "ontbreekt": workflow.unmet(name, page.stand),
        **_stappen(wie, aanvraag, step),
    }
    return render(request, "ondersteuning/controleren.html", context, status=422 if form.errors else 200)


def _leg_voor(request: HttpRequest, wie: Invuller, form: VersieForm) -> HttpResponse | None:
    """The page with the codes; ``None``, with the reason on ``form``, when the application is not put before anybody.

    Who sends the form a second time gets its answer in the place of the first: a page without codes, that says so.
    """
    answer = leg_voor(actor=wie.actor, pk=wie.pk, versie=form.versie_van_formulier, vandaag=timezone.localdate())
    if not isinstance(answer, Refusal):
        return codes(request, answer[0], answer[1], voorgelegd=True, thuis=wie.thuis)
    aanvraag = wie.aanvraag()
    if aanvraag.staat == BIJ_PARTIJEN and wie.bereik is None:
        messages.info(request, "De codes zijn al getoond. Vraag het samenwerkingsverband om een nieuwe link.")
        return redirect(wie.thuis)
    if aanvraag.staat == BIJ_PARTIJEN:
        return codes_al_getoond(request, aanvraag, [p for p in aanvraag.partijen.all() if p.naam and p.email])
    form.weiger(answer)
    return None


def _dien_in(request: HttpRequest, wie: Invuller, form: VersieForm) -> HttpResponse | None:
    """Hand in at once, on a route that asks nobody; ``None``, with the reason on ``form``, when that can not be."""
    answer = dien_in(actor=wie.actor, pk=wie.pk, versie=form.versie_van_formulier, vandaag=timezone.localdate())
    if not isinstance(answer, Refusal):
        messages.success(request, "De aanvraag is ingediend bij het samenwerkingsverband.")
        return redirect(wie.thuis)
    form.weiger(answer)
    return None
