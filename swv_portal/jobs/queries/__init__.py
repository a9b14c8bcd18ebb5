"""Read models: how far work is, who may fetch which document, and the rows of the screens (``lists``)."""

from swv_portal.jobs.queries.documents import fetchable_document
from swv_portal.jobs.queries.progress import Voortgang, group_progress, job_progress
from swv_portal.jobs.queries.work import werk

__all__ = ["Voortgang", "fetchable_document", "group_progress", "job_progress", "werk"]
