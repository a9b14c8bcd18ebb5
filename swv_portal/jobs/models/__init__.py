from swv_portal.jobs.models.document import Document
from swv_portal.jobs.models.job import Job

__all__ = ["Document", "Job"]
