"""Accepting an invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from swv_portal.access.forms import UitnodigingForm
from swv_portal.access.link_session import protect
from swv_portal.access.queries import open_invitation
from swv_portal.access.ratelimit import too_often
from swv_portal.access.services.invitations import neem_aan
from swv_portal.common.workflow import Refusal

PER_ADRES, PER_SECONDEN = 60, 300


@sensitive_variables("token", "form")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the form and changes nothing, so that a mail scanner burns nothing; POST makes the account active."""
    if too_often(request, action="uitnodiging", amount=PER_ADRES, seconds=PER_SECONDEN):
        return protect(render(request, "429.html", status=429))
    invitation = open_invitation(token)
    if invitation is None:
        return protect(render(request, "access/uitnodiging_ongeldig.html", status=404))
    form = UitnodigingForm(request.POST or None, user=invitation.user, initial={"naam": invitation.user.naam})
    if request.method == "POST" and form.is_valid():
        answer = neem_aan(token=token, naam=form.cleaned_data["naam"], wachtwoord=form.cleaned_data["wachtwoord"])
        if not isinstance(answer, Refusal):
            messages.success(request, "Uw account is klaar. Log nu in.")
            return protect(redirect("account_login"))
        form.weiger(answer)
    context = {"form": form, "email": invitation.user.email}
    return protect(render(request, "access/uitnodiging.html", context, status=422 if form.errors else 200))
