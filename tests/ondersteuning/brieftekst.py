"""What a letter says, for tests: the words of the PDF on one line."""

from io import BytesIO

from pypdf import PdfReader

from swv_portal.jobs.models import Document
from swv_portal.jobs.services.documents import read_document


def tekst_van(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def letter_text(soort: str) -> str:
    """The words of the only letter of this kind."""
    return tekst_van(read_document(Document.objects.get(soort=soort)))
