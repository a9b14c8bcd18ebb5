"""Pages for people with a personal link: parents, and the second expert.  The code was entered before one gets here."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ondersteuning.domain.aanvraag import OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.forms.adviezen import TweedeAdviesForm, ZienswijzeForm
from ondersteuning.queries.persoonlijk import Persoonlijk, partij_van_link, persoonlijk
from ondersteuning.reports.aanvraagtekst import maak_aanvraagtekst
from ondersteuning.services.adviezen import geef_tweede_advies, teken_gezien
from ondersteuning.services.bekendmaken import INTREKKINGSBRIEF
from ondersteuning.services.besluit import BRIEF
from ondersteuning.services.bezwaar_beslissing import BEZWAARBRIEF
from ondersteuning.services.partijen import LINK_DESKUNDIGE, LINK_OUDER
from swv_portal.access.requests import met_link
from swv_portal.audit import services as audit
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.documents import documents_of


def laad(request: HttpRequest, soort: str) -> Persoonlijk:
    partij = partij_van_link(request.persoonlijke_link, soort)  # type: ignore[attr-defined]
    if partij is None:
        raise Http404
    page = persoonlijk(partij, vandaag=timezone.localdate())
    if request.method != "POST":
        actor = request.actor  # type: ignore[attr-defined]
        audit.record_read(actor=actor, onderwerp=page.aanvraag, tekst="Heeft de aanvraag bekeken.")
    return page


@require_http_methods(["GET", "HEAD", "POST"])
@met_link(LINK_OUDER)
def ouder(request: HttpRequest) -> HttpResponse:
    """What a parent is asked, everything to read, and signing 'voor gezien'."""
    page = laad(request, OUDER)
    form = ZienswijzeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = teken_gezien(
            actor=request.actor,  # type: ignore[attr-defined]
            partij_pk=page.partij.pk,
            eens=form.cleaned_data["eens"],
            tekst=form.cleaned_data["tekst"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "Dank u wel. Wij hebben uw reactie bewaard.")
            return redirect("ondersteuning:ouder")
        form.weiger(answer)
    context = {
        "pagina": page,
        "form": form,
        "documenten": _brieven(page) if page.leesbaar else [],
        "link_tot": request.persoonlijke_link.verloopt,  # type: ignore[attr-defined]
    }
    return render(request, "ondersteuning/ouder.html", context, status=422 if form.errors else 200)


def _brieven(page: Persoonlijk) -> Any:
    """The letters; other files of an application, such as the report of an investigation, are not for parents."""
    return documents_of(page.aanvraag).filter(soort__in=[BRIEF, INTREKKINGSBRIEF, BEZWAARBRIEF])


@require_safe
@met_link(LINK_OUDER)
def ouder_pdf(request: HttpRequest) -> HttpResponse:
    """The application with the advices as a document to keep."""
    page = laad(request, OUDER)
    if not page.leesbaar:
        return redirect("ondersteuning:ouder")
    name, pdf = maak_aanvraagtekst(page, dag=timezone.localdate())
    return bestand_antwoord(name, pdf, "application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@met_link(LINK_DESKUNDIGE)
def deskundige(request: HttpRequest) -> HttpResponse:
    """What the second expert is asked, what is needed to read, and the own advice."""
    page = laad(request, TWEEDE_DESKUNDIGE)
    form = TweedeAdviesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = geef_tweede_advies(
            actor=request.actor,  # type: ignore[attr-defined]
            partij_pk=page.partij.pk,
            tekst=form.cleaned_data["tekst"],
            steunt=form.cleaned_data["steunt"],
            betrokken=form.cleaned_data["betrokken"],
            niet_in_dienst=form.cleaned_data["niet_in_dienst"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "Dank u wel. Uw advies is bewaard.")
            return redirect("ondersteuning:deskundige")
        form.weiger(answer)
    link = request.persoonlijke_link  # type: ignore[attr-defined]
    context = {"pagina": page, "form": form, "link_tot": link.verloopt}
    return render(request, "ondersteuning/deskundige.html", context, status=422 if form.errors else 200)
