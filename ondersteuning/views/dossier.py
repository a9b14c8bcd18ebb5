"""The page of one application, and the steps that need no more than a confirmation."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kernen.domain.rollen import toekenners_van
from ondersteuning.domain.aanvraag import AANVULLING, BESLOTEN, CONCEPT, STAPPEN_BIJ_AANVULLING
from ondersteuning.domain.kindformulier import SCHOOL as KIND_SCHOOL
from ondersteuning.domain.stand import Bemanning
from ondersteuning.forms.besluit import ToelichtingForm, VersieForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.besluit import ALLEEN_SWV
from ondersteuning.queries.dossier import Dossier, dossier, dossiers
from ondersteuning.queries.evaluatiegesprekken import gesprek_weigering
from ondersteuning.queries.kindformulier import Kindknop, kindknop
from ondersteuning.queries.routefeiten import BEMIDDELINGSVERSLAG, ONDERZOEKSVERSLAG
from ondersteuning.services import aanvraag as school
from ondersteuning.services import besluit
from ondersteuning.views.lijst import LEZERS
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.audit.queries import net_gelezen, tijdlijn
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.workflow import Option, Refusal
from swv_portal.jobs.services.documents import documents_of

#: Steps that have a page of their own; the others are confirmed on the page of ``stap_zetten``.
EIGEN_PAGINA = {
    "leg_voor": ("ondersteuning:stap", ("controleren",)),
    "geef_eerste_advies": ("ondersteuning:advies", ()),
    "bevestig_plaats": ("ondersteuning:plaats", ()),
    "geen_plaats": ("ondersteuning:plaats", ()),
    "vraag_aanvulling": ("ondersteuning:aanvulling", ()),
    "ken_toe": ("ondersteuning:besluit", ()),
    "weiger": ("ondersteuning:besluit", ()),
    "verleng": ("ondersteuning:verlengen", ()),
    "trek_tlv_in": ("ondersteuning:tlv_intrekken", ()),
    "vraag_leden": ("ondersteuning:kies_leden", ()),
    "leg_onderzoek_vast": ("ondersteuning:onderzoek", ()),
}


#: What a button says when the name of the step is too narrow for the page behind it.
KORT = {"ken_toe": "Toets en besluit", "bevestig_plaats": "Zeg of er plaats is", "leg_voor": "Controleer en leg voor"}
#: What a person is here for comes first, whatever else can be done.
EERST = ("ken_toe",)
#: Steps that undo or end something: never the main button.
ONGEDAAN = frozenset({"trek_in", "haal_terug", "neem_terug", "trek_tlv_in"})


@dataclass(frozen=True)
class Knop:
    """A button of the dossier: where it leads, or why it can not be pressed yet."""

    label: str
    url: str
    weigering: Refusal | None
    gevaarlijk: bool = False
    hoofd: bool = False


def _knoppen(page: Dossier, bereik: Bereik) -> list[Knop]:
    """The buttons of this person; the first that can be pressed and undoes nothing is the main one."""
    found = [*_invullen(page), *_uitnodigen(page, bereik)]
    for option in sorted(_zonder_dubbel(page), key=lambda each: each.transition.naam not in EERST):
        name = option.transition.naam
        address, extra = EIGEN_PAGINA.get(name, ("ondersteuning:stap_zetten", (name,)))
        label = KORT.get(name, option.transition.label)
        # Pages that show what is missing themselves can always be opened.
        refusal = None if name in EIGEN_PAGINA else _echte_weigering(option)
        found.append(Knop(label, reverse(address, args=[page.aanvraag.pk, *extra]), refusal, name in ONGEDAAN))
    main = next((item for item in found if item.weigering is None and not item.gevaarlijk), None)
    return [replace(item, hoofd=item is main) for item in found]


def _invullen(page: Dossier) -> list[Knop]:
    """The way into the form, for the school, as long as it may change something."""
    aanvraag = page.aanvraag
    if not page.is_indiener or aanvraag.staat not in {CONCEPT, AANVULLING}:
        return []
    first = next((step for step, _ in page.stand.ontbreekt), "controleren")
    if aanvraag.staat == AANVULLING:
        address = reverse("ondersteuning:stap", args=[aanvraag.pk, _eerste_te_wijzigen(page)])
        return [Knop("Wijzig de aanvraag", address, None)]
    return [Knop("Ga verder met invullen", reverse("ondersteuning:stap", args=[aanvraag.pk, first]), None)]


def _eerste_te_wijzigen(page: Dossier) -> str:
    """The page of the form on which a completion begins: that with the reasons, where the route has it."""
    return next(step.naam for step in page.route.stappen[::-1] if step.naam in STAPPEN_BIJ_AANVULLING)


def _uitnodigen(page: Dossier, bereik: Bereik) -> list[Knop]:
    """The way to the invitation, for who may invite, as long as nobody at the receiving school can answer."""
    school = page.aanvraag.gevraagde_school_id
    if page.stand.bemanning is not Bemanning.NIEMAND or school is None or not page.is_swv:
        return []
    if not toekenners_van(Rol.ORTHOPEDAGOOG) & bereik.rollen:
        return []
    query = urlencode({"rol": str(Rol.ORTHOPEDAGOOG), "school": school})
    label = f"Nodig een orthopedagoog uit bij {page.aanvraag.ontvangende_school}"
    return [Knop(label, f"{reverse('kernen:persoon_nieuw')}?{query}", None)]


def _echte_weigering(option: Option) -> Refusal | None:
    """A missing answer or motivation is asked on the page itself."""
    refusal = option.weigering
    return None if refusal is not None and refusal.veld in {"toelichting", "motivering"} else refusal


def _zonder_dubbel(page: Dossier) -> list[Option]:
    """One button per page; a step that was already done has none."""
    done = set()
    if page.stand.eerste_advies is not None:
        done.add("geef_eerste_advies")
    if page.stand.plaats is True:
        done.add("bevestig_plaats")
    return [o for o in page.opties if o.transition.naam not in done | {"geen_plaats", "weiger"}]


@require_safe
@voor_rollen(*LEZERS)
def dossier_pagina(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier.  Reading by anybody who is not of the pupil's own school goes into the timeline."""
    bereik, actor = bereik_van(request), actor_van(request)
    rows: QuerySet[Any] = dossiers(bereik).annotate(net_gelezen=net_gelezen(actor, Aanvraag))
    aanvraag = get_object_or_404(rows, pk=pk)
    page = dossier(aanvraag, bereik, vandaag=timezone.localdate())
    if leest_van_buiten(page) and not aanvraag.net_gelezen:
        audit.record_new_read(actor=actor, onderwerp=aanvraag)
    context = {
        "dossier": page,
        "aanvraag": aanvraag,
        "knoppen": _knoppen(page, bereik),
        "documenten": _documenten(page),
        "tijdlijn": tijdlijn(
            aanvraag, met_lezen=page.is_swv or page.is_school, zonder=() if page.is_swv else ALLEEN_SWV
        ),
        "kind": _kind(page),
        "bellen": gesprek_weigering(aanvraag) is None,
        "mag_bezwaar": page.is_swv and aanvraag.bekendgemaakt_op is not None and aanvraag.staat in BESLOTEN,
    }
    return render(request, "ondersteuning/dossier.html", context)


