"""Work that returns every day, once a day, however many beats and sweepers run."""

from django.utils import timezone

from swv_portal.jobs.registry import daily_jobs
from swv_portal.jobs.services.enqueue import enqueue

#: What the key of a daily job begins with; the day is in it.
DAG = "dag"


def enqueue_due_daily() -> None:
    """Enqueue each daily job whose time has come today and that was not enqueued yet (its key holds the day)."""
    now = timezone.localtime()
    for daily in daily_jobs():
        if now.time() >= daily.tijd:
            enqueue(
                daily.job_kind,
                params={"dag": now.date().isoformat()},
                uniek=f"{DAG}:{daily.naam}:{now.date()}",
                mail_bij_klaar=False,
            )
