"""Filling in an application, step by step: autosave, the explicit button, and the page to check everything."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import AANVRAAG, AANVULLING, BIJ_PARTIJEN, mag_bewerken
from ondersteuning.domain.geldigheid import controleer_geldigheid
from ondersteuning.domain.routes import ROUTES, Route, Stap
from ondersteuning.forms.besluit import VersieForm
from ondersteuning.forms.stappen import STAPFORMULIEREN, Keuzes, StapForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import dossier, dossiers
from ondersteuning.queries.formulier import formulierwaarden, ontbreekt_op
from ondersteuning.queries.keuzes import dubbele_aanvragen, ontvangende_scholen, woont_in_gebied
from ondersteuning.queries.stand import rollen_bij
from ondersteuning.services.aanvraag import leg_voor
from ondersteuning.services.invullen import bewaar_stap
from ondersteuning.views.partijen import codes, codes_al_getoond
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.common.scoping import Rol
from swv_portal.common.screens import Gegeven, maak_stappen
from swv_portal.common.workflow import Refusal

CONTROLEREN = "controleren"
INVULLERS = (Rol.IBER, Rol.SCHOOLDIRECTEUR)


def _laad(request: HttpRequest, pk: int, naam: str) -> tuple[Aanvraag, Stap, Refusal | None]:
    """The application, the step, and why this person may not change it now."""
    bereik = bereik_van(request)
    aanvraag = get_object_or_404(dossiers(bereik), pk=pk)
    step = ROUTES[aanvraag.route].stap(naam)
    if step is None:
        raise Http404
    return aanvraag, step, mag_bewerken(aanvraag.staat, rollen_bij(aanvraag, bereik), naam)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*INVULLERS)
def stap(request: HttpRequest, pk: int, stap: str) -> HttpResponse:
    """One step of the form.  With htmx a POST only stores; otherwise it stores and goes on, or says what is wrong."""
    aanvraag, step, refusal = _laad(request, pk, stap)
    if step.naam == CONTROLEREN:
        return _controleren(request, aanvraag, step)
    # What was typed on an application that moved on is refused by the service, on a page that keeps it.
    if refusal is not None and request.method != "POST":
        return redirect("ondersteuning:dossier", pk=pk)
    values = formulierwaarden(aanvraag)
    choices: dict[str, Keuzes] = {
        "ontvangende_school": ontvangende_scholen(bereik_van(request), aanvraag.route),
        "woont_in_gebied": woont_in_gebied(aanvraag) if step.naam == "leerling" else [],
    }
    initial = {**values, "versie": aanvraag.versie}
    typed = request.POST if request.method == "POST" else None
    form = STAPFORMULIEREN[step.naam](typed, initial=initial, keuzes=choices, stap=step)
    if request.method != "POST":
        return _toon(request, aanvraag, step, form)
    gegevens = form.gegevens
    answer = bewaar_stap(
        actor=actor_van(request),
        pk=pk,
        versie=form.versie_van_formulier,
        stap=step.naam,
        gegevens=gegevens,
        vandaag=timezone.localdate(),
    )
    if isinstance(answer, Refusal):
        return _geweigerd(request, aanvraag, step, form, answer)
    for refused in answer.niet_bewaard:
        form.weiger(refused)
    return _bewaard(request, answer.aanvraag, step, form)


def _bewaard(request: HttpRequest, aanvraag: Aanvraag, step: Stap, form: StapForm) -> HttpResponse:
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
        return _toon(request, aanvraag, step, form, status=422, niet_bewaard=not_stored)
    if going_on:
        following = _volgende(ROUTES[aanvraag.route], step)
        return redirect("ondersteuning:stap", pk=aanvraag.pk, stap=following.naam)
    return redirect("ondersteuning:dossier", pk=aanvraag.pk)


def _met_versie(form: StapForm, versie: int) -> StapForm:
    """The same form, opened anew on the version of now: what was typed stays, sending it again is a choice."""
    form.data = {**form.data.dict(), "versie": str(versie)} if isinstance(form.data, QueryDict) else form.data
    return form


def _volgende(route: Route, step: Stap) -> Stap:
    return route.stappen[route.nummer(step.naam)]


def _geweigerd(request: HttpRequest, aanvraag: Aanvraag, step: Stap, form: StapForm, refusal: Refusal) -> HttpResponse:
    aanvraag = get_object_or_404(dossiers(bereik_van(request)), pk=aanvraag.pk)
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
    return _toon(request, aanvraag, step, _met_versie(form, aanvraag.versie), status=409, anders=others)


def _leesbaar(form: StapForm, naam: str, value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    choices = dict(getattr(form.fields[naam], "choices", []) or [])
    return str(choices.get(value, choices.get(str(value), value or "leeg")))


def _bezwaren(aanvraag: Aanvraag, step: Stap) -> list[tuple[str, str]]:
    """What keeps the school on this step: a field and a sentence each.  The check page would refuse the same."""
    found = list(ontbreekt_op(step, formulierwaarden(aanvraag)))
    since, until = aanvraag.gewenst_van, aanvraag.gewenst_tot
    refusal = controleer_geldigheid(since, until) if step.naam == "school" and since and until else None
    if refusal is not None:
        found.append(("gewenst_tot", refusal.zin))
    return found


def _stappen(aanvraag: Aanvraag, step: Stap) -> dict[str, Any]:
    route = ROUTES[aanvraag.route]
    values = formulierwaarden(aanvraag)
    number = route.nummer(step.naam)
    done = [route.nummer(s.naam) for s in route.stappen if s.naam != CONTROLEREN and not ontbreekt_op(s, values)]
    urls = [reverse("ondersteuning:stap", args=[aanvraag.pk, s.naam]) for s in route.stappen]
    return {
        "stappen": maak_stappen([s.label for s in route.stappen], number, urls, done),
        "stap": number,
        "vorige": urls[number - 2] if number > 1 else "",
    }


def _toon(
    request: HttpRequest,
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
        "dubbel": dubbele_aanvragen(bereik_van(request), aanvraag) if step.naam == "leerling" else [],
        **_stappen(aanvraag, step),
    }
    return render(request, "ondersteuning/stap.html", context, status=status)


def _controleren(request: HttpRequest, aanvraag: Aanvraag, step: Stap) -> HttpResponse:
    """Everything on one page, with what is missing; sending it puts the application before the parties."""
    bereik = bereik_van(request)
    page = dossier(aanvraag, bereik, vandaag=timezone.localdate())
    option = next((item for item in page.opties if item.transition.naam == "leg_voor"), None)
    form = VersieForm(request.POST or None, initial={"versie": aanvraag.versie})
    if request.method == "POST" and page.is_school and form.is_valid():
        answer = _leg_voor(request, aanvraag.pk, form)
        if answer is not None:
            return answer
    if not page.is_school or option is None:
        return redirect("ondersteuning:dossier", pk=aanvraag.pk)
    context = {
        "dossier": page,
        "aanvraag": aanvraag,
        "optie": option,
        "form": form,
        "dubbel": dubbele_aanvragen(bereik, aanvraag),
        "ontbreekt": AANVRAAG.unmet("leg_voor", page.stand),
        **_stappen(aanvraag, step),
    }
    return render(request, "ondersteuning/controleren.html", context, status=422 if form.errors else 200)


def _leg_voor(request: HttpRequest, pk: int, form: VersieForm) -> HttpResponse | None:
    """The page with the codes; ``None``, with the reason on ``form``, when the application is not put before anybody.

    Who sends the form a second time gets its answer in the place of the first: a page without codes, that says so.
    """
    answer = leg_voor(actor=actor_van(request), pk=pk, versie=form.versie_van_formulier, vandaag=timezone.localdate())
    if not isinstance(answer, Refusal):
        return codes(request, answer[0], answer[1], voorgelegd=True)
    aanvraag = get_object_or_404(dossiers(bereik_van(request)), pk=pk)
    if aanvraag.staat == BIJ_PARTIJEN:
        return codes_al_getoond(request, aanvraag, [p for p in aanvraag.partijen.all() if p.naam and p.email])
    form.weiger(answer)
    return None
