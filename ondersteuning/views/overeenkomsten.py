"""Agreements about a pupil: the list, beginning one, filling it in, and its page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.overeenkomst import SOORTKOPPEN, SOORTNAMEN, Soort, mag_wijzigen
from ondersteuning.domain.rollen import DOSSIERLEZERS, SCHOOLROLLEN
from ondersteuning.forms.overeenkomsten import NieuweOvereenkomstForm, OvereenkomstfilterForm, OvereenkomstForm
from ondersteuning.models import Overeenkomst
from ondersteuning.queries import overeenkomsten as lijsten
from ondersteuning.queries.leerlingen import leerlingkeuzes, voorkeuzes
from ondersteuning.queries.overeenkomst import overeenkomsten, pagina, rollen_bij
from ondersteuning.services.overeenkomst import VELDEN, begin_overeenkomst, wijzig_overeenkomst
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.audit.queries import net_gelezen, tijdlijn
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once

NIET_TERUG = (
    "Een DWS-plaats is voor het hele schooljaar gekocht. U krijgt geen geld terug als de leerling eerder stopt."
)
DOORGEVEN = f"{NIET_TERUG} U kunt de plaats in het schooljaar wel doorgeven aan een andere leerling van uw school."
#: The same for who is not of that school.
SCHOOL_GEEFT_DOOR = (
    "Een DWS-plaats is voor het hele schooljaar gekocht. De school krijgt geen geld terug als de leerling eerder "
    "stopt. De school kan de plaats wel doorgeven aan een andere leerling."
)
#: Steps that end or undo something: never the main button.
GEVAARLIJK = ("zeg_nee", "wijs_af", "haal_terug", "trek_in", "stop")


@require_safe
@voor_rollen(*DOSSIERLEZERS)
def lijst(request: HttpRequest) -> HttpResponse:
    """The agreements within reach, with filters in the address."""
    bereik, filters = bereik_van(request), OvereenkomstfilterForm(request.GET).filters
    page = lijsten.bladzijde(bereik, filters, Plek.uit(request.GET), timezone.localdate())
    some = any(vars(filters).values())
    empty = "Er is geen overeenkomst die hierbij past." if some else "Er is nog geen overeenkomst."
    context = {
        "tabel": maak_tabel("Overeenkomsten", lijsten.kolommen(bereik), page.rijen, leeg=empty),
        "page": page,
        "totaal": page.totaal("overeenkomst", "overeenkomsten"),
        "filters": filters,
        "soorten": list(SOORTKOPPEN.items()),
        "staten": lijsten.STAATKEUZES,
        "scholen": lijsten.filterscholen(bereik),
        "mag_beginnen": bereik.heeft(*SCHOOLROLLEN),
    }
    return render(request, "ondersteuning/overeenkomsten.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOLROLLEN)
def nieuw(request: HttpRequest) -> HttpResponse:
    """Begin an agreement: what kind, for which pupil."""
    bereik = bereik_van(request)
    schools = lijsten.eigen_scholen(bereik)
    if not schools:
        raise PermissionDenied
    pupils = leerlingkeuzes(bereik, schools)
    chosen = voorkeuzes(request.GET, school=schools, leerling=pupils)
    form = NieuweOvereenkomstForm(request.POST or None, initial=chosen, scholen=schools, leerlingen=pupils)
    if request.method == "POST" and form.is_valid():
        actor, data = actor_van(request), form.cleaned_data
        outcome = once(
            actor=actor,
            soort="ondersteuning.overeenkomst",
            sleutel=sleutel_van(request),
            maak=lambda: begin_overeenkomst(
                actor=actor,
                soort=data["soort"],
                school_id=data["school"],
                leerling_id=form.leerling_id,
                nieuwe_leerling=form.nieuwe_leerling,
                vandaag=timezone.localdate(),
            ),
            pad=lambda row: reverse("ondersteuning:overeenkomst_wijzigen", args=[row.pk]),
        )
        if not isinstance(outcome, Refusal):
            return to_result(request, outcome.pad, eerder=outcome.eerder)
        form.weiger(outcome)
    status = 422 if form.is_bound else 200
    return render(request, "ondersteuning/overeenkomst_nieuw.html", {"form": form}, status=status)


def een_overeenkomst(request: HttpRequest, pk: int) -> tuple[Overeenkomst, Bereik]:
    """The agreement within reach.  Reading from outside the pupil's own school goes into its timeline."""
    bereik, actor = bereik_van(request), actor_van(request)
    rows: Any = overeenkomsten(bereik).annotate(net_gelezen=net_gelezen(actor, Overeenkomst))
    row: Any = get_object_or_404(rows, pk=pk)
    outside = bereik.heeft(*SWV_DOSSIER) or row.school_id not in bereik.plaatsen(*SCHOOLROLLEN)
    if outside and not row.net_gelezen:
        audit.record_new_read(actor=actor, onderwerp=row)
    return row, bereik


@require_safe
@voor_rollen(*DOSSIERLEZERS)
def overeenkomst(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement, with what this person may do."""
    row, bereik = een_overeenkomst(request, pk)
    page = pagina(row, bereik, vandaag=timezone.localdate())
    context = {
        "pagina": page,
        "rij": row,
        "soortnaam": SOORTNAMEN[row.soort],
        "mag_wijzigen": mag_wijzigen(row.staat, rollen_bij(row, bereik)) is None,
        "hoofd": next((o.transition.naam for o in page.opties if not o.weigering and _is_hoofd(o.transition.naam)), ""),
        "gevaarlijk": GEVAARLIJK,
        "tijdlijn": tijdlijn(row, met_lezen=page.is_swv or page.is_school),
        "niet_terug": "" if row.soort != Soort.DWS else DOORGEVEN if page.is_school else SCHOOL_GEEFT_DOOR,
    }
    return render(request, "ondersteuning/overeenkomst.html", context)


def _is_hoofd(naam: str) -> bool:
    """A step that moves it on; what ends or undoes is never the main button."""
    return naam in {"leg_voor", "teken", "teken_andere", "stem_in"}


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOLROLLEN)
def wijzigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in what is agreed."""
    row, bereik = een_overeenkomst(request, pk)
    refusal = mag_wijzigen(row.staat, rollen_bij(row, bereik))
    if refusal is not None and refusal.code == "rol":
        raise PermissionDenied
    url = reverse("ondersteuning:overeenkomst", args=[pk])
    initial = {name: getattr(row, name) for name in (*VELDEN, "versie")}
    form = OvereenkomstForm(request.POST or None, initial=initial, soort=row.soort, scholen=lijsten.andere_scholen(row))
    if request.method == "POST" and form.is_valid():
        answer = wijzig_overeenkomst(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            waarden=form.cleaned_data,
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, list):
            messages.success(request, "De overeenkomst is bewaard.")
            return redirect(url)
        form.weiger_alle(answer)
    elif refusal is not None and not form.is_bound:
        messages.info(request, refusal.zin)
        return redirect(url)
    context = {
        "form": form,
        "rij": row,
        "soortnaam": SOORTNAMEN[row.soort],
        "terug": url,
        "is_dws": row.soort == Soort.DWS,
    }
    return render(request, "ondersteuning/overeenkomst_wijzigen.html", context, status=422 if form.is_bound else 200)
