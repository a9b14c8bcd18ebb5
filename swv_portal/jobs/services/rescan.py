"""Files in quarantine: scanned again until ClamAV answers."""

from collections.abc import Callable

import structlog
from django.db import transaction
from django.utils import timezone

from swv_portal.access.actors import PORTAAL
from swv_portal.audit import services as audit
from swv_portal.common.crypto import Unreadable
from swv_portal.jobs.clamav import Verdict, is_configured, scan
from swv_portal.jobs.models import Document
from swv_portal.jobs.registry import JobContext
from swv_portal.jobs.services.documents import read_document
from swv_portal.jobs.services.enqueue import enqueue

log = structlog.get_logger(__name__)

HERKEUR = "jobs.herkeur"
#: How often the quarantine is tried, in minutes.
ELKE_MINUTEN = 10


def enqueue_rescan() -> None:
    """Enqueue a scan of the quarantine, at most once every ten minutes, when there is something in it."""
    if not is_configured() or not Document.objects.filter(staat=Document.Staat.QUARANTAINE).exists():
        return
    now = timezone.now()
    moment = now.replace(minute=now.minute - now.minute % ELKE_MINUTEN)
    enqueue(HERKEUR, uniek=f"{HERKEUR}:{moment:%Y%m%d%H%M}", mail_bij_klaar=False)


def rescan(context: JobContext) -> Callable[[], None] | None:
    """Scan what is in quarantine.  Clean files become available, infected ones are emptied and refused for good.

    A file that can not be read (deleted meanwhile, or damaged) stays where it is and does not hold up the others.
    """
    waiting = list(Document.objects.filter(staat=Document.Staat.QUARANTAINE).order_by("pk"))
    for done, document in enumerate(waiting, start=1):
        try:
            content = read_document(document)
        except (FileNotFoundError, Unreadable) as error:
            log.warning("quarantine_unreadable", document=document.pk, reason=type(error).__name__)
            continue
        verdict = scan(content)
        if verdict is Verdict.UNKNOWN:
            return None  # the scanner is still away; the next round tries again
        _settle(document.pk, verdict)
        context.progress(done, len(waiting))
    return None


def _settle(pk: int, verdict: Verdict) -> None:
    with transaction.atomic():
        document = Document.objects.select_for_update().filter(pk=pk, staat=Document.Staat.QUARANTAINE).first()
        if document is None:
            return
        clean = verdict is Verdict.CLEAN
        storage, name = document.bestand.storage, str(document.bestand.name)
        document.staat = Document.Staat.GOED if clean else Document.Staat.GEWEERD
        document.bestand = name if clean else ""
        document.save(update_fields=["staat", "bestand"])
        text = (
            "Het bestand is gecontroleerd en vrijgegeven." if clean else "In het bestand zat een virus; het is gewist."
        )
        audit.record(actor=PORTAAL, soort="document.gekeurd", onderwerp=document, tekst=text)
        if not clean:
            transaction.on_commit(lambda: storage.delete(name))
