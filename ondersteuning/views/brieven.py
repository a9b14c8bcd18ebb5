"""The letters of the SWV: their texts in versions, with a preview, and what differs between two of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ondersteuning.domain.briefsoorten import SOORTEN
from ondersteuning.domain.briefvelden import VELDEN
from ondersteuning.domain.briefversie import BRIEFVERSIE, CONCEPT, verschillen
from ondersteuning.domain.rollen import DOSSIER_EN_BEHEER, INSTELLERS
from ondersteuning.forms.brieven import BriefForm
from ondersteuning.models import Briefversie
from ondersteuning.queries import brieven as queries
from ondersteuning.reports.briefvoorbeeld import voorbeeld, voorbeeld_pdf
from ondersteuning.services import brieven as service
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, versie_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.paging import Plek
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once

#: What somebody is asked before a step, and told after it.
STAPPEN = {
    "maak_geldend": ("Maak deze versie geldend", "Deze versie geldt nu voor nieuwe brieven."),
    "leg_weg": ("Leg dit concept weg", "Het concept is weggelegd."),
}


def _getal(tekst: str) -> int:
    """A number of a form; ``-1``, which no version has, for what is none."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else -1


@require_safe
@voor_rollen(*DOSSIER_EN_BEHEER)
def lijst(request: HttpRequest) -> HttpResponse:
    """Every kind of letter, with the text that holds now."""
    bereik = bereik_van(request)
    context = {
        "tabel": maak_tabel("Brieven", queries.SOORTKOLOMMEN, queries.soortenlijst(bereik)),
        "mag_schrijven": bereik.heeft(*INSTELLERS),
    }
    return render(request, "ondersteuning/brieven.html", context)


@require_safe
@voor_rollen(*DOSSIER_EN_BEHEER)
def sjabloon(request: HttpRequest, soort: str) -> HttpResponse:
    """One kind of letter: what it looks like now, and its versions."""
    return _sjabloon(request, soort)


def _sjabloon(request: HttpRequest, soort: str, weigering: Refusal | None = None) -> HttpResponse:
    bereik = bereik_van(request)
    now, concept = queries.geldende_en_concept(bereik, soort)
    page = queries.versielijst(bereik, soort, Plek.uit(request.GET))
    context = {
        "soort": soort,
        "naam": SOORTEN[soort].naam,
        "geldende": now,
        "concept": concept,
        "voorbeeld": voorbeeld(soort, now.blokken),
        "page": page,
        "totaal": page.totaal("versie", "versies"),
        "tabel": maak_tabel(
            "Eigen versies",
            queries.VERSIEKOLOMMEN,
            page.rijen,
            leeg="Er is nog geen eigen versie. De brieven krijgen de tekst van het portaal.",
        ),
        "mag_schrijven": bereik.heeft(*INSTELLERS),
        "weigering": weigering,
    }
    return render(request, "ondersteuning/briefsjabloon.html", context, status=422 if weigering else 200)


@require_POST
@voor_rollen(*INSTELLERS)
def begin(request: HttpRequest, soort: str) -> HttpResponse:
    """Begin a concept with the text of a version: of the one that holds now, or of an older one."""
    actor, source = actor_van(request), _getal(request.POST.get("uit", ""))
    outcome = once(
        actor=actor,
        soort="ondersteuning.briefconcept",
        sleutel=sleutel_van(request),
        maak=lambda: service.begin_concept(actor=actor, soort=soort, uit=source),
        pad=lambda row: reverse("ondersteuning:briefversie_wijzigen", args=[soort, row.nummer]),
    )
    if isinstance(outcome, Refusal):
        return _sjabloon(request, soort, outcome)
    return to_result(request, outcome.pad, "Het concept is begonnen.", eerder=outcome.eerder)


@require_safe
@voor_rollen(*DOSSIER_EN_BEHEER)
def versie(request: HttpRequest, soort: str, nummer: int) -> HttpResponse:
    """One version: its preview, what differs from another one, and what can be done with it."""
    bereik = bereik_van(request)
    found = queries.vind_versie(bereik, soort, nummer)
    row, options = found.rij, []
    if row is not None:
        options = [o for o in BRIEFVERSIE.options(row.staat, bereik.rollen, row) if o.transition.naam in STAPPEN]
    context = {
        "versie": found,
        "naam": SOORTEN[soort].naam,
        "gegevens": queries.gegevens_van(found),
        "voorbeeld": voorbeeld(soort, found.blokken),
        "opties": options,
        "is_concept": found.staat == CONCEPT,
        "mag_schrijven": bereik.heeft(*INSTELLERS),
        "tijdlijn": tijdlijn(row) if row is not None else [],
        **_vergelijking(request, found),
    }
    return render(request, "ondersteuning/briefversie.html", context)


