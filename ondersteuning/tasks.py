"""Background work of ondersteuning: the letter of a decision, and the nightly destruction and terms."""

from collections.abc import Callable

from django.utils import timezone

from ondersteuning.models import Aanvraag
from ondersteuning.reports import maak_brief
from ondersteuning.services.besluit import BRIEF, maak_bekend
from ondersteuning.services.termijnen import werk_termijnen_bij
from ondersteuning.services.vernietigen import te_vernietigen, vernietig
from swv_portal.jobs.registry import JobContext
from swv_portal.jobs.services.documents import store_document

PDF = "application/pdf"


def besluitbrief(context: JobContext) -> Callable[[], None] | None:
    """Make the letter; in the transaction that ends the job it is stored, the objection term starts and mails go out.

    The letter is dated on the day it is made: a job that had to wait does not shorten the objection term.
    """
    pk, today = int(context.params["aanvraag"]), timezone.localdate()
    announced = Aanvraag.objects.values_list("bekendgemaakt_op", flat=True).get(pk=pk)
    name, pdf = maak_brief(pk, dag=announced or today)

    def store(aanvraag: Aanvraag) -> None:
        store_document(
            soort=BRIEF,
            onderwerp=aanvraag,
            naam=name,
            inhoud=pdf,
            content_type=PDF,
            job=context.job_id,
            bewaren_tot=aanvraag.bewaren_tot,
        )

    return lambda: maak_bekend(pk=pk, vandaag=today, bewaar_brief=store)


def opruimen(context: JobContext) -> Callable[[], None] | None:
    """Every night: destroy what may no longer be kept, one dossier per transaction, and renew the open terms."""
    today = timezone.localdate()
    keys = te_vernietigen(vandaag=today)
    for done, pk in enumerate(keys, start=1):
        vernietig(pk=pk, vandaag=today)
        context.progress(done, len(keys))

    def finish() -> None:
        werk_termijnen_bij(vandaag=today)

    return finish
