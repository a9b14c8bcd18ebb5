"""Filling in an application, step by step: autosave, the explicit button, and the page to check everything."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import AANVULLING, mag_bewerken
from ondersteuning.domain.geldigheid import controleer_geldigheid
from ondersteuning.domain.routes import ROUTES, Route, Stap
from ondersteuning.forms import STAPFORMULIEREN, StapForm, VersieForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import dossier, dossiers
from ondersteuning.queries.formulier import formulierwaarden, ontbreekt
from ondersteuning.queries.keuzes import dubbele_aanvragen, heeft_orthopedagoog, ontvangende_scholen
from ondersteuning.queries.stand import rollen_bij
from ondersteuning.services.aanvraag import bewaar_stap, leg_voor
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


@require_http_methods(["GET", "POST"])
@voor_rollen(*INVULLERS)
def stap(request: HttpRequest, pk: int, stap: str) -> HttpResponse:
    """One step of the form.  With htmx a POST only stores; otherwise it stores and goes on, or says what is wrong."""
    aanvraag, step, refusal = _laad(request, pk, stap)
    if step.naam == CONTROLEREN:
        return _controleren(request, aanvraag, step)
    values = formulierwaarden(aanvraag)
    if refusal is not None:
        return redirect("ondersteuning:dossier", pk=pk)
    choices = {"ontvangende_school": ontvangende_scholen(bereik_van(request), aanvraag.route)}
    initial = {**values, "versie": aanvraag.versie}
    typed = request.POST if request.method == "POST" else None
    required = [field for field, _ in step.verplicht]
    form = STAPFORMULIEREN[step.naam](typed, initial=initial, keuzes=choices, verplicht=required)
    if request.method == "GET":
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
    if request.htmx:  # type: ignore[attr-defined]
        return render(
            request,
            "ondersteuning/deel_bewaard.html",
            {"form": form, "versie": answer.versie, "nu": timezone.localtime()},
        )
    if form.errors:
        return _toon(request, answer, step, _met_versie(form, answer.versie), status=422)
    if "verder" in request.POST:
        wrong = _bezwaren(answer, step)
        if wrong:
            return _onvolledig(request, answer, step, form, wrong)
        following = _volgende(ROUTES[answer.route], step)
        return redirect("ondersteuning:stap", pk=pk, stap=following.naam)
    return redirect("ondersteuning:dossier", pk=pk)


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
    values = formulierwaarden(aanvraag)
    found = [(field, "Vul dit in.") for field, _label in step.verplicht if values.get(field) in (None, "")]
    if step.naam == "ouders":
        if values.get("ouder2_naam") and not values.get("ouder2_email"):
            found.append(("ouder2_email", "Vul dit in."))
        if not values.get("ouder2_naam") and not values.get("een_ouder_reden"):
            found.append(("een_ouder_reden", "Vul ouder 2 in, of schrijf waarom er maar één ouder met gezag is."))
    if step.naam == "school":
        since, until = aanvraag.gewenst_van, aanvraag.gewenst_tot
        refusal = controleer_geldigheid(since, until) if since and until else None
        if refusal is not None:
            found.append(("gewenst_tot", refusal.zin))
        if not values.get("terugkeer_moment") and not values.get("geen_terugkeer_reden"):
            found.append(("geen_terugkeer_reden", "Spreek hierboven een moment af, of schrijf waarom niet."))
    return found


def _onvolledig(
    request: HttpRequest, aanvraag: Aanvraag, step: Stap, form: StapForm, wrong: list[tuple[str, str]]
) -> HttpResponse:
    """Everything that was typed is stored; what still must be filled or changed is shown at its field."""
    for field, sentence in wrong:
        form.add_error(field, sentence)
    return _toon(request, aanvraag, step, _met_versie(form, aanvraag.versie), status=422)


def _stappen(aanvraag: Aanvraag, step: Stap) -> dict[str, Any]:
    route = ROUTES[aanvraag.route]
    missing = {name for name, _ in ontbreekt(aanvraag.route, formulierwaarden(aanvraag))}
    number = route.nummer(step.naam)
    done = [route.nummer(s.naam) for s in route.stappen if s.naam not in missing and s.naam != CONTROLEREN]
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
) -> HttpResponse:
    context = {
        "aanvraag": aanvraag,
        "deel": step,
        "form": form,
        "anders": anders or [],
        "bij_aanvulling": aanvraag.staat == AANVULLING,
        "dubbel": dubbele_aanvragen(bereik_van(request), aanvraag) if step.naam == "leerling" else [],
        **_stappen(aanvraag, step),
    }
    return render(request, "ondersteuning/stap.html", context, status=status)


def _controleren(request: HttpRequest, aanvraag: Aanvraag, step: Stap) -> HttpResponse:
    """Everything on one page, with what is missing; sending it puts the application before the parties."""
    bereik = bereik_van(request)
    page = dossier(aanvraag, bereik, vandaag=timezone.localdate())
    if not page.is_school:
        return redirect("ondersteuning:dossier", pk=aanvraag.pk)
    option = next((item for item in page.opties if item.transition.naam == "leg_voor"), None)
    if option is None:
        return redirect("ondersteuning:dossier", pk=aanvraag.pk)
    form = VersieForm(request.POST or None, initial={"versie": aanvraag.versie})
    if request.method == "POST" and form.is_valid():
        answer = leg_voor(
            actor=actor_van(request),
            pk=aanvraag.pk,
            versie=form.versie_van_formulier,
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            context = {"aanvraag": answer[0], "uitnodigingen": answer[1], "voorgelegd": True}
            response = render(request, "ondersteuning/codes.html", context)
            response["Cache-Control"] = "no-store"
            return response
        form.weiger(answer)
    context = {
        "dossier": page,
        "aanvraag": aanvraag,
        "optie": option,
        "form": form,
        "dubbel": dubbele_aanvragen(bereik, aanvraag),
        "niemand": not heeft_orthopedagoog(aanvraag, timezone.localdate()),
        **_stappen(aanvraag, step),
    }
    return render(request, "ondersteuning/controleren.html", context, status=422 if form.errors else 200)
