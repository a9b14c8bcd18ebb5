"""Storing, reading and deleting files.  The content is always encrypted; a file belongs to a row, never to a path."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction

from swv_portal.access.actors import Actor
from swv_portal.common.crypto import decrypt, encrypt
from swv_portal.jobs.models import Document, Job
from swv_portal.jobs.services.uploads import Upload, accept_upload

__all__ = [
    "Upload",
    "accept_upload",
    "content_of",
    "delete_document",
    "delete_documents_of",
    "documents_of",
    "read_document",
    "store_document",
    "store_upload",
]


def store_document(
    *,
    soort: str,
    onderwerp: models.Model,
    naam: str,
    inhoud: bytes,
    content_type: str,
    job: Job | int | None = None,
    actor: Actor | None = None,
    versie: int = 1,
    bewaren_tot: date | None = None,
    staat: str = Document.Staat.GOED,
    gegevens: Mapping[str, Any] | None = None,
) -> Document:
    """Store ``inhoud`` (made by the portal) encrypted as a document of ``onderwerp``.

    ``naam`` is the file name on download, without a child's name.  Inside a transaction; a file of a transaction that
    rolls back is left without a row and is removed by the nightly clean-up.  For files of people: ``store_upload``.
    """
    document = Document(
        soort=soort,
        onderwerp_soort=onderwerp._meta.label_lower,
        onderwerp_id=onderwerp.pk,
        naam=naam,
        content_type=content_type,
        grootte=len(inhoud),
        sha256=hashlib.sha256(inhoud).hexdigest(),
        job_id=job.pk if isinstance(job, Job) else job,
        aanvrager_id=actor.user_id if actor else None,
        versie=versie,
        bewaren_tot=bewaren_tot,
        staat=staat,
        gegevens=dict(gegevens or {}),
    )
    document.bestand.save("inhoud", ContentFile(encrypt(inhoud)), save=False)
    document.save()
    return document


def store_upload(
    upload: Upload,
    *,
    soort: str,
    onderwerp: models.Model,
    naam: str,
    actor: Actor,
    bewaren_tot: date | None = None,
) -> Document:
    """Store what ``accept_upload`` accepted.  ``naam`` is one of our own, without extension ('verslag-ouders')."""
    return store_document(
        soort=soort,
        onderwerp=onderwerp,
        naam=f"{naam}.{upload.extensie}",
        inhoud=upload.inhoud,
        content_type=upload.content_type,
        actor=actor,
        bewaren_tot=bewaren_tot,
        staat=upload.staat,
    )


def read_document(document: Document) -> bytes:
    """The content as it was stored.  Raises ``Unreadable`` when the key is gone or the file was changed."""
    with document.bestand.open("rb") as file:
        return decrypt(file.read())


def content_of(onderwerp: models.Model, soort: str) -> bytes | None:
    """What stands in the newest document of kind ``soort`` of a row, for the portal's own use; ``None`` without one.

    A file that still waits for the virus scanner can be read here (it is served to nobody); one with a virus is gone.
    """
    document = documents_of(onderwerp, soort).exclude(staat=Document.Staat.GEWEERD).first()
    return None if document is None else read_document(document)


def delete_document(document: Document) -> None:
    """Delete the row now, and the file (one with a virus is gone already) when the transaction commits."""
    storage: Any = document.bestand.storage
    name = document.bestand.name
    document.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def delete_documents_of(onderwerp_soort: str, ids: Iterable[int]) -> int:
    """Delete every document of these rows (a model's label and keys), for retention.  Returns how many files."""
    found = list(Document.objects.filter(onderwerp_soort=onderwerp_soort, onderwerp_id__in=list(ids)))
    for document in found:
        delete_document(document)
    return len(found)


def documents_of(onderwerp: models.Model, soort: str | None = None) -> "models.QuerySet[Document]":
    """The documents of a row, newest first."""
    found = Document.objects.of(onderwerp)
    if soort is not None:
        found = found.filter(soort=soort)
    return found.order_by("-id")
