"""Claiming, running and finishing one job.

Claim with a lease and a fence; do the long work outside any transaction while a heartbeat keeps the lease; finish in
one transaction with the effect, and only when the fence still counts.  Whatever dies on the way, the job is done once.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from swv_portal.access.reach import bereik_voor
from swv_portal.common.scoping import Bereik
from swv_portal.jobs.models import Job
from swv_portal.jobs.registry import LeaseLost, Permanent, job_kind
from swv_portal.jobs.services.announce import announce

log = structlog.get_logger(__name__)

ONZEKER = (
    "De opdracht brak af terwijl er een bericht naar buiten ging. Het is niet zeker of het is aangekomen. "
    "Controleer dat, en probeer daarna zo nodig opnieuw."
)
#: The longest pause between two attempts, in seconds.
LANGSTE_PAUZE = 900


#: One statement finds, locks and takes a job, so that a worker that stops halfway has either taken it or not.  It says
#: again what ``JobQuerySet.waiting`` and ``abandoned`` say, for speed: by the ORM it would be four statements, and a
#: letter of 100 ms would take 3 ms longer.  ``tests/jobs/test_claim.py`` keeps the two equal.
_NEEM = """
    UPDATE jobs_job
    SET staat = 'bezig', pogingen = pogingen + 1, fence = fence + 1, lease_tot = %(lease)s, begonnen = %(nu)s, fout = ''
    WHERE id = (SELECT id FROM jobs_job WHERE {te_krijgen} LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING *
"""
_DEZE = _NEEM.format(
    te_krijgen="id = %(id)s AND (staat = 'wacht' AND niet_voor <= %(nu)s OR staat = 'bezig' AND lease_tot < %(nu)s)"
)
_VOLGENDE = _NEEM.format(te_krijgen="staat = 'wacht' AND niet_voor <= %(nu)s ORDER BY voorrang, niet_voor, id")
_ROND_AF = """
    UPDATE jobs_job SET staat = 'klaar', lease_tot = NULL, geheim = NULL, klaar_op = %(nu)s, gedaan = totaal
    WHERE id = %(id)s AND fence = %(fence)s AND staat = 'bezig'
"""


def _lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _take(sql: str, **values: Any) -> Job | None:
    """The job that ``sql`` (``_DEZE`` or ``_VOLGENDE``) found and took, with a new lease; ``None``: there was none."""
    now = timezone.now()
    return next(iter(Job.objects.raw(sql, {"nu": now, "lease": now + _lease(), **values})), None)


def claim(job_id: int) -> Job | None:
    """Take this job, or ``None`` when it is not to be had (done, dead, not due, or somebody else's)."""
    return _take(_DEZE, id=job_id)


def claim_next() -> Job | None:
    """Take the first job that waits: single jobs before those of a group, the longest waiting first."""
    return _take(_VOLGENDE)


def is_work_waiting() -> bool:
    """Whether a job could be taken now."""
    return Job.objects.waiting(timezone.now()).exists()


class RunningJob:
    """What a handler gets (see ``registry.JobContext``)."""

    def __init__(self, job: Job) -> None:
        self.job_id: int = job.pk
        self.fence = job.fence
        self.params: dict[str, Any] = job.params
        self.geheim: Any = job.geheim
        self.attempt = job.pogingen
        self._aanvrager_id = job.aanvrager_id
        self._buiten_sinds = job.buiten_sinds

    def bereik(self) -> Bereik:
        return bereik_voor(self._aanvrager_id, timezone.localdate())

    def progress(self, gedaan: int, totaal: int) -> None:
        self._write(gedaan=gedaan, totaal=totaal)

    def outside(self) -> None:
        if self._buiten_sinds is not None:
            raise Permanent(ONZEKER)
        self._write(buiten_sinds=timezone.now())

    def not_outside(self) -> None:
        self._write(buiten_sinds=None)

    def renew(self) -> None:
        self._write()

    def _write(self, **values: Any) -> None:
        """Change the row and renew the lease, when the job is still this worker's."""
        if not self.mine().update(**values, lease_tot=timezone.now() + _lease()):
            raise LeaseLost

    def mine(self) -> Any:
        return Job.objects.filter(pk=self.job_id, fence=self.fence, staat=Job.Staat.BEZIG)


class Heartbeat:
    """Renews the lease from a thread, so that a handler without progress does not lose its job.

    The thread has a database connection of its own for the length of one beat.
    """

    def __init__(self, running: RunningJob) -> None:
        self._running = running
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{running.job_id}", daemon=True)

    def _beat(self) -> None:
        while not self._stop.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                self._running.renew()
            except LeaseLost:
                return
            except (OperationalError, InterfaceError) as error:
                log.warning("heartbeat_missed", reason=type(error).__name__)  # PostgreSQL is away: again at the next
            finally:
                connection.close()

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stop.set()
        self._thread.join(timeout=5)


def _finish(job: Job, running: RunningJob, finish: Callable[[], None] | None) -> bool:
    """'Done' and the effect in one transaction; nothing at all when another worker holds the job now.

    'Done' comes first: that takes the lock on the row, and goes back with the effect when the effect fails.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ROND_AF, {"id": running.job_id, "fence": running.fence, "nu": timezone.now()})
            if not cursor.rowcount:
                return False
        if finish is not None:
            finish()
        job.staat = Job.Staat.KLAAR
        announce(job)
    return True


def _fail(running: RunningJob, *, zin: str, permanent: bool = False) -> str:
    """Back to waiting, with a growing pause; or dead.  Returns which of the two."""
    dead = permanent or running.attempt >= settings.JOB_MAX_ATTEMPTS
    now = timezone.now()
    pause = min(LANGSTE_PAUZE, settings.JOB_BACKOFF_SECONDS * 2**running.attempt)
    with transaction.atomic():
        job = running.mine().select_for_update().first()
        if job is None:
            return "lost"
        job.staat = Job.Staat.DOOD if dead else Job.Staat.WACHT
        job.lease_tot = None
        job.niet_voor = now + timedelta(seconds=pause)
        job.klaar_op = now if dead else None
        job.fout = zin[:500]
        job.save(update_fields=["staat", "lease_tot", "niet_voor", "klaar_op", "fout"])
        if dead:
            announce(job)
    return "dead" if dead else "failed"


def run(job_id: int) -> str:
    """Run this job if it is to be had.  Returns ``done``, ``not mine``, ``lost``, ``failed`` or ``dead``."""
    job = claim(job_id)
    return "not mine" if job is None else run_claimed(job)


def run_claimed(job: Job) -> str:
    """Run a job that this worker holds.  Returns as ``run``.

    When PostgreSQL stays away the exception passes on: the lease runs out and the sweeper gives the job back.
    """
    running = RunningJob(job)
    with structlog.contextvars.bound_contextvars(job=job.pk, soort=job.soort, poging=job.pogingen):
        try:
            with Heartbeat(running):
                finish = job_kind(job.soort).handler(running)
            return "done" if _finish(job, running, finish) else "lost"
        except LeaseLost:
            return "lost"
        except (OperationalError, InterfaceError) as error:
            # A lost connection, but also a deadlock: the job goes back when the database answers.
            log.warning("job_interrupted", error=type(error).__name__)
            connection.close()
            return _fail(running, zin="De database was even niet bereikbaar.")
        except Permanent as refusal:
            return _fail(running, zin=str(refusal), permanent=True)
        except Exception as error:
            # The text of an exception may hold what somebody typed: only its kind and place are kept.
            log.error("job_failed", error=type(error).__name__, at=_place(error))
            return _fail(running, zin=f"Onverwachte fout ({type(error).__name__}).")


def _place(error: BaseException) -> list[str]:
    """Where it went wrong, as file and line, without any value."""
    found, step = [], error.__traceback__
    while step is not None:
        found.append(f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}")
        step = step.tb_next
    return found[-6:]
