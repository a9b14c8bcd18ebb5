"""Fetching a document."""

import uuid

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from swv_portal.access.requests import actor_van, bereik_van, link_actor, link_van
from swv_portal.audit import services as audit
from swv_portal.common.files import bestand_antwoord
from swv_portal.jobs.models import Document
from swv_portal.jobs.queries import fetchable_document
from swv_portal.jobs.registry import document_kind
from swv_portal.jobs.services.documents import read_document


@require_safe
def document(request: HttpRequest, sleutel: uuid.UUID) -> HttpResponse:
    """The file, always as a download.  Not existing and not for you are the same 404, for staff too."""
    link = link_van(request)
    found = fetchable_document(sleutel, bereik=bereik_van(request), link=link)
    if found is None:
        if not request.user.is_authenticated and link is None:
            return redirect_to_login(request.get_full_path())
        raise Http404
    content = read_document(found)
    _record_reading(request, found)
    return _download(found, content)


def _record_reading(request: HttpRequest, found: Document) -> None:
    """In the timeline of what the document belongs to, when its kind asks for that."""
    kind = document_kind(found.soort)
    if kind is None or not kind.log_reading:
        return
    link = link_van(request)
    by_account = request.user.is_authenticated and kind.may_fetch(bereik_van(request), found)
    actor = actor_van(request) if by_account or link is None else link_actor(link)
    audit.record_read_of(
        actor=actor,
        onderwerp_soort=found.onderwerp_soort,
        onderwerp_id=found.onderwerp_id,
        tekst=f"Heeft een document opgehaald: {kind.titel.lower()} {found.pk}.",
    )


def _download(found: Document, content: bytes) -> HttpResponse:
    """A browser may save it and do nothing else with it: no guessing of its kind, no scripts, no copy in a cache."""
    response = bestand_antwoord(found.naam or f"document-{found.pk}", content, found.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    return response
