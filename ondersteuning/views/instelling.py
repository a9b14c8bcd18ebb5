"""The page of an institution that does an application by its personal link, and the steps that it confirms."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.aanvraag import AANVULLING, CONCEPT
from ondersteuning.forms.besluit import ToelichtingForm, VersieForm
from ondersteuning.queries.dossier import Dossier
from ondersteuning.services.partijen import LINK_INSTELLING
from ondersteuning.views.dossier import BEVESTIGINGEN, ONGEDAAN, Knop
from ondersteuning.views.invuller import Invuller, via_link
from swv_portal.access.requests import met_link
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal


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


@require_http_methods(["GET", "HEAD", "POST"])
@met_link(LINK_INSTELLING)
def stap_zetten(request: HttpRequest, naam: str) -> HttpResponse:
    """Confirm one step of the procedure, as the institution."""
    step = BEVESTIGINGEN.get(naam)
    if step is None:
        raise Http404
    who = via_link(request)
    aanvraag = who.aanvraag()
    page = who.dossier(aanvraag, vandaag=timezone.localdate())
    if request.method != "POST" and naam not in {option.transition.naam for option in page.opties}:
        return redirect("ondersteuning:instelling")
    initial = {"versie": aanvraag.versie}
    form: VersieForm | ToelichtingForm = VersieForm(request.POST or None, initial=initial)
    if step.tekstveld:
        form = ToelichtingForm(request.POST or None, initial=initial, label=step.tekstlabel)
    if request.method == "POST" and form.is_valid():
        words = {step.tekstveld: form.cleaned_data["toelichting"]} if step.tekstveld else {}
        answer = step.service(
            actor=who.actor, pk=who.pk, versie=form.versie_van_formulier, vandaag=timezone.localdate(), **words
        )
        if not isinstance(answer, Refusal):
            messages.success(request, step.gelukt)
            return redirect("ondersteuning:instelling")
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "stap": step, "form": form, "dossier": page, "thuis": who.thuis}
    return render(request, "ondersteuning/bevestigen.html", context, status=422 if form.errors else 200)
