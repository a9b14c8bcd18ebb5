"""The steps of an application that need no more than a confirmation, by an account or by an institution with a link."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.rollen import AANVRAAGLEZERS
from ondersteuning.models import Aanvraag
from ondersteuning.queries.dossier import Dossier
from ondersteuning.services import aanvraag as school
from ondersteuning.services import besluit
from ondersteuning.services.partijen import LINK_INSTELLING
from ondersteuning.views.bevestigen import Betreft, Dienststap, bevestig
from ondersteuning.views.dossier import leest_van_buiten
from ondersteuning.views.invuller import Invuller, met_account, via_link
from swv_portal.access.requests import actor_van, met_link, voor_rollen
from swv_portal.audit import services as audit

BEVESTIGINGEN = {
    "haal_terug": Dienststap(
        "Aanvraag terughalen",
        (
            "U kunt de aanvraag daarna weer wijzigen.",
            "De adviezen en handtekeningen die er zijn, vervallen. U vraagt ze daarna opnieuw.",
            "Wie u iets vroeg, leest de aanvraag niet meer tot u die opnieuw voorlegt.",
        ),
        "De aanvraag is teruggehaald. U kunt die nu wijzigen.",
        gevaarlijk=True,
        doe=school.haal_terug,
    ),
    "dien_in": Dienststap(
        "Aanvraag indienen",
        (
            "Het samenwerkingsverband toetst de aanvraag en besluit.",
            "Vanaf vandaag loopt de termijn voor het besluit.",
            "Ouders die nog niet tekenden, kunnen dat tot het besluit nog doen.",
        ),
        "De aanvraag is ingediend bij het samenwerkingsverband.",
        doe=school.dien_in,
    ),
    "vul_aan": Dienststap(
        "Aanvulling sturen",
        (
            "U hebt eerst in de aanvraag zelf gewijzigd wat nodig was.",
            "De termijn voor het besluit loopt weer verder.",
        ),
        "De aanvulling is gestuurd.",
        vraag="Uw antwoord: wat hebt u aangevuld?",
        doe=school.vul_aan,
    ),
    "trek_in": Dienststap(
        "Aanvraag intrekken",
        (
            "De aanvraag stopt. Dit kunt u niet ongedaan maken.",
            "De persoonlijke links bij deze aanvraag werken niet meer.",
            "Wij bewaren de aanvraag nog drie jaar.",
        ),
        "De aanvraag is ingetrokken.",
        gevaarlijk=True,
        doe=school.trek_in,
    ),
    "neem_terug": Dienststap(
        "Besluit terugnemen",
        (
            "De brief gaat niet uit. De aanvraag ligt weer bij u.",
            "De ouders, de scholen en de deskundigen hebben van dit besluit niets gezien.",
            "Wat u invulde, staat er nog als u opnieuw besluit.",
            "Kreeg de TLV al een nummer? Dat blijft bij deze aanvraag. Een andere aanvraag krijgt het niet.",
        ),
        "Het besluit is teruggenomen.",
        gevaarlijk=True,
        doe=besluit.neem_terug,
    ),
    "hervat": Dienststap(
        "Verder zonder aanvulling",
        ("De tijd voor de aanvulling is voorbij.", "De termijn voor het besluit loopt weer."),
        "De aanvraag ligt weer bij u.",
        doe=besluit.hervat,
    ),
}


def _zet(request: HttpRequest, wie: Invuller, naam: str, aanvraag: Aanvraag, page: Dossier) -> HttpResponse:
    place = aanvraag.ontvangende_school
    wish = f" vraagt een plaats op {place.naam}" if place is not None else ""

    def doe(form: Any) -> Any:
        words = {"antwoord": form.cleaned_data["toelichting"]} if naam == "vul_aan" else {}
        return BEVESTIGINGEN[naam].doe(
            actor=wie.actor, pk=wie.pk, versie=form.versie_van_formulier, vandaag=timezone.localdate(), **words
        )

    return bevestig(
        request,
        BEVESTIGINGEN[naam],
        Betreft("aanvraag", aanvraag.kenmerk, wie.thuis, kort=f"{capfirst(aanvraag.indienernaam)}{wish}."),
        begin={"versie": aanvraag.versie},
        mag=lambda: naam in {option.transition.naam for option in page.opties},
        doe=doe,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*AANVRAAGLEZERS)
def stap_zetten(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Confirm one step of the procedure."""
    if naam not in BEVESTIGINGEN:
        raise Http404
    who = met_account(request, pk)
    aanvraag = who.aanvraag()
    page = who.dossier(aanvraag, vandaag=timezone.localdate())
    if leest_van_buiten(page):
        audit.record_read(actor=actor_van(request), onderwerp=aanvraag)
    return _zet(request, who, naam, aanvraag, page)


@require_http_methods(["GET", "HEAD", "POST"])
@met_link(LINK_INSTELLING)
def als_instelling(request: HttpRequest, naam: str) -> HttpResponse:
    """Confirm one step of the procedure, as the institution."""
    if naam not in BEVESTIGINGEN:
        raise Http404
    who = via_link(request)
    aanvraag = who.aanvraag()
    return _zet(request, who, naam, aanvraag, who.dossier(aanvraag, vandaag=timezone.localdate()))
