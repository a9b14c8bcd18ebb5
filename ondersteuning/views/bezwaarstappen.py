"""The SWV: the steps of an objection, each with a page of its own."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.bezwaar import OPEN
from ondersteuning.domain.herstelverzoek import herstel_uiterlijk
from ondersteuning.forms.bezwaar import AdviesForm, BezwaarstukForm, DagForm, HerstelForm, WijzigBezwaarForm
from ondersteuning.models import Bezwaar
from ondersteuning.queries.bezwaar import bezwaarpagina, oudernamen, stand_van_bezwaar, stappen_van
from ondersteuning.services import bezwaar as service
from ondersteuning.services import bezwaar_termijn as termijn
from ondersteuning.services import bezwaar_wijzigen as wijzigen
from ondersteuning.views.bevestigen import Betreft, Dienststap, bevestig
from ondersteuning.views.bezwaar import laad
from ondersteuning.views.bezwaarbeslissing import beslis
from swv_portal.access.requests import actor_van, voor_rollen
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.uploads import accept_upload

STAPPEN = {
    "verstuur_verweer": Dienststap(
        "Leg vast dat het verweer is verstuurd",
        ("U hebt het verweer naar de Landelijke Bezwaaradviescommissie gestuurd.",),
        "Vastgelegd: het verweer is verstuurd.",
        formulier=DagForm,
        gebeurd=True,
        doe=service.verstuur_verweer,
    ),
    "ontvang_advies": Dienststap(
        "Leg vast dat het advies er is",
        ("De Landelijke Bezwaaradviescommissie heeft advies gegeven. Daarna beslist u op het bezwaar.",),
        "Vastgelegd: het advies is er.",
        vraag="Wat adviseert de commissie?",
        verplicht=False,
        formulier=AdviesForm,
        gebeurd=True,
        doe=service.ontvang_advies,
    ),
    "verdaag": Dienststap(
        "Verdaag de beslissing",
        (
            "U krijgt zes weken meer tijd (Awb art. 7:10 lid 3). Dit kan één keer.",
            "De ouders en de scholen krijgen bericht met de nieuwe datum.",
        ),
        "De beslissing is verdaagd. De ouders en de scholen krijgen bericht.",
        vraag="Waarom hebt u meer tijd nodig?",
        doe=termijn.verdaag,
    ),
    "vraag_herstel": Dienststap(
        "Vraag om wat ontbreekt",
        (
            "Ontbreekt er iets, zoals de redenen of een handtekening? Dan geeft u wie bezwaar maakte de kans dat te "
            "sturen (Awb art. 6:6). De brief daarover stuurt u zelf.",
            "Vanaf de dag na uw vraag staat de termijn stil, tot er is wat ontbrak of de tijd daarvoor voorbij "
            "is (Awb art. 7:10 lid 2). Is de termijn nog niet begonnen? Dan tellen alleen de dagen daarna.",
        ),
        "Vastgelegd: u vroeg om wat ontbreekt.",
        vraag="Wat ontbreekt er?",
        formulier=HerstelForm,
        gebeurd=True,
        doe=termijn.vraag_herstel,
    ),
    "leg_herstel_vast": Dienststap(
        "Leg vast dat er is wat ontbrak",
        ("Wie bezwaar maakte, stuurde wat ontbrak. De termijn loopt weer verder.",),
        "Vastgelegd: wat ontbrak, is er.",
        formulier=DagForm,
        gebeurd=True,
        doe=termijn.leg_herstel_vast,
    ),
    "trek_in": Dienststap(
        "Leg vast dat het bezwaar is ingetrokken",
        ("Wie bezwaar maakte, heeft het ingetrokken. Het besluit blijft zoals het is.",),
        "Vastgelegd: het bezwaar is ingetrokken.",
        gevaarlijk=True,
        gebeurd=True,
        doe=service.trek_bezwaar_in,
    ),
    "wijzig": Dienststap(
        "Wijzig het bezwaar",
        (
            "Klopt iets niet, of weet u nu meer? Pas het hier aan. Het staat ook in de tijdlijn.",
            "Het portaal rekent opnieuw uit of het bezwaar op tijd was, en wanneer u uiterlijk beslist.",
        ),
        "De wijziging is bewaard.",
        knop="Bewaar",
        formulier=WijzigBezwaarForm,
        gebeurd=True,
        doe=wijzigen.wijzig_bezwaar,
    ),
    "voeg_document_toe": Dienststap(
        "Voeg een document toe",
        ("Alleen het samenwerkingsverband leest dit document hier.",),
        "Het document is bewaard.",
        formulier=BezwaarstukForm,
        gebeurd=True,
        doe=wijzigen.voeg_document_toe,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def stap(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Take one step of the procedure of an objection."""
    if naam not in STAPPEN and naam != "beslis":
        raise Http404
    row, today = laad(request, pk), timezone.localdate()
    if naam == "beslis":
        return beslis(request, row) if request.method == "POST" or row.staat in OPEN else redirect(_adres(pk))
    page, actor = bezwaarpagina(row, vandaag=today), actor_van(request)
    facts = stand_van_bezwaar(row, actor=actor, vandaag=today, termijnen=page.termijnen)

    def doe(form: Any) -> Any:
        filled = {name: value for name, value in form.cleaned_data.items() if name != "versie"}
        if "bestand" in filled:
            filled["bestand"] = accept_upload(filled["bestand"])
            if isinstance(filled["bestand"], Refusal):
                return filled["bestand"]
        return STAPPEN[naam].doe(actor=actor, pk=pk, versie=form.versie_van_formulier, vandaag=today, **filled)

    return bevestig(
        request,
        _met_formulier(request, naam, row),
        Betreft("bezwaar bij aanvraag", row.aanvraag.kenmerk, _adres(pk), regels=page.regels),
        begin={
            **{name: getattr(row, name) for name in wijzigen.VELDNAMEN},
            "versie": row.versie,
            "dag": today,
            "gevraagd_op": today,
            "uiterlijk": herstel_uiterlijk(today),
        },
        mag=lambda: naam in {step.naam for step in stappen_van(row, actor.bereik.rollen, facts)},
        doe=doe,
    )


def _met_formulier(request: HttpRequest, naam: str, row: Bezwaar) -> Dienststap:
    """The step, with a form that knows this objection, or the file that was sent."""
    step = STAPPEN[naam]
    if naam == "wijzig":
        with_it = [*(["verweer_op"] if row.verweer_op else []), *(["advies_op", "advies"] if row.advies_op else [])]
        form = partial(WijzigBezwaarForm, ouders=oudernamen(row.aanvraag), nu=row.bezwaarmaker, met=with_it)
        return replace(step, formulier=form)
    if naam == "voeg_document_toe":
        return replace(step, formulier=partial(BezwaarstukForm, files=request.FILES or None))
    return step


def _adres(pk: int) -> str:
    return reverse("ondersteuning:bezwaar", args=[pk])
