"""Background work of ondersteuning: the letter of a decision, and what the night clears away and renews."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from ondersteuning.models import Aanvraag, Bezwaar
from ondersteuning.queries.bezwaar import briefnummer
from ondersteuning.reports.bezwaarbrief import maak_bezwaarbrief
from ondersteuning.reports.brieven import GeenBesluit, Gemaakt, maak_brief, maak_intrekkingsbrief
from ondersteuning.services.bekendmaken import INTREKKINGSBRIEF, briefversie, maak_bekend, maak_intrekking_bekend
from ondersteuning.services.besluit import BRIEF
from ondersteuning.services.bezwaar_beslissing import BEZWAARBRIEF, maak_beslissing_bekend
from ondersteuning.services.bezwaar_termijn import werk_bezwaartermijnen_bij
from ondersteuning.services.brieven import leg_brief_vast
from ondersteuning.services.overeenkomst_vernietigen import te_vernietigen_overeenkomsten, vernietig_overeenkomst
from ondersteuning.services.overstap_nacht import doe_de_nacht, gevallen_voor_de_nacht
from ondersteuning.services.termijnen import werk_termijnen_bij
from ondersteuning.services.toekenning_dag import doe_de_dag, toekenningen_voor_de_nacht
from ondersteuning.services.verlaten import ruim_verlaten_op, verlaten
from ondersteuning.services.vernietigen import te_vernietigen, vernietig, vernietig_leerling, werk_bewaartermijnen_bij
from ondersteuning.services.verzuim_vernietigen import te_vernietigen_meldingen, vernietig_melding
from ondersteuning.services.verzuimalarm import alarmeer, te_alarmeren
from swv_portal.jobs.registry import JobContext
from swv_portal.jobs.services.documents import store_document
from swv_portal.jobs.services.enqueue import enqueue_group

PDF = "application/pdf"
VERNIETIGEN = "ondersteuning.vernietigen"
LEERLING_VERNIETIGEN = "ondersteuning.leerling_vernietigen"
OVEREENKOMST_VERNIETIGEN = "ondersteuning.overeenkomst_vernietigen"
VERZUIM_VERNIETIGEN = "ondersteuning.verzuim_vernietigen"
OVERSTAP = "ondersteuning.overstap"
TOEKENNING = "ondersteuning.toekenning"
VERLATEN = "ondersteuning.verlaten"
VERZUIMALARM = "ondersteuning.verzuimalarm"


def besluitbrief(context: JobContext) -> Callable[[], None] | None:
    """Make the letter; in the transaction that ends the job it is stored, the objection term starts and mails go out.

    The letter is dated on the day it is made: a job that had to wait does not shorten the objection term.  Of a
    decision that was taken back there is nothing to send; whether it was is looked at again under the lock.
    """
    pk, today = int(context.params["aanvraag"]), timezone.localdate()
    times = context.params.get("besluit")
    found = Aanvraag.objects.filter(pk=pk).values_list("besluit_keer", "bekendgemaakt_op", "versie").first()
    if found is None or (times is not None and found[0] != times):
        return None
    day = found[1] or today
    try:
        letter = maak_brief(pk, dag=day)
    except GeenBesluit:
        return None

    def store(aanvraag: Aanvraag) -> None:
        _bewaar(context, letter, BRIEF, aanvraag, dag=day, versie=briefversie(aanvraag))

    def finish() -> None:
        maak_bekend(pk=pk, vandaag=today, bewaar_brief=store, keer=times, versie=found[2])

    return finish


def intrekkingsbrief(context: JobContext) -> Callable[[], None] | None:
    """Make the letter of a withdrawn TLV; nothing when the TLV counts again by then."""
    pk, today = int(context.params["aanvraag"]), timezone.localdate()
    if not Aanvraag.objects.filter(pk=pk, intrekking_bekend_op__isnull=True).exists():
        return None
    try:
        letter = maak_intrekkingsbrief(pk, dag=today)
    except GeenBesluit:
        return None

    def store(aanvraag: Aanvraag) -> None:
        _bewaar(context, letter, INTREKKINGSBRIEF, aanvraag, dag=today)

    def finish() -> None:
        maak_intrekking_bekend(pk=pk, vandaag=today, bewaar_brief=store)

    return finish


def bezwaarbrief(context: JobContext) -> Callable[[], None] | None:
    """Make the letter of a decision on an objection; stored once, and dated on the day it goes out."""
    pk, today = int(context.params["bezwaar"]), timezone.localdate()
    found = Bezwaar.objects.filter(pk=pk).first()
    if found is None:
        return None
    day = found.bekendgemaakt_op or today
    try:
        letter = maak_bezwaarbrief(pk, dag=day)
    except GeenBesluit:
        return None

    def store(bezwaar: Bezwaar) -> None:
        _bewaar(context, letter, BEZWAARBRIEF, bezwaar.aanvraag, dag=day, versie=briefnummer(bezwaar))

    def finish() -> None:
        maak_beslissing_bekend(pk=pk, vandaag=today, bewaar_brief=store)

    return finish


def _bewaar(context: JobContext, brief: Gemaakt, soort: str, aanvraag: Aanvraag, *, dag: date, versie: int = 1) -> None:
    """Store this letter with its application, and the text with which it was made."""
    store_document(
        soort=soort,
        onderwerp=aanvraag,
        naam=brief.naam,
        inhoud=brief.pdf,
        content_type=PDF,
        job=context.job_id,
        versie=versie,
    )
    leg_brief_vast(aanvraag_pk=aanvraag.pk, soort=brief.soort, dag=dag, tekst=brief.tekst)


def opruimen(_context: JobContext) -> Callable[[], None] | None:
    """Every night: one job per dossier that may no longer be kept or that nobody works on, and what concerns them all.

    A dossier that can not be destroyed fails its own job only; the next night tries it again.
    """
    today = timezone.localdate()

    def finish() -> None:
        gone = werk_bewaartermijnen_bij(vandaag=today)
        enqueue_group(LEERLING_VERNIETIGEN, [{"leerling": pk} for pk in gone])
        old = te_vernietigen_overeenkomsten(vandaag=today)
        enqueue_group(OVEREENKOMST_VERNIETIGEN, [{"overeenkomst": pk} for pk in old])
        absent = te_vernietigen_meldingen(vandaag=today)
        enqueue_group(VERZUIM_VERNIETIGEN, [{"melding": pk} for pk in absent])
        enqueue_group(VERNIETIGEN, [{"aanvraag": pk} for pk in te_vernietigen(vandaag=today)])
        enqueue_group(OVERSTAP, [{"overstap": pk} for pk in gevallen_voor_de_nacht(vandaag=today)])
        enqueue_group(TOEKENNING, [{"aanvraag": pk} for pk in toekenningen_voor_de_nacht(vandaag=today)])
        enqueue_group(VERLATEN, [{"aanvraag": pk} for pk in verlaten(vandaag=today)])
        werk_termijnen_bij(vandaag=today)
        werk_bezwaartermijnen_bij(vandaag=today)

    return finish


def dossier_vernietigen(context: JobContext) -> Callable[[], None] | None:
    """Destroy one dossier, in the transaction that ends the job."""

    def finish() -> None:
        vernietig(pk=int(context.params["aanvraag"]), vandaag=timezone.localdate())

    return finish


def leerling_vernietigen(context: JobContext) -> Callable[[], None] | None:
    """Destroy the dossier of one pupil, in the transaction that ends the job."""

    def finish() -> None:
        vernietig_leerling(pk=int(context.params["leerling"]), vandaag=timezone.localdate())

    return finish


def overeenkomst_vernietigen(context: JobContext) -> Callable[[], None] | None:
    """Destroy one agreement, in the transaction that ends the job."""

    def finish() -> None:
        vernietig_overeenkomst(pk=int(context.params["overeenkomst"]), vandaag=timezone.localdate())

    return finish


def verzuim_vernietigen(context: JobContext) -> Callable[[], None] | None:
    """Destroy one case of absence, in the transaction that ends the job."""

    def finish() -> None:
        vernietig_melding(pk=int(context.params["melding"]), vandaag=timezone.localdate())

    return finish


def overstap_nacht(context: JobContext) -> Callable[[], None] | None:
    """Carry out, withdraw or destroy one overstap, whichever its day has come for."""

    def finish() -> None:
        doe_de_nacht(pk=int(context.params["overstap"]), vandaag=timezone.localdate())

    return finish


def toekenning_nacht(context: JobContext) -> Callable[[], None] | None:
    """Move the pupil of one grant to the receiving school: the day has come."""

    def finish() -> None:
        doe_de_dag(pk=int(context.params["aanvraag"]), vandaag=timezone.localdate())

    return finish


def verlaten_opruimen(context: JobContext) -> Callable[[], None] | None:
    """Warn the school about one abandoned application, or withdraw it."""

    def finish() -> None:
        ruim_verlaten_op(pk=int(context.params["aanvraag"]), vandaag=timezone.localdate())

    return finish


def verzuimalarmen(_context: JobContext) -> Callable[[], None] | None:
    """Every night: one job per case of absence of which an alarm was not sent yet."""

    def finish() -> None:
        enqueue_group(VERZUIMALARM, [{"melding": pk} for pk in te_alarmeren(vandaag=timezone.localdate())])

    return finish


def verzuimalarm(context: JobContext) -> Callable[[], None] | None:
    """Tell school and SWV about one case, in the transaction that ends the job: once."""

    def finish() -> None:
        alarmeer(pk=int(context.params["melding"]), vandaag=timezone.localdate())

    return finish
