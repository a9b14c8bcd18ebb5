"""Background work of kernen: the nightly clean-up of files that nobody confirmed."""

from django.utils import timezone

from kernen.services.imports import ruim_op
from swv_portal.jobs.registry import JobContext, JobKind

OPRUIMEN = "kernen.opruimen"


def opruimen(context: JobContext) -> None:
    """Can be done again without harm."""
    ruim_op(vandaag=timezone.localdate())
    context.progress(1, 1)


JOB = JobKind(OPRUIMEN, "Niet bevestigde imports opruimen", opruimen, voor_aanvrager=False)
