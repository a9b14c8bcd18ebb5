"""Background work of evaluatie: the nightly clean-up of files that nobody decided on."""

from django.utils import timezone

from evaluatie.services.inlezen import ruim_op
from swv_portal.jobs.registry import JobContext, JobKind

OPRUIMEN = "evaluatie.opruimen"


def opruimen(context: JobContext) -> None:
    """Can be done again without harm."""
    ruim_op(vandaag=timezone.localdate())
    context.progress(1, 1)


JOB = JobKind(OPRUIMEN, "Niet ingelezen antwoorden opruimen", opruimen, voor_aanvrager=False)
