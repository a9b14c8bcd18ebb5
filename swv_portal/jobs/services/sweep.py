"""Giving back the jobs of workers that died, and seeing whether anybody must be rung."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from swv_portal.jobs.models import Job
from swv_portal.jobs.services.announce import announce
from swv_portal.jobs.services.run import is_work_waiting

#: A worker that dies is seldom the job's fault (a restart, a full machine): such attempts get this many more.
EXTRA_KANSEN = 3
AFGEBROKEN = "De opdracht brak te vaak af zonder dat bekend is waarom."


def give_back_abandoned(hoeveel: int = 500) -> int:
    """Jobs whose lease ran out wait again, in their old place; those that this happened to too often are dead.

    A worker that still runs such a job finds out at its next sign of life, and has no effect.
    Returns how many.
    """
    now = timezone.now()
    with transaction.atomic():
        rows = Job.objects.select_for_update(skip_locked=True).abandoned(now).order_by("lease_tot")[:hoeveel]
        jobs = list(rows)
        for job in jobs:
            dead = job.pogingen >= settings.JOB_MAX_ATTEMPTS + EXTRA_KANSEN
            job.staat = Job.Staat.DOOD if dead else Job.Staat.WACHT
            job.lease_tot = None
            job.klaar_op = now if dead else None
            job.fout = AFGEBROKEN if dead else ""
        Job.objects.bulk_update(jobs, ["staat", "lease_tot", "klaar_op", "fout"])
        for job in jobs:
            if job.staat == Job.Staat.DOOD:
                announce(job)
    return len(jobs)


def must_ring() -> bool:
    """Give back what was abandoned; is there work that nobody may have heard of?"""
    give_back_abandoned()
    return is_work_waiting()
