"""What is done in a case of absence: the steps, the actions, the board table, and closing it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kernen.models import School, Schoolbestuur
from ondersteuning.domain.rollen import SCHOOL_EN_SWV
from ondersteuning.domain.verzuimmelding import MELDING
from ondersteuning.forms.aanwezigheid import AanpakForm, ActieForm, AfsluitForm, ZorgplichtForm
from ondersteuning.models import Verzuimmelding
from ondersteuning.queries.leerlingen import consulenten
from ondersteuning.queries.verzuim import is_swv
from ondersteuning.services.verzuimacties import actie_gedaan, noteer_actie
from ondersteuning.services.verzuimmelding import sluit_af, zet_aanpak, zet_stap
from ondersteuning.services.zorgplicht import leg_zorgplicht_vast
from ondersteuning.views.aanwezigheid import al_gesloten, eigen_of_gelezen
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, to_result, versie_van, voor_rollen
from swv_portal.common.scoping import SWV_DOSSIER, Bereik
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once

_GELUKT = {
    "neem_in_behandeling": "U hebt de melding in behandeling genomen.",
    "heropen": "De melding is heropend. De leerling telt weer mee.",
}


def _melding(request: HttpRequest, pk: int) -> Verzuimmelding:
    row = get_object_or_404(Verzuimmelding.objects.visible_to(bereik_van(request)).select_related("school"), pk=pk)
    eigen_of_gelezen(request, row)
    return row


def _formulier(
    request: HttpRequest, row: Verzuimmelding, form: Any, titel: str, knop: str, **meer: Any
) -> HttpResponse:
    context = {"form": form, "melding": row, "titel": titel, "knop": knop, **meer}
    return render(request, "ondersteuning/verzuim_formulier.html", context, status=422 if form.errors else 200)


def _klaar(request: HttpRequest, pk: int, zin: str) -> HttpResponse:
    messages.success(request, zin)
    return redirect("ondersteuning:verzuimmelding", pk=pk)


@require_POST
@voor_rollen(*SWV_DOSSIER)
def stap(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case in hand, or reopen it."""
    name = request.POST.get("stap", "")
    if name not in _GELUKT:
        raise Http404
    answer = zet_stap(
        actor=actor_van(request), pk=pk, versie=versie_van(request), stap=name, vandaag=timezone.localdate()
    )
    if isinstance(answer, Refusal):
        messages.error(request, answer.zin)
        return redirect("ondersteuning:verzuimmelding", pk=pk)
    return _klaar(request, pk, _GELUKT[name])


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def afsluiten(request: HttpRequest, pk: int) -> HttpResponse:
    row = _melding(request, pk)
    if closed := al_gesloten(request, row):
        return closed
    form = AfsluitForm(request.POST or None, initial={"versie": row.versie})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        answer = sluit_af(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            soort=data["einde_soort"],
            einde=data["einde_op"],
            reden=data["einde_reden"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            return _klaar(request, pk, "De melding is afgesloten.")
        form.weiger(answer)
    uitleg = (
        "Vanaf de dag die u invult, telt de leerling niet meer mee.",
        "Wij bewaren de melding nog drie jaar. Daarna wordt ze vernietigd.",
        "Valt de leerling later opnieuw uit? Maak dan een nieuwe melding.",
    )
    name = MELDING.step("sluit_af").label
    return _formulier(request, row, form, "Melding afsluiten", name, uitleg=uitleg)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def aanpak(request: HttpRequest, pk: int) -> HttpResponse:
    """In which of the six steps the case is, and who follows it."""
    row = _melding(request, pk)
    if closed := al_gesloten(request, row):
        return closed
    initial = {"versie": row.versie, "aanpak": row.aanpak, "consulent": row.consulent_id}
    form = AanpakForm(request.POST or None, initial=initial, consulenten=consulenten(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        answer = zet_aanpak(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            aanpak=form.cleaned_data["aanpak"],
            consulent=form.cleaned_data["consulent"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            return _klaar(request, pk, "De stap en de consulent zijn bewaard.")
        form.weiger(answer)
    return _formulier(request, row, form, "Stap en consulent", "Bewaren")


def _overleg(request: HttpRequest, bereik: Bereik) -> date | None:
    """The case meeting in which an action is noted, from the address; the SWV only."""
    text = request.GET.get("overleg", "")
    if not text or not is_swv(bereik):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOL_EN_SWV)
def actie(request: HttpRequest, pk: int) -> HttpResponse:
    """Note an action; from the agenda of a case meeting one comes back there."""
    row, actor = _melding(request, pk), actor_van(request)
    if closed := al_gesloten(request, row):
        return closed
    meeting = _overleg(request, bereik_van(request))
    back = reverse("ondersteuning:verzuimmelding", args=[pk])
    if meeting is not None:
        back = f"{reverse('ondersteuning:casusoverleg')}?dag={meeting.isoformat()}#melding-{pk}"
    form = ActieForm(request.POST or None, initial={"stap": row.aanpak, "versie": row.versie})
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("stap", "wat", "wie", "uiterlijk")}
        version, today = form.versie_van_formulier, timezone.localdate()
        outcome = once(
            actor=actor,
            soort="ondersteuning.verzuimactie",
            sleutel=sleutel_van(request),
            maak=lambda: noteer_actie(actor=actor, pk=pk, versie=version, vandaag=today, overleg=meeting, **data),
            pad=lambda _action: back,
        )
        if not isinstance(outcome, Refusal):
            return to_result(request, outcome.pad, "De actie is genoteerd.", eerder=outcome.eerder)
        form.weiger(outcome)
    title = "Actie noteren" if meeting is None else "Afspraak uit het casusoverleg"
    return _formulier(request, row, form, title, "Noteer", terug=back, maakt=True, overleg=meeting)


@require_POST
@voor_rollen(*SCHOOL_EN_SWV)
def gedaan(request: HttpRequest, pk: int, actie: int) -> HttpResponse:
    """An action was done."""
    answer = actie_gedaan(actor=actor_van(request), pk=pk, actie=actie, vandaag=timezone.localdate())
    if isinstance(answer, Refusal):
        messages.error(request, answer.zin)
        return redirect("ondersteuning:verzuimmelding", pk=pk)
    return _klaar(request, pk, "De actie staat op gedaan.")


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def zorgplicht(request: HttpRequest, pk: int) -> HttpResponse:
    """What the board table decided about who takes the zorgplicht."""
    row, bereik = _melding(request, pk), bereik_van(request)
    if closed := al_gesloten(request, row):
        return closed
    rows = School.objects.visible_to(bereik).actief().order_by("naam", "pk")
    # With its board: that one has to have been at the table.
    schools = [(pk, f"{name} ({board})") for pk, name, board in rows.values_list("pk", "naam", "bestuur__naam")]
    boards = Schoolbestuur.objects.visible_to(bereik).order_by("naam", "pk").values_list("pk", "naam")
    form = ZorgplichtForm(request.POST or None, initial={"versie": row.versie}, scholen=schools, besturen=list(boards))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        answer = leg_zorgplicht_vast(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            school_id=data["school"],
            besturen=data["besturen"],
            besloten_op=data["besloten_op"],
            motivering=data["motivering"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, list):
            return _klaar(request, pk, "Het besluit is vastgelegd. De school ziet de melding nu ook.")
        for refusal in answer:
            form.weiger(refusal)
    uitleg = (
        "De besturen beslissen samen welk bestuur de zorgplicht neemt.",
        "De school die u kiest, ziet de hele melding vanaf nu en kan er acties in noteren.",
        "De school die meldde, blijft de melding zien.",
    )
    return _formulier(request, row, form, "Besluit van de bestuurstafel", "Leg vast", uitleg=uitleg)
