"""Taking in a file that a person sends: size, kind by content, and the virus scanner."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from swv_portal.common.files import grootte
from swv_portal.common.tables.files import geen_tekst
from swv_portal.common.words import met_hoofdletter
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.clamav import Verdict, scan
from swv_portal.jobs.domain.filetypes import DOSSIER, TABEL, FileType, check_allowed, recognise
from swv_portal.jobs.models import Document


@dataclass(frozen=True)
class Upload:
    """A file that may be stored with ``store_upload``.

    The name that it had on somebody's computer is not kept: it often holds the name of a child.  ``staat`` says whether
    it may be served already, or waits for the scanner.
    """

    soort: FileType
    inhoud: bytes = field(repr=False)
    staat: str

    @property
    def content_type(self) -> str:
        return self.soort.content_type

    @property
    def extensie(self) -> str:
        return self.soort.code

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.inhoud).hexdigest()


def accept_upload(
    file: Any,
    *,
    allowed: Collection[FileType] = DOSSIER,
    max_bytes: int | None = None,
    veld: str | None = "bestand",
) -> Upload | Refusal:
    """Check an uploaded ``file`` (anything with ``read`` and ``size``).  Call it outside a transaction: it may wait.

    Codes of refusals: ``leeg``, ``te_groot``, ``soort``, ``beschadigd``, ``macro``, ``wachtwoord``, ``te_veel`` and
    ``virus``.  ``veld`` is the form field that they belong to.  With a scanner that does not answer the upload is
    accepted in quarantine: it is stored, served to nobody, and scanned again later.
    """
    content = _inhoud(file, max_bytes, veld)
    return content if isinstance(content, Refusal) else _keur(content, allowed, veld)


def _inhoud(file: Any, max_bytes: int | None, veld: str | None) -> bytes | Refusal:
    limit = max_bytes or settings.MAX_UPLOAD_BYTES
    size = getattr(file, "size", None)
    content: bytes = b"" if size == 0 or (size or 0) > limit else file.read(limit + 1)
    if (size or 0) > limit or len(content) > limit:
        return Refusal("te_groot", f"Het bestand is te groot. Het mag hoogstens {grootte(limit)} zijn.", veld)
    if not content.strip():
        return Refusal("leeg", "Het bestand is leeg. Kies een ander bestand.", veld)
    return content


def _keur(content: bytes, allowed: Collection[FileType], veld: str | None) -> Upload | Refusal:
    kind = check_allowed(recognise(content), allowed)
    if isinstance(kind, Refusal):
        return Refusal(kind.code, kind.zin, veld)
    verdict = scan(content)
    if verdict is Verdict.INFECTED:
        return Refusal("virus", "In het bestand zit een virus. Wij hebben het niet bewaard.", veld)
    state = Document.Staat.GOED if verdict is Verdict.CLEAN else Document.Staat.QUARANTAINE
    return Upload(kind, content, state)


def accept_table(file: Any, *, max_bytes: int | None = None, veld: str | None = "bestand") -> Upload | Refusal:
    """Check a table that is read at once, instead of stored to be served later.

    Refuses what ``accept_upload`` refuses, and ``niet_gecontroleerd`` when the virus scanner does not answer: what
    nobody looked at is not imported.  What is wrong with a file that is no table, it says as the import itself would.
    """
    content = _inhoud(file, max_bytes, veld)
    if isinstance(content, Refusal):
        return content
    upload = _keur(content, TABEL, veld)
    if isinstance(upload, Refusal):
        return _geen_tabel(upload, content)
    if upload.staat != Document.Staat.GOED:
        return Refusal(
            "niet_gecontroleerd",
            "Wij kunnen het bestand nu niet op virussen controleren, en lezen het daarom niet in. "
            "Probeer het over een paar minuten opnieuw.",
            veld,
        )
    return upload


def _geen_tabel(refusal: Refusal, content: bytes) -> Refusal:
    """The refusal with what is wrong with this content as a table, and how to save it as one."""
    about_the_kind = refusal.code in {"soort", "beschadigd", "wachtwoord"} and not content.startswith(b"PK\x03\x04")
    fout = geen_tekst(content) if about_the_kind else None
    if fout is None:
        return refusal
    zin = str(fout)
    return Refusal(refusal.code, met_hoofdletter(zin), refusal.veld)
