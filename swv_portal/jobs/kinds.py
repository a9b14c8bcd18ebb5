"""The kinds of jobs and documents of the platform itself; registered when the portal starts."""

from django.urls import reverse

from swv_portal.jobs.models import Job
from swv_portal.jobs.registry import DocumentKind, JobKind, register_daily, register_document_kind, register_job
from swv_portal.jobs.services.cleanup import OPRUIMEN, clean_up
from swv_portal.jobs.services.mail import MAIL
from swv_portal.jobs.services.reports import RAPPORT, make_report, may_fetch_report
from swv_portal.jobs.services.rescan import HERKEUR, rescan
from swv_portal.jobs.services.send_mail import send_mail


def _result_of_report(job: Job) -> str:
    document = job.documenten.order_by("pk").first()
    return reverse("jobs:documenten") if document is None else reverse("jobs:document", args=[document.sleutel])


def register() -> None:
    register_job(JobKind(MAIL, "E-mail versturen", send_mail, voor_aanvrager=False))
    register_job(JobKind(RAPPORT, "Rapport maken", make_report, resultaat=_result_of_report))
    register_job(JobKind(HERKEUR, "Bestanden controleren op virussen", rescan, voor_aanvrager=False))
    register_job(JobKind(OPRUIMEN, "Opruimen", clean_up, voor_aanvrager=False))
    register_daily(OPRUIMEN, "02:15", OPRUIMEN)
    register_document_kind(DocumentKind(RAPPORT, "Rapport", may_fetch_report))
