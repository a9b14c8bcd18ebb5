"""Persons and their roles."""

from collections.abc import Collection

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernen import queries
from kernen.domain.rollen import ACCOUNTSTAPPEN, TOEKENNERS, accountstappen, mag_account_beheren, toekenners_van
from kernen.forms.beheer import RolForm, UitnodigingForm
from kernen.models import Roltoekenning
from kernen.services.accounts import beheer_account
from kernen.services.rollen import ken_rol_toe, nodig_uit_met_rol, trek_rol_in
from kernen.views.pagina import formulier, gemaakt_of_geweigerd
from swv_portal.access.models import User
from swv_portal.access.queries import closed_accounts, has_been_in_use, invitations_of
from swv_portal.access.requests import actor_van, bereik_van, sleutel_van, voor_rollen
from swv_portal.audit.queries import tijdlijn
from swv_portal.common.money import dutch_number
from swv_portal.common.scoping import ROLNAMEN, Rol
from swv_portal.common.screens import Cel, Status, maak_tabel
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.once import once

PER_BLADZIJDE = 25
UITGENODIGD = "De rol is gegeven. Wie nog geen account heeft, krijgt een uitnodiging per e-mail."


@require_safe
@voor_rollen(*TOEKENNERS)
def personen(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, with the roles of today."""
    today = timezone.localdate()
    q = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rol = request.GET.get("rol", "")
    page = Paginator(queries.gefilterde_personen(q, rol, today), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    people = list(page.object_list)
    roles = queries.rollen_per_persoon([user.pk for user in people], today)
    closed = closed_accounts(people)
    tabel = maak_tabel(
        "Personen",
        ["Naam", "E-mailadres", "Rollen", "Account"],
        [
            [
                Cel(str(user), reverse("kernen:persoon", args=[user.pk])),
                user.email,
                "; ".join(roles.get(user.pk, [])) or "geen rol",
                _accountstatus(user, closed),
            ]
            for user in people
        ],
        leeg="Niemand past bij deze filters.",
    )
    number = page.paginator.count
    context = {
        "tabel": tabel,
        "page": page,
        "totaal": f"{dutch_number(number)} {'persoon' if number == 1 else 'personen'}",
        "q": q,
        "rol": rol,
        "rollen": [(str(item), ROLNAMEN[item]) for item in Rol],
    }
    return render(request, "kernen/personen.html", context)


def _accountstatus(user: User, afgesloten: Collection[int]) -> Status:
    if user.is_active:
        return Status("actief", "goed")
    return Status("afgesloten" if user.pk in afgesloten else "nog niet in gebruik", "neutraal")


@require_safe
@voor_rollen(*TOEKENNERS)
def persoon(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles now and before, the invitation, what happened to the account."""
    bereik, today = bereik_van(request), timezone.localdate()
    user = get_object_or_404(User, pk=pk)
    roles = queries.rolregels(Roltoekenning.objects.visible_to(bereik).filter(user=user), today)
    held = frozenset(row.code for row in roles if row.loopt)
    invitation, used = invitations_of([pk]).get(pk), has_been_in_use(user)
    steps: tuple[str, ...] = ()
    if user.pk != bereik.user_id and mag_account_beheren(bereik.rollen, held) is None:
        steps = accountstappen(
            actief=user.is_active, in_gebruik_geweest=used, uitnodiging=invitation.code if invitation else None
        )
    context = {
        "persoon": user,
        "afgesloten": not user.is_active and used,
        "accountstappen": [(step, ACCOUNTSTAPPEN[step]) for step in steps],
        "lopend": [row for row in roles if row.loopt],
        "overig": [row for row in roles if not row.loopt],
        "uitnodiging": invitation,
        "tijdlijn": tijdlijn(user, met_lezen=False),
        "intrekbaar": {row.pk for row in roles if toekenners_van(row.code) & bereik.rollen},
    }
    return render(request, "kernen/persoon.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*TOEKENNERS)
def persoon_nieuw(request: HttpRequest) -> HttpResponse:
    """Invite somebody, with a role; the address can name the role and the school that the form starts with."""
    today = timezone.localdate()
    asked = {name: request.GET.get(name, "") for name in ("rol", "school")}
    form = UitnodigingForm(request.POST or None, bereik=bereik_van(request), vandaag=today, initial=asked)
    if request.method == "POST" and form.is_valid():
        actor, data = actor_van(request), form.cleaned_data
        outcome = once(
            actor=actor,
            soort="kernen.persoon",
            sleutel=sleutel_van(request),
            maak=lambda: nodig_uit_met_rol(
                actor=actor, email=data["email"], naam=data["naam"], vandaag=today, **form.voor_service()
            ),
            pad=lambda granted: reverse("kernen:persoon", args=[granted.user_id]),
        )
        if done := gemaakt_of_geweigerd(request, form, outcome, UITGENODIGD):
            return done
    return formulier(
        request,
        form,
        titel="Iemand uitnodigen",
        terug=reverse("kernen:personen"),
        knop="Nodig uit",
        intro="De persoon krijgt een e-mail en kiest zelf een wachtwoord. De uitnodiging geldt 14 dagen.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@voor_rollen(*TOEKENNERS)
def persoon_rol(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    user = get_object_or_404(User, pk=pk)
    today = timezone.localdate()
    form = RolForm(request.POST or None, bereik=bereik_van(request), vandaag=today)
    url = reverse("kernen:persoon", args=[pk])
    if request.method == "POST" and form.is_valid():
        actor = actor_van(request)
        outcome = once(
            actor=actor,
            soort="kernen.rol",
            sleutel=sleutel_van(request),
            maak=lambda: ken_rol_toe(actor=actor, user_id=pk, vandaag=today, **form.voor_service()),
            pad=lambda _: url,
        )
        if done := gemaakt_of_geweigerd(request, form, outcome):
            return done
    return formulier(request, form, titel=f"Rol voor {user}", terug=url, knop="Geef de rol")


@require_POST
@voor_rollen(*TOEKENNERS)
def persoon_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, open it again, or handle the invitation: ``stap`` says which."""
    result = beheer_account(
        actor=actor_van(request), user_id=pk, stap=request.POST.get("stap", ""), vandaag=timezone.localdate()
    )
    if isinstance(result, Refusal):
        messages.error(request, result.zin)
    else:
        messages.success(request, "Het is gebeurd. U ziet het bij 'Wat er gebeurde'.")
    return redirect("kernen:persoon", pk=pk)


@require_POST
@voor_rollen(*TOEKENNERS)
def rol_intrekken(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role today."""
    result = trek_rol_in(actor=actor_van(request), pk=pk, per=timezone.localdate())
    if isinstance(result, Refusal):
        messages.error(request, result.zin)
        row = Roltoekenning.objects.visible_to(bereik_van(request)).get(pk=pk)
        return redirect("kernen:persoon", pk=row.user_id)
    messages.success(request, "De rol is ingetrokken.")
    return redirect("kernen:persoon", pk=result.user_id)
