"""The SWV: the test list, asking for completion or more time, and the decision with its check page."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import INGEDIEND, TOEGEKEND, WORDT_VERSTUURD
from ondersteuning.domain.besluit import Uitkomst
from ondersteuning.domain.betaler import MET_VORIGE_SCHOOL, betaler_zin
from ondersteuning.domain.procedures import procedure_van
from ondersteuning.domain.termijnen import aanvulling_uiterlijk
from ondersteuning.domain.toets import toets
from ondersteuning.forms.besluit import AanvullingForm, BesluitForm, IntrekForm, VerlengForm
from ondersteuning.models import Aanvraag
from ondersteuning.queries.besluit import oude_motivering
from ondersteuning.queries.besluitregels import ontvangers, terug_tot
from ondersteuning.queries.betaler import Voorstel, gewone_keuze, stel_betaler_voor, vorige_scholen, weiger_betaler
from ondersteuning.queries.dossier import Dossier, dossier, dossiers
from ondersteuning.queries.routefeiten import controleer_periode, gewenste_periode, periode_uitleg
from ondersteuning.queries.stand import instellingen, oordeel, rollen_bij
from ondersteuning.reports import maak_voorbeeld
from ondersteuning.services import besluit as service
from ondersteuning.services.intrekken import trek_tlv_in
from ondersteuning.services.termijnen import verleng
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.files import bestand_antwoord
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal


def _laad(request: HttpRequest, pk: int) -> tuple[Aanvraag, Dossier]:
    bereik = bereik_van(request)
    aanvraag = get_object_or_404(dossiers(bereik), pk=pk)
    audit.record_read(actor=actor_van(request), onderwerp=aanvraag)
    return aanvraag, dossier(aanvraag, bereik, vandaag=timezone.localdate(), met_links=False)


def _alleen_wie_mag(request: HttpRequest, aanvraag: Aanvraag, naam: str) -> None:
    """On some routes not everybody of the SWV takes this step."""
    if not procedure_van(aanvraag.route).step(naam).rollen & rollen_bij(aanvraag, bereik_van(request)):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def besluit(request: HttpRequest, pk: int) -> HttpResponse:
    """The test list and the decision.  First POST: check everything once more; with ``bevestigd``: decide."""
    aanvraag, page = _laad(request, pk)
    _alleen_wie_mag(request, aanvraag, "ken_toe")
    if request.method != "POST" and aanvraag.staat != INGEDIEND:
        return redirect("ondersteuning:dossier", pk=pk)
    proposal = stel_betaler_voor(aanvraag, vandaag=timezone.localdate())
    form = BesluitForm(
        request.POST or None,
        initial=_begin(aanvraag, proposal),
        scholen=vorige_scholen(),
        plaats=aanvraag.de_route.plaats,
        tegen_ouders="bemiddeling" in aanvraag.de_route.punten,
    )
    checked = False
    if request.method == "POST" and _klopt(request, aanvraag, form):
        if "voorbeeld" in request.POST:
            return _voorbeeld(aanvraag, form)
        if "bevestigd" in request.POST:
            answer = _besluit(request, pk, form)
            if not isinstance(answer, Refusal):
                messages.success(request, _genomen(answer))
                return redirect("ondersteuning:dossier", pk=pk)
            form.weiger(answer)
        checked = not form.errors and "wijzig" not in request.POST
    context = {
        "aanvraag": aanvraag,
        "dossier": page,
        "form": form,
        "punten": toets(page.stand),
        "voorstel": proposal,
        "gecontroleerd": checked,
    }
    if checked:
        context |= _controle(aanvraag, form)
    template = "ondersteuning/besluit_controleren.html" if checked else "ondersteuning/besluit.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _klopt(request: HttpRequest, aanvraag: Aanvraag, form: BesluitForm) -> bool:
    """Put everything that is wrong on the form at once: what was typed, and what the rules say of it.

    The service looks again when the decision is taken.
    """
    form.is_valid()
    data = dict(form.cleaned_data)
    chosen, since, until = data.get("besluit"), data.get("geldig_van"), data.get("geldig_tot")
    found: list[Refusal] = []
    if chosen:
        words = str(data.get("motivering", ""))
        found += oordeel(aanvraag, chosen, bereik_van(request), toelichting=words, vandaag=timezone.localdate())
        result = Uitkomst.TOEGEKEND if chosen == "ken_toe" else Uitkomst.GEWEIGERD
        found += filter(None, [oude_motivering(aanvraag, words, result)])
    if chosen != "weiger":
        found += _periode_en_betaler(aanvraag, form, since, until)
    for refusal in found:
        if refusal.veld not in form.errors:
            form.weiger(refusal)
    return form.is_valid()


def _periode_en_betaler(aanvraag: Aanvraag, form: BesluitForm, since: date | None, until: date | None) -> list[Refusal]:
    found = [controleer_periode(aanvraag.de_route, since, until) if since and until else None]
    found.append(weiger_betaler(aanvraag, form.betaling or gewone_keuze(aanvraag)))
    return [each for each in found if each is not None]


def _begin(aanvraag: Aanvraag, voorstel: Voorstel) -> dict[str, Any]:
    """What the form begins with: what a decision that was taken back held, else what the school asked for."""
    since, until = gewenste_periode(aanvraag)
    return {
        "versie": aanvraag.versie,
        "geldig_van": aanvraag.geldig_van or since,
        "geldig_tot": aanvraag.geldig_tot or until,
        "motivering": aanvraag.motivering,
        "betaler": str(voorstel.keuze.reden),
        "vorige_school": voorstel.keuze.vorige_school,
        "betaler_toelichting": voorstel.keuze.toelichting,
    }


def _genomen(aanvraag: Aanvraag) -> str:
    until = terug_tot(aanvraag)
    if instellingen().terugneemminuten == 0:
        return "Het besluit is genomen. De brief wordt gemaakt en verstuurd."
    return f"Het besluit is genomen. U kunt het terugnemen tot {until}. Daarna gaat de brief uit."


def _controle(aanvraag: Aanvraag, form: BesluitForm) -> dict[str, Any]:
    """What the check page tells besides what was filled in: who gets it, who pays, and how the period came about."""
    data = form.cleaned_data
    found: dict[str, Any] = {"ontvangers": ontvangers(aanvraag), "minuten": instellingen().terugneemminuten}
    if data["besluit"] == "ken_toe":
        chosen = form.betaling or gewone_keuze(aanvraag)
        school = dict(vorige_scholen()).get(chosen.vorige_school or 0, "")
        previous = school if chosen.reden in MET_VORIGE_SCHOOL else ""
        found["betaler"] = betaler_zin(str(chosen.reden), str(chosen.betaler), vorige_school=previous)
        found["geldigheid"] = periode_uitleg(aanvraag.de_route, data["geldig_van"], data["geldig_tot"])
    return found


def _voorbeeld(aanvraag: Aanvraag, form: BesluitForm) -> HttpResponse:
    """The letter as it would be, of what was filled in; nothing is stored."""
    data = form.cleaned_data
    granted = data["besluit"] == "ken_toe"
    aanvraag.staat = WORDT_VERSTUURD
    aanvraag.uitkomst = str(Uitkomst.TOEGEKEND if granted else Uitkomst.GEWEIGERD)
    aanvraag.motivering = data["motivering"]
    aanvraag.geldig_van, aanvraag.geldig_tot = (data["geldig_van"], data["geldig_tot"]) if granted else (None, None)
    name, pdf = maak_voorbeeld(aanvraag, dag=timezone.localdate())
    return bestand_antwoord(name, pdf, "application/pdf")


def _besluit(request: HttpRequest, pk: int, form: BesluitForm) -> Aanvraag | Refusal:
    data: dict[str, Any] = form.cleaned_data
    common = {
        "actor": actor_van(request),
        "pk": pk,
        "versie": form.versie_van_formulier,
        "motivering": data["motivering"],
        "vandaag": timezone.localdate(),
    }
    if data["besluit"] == "weiger":
        return service.weiger(**common)
    return service.ken_toe(
        geldig_van=data["geldig_van"], geldig_tot=data["geldig_tot"], betaling=form.betaling, **common
    )


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def aanvulling(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the school to complete the application; the term stands still from tomorrow."""
    aanvraag, page = _laad(request, pk)
    today = timezone.localdate()
    if request.method != "POST" and aanvraag.staat != INGEDIEND:
        return redirect("ondersteuning:dossier", pk=pk)
    initial = {"versie": aanvraag.versie, "uiterlijk": aanvulling_uiterlijk(today)}
    form = AanvullingForm(request.POST or None, initial=initial, label="Wat ontbreekt er?")
    if request.method == "POST" and form.is_valid():
        answer = service.vraag_aanvulling(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            toelichting=form.cleaned_data["toelichting"],
            uiterlijk=form.cleaned_data["uiterlijk"],
            vandaag=today,
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De school is om aanvulling gevraagd. De termijn staat stil.")
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "dossier": page, "form": form, "punten": toets(page.stand)}
    return render(request, "ondersteuning/aanvulling.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def verlengen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take more time for the decision, and tell every party so (Awb art. 4:14)."""
    aanvraag, page = _laad(request, pk)
    if request.method != "POST" and aanvraag.staat != INGEDIEND:
        return redirect("ondersteuning:dossier", pk=pk)
    form = VerlengForm(
        request.POST or None,
        initial={"versie": aanvraag.versie},
        label="Waarom hebt u meer tijd nodig?",
        hulp="De ouders en de scholen kunnen dit lezen.",
    )
    if request.method == "POST" and form.is_valid():
        answer = verleng(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            uiterlijk=form.cleaned_data["uiterlijk"],
            toelichting=form.cleaned_data["toelichting"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "De termijn is verlengd. De ouders en de scholen krijgen bericht.")
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "dossier": page, "form": form}
    return render(request, "ondersteuning/verlengen.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def tlv_intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a TLV that was granted."""
    aanvraag, page = _laad(request, pk)
    _alleen_wie_mag(request, aanvraag, "trek_tlv_in")
    if request.method != "POST" and aanvraag.staat != TOEGEKEND:
        return redirect("ondersteuning:dossier", pk=pk)
    form = IntrekForm(request.POST or None, initial={"versie": aanvraag.versie})
    if request.method == "POST" and form.is_valid():
        answer = trek_tlv_in(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            per=form.cleaned_data["per"],
            reden=form.cleaned_data["reden"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "Het besluit is ingetrokken. De brief wordt gemaakt en verstuurd.")
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "dossier": page, "form": form}
    return render(request, "ondersteuning/tlv_intrekken.html", context, status=422 if form.errors else 200)
