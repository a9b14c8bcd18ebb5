"""Who may fetch which document."""

import uuid
from typing import Any

from swv_portal.common.scoping import Bereik
from swv_portal.jobs.models import Document
from swv_portal.jobs.registry import document_kind


def fetchable_document(sleutel: uuid.UUID, *, bereik: Bereik, link: Any = None) -> Document | None:
    """The document when this person, or this personal link, may have it now; otherwise ``None``, whatever the reason.

    The app that owns the kind decides.  A kind that nobody registered, and a file that is not checked yet or was
    refused, is served to nobody.
    """
    document = Document.objects.servable().filter(sleutel=sleutel).first()
    kind = document_kind(document.soort) if document else None
    if document is None or kind is None:
        return None
    if bereik.user_id is not None and kind.may_fetch(bereik, document):
        return document
    if link is not None and kind.link_may_fetch is not None and kind.link_may_fetch(link, document):
        return document
    return None
