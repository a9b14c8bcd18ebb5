"""TLV at the basisschool: the list of members, asking two of them, their advice, and another school year."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ondersteuning.domain.aanvraag import INGEDIEND
from ondersteuning.domain.plaatsing import Soort
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.tlv_bao import AANTAL_LEDEN, aantal_leden, vraagt_leden, waarom_geen_advies
from ondersteuning.forms.adres import AanvraagInAdresForm
from ondersteuning.forms.besluit import VersieForm
from ondersteuning.forms.bestuursadviezen import BestuursadviesForm, LedenForm, LidForm
from ondersteuning.models import Aanvraag, AvLid, Bestuursadvies
from ondersteuning.queries.bestuursadviezen import (
    LID_LAS,
    LID_LAS_SOORT,
    bestuurders,
    leden_van,
    mijn_lijst,
    naam_van,
    te_kiezen,
    weigering_verlengen,
)
from ondersteuning.queries.dossier import dossiers, met_alles
from ondersteuning.queries.secties import zonder_namen
from ondersteuning.services.bestuursadviezen import (
    LedenGevraagd,
    geef_bestuursadvies,
    laat_lid_stoppen,
    verleng_tlv_bao,
    voeg_lid_toe,
    vraag_leden,
)
from swv_portal.access.requests import actor_van, bereik_van, voor_rollen
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER, Rol
from swv_portal.common.workflow import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def leden(request: HttpRequest) -> HttpResponse:
    """The members who can be asked, and putting somebody on the list."""
    today, back = timezone.localdate(), _aanvraag_van(request)
    form = LidForm(request.POST or None, personen=bestuurders(today))
    if request.method == "POST" and form.is_valid():
        user, board = form.sleutels
        answer = voeg_lid_toe(actor=actor_van(request), user_id=user, bestuur_id=board, vandaag=today)
        if not isinstance(answer, Refusal):
            messages.success(request, "Het lid staat op de lijst.")
            return redirect(_lijst(back))
        form.weiger(answer)
    rows = AvLid.objects.visible_to(bereik_van(request)).actief().select_related("user", "bestuur")
    context = {
        "form": form,
        "leden": [(each.pk, naam_van(each)) for each in rows],
        "terug_naar": reverse("ondersteuning:kies_leden", args=[back]) if back else "",
        "vraagdeel": f"?aanvraag={back}" if back else "",
    }
    return render(request, "ondersteuning/avleden.html", context, status=422 if form.errors else 200)


@require_POST
@voor_rollen(*SWV_DOSSIER)
def lid_stopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member off the list."""
    laat_lid_stoppen(actor=actor_van(request), pk=pk, vandaag=timezone.localdate())
    messages.success(request, "Het lid staat niet meer op de lijst.")
    return redirect(_lijst(_aanvraag_van(request)))


def _aanvraag_van(request: HttpRequest) -> int | None:
    """The application from which somebody came to the list (``?aanvraag=``), to go back to."""
    return AanvraagInAdresForm(request.GET).gekozen


