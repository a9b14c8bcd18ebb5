"""What views need of a request: the actor, and guards on roles and on personal links."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from swv_portal.access.actors import Actor
from swv_portal.access.link_session import keep_session, link_of_session, protect
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.typed import typed_fields
from swv_portal.common.scoping import NIEMAND, Bereik, Rol

View = Callable[..., HttpResponse]


def bereik_van(request: HttpRequest) -> Bereik:
    """The reach that the middleware put on the request."""
    return request.bereik  # type: ignore[attr-defined]


def actor_van(request: HttpRequest) -> Actor:
    """The logged-in person as an actor for services."""
    return Actor(bereik=bereik_van(request), user_id=request.user.pk, label="")


def versie_van(request: HttpRequest) -> int | None:
    """The version that a form of buttons was drawn with (``versie``); ``None`` when there is none that can be read."""
    text = request.POST.get("versie", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


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
