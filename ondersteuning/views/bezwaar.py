"""The SWV: objections against its decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.bezwaar import ALLEEN_BEROEP, OPEN, STATEN, TEGENNAMEN, Tegen, bevoegd
from ondersteuning.forms.bezwaar import BezwaarForm
from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.bezwaar import (
    KOLOMMEN,
    bezwaarpagina,
    bladzijde,
    briefnummer,
    oudernamen,
    stand_van_bezwaar,
    stappen_van,
)
from ondersteuning.services import bezwaar as service
from ondersteuning.services.bezwaar_beslissing import BEZWAARBRIEF
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.paging import Plek
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.screens import maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Document
from swv_portal.jobs.services.documents import documents_of
from swv_portal.jobs.services.once import once
from swv_portal.jobs.services.uploads import accept_upload

#: Whom the page of a decision names, besides the parents.
_WIE_HET_HOORT = ("verwijzende_school", "gevraagde_school", "deelnemende_school", "indienend_bestuur")


@require_safe
@voor_rollen(*SWV_DOSSIER)
def bezwaren(request: HttpRequest) -> HttpResponse:
    """The list of objections, those that still run first chosen."""
    chosen = request.GET.get("staat", "open")
    page = bladzijde(bereik_van(request), chosen, Plek.uit(request.GET), timezone.localdate())
    empty = "Er loopt geen bezwaar." if chosen == "open" else "Er is geen bezwaar dat hierbij past."
    context = {
        "tabel": maak_tabel("Bezwaren", list(KOLOMMEN), page.rijen, leeg=empty),
        "page": page,
        "totaal": page.totaal("bezwaar", "bezwaren"),
        "staat": chosen,
        "staten": [("open", "Alle lopende"), *STATEN.items()],
    }
    return render(request, "ondersteuning/bezwaren.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def nieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an objection that came in."""
    aanvraag = get_object_or_404(Aanvraag.objects.visible_to(bereik_van(request)), pk=pk)
    audit.record_read(actor=actor_van(request), onderwerp=aanvraag)
    appeal = service.besloten_na_bezwaar(aanvraag)
    against = [code for code in TEGENNAMEN if service.termijn_van(aanvraag, code)[0] is not None]
    against = [code for code in against if not (appeal and code == Tegen.BESLUIT)]
    if not against:
        nothing = "Er is nog niets bekendgemaakt waartegen bezwaar kan."
        messages.info(request, ALLEEN_BEROEP.zin if appeal else nothing)
        return redirect("ondersteuning:dossier", pk=pk)
    initial = {"tegen": against[-1], "ontvangen_op": timezone.localdate()}
    parents = oudernamen(aanvraag)
    form = BezwaarForm(request.POST or None, request.FILES or None, initial=initial, tegen=against, ouders=parents)
    if request.method == "POST" and form.is_valid():
        outcome = _leg_vast(request, pk, form)
        if not isinstance(outcome, Refusal):
            return to_result(request, outcome.pad, "Het bezwaar is vastgelegd.", eerder=outcome.eerder)
        form.weiger(outcome)
    context = {"aanvraag": aanvraag, "form": form}
    return render(request, "ondersteuning/bezwaar_nieuw.html", context, status=422 if form.errors else 200)


def _leg_vast(request: HttpRequest, pk: int, form: BezwaarForm) -> Any:
    data = form.cleaned_data
    upload = accept_upload(data["bestand"]) if data["bestand"] else None
    if isinstance(upload, Refusal):
        return upload
    given = service.Opgave(
        tegen=data["tegen"],
        bezwaarmaker=data["bezwaarmaker"],
        ontvangen_op=data["ontvangen_op"],
        poststempel_op=data["poststempel_op"],
        gronden=data["gronden"],
        bestand=upload,
    )
    actor = actor_van(request)
    return once(
        actor=actor,
        soort="ondersteuning.bezwaar",
        sleutel=sleutel_van(request),
        maak=lambda: service.leg_bezwaar_vast(actor=actor, pk=pk, opgave=given, vandaag=timezone.localdate()),
        pad=lambda made: reverse("ondersteuning:bezwaar", args=[made.pk]),
    )


def laad(request: HttpRequest, pk: int) -> Bezwaar:
    """One objection; that its dossier was read goes into the timeline."""
    rows = Bezwaar.objects.visible_to(bereik_van(request)).prefetch_related("herstelverzoeken")
    rows = rows.select_related(*(f"aanvraag__{name}" for name in _WIE_HET_HOORT))
    found = get_object_or_404(rows, pk=pk)
    audit.record_read(actor=actor_van(request), onderwerp=found.aanvraag)
    return found


@require_safe
@voor_rollen(*SWV_DOSSIER)
def bezwaar(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection: what was said, in time or not, its terms, and the steps."""
    found = laad(request, pk)
    today = timezone.localdate()
    page = bezwaarpagina(found, vandaag=today)
    facts = stand_van_bezwaar(found, actor=actor_van(request), vandaag=today, termijnen=page.termijnen)
    unable = bevoegd(facts) if found.staat in OPEN else None
    context = {
        "pagina": page,
        "stappen": [(step.naam, step.label) for step in stappen_van(found, bereik_van(request).rollen, facts)],
        "niet_bevoegd": unable.zin if unable is not None else "",
        "documenten": [*_brief(found), *documents_of(found)],
    }
    return render(request, "ondersteuning/bezwaar.html", context)


def _brief(row: Bezwaar) -> list[Document]:
    """The letter of the decision, once it was made: it belongs to the application, so that everybody finds it."""
    if row.bekendgemaakt_op is None:
        return []
    return list(documents_of(row.aanvraag, BEZWAARBRIEF).filter(versie=briefnummer(row)))
