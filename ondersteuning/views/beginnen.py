"""Starting an application: which route, and for whom."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import INSTELLING
from ondersteuning.domain.rollen import AANVRAGERS
from ondersteuning.domain.routes import ROUTES, Beginplaats, Deelnemer, Route
from ondersteuning.forms.beginnen import LeegForm, NamensInstellingForm, NieuweAanvraagForm, PlaatsingsakkoordForm
from ondersteuning.forms.eenzijdig import BestuurBegintForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.beginnen import (
    begint_bij_swv,
    instellingen_met_mandaat,
    lopende_overstappen,
    mijn_routes,
    scholen_voor,
    te_vervolgen,
)
from ondersteuning.queries.dossier import dossiers
from ondersteuning.queries.leerlingen import NAAM_GELEZEN, leerlingkeuzes
from ondersteuning.services.aanvraag import begin_aanvraag
from ondersteuning.services.beginnen import begin_namens_instelling, begin_plaatsingsakkoord
from ondersteuning.services.bestuur_begint import begin_door_bestuur
from ondersteuning.views.partijen import codes, codes_al_getoond
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.scoping import Bereik
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*AANVRAGERS)
def nieuw(request: HttpRequest) -> HttpResponse:
    """Which route?  Who can start one only, starts that."""
    routes = mijn_routes(bereik_van(request))
    if not routes:
        raise PermissionDenied
    if len(routes) == 1:
        return _begin(request, routes[0], alleen=True)
    return render(request, "ondersteuning/nieuw_kiezen.html", {"routes": routes})


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*AANVRAGERS)
def nieuw_route(request: HttpRequest, route: str) -> HttpResponse:
    """Start an application of this route, for who may start it."""
    if route.upper() not in ROUTES:
        raise Http404
    routes = mijn_routes(bereik_van(request))
    found = next((item for item in routes if item.code == route.upper()), None)
    if found is None:
        raise PermissionDenied
    return _begin(request, found, alleen=len(routes) == 1)


def _begin(request: HttpRequest, route: Route, *, alleen: bool) -> HttpResponse:
    """The page of a route: what one needs, and what is asked before the form begins."""
    form, maak = _vragen(request, route)
    if request.method == "POST" and form.is_valid():
        answer = _maak(request, route, lambda: maak(form))
        if not isinstance(answer, Refusal):
            return answer
        form.weiger(answer)
    status = 422 if form.is_bound else 200
    context = {"form": form, "route": route, "alleen": alleen, "voor_instelling": route.vraagt(Deelnemer.INSTELLING)}
    return render(request, "ondersteuning/nieuw.html", context, status=status)


def _vragen(request: HttpRequest, route: Route) -> tuple[Any, Callable[[Any], Any]]:
    """The questions of a route, and what is done with the answers."""
    bereik, actor, today = bereik_van(request), actor_van(request), timezone.localdate()
    typed = request.POST if request.method == "POST" else None
    schools = scholen_voor(bereik, route)
    if route.vraagt(Deelnemer.INSTELLING):
        form: Any = NamensInstellingForm(typed, instellingen=instellingen_met_mandaat(bereik, today))
        return form, lambda form: begin_namens_instelling(
            actor=actor,
            instelling_id=form.cleaned_data["instelling"],
            aanleiding=form.cleaned_data["aanleiding"],
            vandaag=today,
        )
    if Beginplaats.BESTUUR in route.begin:
        form = BestuurBegintForm(typed, scholen=schools)
        return form, lambda form: begin_door_bestuur(
            actor=actor,
            route=route.code,
            school_id=form.cleaned_data["school"],
            leerling=form.cleaned_data,
            vandaag=today,
        )
    if Beginplaats.SCHOOL in route.begin:
        form = _voor_school(request, route, schools)
        return form, lambda form: begin_aanvraag(
            actor=actor,
            school_id=form.cleaned_data["school"],
            route=route.code,
            vandaag=today,
            leerling_id=form.leerling_id,
            vorige=form.vorige,
        )
    from_swv = begint_bij_swv(bereik, route)
    form = LeegForm(typed) if from_swv else PlaatsingsakkoordForm(typed, scholen=schools)
    return form, lambda form: begin_plaatsingsakkoord(
        actor=actor, school_id=form.cleaned_data.get("school"), vandaag=today
    )


def _voor_school(request: HttpRequest, route: Route, scholen: list[tuple[int, str]]) -> NieuweAanvraagForm:
    """For whom, out of the pupils of these schools; names of others (with a TLV to here) count as read."""
    typed = request.POST if request.method == "POST" else None
    known = _leerlingen(bereik_van(request), route, scholen)
    if known["tlvs"]:
        keys = [pk for pk, _ in known["tlvs"]]
        audit.record_reads(actor=actor_van(request), model=Aanvraag, ids=keys, tekst=NAAM_GELEZEN)
    return NieuweAanvraagForm(typed, initial={"leerling": request.GET.get("leerling", "")}, scholen=scholen, **known)


def _leerlingen(bereik: Bereik, route: Route, scholen: list[tuple[int, str]]) -> dict[str, list[tuple[int, str]]]:
    """The pupils that can be chosen, and on a route from special education the TLV's that can be continued."""
    today, several = timezone.localdate(), len(scholen) > 1
    tlvs = [
        (key, f"{name} ({school})" if several else name)
        for pk, school in (scholen if route.zelfde_school else [])
        for key, name in te_vervolgen(pk, today)
    ]
    pupils = leerlingkeuzes(bereik, scholen, zonder_lopende_aanvraag=True)
    moving = lopende_overstappen(bereik, [key for key, _ in pupils])
    shown = [(key, f"{name} – let op: overstap {moving[key]} loopt" if key in moving else name) for key, name in pupils]
    return {"leerlingen": shown, "tlvs": tlvs}


