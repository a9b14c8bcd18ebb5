"""What views need of a request: the actor, and guards on roles and on personal links."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from swv_portal.access.actors import Actor
from swv_portal.access.link_session import keep_session, link_of_session, protect
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.typed import typed_fields
from swv_portal.common.forms import FORMULIERSLEUTEL, lees_sleutel, lees_versie
from swv_portal.common.scoping import NIEMAND, Bereik, Rol

View = Callable[..., HttpResponse]

AL_VERSTUURD = (
    "Dit formulier was al verstuurd. Er is niets dubbel gedaan. "
    "Wilt u het nog een keer doen? Open de pagina dan opnieuw."
)


def bereik_van(request: HttpRequest) -> Bereik:
    """The reach that the middleware put on the request."""
    return request.bereik  # type: ignore[attr-defined]


def actor_van(request: HttpRequest) -> Actor:
    """The logged-in person as an actor for services."""
    return Actor(bereik=bereik_van(request), user_id=request.user.pk, label="")


def versie_van(request: HttpRequest) -> int:
    """The version that a form of buttons was drawn with; one that fits no row when there is none that can be read."""
    return lees_versie(request.POST.get("versie", ""))


def sleutel_van(request: HttpRequest) -> uuid.UUID | None:
    """The one-time key of a form that makes something (``{% formuliersleutel %}``); ``None`` when it is not there."""
    return lees_sleutel(request.POST.get(FORMULIERSLEUTEL, ""))


def to_result(request: HttpRequest, pad: str, gelukt: str = "", *, eerder: bool) -> HttpResponseRedirect:
    """Go to what a form made: with the message ``gelukt``, or, when it was sent before (``eerder``), with that news."""
    if eerder:
        messages.info(request, AL_VERSTUURD)
    elif gelukt:
        messages.success(request, gelukt)
    return HttpResponseRedirect(pad)


def link_van(request: HttpRequest) -> PersoonlijkeLink | None:
    """The personal link whose code was entered in this browser, if any; for pages that serve both kinds of people."""
    return link_of_session(request)


def link_actor(link: PersoonlijkeLink) -> Actor:
    """Somebody with a personal link as an actor: no account, no reach, only the link."""
    return Actor(bereik=NIEMAND, link_id=link.pk, label=link.naam)


def voor_rollen(*rollen: Rol) -> Callable[[View], View]:
    """The view is for these roles; others who are logged in get a 403, visitors go to the login page."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not bereik_van(request).heeft(*rollen):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.rollen = frozenset(rollen)  # type: ignore[attr-defined]
        return guarded

    return decorate


def met_link(*soorten: str) -> Callable[[View], View]:
    """The view is for people whose personal link is of one of these kinds.

    It gets ``request.persoonlijke_link`` and ``request.actor``; whoever is logged in with an account in the same
    browser is nobody here.  Without a session of the right kind: a page (403) that says to open the link again, with
    what was typed in it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            link = link_of_session(request)
            request.user = AnonymousUser()
            request.bereik = NIEMAND  # type: ignore[attr-defined]
            if link is None or link.soort not in soorten:
                return protect(link_session_ended(request))
            request.persoonlijke_link = link  # type: ignore[attr-defined]
            request.actor = link_actor(link)  # type: ignore[attr-defined]
            response = view(request, *args, **kwargs)
            keep_session(response, link)
            return protect(response)

        guarded.link_soorten = frozenset(soorten)  # type: ignore[attr-defined]
        return guarded

    return decorate


def link_session_ended(request: HttpRequest) -> HttpResponse:
    """The page that says to open the link again; a form that was sent stands in it, ready to be sent anew."""
    return render(request, "access/link_gestopt.html", {"getypt": typed_fields(request)}, status=403)
