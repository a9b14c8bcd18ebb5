"""How far work is."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q

from swv_portal.jobs.models import Job


@dataclass(frozen=True)
class Voortgang:
    """Counts of a job's steps or of a group's jobs.  ``af``: nothing is going to happen any more."""

    totaal: int
    klaar: int
    mislukt: int
    bezig: int

    @property
    def af(self) -> bool:
        return self.klaar + self.mislukt >= self.totaal

    @property
    def procent(self) -> int:
        return 100 * (self.klaar + self.mislukt) // self.totaal if self.totaal else 100


def group_progress(groep: uuid.UUID) -> Voortgang:
    """How many jobs of a group are done, failed and under way.  One query."""
    counts = Job.objects.filter(groep=groep).aggregate(
        totaal=Count("id"),
        klaar=Count("id", filter=Q(staat=Job.Staat.KLAAR)),
        mislukt=Count("id", filter=Q(staat__in=[Job.Staat.DOOD, Job.Staat.GESTOPT])),
        bezig=Count("id", filter=Q(staat=Job.Staat.BEZIG)),
    )
    return Voortgang(**counts)


def job_progress(job: Job | int) -> Voortgang:
    """One job (or its key): its own steps when it counts them, otherwise one step."""
    row = job if isinstance(job, Job) else Job.objects.get(pk=job)
    totaal = row.totaal or 1
    if row.staat == Job.Staat.KLAAR:
        return Voortgang(totaal=totaal, klaar=totaal, mislukt=0, bezig=0)
    if row.staat in {Job.Staat.DOOD, Job.Staat.GESTOPT}:
        return Voortgang(totaal=totaal, klaar=0, mislukt=totaal, bezig=0)
    busy = 1 if row.staat == Job.Staat.BEZIG else 0
    return Voortgang(totaal=totaal, klaar=min(row.gedaan, totaal - 1), mislukt=0, bezig=busy)
