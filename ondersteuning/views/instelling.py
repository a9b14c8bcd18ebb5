"""The page of an institution that does an application by its personal link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ondersteuning.domain.aanvraag import AANVULLING, CONCEPT, INSTELLING
from ondersteuning.queries.dossier import Dossier
from ondersteuning.queries.kindformulier import kindknop
from ondersteuning.services.partijen import LINK_INSTELLING
from ondersteuning.views.aanvraagstap import BEVESTIGINGEN
from ondersteuning.views.bevestigen import Knop
from ondersteuning.views.dossier import ONGEDAAN
from ondersteuning.views.invuller import Invuller, via_link
from swv_portal.access.requests import met_link
from swv_portal.audit import services as audit


@require_safe
@met_link(LINK_INSTELLING)
def instelling(request: HttpRequest) -> HttpResponse:
    """Where the application stands, who is asked what, and what the institution can do now."""
    who = via_link(request)
    aanvraag = who.aanvraag()
    page = who.dossier(aanvraag, vandaag=timezone.localdate())
    audit.record_read(actor=who.actor, onderwerp=aanvraag, tekst="Heeft de aanvraag bekeken.")
    context = {
        "dossier": page,
        "aanvraag": aanvraag,
        "knoppen": _knoppen(who, page),
        "kind": kindknop(aanvraag, INSTELLING, who.kind),
        "link_tot": request.persoonlijke_link.verloopt,  # type: ignore[attr-defined]
    }
    return render(request, "ondersteuning/instelling.html", context)


def _knoppen(wie: Invuller, page: Dossier) -> list[Knop]:
    """What the institution can do: fill in, and the steps of the procedure that are its own."""
    found = []
    if page.aanvraag.staat == CONCEPT:
        first = next((step for step, _ in page.stand.ontbreekt), "controleren")
        found.append(Knop("Ga verder met invullen", wie.stap(first), None, hoofd=True))
        found.append(Knop("Controleer en leg voor", wie.stap("controleren"), None))
    if page.aanvraag.staat == AANVULLING:
        found.append(Knop("Wijzig de aanvraag", wie.stap("onderbouwing"), None))
    for option in page.opties:
        name = option.transition.naam
        if name in BEVESTIGINGEN:
            refusal = option.weigering if option.weigering and option.weigering.veld != "toelichting" else None
            url = reverse("ondersteuning:instelling_doe", args=[name])
            main = refusal is None and name not in ONGEDAAN and not any(button.hoofd for button in found)
            found.append(Knop(option.transition.label, url, refusal, name in ONGEDAAN, main))
    return found
