"""Telling the requester by mail that work which took a while is finished.

Called in the transaction in which a job got its last state, so that the mail is sent exactly when that counts.
"""

from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from swv_portal.access.actors import PORTAAL
from swv_portal.access.models import User
from swv_portal.jobs.models import Job
from swv_portal.jobs.queries import group_progress
from swv_portal.jobs.registry import job_kinds
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail

#: Somebody who waited longer than this has gone to do something else.
LANG = timedelta(seconds=60)


def announce(job: Job) -> None:
    """Mail the requester of ``job`` (just done, dead or stopped) if wanted; of a group when its last job ended."""
    kind = job_kinds().get(job.soort)
    if kind is None or not kind.voor_aanvrager or job.aanvrager_id is None or not _is_wanted(job):
        return
    if job.groep is not None and not _is_last_of_group(job):
        return
    user = User.objects.filter(pk=job.aanvrager_id).first()
    if user is None:
        return
    if job.groep is not None:
        failed = group_progress(job.groep).mislukt
        url = reverse("jobs:groep", args=[job.groep])
        key = f"klaar:groep:{job.groep}"
    else:
        failed = 0 if job.staat == Job.Staat.KLAAR else 1
        url = reverse("jobs:opdracht", args=[job.pk])
        key = f"klaar:{job.pk}"
    verb = "Bekijk wat niet is gelukt" if failed else "Bekijk het resultaat"
    enqueue_mail(
        sjabloon="jobs_klaar",
        onderwerp=f"{verb}: opdracht {job.pk}",
        context={"titel": kind.titel, "mislukt": failed, "url": absolute_url(url)},
        aan_user=user,
        actor=PORTAAL,
        uniek=key,
    )


def _is_wanted(job: Job) -> bool:
    if job.mail_bij_klaar is not None:
        return job.mail_bij_klaar
    return timezone.now() - job.aangemaakt > LANG


def _is_last_of_group(job: Job) -> bool:
    """Whether nothing of the group is left.  Two jobs that end together wait here for each other, so one is last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(job.groep)])
    # A second statement: it sees what the other job wrote while the first one waited.
    return not Job.objects.open().filter(groep=job.groep).exists()