def _kind(page: Dossier) -> Kindknop | None:
    """The way to the form of the child, for the school."""
    if not page.is_school:
        return None
    return kindknop(page.aanvraag, KIND_SCHOOL, reverse("ondersteuning:kindformulier", args=[page.aanvraag.pk]))


def _documenten(page: Dossier) -> Any:
    """The files with the application that this person may fetch."""
    found = documents_of(page.aanvraag)
    if page.is_swv or page.is_indiener:
        return found
    return found.exclude(soort__in=[ONDERZOEKSVERSLAG, BEMIDDELINGSVERSLAG])


def leest_van_buiten(page: Dossier) -> bool:
    """Does this person read as somebody from outside the pupil's own school (too)?  A board is outside it."""
    is_bestuur = page.is_indiener and page.aanvraag.indienend_bestuur_id is not None
    return page.is_swv or not page.is_school or page.is_ontvangend or is_bestuur


@dataclass(frozen=True)
class Bevestiging:
    """A step that is confirmed on a page of its own: what happens, and whether it needs words."""

    service: Callable[..., Any]
    kop: str
    uitleg: tuple[str, ...]
    gelukt: str
    tekstveld: str = ""
    tekstlabel: str = ""
    gevaarlijk: bool = False


BEVESTIGINGEN = {
    "haal_terug": Bevestiging(
        school.haal_terug,
        "Aanvraag terughalen",
        (
            "U kunt de aanvraag daarna weer wijzigen.",
            "De adviezen en handtekeningen vervallen. U vraagt ze daarna opnieuw.",
            "De ontvangende school ziet de aanvraag niet meer tot u de aanvraag opnieuw voorlegt.",
        ),
        "De aanvraag is terug bij uw school.",
        gevaarlijk=True,
    ),
    "dien_in": Bevestiging(
        school.dien_in,
        "Aanvraag indienen",
        (
            "Het samenwerkingsverband toetst de aanvraag en besluit.",
            "Vanaf vandaag loopt de termijn voor het besluit.",
            "Ouders die nog niet tekenden, kunnen dat tot het besluit nog doen.",
        ),
        "De aanvraag is ingediend bij het samenwerkingsverband.",
    ),
    "vul_aan": Bevestiging(
        school.vul_aan,
        "Aanvulling sturen",
        (
            "U hebt eerst in de aanvraag zelf gewijzigd wat nodig was.",
            "De termijn voor het besluit loopt weer verder.",
        ),
        "De aanvulling is gestuurd.",
        tekstveld="antwoord",
        tekstlabel="Uw antwoord: wat hebt u aangevuld?",
    ),
    "trek_in": Bevestiging(
        school.trek_in,
        "Aanvraag intrekken",
        (
            "De aanvraag stopt. Dit kunt u niet ongedaan maken.",
            "De links van de ouders en de tweede deskundige werken niet meer.",
            "Wij bewaren de aanvraag nog drie jaar.",
        ),
        "De aanvraag is ingetrokken.",
        gevaarlijk=True,
    ),
    "neem_terug": Bevestiging(
        besluit.neem_terug,
        "Besluit terugnemen",
        (
            "De brief gaat niet uit. De aanvraag ligt weer bij u.",
            "De ouders, de scholen en de deskundigen hebben van dit besluit niets gezien.",
            "Wat u invulde, staat er nog als u opnieuw besluit.",
            "Een TLV-nummer blijft bij deze aanvraag. Een andere aanvraag krijgt het niet.",
        ),
        "Het besluit is teruggenomen.",
        gevaarlijk=True,
    ),
    "hervat": Bevestiging(
        besluit.hervat,
        "Verder zonder aanvulling",
        ("De tijd voor de aanvulling is voorbij.", "De termijn voor het besluit loopt weer."),
        "De aanvraag ligt weer bij u.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*LEZERS)
def stap_zetten(request: HttpRequest, pk: int, naam: str) -> HttpResponse:
    """Confirm one step of the procedure."""
    step = BEVESTIGINGEN.get(naam)
    if step is None:
        raise Http404
    bereik = bereik_van(request)
    aanvraag = get_object_or_404(dossiers(bereik), pk=pk)
    page = dossier(aanvraag, bereik, vandaag=timezone.localdate())
    if leest_van_buiten(page):
        audit.record_read(actor=actor_van(request), onderwerp=aanvraag)
    initial = {"versie": aanvraag.versie}
    if step.tekstveld:
        form: VersieForm | ToelichtingForm = ToelichtingForm(
            request.POST or None, initial=initial, label=step.tekstlabel
        )
    else:
        form = VersieForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = {step.tekstveld: form.cleaned_data["toelichting"]} if step.tekstveld else {}
        answer = step.service(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            vandaag=timezone.localdate(),
            **words,
        )
        if not isinstance(answer, Refusal):
            messages.success(request, step.gelukt)
            return redirect("ondersteuning:dossier", pk=pk)
        if answer.code == "rol":
            raise PermissionDenied
        form.weiger(answer)
    elif naam not in {option.transition.naam for option in page.opties}:
        return redirect("ondersteuning:dossier", pk=pk)
    thuis = reverse("ondersteuning:dossier", args=[pk])
    context = {"aanvraag": aanvraag, "stap": step, "form": form, "dossier": page, "thuis": thuis}
    return render(request, "ondersteuning/bevestigen.html", context, status=422 if form.errors else 200)