def _maak(request: HttpRequest, route: Route, maak: Callable[[], Any]) -> HttpResponse | Refusal:
    """Start it once, and lead on: to the form, or to the code for the institution."""
    first = route.stappen[0].naam
    outcome = once(
        actor=actor_van(request),
        soort="ondersteuning.aanvraag",
        sleutel=sleutel_van(request),
        maak=maak,
        pad=lambda made: _verder(made, first),
    )
    if isinstance(outcome, Refusal):
        return outcome
    if isinstance(outcome.gemaakt, Aanvraag):
        _let_op_overstap(request, outcome.gemaakt)
    if not route.vraagt(Deelnemer.INSTELLING):
        return to_result(request, outcome.pad, eerder=outcome.eerder)
    if outcome.gemaakt is None:
        return _al_getoond(request, outcome.pad)
    aanvraag, invitation = outcome.gemaakt
    return codes(request, aanvraag, [invitation], voorgelegd=False, begonnen=True)


def _let_op_overstap(request: HttpRequest, aanvraag: Aanvraag) -> None:
    """Who starts an application for a pupil who is about to change school, hears of that."""
    reference = lopende_overstappen(bereik_van(request), [aanvraag.leerling_id]).get(aanvraag.leerling_id)
    if reference is not None:
        sentence = f"Let op: voor deze leerling loopt ook overstap {reference}. Kijk of de aanvraag daarbij past."
        messages.warning(request, sentence)


def _verder(made: Any, eerste_stap: str) -> str:
    if isinstance(made, Aanvraag):
        return reverse("ondersteuning:stap", args=[made.pk, eerste_stap])
    return reverse("ondersteuning:dossier", args=[made[0].pk])


def _al_getoond(request: HttpRequest, pad: str) -> HttpResponse:
    """Who sends the form a second time reads that the code was shown, and can give another one."""
    pk = int(pad.rstrip("/").rsplit("/", 1)[-1])
    aanvraag = get_object_or_404(dossiers(bereik_van(request)), pk=pk)
    return codes_al_getoond(request, aanvraag, list(aanvraag.partijen.filter(soort=INSTELLING)))