def _vergelijking(request: HttpRequest, found: queries.Versie) -> dict[str, Any]:
    """What differs from the version that ``?met=`` names, else from the one with whose text this one began."""
    bereik = bereik_van(request)
    offered = queries.te_vergelijken(bereik, found)
    if not offered:
        return {}
    asked = _getal(request.GET.get("met", ""))
    began = found.rij.herkomst if found.rij is not None else offered[0][0]
    number = asked if asked in {known for known, _ in offered} else began
    other = queries.vind_versie(bereik, found.soort, number)
    return {
        "te_vergelijken": offered,
        "met": number,
        "met_naam": queries.versienaam(number),
        "verschillen": verschillen(found.soort, other.blokken, found.blokken),
    }


def _eigen_rij(request: HttpRequest, soort: str, nummer: int) -> tuple[queries.Versie, Briefversie]:
    found = queries.vind_versie(bereik_van(request), soort, nummer)
    if found.rij is None:
        raise Http404
    return found, found.rij


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*INSTELLERS)
def wijzigen(request: HttpRequest, soort: str, nummer: int) -> HttpResponse:
    """Write the texts of a concept; with ``actie=voorbeeld`` only look at what they become."""
    found, row = _eigen_rij(request, soort, nummer)
    if request.method != "POST" and found.staat != CONCEPT:
        messages.info(request, service.GEEN_CONCEPT.zin)
        return redirect(found.pad)
    form = BriefForm(request.POST or None, soort=soort, initial={**found.blokken, "versie": row.versie})
    shown = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("actie") == "voorbeeld":
            shown = voorbeeld(soort, form.blokken)
        else:
            answer = service.bewaar_concept(
                actor=actor_van(request), pk=row.pk, versie=form.versie_van_formulier, blokken=form.blokken
            )
            if not isinstance(answer, Refusal):
                messages.success(request, "De teksten zijn bewaard. Het is nog een concept.")
                return redirect(found.pad)
            form.weiger(answer)
    fields = [(f"{{{name}}}", VELDEN[name]) for name in SOORTEN[soort].velden]
    context = {"form": form, "versie": found, "velden": fields, "voorbeeld": shown}
    return render(request, "ondersteuning/briefversie_wijzigen.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*INSTELLERS)
def stap(request: HttpRequest, soort: str, nummer: int, naam: str) -> HttpResponse:
    """Make a concept geldend, or put it away: first what that means, then the step."""
    if naam not in STAPPEN:
        raise Http404
    found, row = _eigen_rij(request, soort, nummer)
    title, told = STAPPEN[naam]
    refusal = None
    if request.method == "POST":
        answer = _zet(request, row, naam)
        if not isinstance(answer, Refusal):
            messages.success(request, told)
            return redirect(found.pad)
        refusal = answer
    now, _ = queries.geldende_en_concept(bereik_van(request), soort)
    context = {
        "versie": found,
        "rij": row,
        "naam": naam,
        "titel": title,
        "geldende": now,
        "verschillen": verschillen(soort, now.blokken, found.blokken) if naam == "maak_geldend" else [],
        "mag": found.staat == CONCEPT,
        "weigering": refusal,
    }
    return render(request, "ondersteuning/briefversie_stap.html", context, status=422 if refusal else 200)


def _zet(request: HttpRequest, row: Briefversie, naam: str) -> Briefversie | Refusal:
    actor, version = actor_van(request), versie_van(request)
    if naam == "leg_weg":
        return service.leg_weg(actor=actor, pk=row.pk, versie=version)
    known = _getal(request.POST.get("geldend", ""))
    return service.maak_geldend(actor=actor, pk=row.pk, versie=version, geldend=known)


@require_safe
@voor_rollen(*DOSSIER_EN_BEHEER)
def pdf(request: HttpRequest, soort: str, nummer: int) -> HttpResponse:
    """The letter with invented facts, as it will be printed."""
    found = queries.vind_versie(bereik_van(request), soort, nummer)
    content = voorbeeld_pdf(soort, found.blokken, dag=timezone.localdate())
    return bestand_antwoord(f"Voorbeeld-{soort}-versie-{nummer}.pdf", content, "application/pdf")
