"""Per request: a request id for the logs, and the reach of the person."""

import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from swv_portal.access.reach import bereik_voor
from swv_portal.access.second_factor import TOEGESTAAN_ZONDER, has_second_factor, needs_second_factor

Next = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives every request an id that stands in each of its log lines."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=uuid.uuid4().hex)
        return self.get_response(request)


class BereikMiddleware:
    """``request.bereik``: what this person may reach today, looked up once and only when somebody asks.

    Pages of somebody who is logged in stay out of every cache, the browser's too: 'back' after logging out, on the
    computer in the staff room, shows nobody's dossier.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._respond(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    def _respond(self, request: HttpRequest) -> HttpResponse:
        request.bereik = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: bereik_voor(request.user.pk if request.user.is_authenticated else None, timezone.localdate())
        )
        return self.get_response(request)


class TweedeFactorMiddleware:
    """Staff of the SWV go to 'second factor' first, as long as they have none (obligatory in production)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.TWEEDE_FACTOR_VERPLICHT
            and request.user.is_authenticated
            and not request.path.startswith(TOEGESTAAN_ZONDER)
            and needs_second_factor(request.user, request.bereik)  # type: ignore[attr-defined]
            and not has_second_factor(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)