def _lijst(aanvraag: int | None) -> str:
    """The list of members, with the way back to the application from which somebody came."""
    return reverse("ondersteuning:avleden") + (f"?aanvraag={aanvraag}" if aanvraag else "")


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SWV_DOSSIER)
def kies_leden(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the two members who are asked."""
    bereik = bereik_van(request)
    aanvraag = get_object_or_404(dossiers(bereik), pk=pk)
    if not vraagt_leden(aanvraag.de_route):
        raise Http404
    audit.record_read(actor=actor_van(request), onderwerp=aanvraag)
    if request.method != "POST" and aanvraag.staat != INGEDIEND:
        return redirect("ondersteuning:dossier", pk=pk)
    school = aanvraag.verwijzende_school
    asked = [each.lid_id for each in leden_van(aanvraag)]
    given = [each.lid_id for each in leden_van(aanvraag) if each.gegeven_op is not None]
    choices = te_kiezen(bereik, zorgplicht=school.bestuur_id if school else None, gegeven=given)
    form = LedenForm(request.POST or None, initial={"versie": aanvraag.versie, "leden": asked}, leden=choices)
    if request.method == "POST" and form.is_valid():
        answer = vraag_leden(
            actor=actor_van(request),
            pk=pk,
            versie=form.versie_van_formulier,
            leden=form.cleaned_data["leden"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, _gelukt(answer))
            return redirect("ondersteuning:dossier", pk=pk)
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "form": form, "te_weinig": len(choices) < AANTAL_LEDEN}
    return render(request, "ondersteuning/kies_leden.html", context, status=422 if form.errors else 200)


def _gelukt(gedaan: LedenGevraagd) -> str:
    """Who gets a mail now: because advice is asked, or as a reminder."""
    sentences = []
    if gedaan.gevraagd:
        sentences.append(f"Wij vragen {aantal_leden(gedaan.gevraagd)} met een e-mail om advies.")
    if gedaan.herinnerd:
        sentences.append(f"Wij sturen {aantal_leden(gedaan.herinnerd)} een herinnering.")
    return " ".join(sentences)


@require_safe
@voor_rollen(Rol.SCHOOLBESTUURDER)
def mijn(request: HttpRequest) -> HttpResponse:
    """What a member was asked."""
    return render(request, "ondersteuning/bestuursadviezen.html", {"rijen": mijn_lijst(bereik_van(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(Rol.SCHOOLBESTUURDER)
def advies(request: HttpRequest, pk: int) -> HttpResponse:
    """What the advice is about, without names, and giving it.  Reading goes into the timeline."""
    bereik, actor = bereik_van(request), actor_van(request)
    row = get_object_or_404(Bestuursadvies.objects.visible_to(bereik), pk=pk, lid__user_id=bereik.user_id)
    aanvraag = met_alles(Aanvraag.objects.filter(pk=row.aanvraag_id)).get()
    audit.record_read(actor=actor, onderwerp=aanvraag, tekst=LID_LAS, soort=LID_LAS_SOORT)
    closed = waarom_geen_advies(aanvraag.staat)
    form = BestuursadviesForm(request.POST or None, initial=_begin(row))
    if request.method == "POST" and form.is_valid():
        answer = geef_bestuursadvies(
            actor=actor,
            pk=pk,
            steunt=form.cleaned_data["steunt"],
            tekst=form.cleaned_data["tekst"],
            vandaag=timezone.localdate(),
        )
        if not isinstance(answer, Refusal):
            messages.success(request, "Uw advies is gegeven. Tot het besluit kunt u het nog wijzigen.")
            return redirect("ondersteuning:bestuursadviezen")
        form.weiger(answer)
    context = {
        "advies": row,
        "aanvraag": aanvraag,
        "form": form,
        "gesloten": "" if closed is None or form.is_bound else closed.zin,
        # Who has nothing to advise on (any more) has nothing to read either; a refused answer keeps its page.
        "secties": zonder_namen(aanvraag) if closed is None or form.is_bound else [],
    }
    return render(request, "ondersteuning/bestuursadvies.html", context, status=422 if form.errors else 200)


def _begin(row: Bestuursadvies) -> dict[str, Any]:
    return {"steunt": {True: "ja", False: "nee", None: ""}[row.steunt], "tekst": row.tekst}


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*SCHOOLROLLEN)
def nog_een_jaar(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another school year, from 1 June."""
    bereik, today = bereik_van(request), timezone.localdate()
    aanvraag = get_object_or_404(dossiers(bereik), pk=pk)
    if aanvraag.de_route.plaats is not Soort.TLV_BAO:
        raise Http404
    form = VersieForm(request.POST or None, initial={"versie": aanvraag.versie})
    if request.method == "POST" and form.is_valid():
        answer = verleng_tlv_bao(actor=actor_van(request), pk=pk, versie=form.versie_van_formulier, vandaag=today)
        if not isinstance(answer, Refusal):
            messages.success(request, "De aanvraag voor nog een schooljaar is begonnen. Kijk of alles nog klopt.")
            return redirect("ondersteuning:stap", pk=answer.pk, stap="leerling")
        if answer.code == "rol":
            raise PermissionDenied
        form.weiger(answer)
    context = {
        "aanvraag": aanvraag,
        "form": form,
        "nog_niet": weigering_verlengen(aanvraag, today),
        "thuis": reverse("ondersteuning:dossier", args=[pk]),
    }
    return render(request, "ondersteuning/nog_een_jaar.html", context, status=422 if form.errors else 200)
