from swv_portal.jobs.models.aanbod import Aanbod
from swv_portal.jobs.models.document import Document
from swv_portal.jobs.models.formuliersleutel import Formuliersleutel
from swv_portal.jobs.models.job import Job

__all__ = ["Aanbod", "Document", "Formuliersleutel", "Job"]
