"""The page of one application, and the ways from there."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kernen.domain.rollen import toekenners_van
from ondersteuning.domain.aanvraag import AANVULLING, BESLOTEN, CONCEPT, STAPPEN_BIJ_AANVULLING
from ondersteuning.domain.kindformulier import vult_in_als
from ondersteuning.domain.rollen import AANVRAAGLEZERS
from ondersteuning.domain.routes import Deelnemer
from ondersteuning.domain.stand import Bemanning
from ondersteuning.models import Aanvraag
from ondersteuning.queries.besluit import NIET_NAAR_BUITEN
from ondersteuning.queries.bestuursadviezen import NAMENS_EEN_LID
from ondersteuning.queries.dossier import Dossier, dossier, dossiers
from ondersteuning.queries.evaluatiegesprekken import gesprek_weigering
from ondersteuning.queries.kindformulier import Kindknop, kindknop
from ondersteuning.queries.routefeiten import BEMIDDELINGSVERSLAG, ONDERZOEKSVERSLAG
from ondersteuning.queries.stand import rollen_bij
from ondersteuning.views.bevestigen import Knop
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
EERST = ("leg_onderzoek_vast", "vraag_leden", "ken_toe")
#: Steps that stay possible after they were taken, and what their button says then.
OPNIEUW = {"leg_onderzoek_vast": "Wijzig het onderzoek", "vraag_leden": "Herinner de leden, of vraag een ander"}
#: Steps that hold an application up: never the main button.
NOOIT_HOOFD = frozenset({"vraag_aanvulling", "verleng"})
#: Steps that undo or end something: never the main button either.
ONGEDAAN = frozenset({"trek_in", "haal_terug", "neem_terug", "trek_tlv_in"})


def _knoppen(page: Dossier, bereik: Bereik) -> list[Knop]:
    """The buttons of this person; the first that can be pressed and undoes nothing is the main one."""
    found = [*_invullen(page), *_uitnodigen(page, bereik)]
    done, later = _al_gedaan(page), set()
    order = {name: number for number, name in enumerate(EERST) if name not in done}
    for option in sorted(_zonder_dubbel(page), key=lambda each: order.get(each.transition.naam, len(EERST))):
        name = option.transition.naam
        address, extra = EIGEN_PAGINA.get(name, ("ondersteuning:stap_zetten", (name,)))
        label = OPNIEUW[name] if name in done else KORT.get(name, option.transition.label)
        # Pages that show what is missing themselves can always be opened.
        refusal = None if name in EIGEN_PAGINA else _echte_weigering(option)
        knop = Knop(label, reverse(address, args=[page.aanvraag.pk, *extra]), refusal, name in ONGEDAAN)
        found.append(knop)
        if name in NOOIT_HOOFD | done:
            later.add(knop.url)
    main = next((k for k in found if k.weigering is None and not k.gevaarlijk and k.url not in later), None)
    return [replace(item, hoofd=item is main) for item in found]


def _al_gedaan(page: Dossier) -> set[str]:
    """The steps of ``OPNIEUW`` that were taken."""
    facts = {"leg_onderzoek_vast": page.stand.onderzocht_op is not None, "vraag_leden": bool(page.stand.leden)}
    return {name for name, taken in facts.items() if taken}


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
    if page.stand.eerste_advies is not None or not page.route.vraagt(Deelnemer.EERSTE_DESKUNDIGE):
        done.add("geef_eerste_advies")
    if page.stand.plaats is True:
        done.add("bevestig_plaats")
    return [o for o in page.opties if o.transition.naam not in done | {"geen_plaats", "weiger"}]


@require_safe
@voor_rollen(*AANVRAAGLEZERS)
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
            aanvraag,
            met_lezen=page.is_swv or page.is_school,
            zonder=() if page.is_swv else NIET_NAAR_BUITEN,
            namens=None if page.is_swv else NAMENS_EEN_LID,
        ),
        "kind": _kind(page, bereik),
        "bellen": gesprek_weigering(aanvraag) is None,
        "mag_bezwaar": page.is_swv and aanvraag.bekendgemaakt_op is not None and aanvraag.staat in BESLOTEN,
    }
    return render(request, "ondersteuning/dossier.html", context)


def _kind(page: Dossier, bereik: Bereik) -> Kindknop | None:
    """The way to the form of the child, for the school or who does the application."""
    if not page.is_school:
        return None
    who = vult_in_als(rollen_bij(page.aanvraag, bereik), met_link=False)
    return kindknop(page.aanvraag, who, reverse("ondersteuning:kindformulier", args=[page.aanvraag.pk]))


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
