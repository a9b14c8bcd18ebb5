"""Keeping what somebody typed when a form could not be accepted: the session ended, or the form was too old.

Nothing is stored on the server.  The fields go back to the browser of the same person as hidden fields of a form that
can be sent again.  Only for forms that came from our own pages: another site must not be able to have its own text
offered here, one click away from being sent.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest

#: Never shown again: these belong to the form, or are secrets.  Whole names, because a postcode is no secret.
NIET_BEWAREN = frozenset({"csrfmiddlewaretoken", "code", "credential", "key", "token"})
GEHEIM = ("password", "wachtwoord")


@dataclass(frozen=True)
class Getypt:
    """A form that was sent: where to, and its fields.  ``bestanden``: files were with it, which can not be kept."""

    actie: str
    velden: list[tuple[str, str]]
    bestanden: bool


def from_own_page(request: HttpRequest) -> bool:
    """Did the browser say that the form stood on one of our own pages?"""
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(source)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def typed_fields(request: HttpRequest) -> Getypt | None:
    """The fields of a POST from our own pages; ``None`` for anything else, and when nothing is left to keep."""
    if request.method != "POST" or not from_own_page(request):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NIET_BEWAREN and isinstance(value, str) and not any(word in name for word in GEHEIM)
    ]
    if not fields:
        return None
    return Getypt(request.get_full_path(), fields, bool(request.FILES))
