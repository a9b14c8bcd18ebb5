"""What the tests of documents share: a stored file, and one that somebody sends."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from swv_portal.access.actors import Actor
from swv_portal.jobs.models import Document
from swv_portal.jobs.services.documents import store_document
from tests.jobs import files


def store(onderwerp: Any, **options: Any) -> Document:
    values = {
        "soort": "proef",
        "onderwerp": onderwerp,
        "naam": "beschikking-12.pdf",
        "inhoud": files.PDF,
        "content_type": "application/pdf",
    }
    return store_document(**{**values, **options})


def actor_of(user: Any) -> Actor:
    return Actor(user_id=user.pk)


def uploaded(content: bytes, name: str = "TLV Jan Jansen.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")
