"""Around every page: a form that is too large, a session that ended meanwhile, and an answer without its body."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render, resolve_url

from swv_portal.access.typed import typed_fields
from swv_portal.start.errors import page, te_groot

Next = Callable[[HttpRequest], HttpResponse]

#: Room for the other fields of a form with a file of the largest size.
MARGE = 1024 * 1024


class HeadMiddleware:
    """An answer to HEAD is that of GET without the body: the web server warns of every body that it has to drop."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


class TooLargeMiddleware:
    """Says at once that an upload is too large, before reading it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MAX_UPLOAD_BYTES + MARGE:
            return page(te_groot())
        return self.get_response(request)


def _is_sent_to_log_in(location: str) -> bool:
    """Does a page that asks for an account send somebody to log in?  It says where to go on after that.

    A form that succeeded and ends at the login page, such as that of an invitation, does not.
    """
    path, _, query = location.partition("?")
    return path == resolve_url(settings.LOGIN_URL) and REDIRECT_FIELD_NAME in QueryDict(query)


class SessionEndedMiddleware:
    """A form that meets the login page: its fields stay with the person, who can send them again after logging in.

    Nothing is stored.  The fields stand, hidden, in the answer; the person logs in in a second tab and comes back.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302 or request.user.is_authenticated:
            return response
        if not _is_sent_to_log_in(response["Location"]) or request.path.startswith("/account/"):
            return response
        if request.headers.get("HX-Request"):
            return HttpResponse("Uw sessie is gestopt. Log in een ander tabblad opnieuw in.", status=401)
        typed = typed_fields(request)
        if typed is None:
            return response
        return render(request, "start/sessie_gestopt.html", {"getypt": typed}, status=401)
