"""Background work of ondersteuning: the letter of a decision, and what the night clears away and renews."""

from collections.abc import Callable

from django.utils import timezone

from ondersteuning.models import Aanvraag
from ondersteuning.reports import maak_brief
from ondersteuning.services.besluit import BRIEF, maak_bekend
from ondersteuning.services.termijnen import werk_termijnen_bij
from ondersteuning.services.verlaten import ruim_verlaten_op, verlaten
from ondersteuning.services.vernietigen import te_vernietigen, vernietig
from swv_portal.jobs.registry import JobContext
from swv_portal.jobs.services.documents import store_document
from swv_portal.jobs.services.enqueue import enqueue_group

PDF = "application/pdf"
VERNIETIGEN = "ondersteuning.vernietigen"
VERLATEN = "ondersteuning.verlaten"


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


def opruimen(_context: JobContext) -> Callable[[], None] | None:
    """Every night: one job per dossier that may no longer be kept or that nobody works on, and what concerns them all.

    A dossier that can not be destroyed fails its own job only; the next night tries it again.
    """
    today = timezone.localdate()

    def finish() -> None:
        enqueue_group(VERNIETIGEN, [{"aanvraag": pk} for pk in te_vernietigen(vandaag=today)])
        enqueue_group(VERLATEN, [{"aanvraag": pk} for pk in verlaten(vandaag=today)])
        werk_termijnen_bij(vandaag=today)

    return finish


def dossier_vernietigen(context: JobContext) -> Callable[[], None] | None:
    """Destroy one dossier, in the transaction that ends the job."""

    def finish() -> None:
        vernietig(pk=int(context.params["aanvraag"]), vandaag=timezone.localdate())

    return finish


def verlaten_opruimen(context: JobContext) -> Callable[[], None] | None:
    """Warn the school about one abandoned application, or withdraw it."""

    def finish() -> None:
        ruim_verlaten_op(pk=int(context.params["aanvraag"]), vandaag=timezone.localdate())

    return finish
