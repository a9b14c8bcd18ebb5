"""What staff does with jobs: try again, stop."""

from django.db import transaction
from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import load_for_update
from swv_portal.jobs.domain.opdracht import OPDRACHT
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.announce import announce
from swv_portal.jobs.services.enqueue import ring_after_commit

#: How many dead jobs are put back at one click.
MEESTE_TEGELIJK = 1000


def retry_job(*, actor: Actor, pk: int) -> Job | Refusal:
    """Let a dead job wait again, as if it was never tried.  Refuses ``rol`` and ``staat``; 404 outside one's view."""
    with transaction.atomic():
        job = load_for_update(Job.objects.visible_to(actor.bereik), pk)
        step = OPDRACHT.decide("opnieuw", job.staat, actor.bereik.rollen, job)
        if isinstance(step, Refusal):
            return step
        _wait_again(job)
        job.save(update_fields=_FIELDS)
        audit.record(
            actor=actor, soort="opdracht.opnieuw", onderwerp=job, tekst="De opdracht wordt opnieuw geprobeerd."
        )
        ring_after_commit()
        return job


def retry_dead(*, actor: Actor, soort: str) -> int | Refusal:
    """Let every dead job of one kind wait again, at most a thousand: how many.  Refuses ``rol`` and ``niets``."""
    with transaction.atomic():
        rows = Job.objects.visible_to(actor.bereik).filter(soort=soort, staat=Job.Staat.DOOD)
        jobs = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:MEESTE_TEGELIJK])
        if not jobs:
            return Refusal("niets", "Er zijn geen mislukte opdrachten van dit soort meer.")
        step = OPDRACHT.decide("opnieuw", Job.Staat.DOOD, actor.bereik.rollen, jobs[0])
        if isinstance(step, Refusal):
            return step
        for job in jobs:
            _wait_again(job)
            tekst = "De opdracht wordt opnieuw geprobeerd, met alle mislukte van dit soort."
            audit.record(actor=actor, soort="opdracht.opnieuw", onderwerp=job, tekst=tekst)
        Job.objects.bulk_update(jobs, _FIELDS, batch_size=200)
        ring_after_commit()
        return len(jobs)


_FIELDS = ["staat", "pogingen", "niet_voor", "klaar_op", "fout", "buiten_sinds"]


def _wait_again(job: Job) -> None:
    job.staat = Job.Staat.WACHT
    job.pogingen = 0
    job.niet_voor = timezone.now()
    job.klaar_op = None
    job.fout = ""
    job.buiten_sinds = None


def stop_job(*, actor: Actor, pk: int) -> Job | Refusal:
    """Stop a job for good; a worker that is busy with it has no effect any more.  Refuses ``rol`` and ``staat``."""
    with transaction.atomic():
        job = load_for_update(Job.objects.visible_to(actor.bereik), pk)
        step = OPDRACHT.decide("stoppen", job.staat, actor.bereik.rollen, job)
        if isinstance(step, Refusal):
            return step
        job.staat = Job.Staat.GESTOPT
        job.lease_tot = None
        job.geheim = None
        job.klaar_op = timezone.now()
        job.save(update_fields=["staat", "lease_tot", "geheim", "klaar_op"])
        audit.record(actor=actor, soort="opdracht.gestopt", onderwerp=job, tekst="De opdracht is gestopt.")
        announce(job)
        return job
