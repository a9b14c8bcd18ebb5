"""The demo's own pages: logging in by one click, and the mailbox."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from swv_portal.common.scoping import Rol
from swv_portal.local import mailbox
from swv_portal.local.roles import DEMO_ROLLEN, VOORBEELDCODE, demo_adres


@require_POST
def inloggen(request: HttpRequest, rol: str) -> HttpResponse:
    """Become the demo user of ``rol``, whoever one was."""
    if rol not in DEMO_ROLLEN:
        raise Http404
    user = get_object_or_404(get_user_model(), email=demo_adres(Rol(rol)), is_active=True)
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_safe
def post(request: HttpRequest) -> HttpResponse:
    return render(request, "local/post.html", {"berichten": mailbox.messages(), "voorbeeldcode": VOORBEELDCODE})


@require_safe
def bericht(request: HttpRequest, sleutel: str) -> HttpResponse:
    found = mailbox.message(sleutel)
    if found is None:
        raise Http404
    moment = date_format(timezone.localtime(found.tijd), "l j F Y H:i")
    facts = [("Van", found.van), ("Aan", found.aan), ("Verstuurd", moment), ("Bijlagen", ", ".join(found.bijlagen))]
    feiten = [{"label": label, "waarde": waarde} for label, waarde in facts if waarde]
    return render(request, "local/bericht.html", {"bericht": found, "feiten": feiten})
