"""Overstappen: the list of both kinds, beginning one, its page, and changing it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.overstap import CONCEPT, GEVRAAGD, SOORTNAMEN, STATEN, Overstapsoort
from ondersteuning.domain.rollen import INSTELLERS, SCHOOL_EN_SWV, SCHOOLROLLEN
from ondersteuning.forms.overstap import (
    BaoBaoForm,
    GesprekForm,
    NieuweBaoBaoForm,
    NieuweTerugplaatsingForm,
    OverstapfilterForm,
    TerugplaatsingForm,
)
from ondersteuning.models import Overstap, Terugplaatsing
from ondersteuning.queries.leerlingen import leerlingkeuzes, voorkeuzes
from ondersteuning.queries.overstap import Geval, eigen_scholen, geval_van, nieuwe_scholen
from ondersteuning.queries.overstap_dossier import Overstapdossier, overstapdossier
from ondersteuning.queries.overstap_lijst import Overstapfilter, bladzijde, kolommen
from ondersteuning.services.baobao import begin_baobao, wijzig_baobao
from ondersteuning.services.terugplaatsing import begin_terugplaatsing, leg_gesprek_vast, wijzig_terugplaatsing
from ondersteuning.views.bevestigen import Knop
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.forms import PortalForm
from swv_portal.common.paging import Plek
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once

#: Steps that undo or end something: never the main button.
ONGEDAAN = frozenset({"neem_niet_aan", "haal_terug", "geef_terug", "trek_in", "laat_vervallen"})
#: What is asked or told on the page of the step itself.
OP_DE_PAGINA = frozenset({"toelichting", "extra_behoeften", "geen_verhuizing"})


@dataclass(frozen=True)
class Begin:
    """Beginning one of a kind: the form, the service, the words."""

    form: Callable[..., Any]
    service: Callable[..., Any]
    kop: str
    uitleg: str
    hierna: tuple[str, ...]


BEGINNEN = {
    Overstapsoort.TERUGPLAATSING: Begin(
        NieuweTerugplaatsingForm,
        begin_terugplaatsing,
        "Nieuwe terugplaatsing",
        "Een leerling van uw school voor speciaal (basis)onderwijs gaat naar een gewone basisschool.",
        (
            "U legt het plan voor aan de nieuwe school.",
            "Ouders en beide scholen komen bij elkaar: het startgesprek. U legt vast wat is afgesproken.",
            "De nieuwe school bevestigt dat de leerling komt.",
            "Het samenwerkingsverband maakt het definitief en zegt of er budget is.",
        ),
    ),
    Overstapsoort.BAOBAO: Begin(
        NieuweBaoBaoForm,
        begin_baobao,
        "Nieuwe overstap tussen basisscholen",
        "Een leerling met extra ondersteuning stapt over naar een andere basisschool, en dat komt niet door een "
        "verhuizing. Uw school betaalt dan nog een tijd mee als de leerling alsnog naar SBO of SO gaat.",
        (
            "U legt de overstap voor aan beide directeuren.",
            "Elke directeur bevestigt met een eigen account.",
            "Daarna is de overstap definitief en weet het samenwerkingsverband ervan.",
        ),
    ),
}


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def overstappen(request: HttpRequest) -> HttpResponse:
    """The list of both kinds, with its filters in the address."""
    bereik = bereik_van(request)
    filters = Overstapfilter(**OverstapfilterForm(request.GET).waarden)
    page = bladzijde(bereik, filters, Plek.uit(request.GET))
    empty = "Er is geen overstap die hierbij past." if any(vars(filters).values()) else "Er is nog geen overstap."
    at_school = bereik.heeft(*SCHOOLROLLEN)
    context = {
        "tabel": maak_tabel("Overstappen", kolommen(bereik), page.rijen, leeg=empty),
        "page": page,
        "totaal": page.totaal("overstap", "overstappen"),
        "filters": filters,
        "soorten": list(SOORTNAMEN.items()),
        "staten": [("lopend", "Alle lopende"), *STATEN.items()],
        "mag_terug": at_school and bool(eigen_scholen(bereik, Overstapsoort.TERUGPLAATSING)),
        "mag_baobao": at_school and bool(eigen_scholen(bereik, Overstapsoort.BAOBAO)),
        "mag_instellen": bereik.heeft(*INSTELLERS),
    }
    return render(request, "ondersteuning/overstappen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOLROLLEN)
def nieuw(request: HttpRequest, soort: Overstapsoort) -> HttpResponse:
    """Begin one of this kind for a pupil of an own school."""
    bereik, begin = bereik_van(request), BEGINNEN[soort]
    schools = eigen_scholen(bereik, soort)
    if not schools:
        raise PermissionDenied
    pupils = leerlingkeuzes(bereik, schools)
    form = begin.form(
        request.POST or None,
        initial={
            "tlv": request.GET.get("tlv", "")[:40],
            **voorkeuzes(request.GET, school=schools, leerling=pupils),
        },
        scholen=schools,
        leerlingen=pupils,
        naar=nieuwe_scholen(bereik, soort),
    )
    if request.method == "POST" and form.is_valid():
        actor, school, data = actor_van(request), form.cleaned_data["school"], form.gegevens
        outcome = once(
            actor=actor,
            soort=f"ondersteuning.{soort}",
            sleutel=sleutel_van(request),
            maak=lambda: begin.service(actor=actor, school_id=school, gegevens=data, vandaag=timezone.localdate()),
            pad=lambda case: reverse("ondersteuning:overstap", args=[case.pk]),
        )
        if not isinstance(outcome, Refusal):
            told = "De gegevens zijn bewaard. Leg ze nu voor."
            return to_result(request, outcome.pad, told, eerder=outcome.eerder)
        form.weiger(outcome)
    status = 422 if form.is_bound else 200
    return render(request, "ondersteuning/overstap_nieuw.html", {"form": form, "begin": begin}, status=status)


def geval_voor(request: HttpRequest, pk: int) -> tuple[Geval, Overstapdossier]:
    """The case with its page; reading by anybody who is not of the school that the pupil leaves is recorded."""
    bereik = bereik_van(request)
    case = geval_van(get_object_or_404(Overstap.objects.visible_to(bereik), pk=pk))
    page = overstapdossier(case, bereik, vandaag=timezone.localdate())
    if page.is_swv or not page.is_van:
        audit.record_read(actor=actor_van(request), onderwerp=case)
    return case, page


def _knoppen(page: Overstapdossier) -> list[Knop]:
    """The buttons of this person; the first that can be pressed and undoes nothing is the main one."""
    pk, found = page.geval.pk, []
    if page.is_van and page.geval.staat == CONCEPT:
        found.append(Knop("Wijzig de gegevens", reverse("ondersteuning:overstap_gegevens", args=[pk]), hoofd=True))
    for option in page.opties:
        name, refusal = option.transition.naam, option.weigering
        if refusal is not None and refusal.code == "al_bevestigd":
            continue
        url = reverse("ondersteuning:overstap_stap", args=[pk, name])
        if name == "leg_gesprek_vast":
            url = reverse("ondersteuning:overstap_gesprek", args=[pk])
        shown = None if refusal is not None and refusal.veld in OP_DE_PAGINA else refusal
        found.append(Knop(option.transition.label, url, shown, name in ONGEDAAN))
    order = sorted(found, key=lambda each: each.hoofd)  # what is typed comes after what it is for
    main = next((each for each in order if each.weigering is None and not each.gevaarlijk), None)
    return [replace(each, hoofd=each is main) for each in found]


@require_safe
@voor_rollen(*SCHOOL_EN_SWV)
def pagina(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one case."""
    case, page = geval_voor(request, pk)
    budget = case.budgetplaats if isinstance(case, Terugplaatsing) else None
    context = {
        "dossier": page,
        "geval": case,
        "knoppen": _knoppen(page),
        "tijdlijn": tijdlijn(case, met_lezen=page.is_swv or page.is_van),
        "budget": budget if budget is not None and (page.is_swv or page.is_naar) else None,
    }
    return render(request, "ondersteuning/overstap.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOLROLLEN)
def gegevens(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the plan, as long as it lies with the school that the pupil leaves."""
    case, page = geval_voor(request, pk)
    if not page.is_van:
        raise PermissionDenied
    if case.staat != CONCEPT and request.method != "POST":
        return redirect("ondersteuning:overstap", pk=pk)
    names = ("naar_school_id", "overstap_op", "reden", "toestemming_op", "toestemming", "versie")
    initial = {name.removesuffix("_id"): getattr(case, name) for name in names}
    make: Callable[..., Any] = BaoBaoForm
    change: Callable[..., Any] = wijzig_baobao
    if isinstance(case, Terugplaatsing):
        make, change = TerugplaatsingForm, wijzig_terugplaatsing
        initial |= {"herkomst": case.herkomst, "tlv": case.tlv_plaats.verwijzing if case.tlv_plaats else ""}
    offered = nieuwe_scholen(bereik_van(request), case.soort, behalve=case.van_school_id)
    form = make(request.POST or None, initial=initial, naar=offered)
    return _verwerk(request, page, form, change, "Gegevens wijzigen", "De gegevens zijn bewaard.")


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOLROLLEN)
def gesprek(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the start meeting and the consent, by either school."""
    case, page = geval_voor(request, pk)
    if not isinstance(case, Terugplaatsing):
        raise Http404
    if not (page.is_van or page.is_naar):
        raise PermissionDenied
    if case.staat != GEVRAAGD and request.method != "POST":
        return redirect("ondersteuning:overstap", pk=pk)
    names = ("gesprek_op", "aanwezig", "anderen", "afspraken", "toestemming_op", "toestemming", "versie")
    form = GesprekForm(request.POST or None, initial={name: getattr(case, name) for name in names})
    return _verwerk(request, page, form, leg_gesprek_vast, "Startgesprek vastleggen", "Het startgesprek is vastgelegd.")


def _verwerk(
    request: HttpRequest, page: Overstapdossier, form: Any, service: Callable[..., Any], kop: str, gelukt: str
) -> HttpResponse:
    """Show a form, or give what was typed to the service; what is refused stays on the page."""
    if request.method == "POST" and form.is_valid():
        answer = service(
            actor=actor_van(request),
            pk=page.geval.pk,
            versie=form.versie_van_formulier,
            gegevens=form.gegevens,
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, gelukt)
            return redirect("ondersteuning:overstap", pk=page.geval.pk)
        form.weiger(answer)
    return formulier(request, page, form, kop, "Bewaar")


def formulier(request: HttpRequest, page: Overstapdossier, form: PortalForm, kop: str, knop: str) -> HttpResponse:
    context = {"dossier": page, "geval": page.geval, "form": form, "kop": kop, "knop": knop}
    return render(request, "ondersteuning/overstap_formulier.html", context, status=422 if form.errors else 200)
