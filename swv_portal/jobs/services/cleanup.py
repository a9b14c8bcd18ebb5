"""The nightly clean-up: what nobody may or can reach any more goes away."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from swv_portal.access.models import Reserve
from swv_portal.audit import services as audit
from swv_portal.jobs.models import Document, Formuliersleutel, Job
from swv_portal.jobs.registry import JobContext
from swv_portal.jobs.services.aanbod import laat_vervallen
from swv_portal.jobs.services.daily import DAG
from swv_portal.jobs.services.documents import delete_document
from swv_portal.jobs.services.rescan import HERKEUR

log = structlog.get_logger(__name__)

OPRUIMEN = "jobs.opruimen"
#: How long finished jobs are kept.  A job with a key is kept longer: it keeps the same work from being done again.
KLAAR_BEWAREN = timedelta(days=30)
MISLUKT_BEWAREN = timedelta(days=90)
SLEUTEL_BEWAREN = timedelta(days=400)
#: How long a form that was sent is recognised when it is sent again.
FORMULIER_BEWAREN = timedelta(days=14)
#: A file without a row may belong to a transaction that is still open; after a day it does not.
WEES_NA = timedelta(days=1)
_ROOT = "documenten"
_BLOCK = 500


def clean_up(context: JobContext) -> None:
    """Everything in turn; each part can be done again without harm."""
    counts = {
        "aangeboden": laat_vervallen(vandaag=timezone.localdate()),
        "documenten": remove_expired_documents(),
        "wezen": remove_orphan_files(),
        "opdrachten": remove_old_jobs(),
        "formuliersleutels": remove_old_form_keys(),
        "reserve": remove_old_counts(),
    }
    clear_sessions()
    context.progress(1, 1)
    log.info("cleaned_up", **counts)


def remove_old_counts() -> int:
    """What was counted while Redis was away, and is over."""
    return Reserve.objects.filter(expires__lt=timezone.now()).delete()[0]


def remove_expired_documents() -> int:
    """Delete documents whose ``bewaren_tot`` has passed, and keep a record of how many per kind."""
    counts: dict[str, int] = {}
    today = timezone.localdate()
    while True:
        with transaction.atomic():
            rows = Document.objects.expired(today).select_for_update(skip_locked=True).order_by("pk")[:_BLOCK]
            block = list(rows)
            found: dict[str, list[int]] = {}
            for document in block:
                found.setdefault(document.soort, []).append(document.pk)
                delete_document(document)
            for soort, ids in found.items():
                counts[soort] = counts.get(soort, 0) + len(ids)
                audit.destroy_for(
                    "jobs.document",
                    ids,
                    soort=f"document {soort}",
                    regel="De bewaartermijn van het document is voorbij.",
                    rijen=len(ids),
                    bestanden=len(ids),
                )
        if len(block) < _BLOCK:
            return sum(counts.values())


def remove_orphan_files() -> int:
    """Delete files in the storage that no document knows and that are older than a day.  Returns how many."""
    removed = 0
    for names in _folders(default_storage):
        keys = [key for name in names if (key := _key(name)) is not None]
        known = set(Document.objects.filter(sleutel__in=keys).values_list("bestand", flat=True))
        for name in names:
            if name not in known and default_storage.get_modified_time(name) < timezone.now() - WEES_NA:
                default_storage.delete(name)
                removed += 1
    return removed


def _key(name: str) -> uuid.UUID | None:
    """The key of the document that has this file; ``None`` for a name that we did not give.

    A file that was written again beside an older one has something behind the key.
    """
    try:
        return uuid.UUID(hex=name.rpartition("/")[2].partition("_")[0])
    except ValueError:
        return None


def _folders(storage: Any) -> Iterator[list[str]]:
    """The names of the stored files, folder by folder; works for folders and for an S3 bucket alike."""
    try:
        folders, _ = storage.listdir(_ROOT)
    except FileNotFoundError:
        return
    for folder in folders:
        _, files = storage.listdir(f"{_ROOT}/{folder}")
        yield [f"{_ROOT}/{folder}/{file}" for file in files]


def remove_old_jobs() -> int:
    """Delete jobs that ended long ago.  Returns how many rows."""
    now = timezone.now()
    done = Job.objects.filter(staat=Job.Staat.KLAAR)
    stopped = Job.objects.filter(staat__in=[Job.Staat.DOOD, Job.Staat.GESTOPT], klaar_op__lt=now - MISLUKT_BEWAREN)
    no_key = Q(uniek=None)
    own_key = Q(uniek__startswith=f"{DAG}:") | Q(uniek__startswith=f"{HERKEUR}:")  # these hold a moment that is over
    removed = 0
    for rows in (
        done.filter(no_key | own_key, klaar_op__lt=now - KLAAR_BEWAREN),
        done.filter(klaar_op__lt=now - SLEUTEL_BEWAREN),
        stopped,
    ):
        with transaction.atomic():
            removed += rows.defer("geheim").delete()[0]  # what nobody can decrypt any more can still be deleted
    return removed


def remove_old_form_keys() -> int:
    """Delete the keys of forms that were sent long ago: nobody goes back to those pages.  Returns how many."""
    with transaction.atomic():
        return Formuliersleutel.objects.filter(aangemaakt__lt=timezone.now() - FORMULIER_BEWAREN).delete()[0]


def clear_sessions() -> None:
    """Delete sessions that ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
