"""The form of the child: for a parent by the personal link, and for who does the application."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ondersteuning.domain.aanvraag import INDIENERS, OUDER
from ondersteuning.domain.kindformulier import mag_invullen, vult_in_als
from ondersteuning.domain.rollen import AANVRAGERS, SCHOOLROLLEN
from ondersteuning.forms.kindformulier import KindForm
from ondersteuning.models import Aanvraag, Kindformulier
from ondersteuning.queries.kindformulier import beginwaarden, kindformulier_van
from ondersteuning.services.kindformulieren import vul_in_als_indiener, vul_in_als_ouder
from ondersteuning.services.partijen import LINK_INSTELLING, LINK_OUDER
from ondersteuning.views.invuller import Invuller, met_account, via_link
from ondersteuning.views.persoonlijk import laad
from swv_portal.access.requests import met_link, voor_rollen
from swv_portal.common.workflow import Refusal

Bewaar = Callable[[KindForm], Kindformulier | Refusal]


@require_http_methods(["GET", "HEAD", "POST"])
@met_link(LINK_OUDER)
def ouder_kind(request: HttpRequest) -> HttpResponse:
    """A parent and the child fill it in together."""
    page = laad(request, OUDER)

    def bewaar(form: KindForm) -> Kindformulier | Refusal:
        return vul_in_als_ouder(
            actor=request.actor,  # type: ignore[attr-defined]
            partij_pk=page.partij.pk,
            versie=form.versie_van_formulier,
            opgave=form.opgave,
            vandaag=timezone.localdate(),
        )

    if request.method != "POST" and page.kind is None:
        return redirect("ondersteuning:ouder")
    return _pagina(request, page.aanvraag, reverse("ondersteuning:ouder"), bewaar, "ondersteuning/ouder_kind.html")


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*AANVRAGERS)
def school_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody of the school and the child fill it in together."""
    return _indiener(request, met_account(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@met_link(LINK_INSTELLING)
def instelling_kind(request: HttpRequest) -> HttpResponse:
    """Somebody of the institution and the child fill it in together."""
    return _indiener(request, via_link(request))


def _indiener(request: HttpRequest, wie: Invuller) -> HttpResponse:
    aanvraag = wie.aanvraag()
    roles = wie.rollen(aanvraag)
    if not roles & (INDIENERS | SCHOOLROLLEN):
        raise PermissionDenied

    def bewaar(form: KindForm) -> Kindformulier | Refusal:
        return vul_in_als_indiener(
            actor=wie.actor,
            pk=wie.pk,
            versie=form.versie_van_formulier,
            opgave=form.opgave,
            vandaag=timezone.localdate(),
        )

    now = kindformulier_van(aanvraag)
    who = vult_in_als(roles, met_link=wie.actor.link_id is not None)
    refusal = mag_invullen(aanvraag.staat, who, ingevuld_met=now.ingevuld_met, is_gehoord=now.gehoord)
    if request.method != "POST" and refusal is not None:
        messages.info(request, refusal.zin)
        return redirect(wie.thuis)
    return _pagina(request, aanvraag, wie.thuis, bewaar, "ondersteuning/kindformulier.html")


def _pagina(request: HttpRequest, aanvraag: Aanvraag, thuis: str, bewaar: Bewaar, template: str) -> HttpResponse:
    """Show the form, or send it: what is refused stands on the form with everything that was typed."""
    form = KindForm(request.POST or None, initial=beginwaarden(kindformulier_van(aanvraag)))
    if request.method == "POST" and form.is_valid():
        answer = bewaar(form)
        if not isinstance(answer, Refusal):
            messages.success(request, "Het formulier van het kind is bewaard.")
            return redirect(thuis)
        form.weiger(answer)
    context = {"aanvraag": aanvraag, "form": form, "thuis": thuis}
    status = (409 if form.has_error(NON_FIELD_ERRORS, "verouderd") else 422) if form.errors else 200
    return render(request, template, context, status=status)
