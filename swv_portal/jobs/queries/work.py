"""The way to jobs from the home page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from swv_portal.common.money import dutch_count
from swv_portal.common.scoping import Bereik, Rol
from swv_portal.common.tasks import Werk
from swv_portal.jobs.models import Job

LOOPT = (Job.Staat.BEZIG, Job.Staat.WACHT)


def werk(bereik: Bereik, vandaag: date) -> Iterator[Werk]:  # noqa: ARG001  a job is not of a day
    """How many jobs died and how many go on, for the beheerder.  One query."""
    if not bereik.heeft(Rol.BEHEERDER):
        return
    rows = Job.objects.visible_to(bereik).filter(staat__in=[Job.Staat.DOOD, *LOOPT])
    found = rows.aggregate(
        dood=Count("pk", filter=Q(staat=Job.Staat.DOOD)), lopend=Count("pk", filter=Q(staat__in=LOOPT))
    )
    dead = dutch_count(found["dood"], "opdracht is", "opdrachten zijn") if found["dood"] else "Geen opdracht is"
    busy = dutch_count(found["lopend"], "loopt of wacht", "lopen of wachten") if found["lopend"] else "Er loopt niets"
    yield Werk("Opdrachten", f"{dead} mislukt. {busy}.", reverse("jobs:opdrachten"))
