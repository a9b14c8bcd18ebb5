"""What kind of file something is, told by its content.  A name or a header of the browser proves nothing."""

import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from swv_portal.common.workflow import Refusal


@dataclass(frozen=True)
class FileType:
    """A kind of file that may be taken in: its code and extension, its MIME type, and how people call it."""

    code: str
    content_type: str
    label: str


_OOXML = "application/vnd.openxmlformats-officedocument"
PDF = FileType("pdf", "application/pdf", "PDF")
DOCX = FileType("docx", f"{_OOXML}.wordprocessingml.document", "Word (docx)")
ODT = FileType("odt", "application/vnd.oasis.opendocument.text", "LibreOffice (odt)")
JPEG = FileType("jpg", "image/jpeg", "foto (jpg)")
PNG = FileType("png", "image/png", "afbeelding (png)")
XLSX = FileType("xlsx", f"{_OOXML}.spreadsheetml.sheet", "Excel (xlsx)")
CSV = FileType("csv", "text/csv", "tabel (csv)")

#: What belongs in a dossier, and what is imported as a table.
DOSSIER = frozenset({PDF, DOCX, ODT, JPEG, PNG})
TABEL = frozenset({XLSX, CSV})

#: Limits of what a compressed file may become.
MEESTE_DELEN = 3000
GROOTSTE_INHOUD = 250 * 1024 * 1024
#: Macros and programs inside documents of Word, Excel and LibreOffice.
_ACTIVE = re.compile(
    r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml|activex/|basic/|scripts/|.*\.(exe|dll|js|vbs|ps1|bat|scr)$)"
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")

BESCHADIGD = Refusal(
    "beschadigd", "Het bestand is beschadigd of niet compleet. Sla het opnieuw op en probeer het nog eens."
)
MACRO = Refusal("macro", "In het bestand zit een macro of programma. Dat nemen wij niet aan. Sla het op als PDF.")
WACHTWOORD = Refusal(
    "wachtwoord", "Het bestand is een oud Word- of Excel-bestand, of heeft een wachtwoord. Sla het op als PDF."
)
TE_VEEL = Refusal("te_veel", "Het bestand wordt veel te groot als het wordt uitgepakt.")


def recognise(content: bytes) -> FileType | Refusal:
    """The kind of ``content``.  Refuses what is broken, holds a macro, has a password, or is of no known kind."""
    if content.startswith(b"%PDF-"):
        return PDF if b"%%EOF" in content[-2048:] else BESCHADIGD
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG if b"\xff\xd9" in content[-65536:] else BESCHADIGD
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG if content[12:16] == b"IHDR" and b"IEND" in content[-4096:] else BESCHADIGD
    if content.startswith(b"PK\x03\x04"):
        return _recognise_zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return WACHTWOORD
    return CSV if _is_table(content) else _unknown(DOSSIER | TABEL)


def check_allowed(found: FileType | Refusal, allowed: Collection[FileType]) -> FileType | Refusal:
    """The kind when it is one of ``allowed``; otherwise a refusal, which for another kind says which are allowed."""
    if isinstance(found, Refusal):
        return _unknown(allowed) if found.code == "soort" else found
    return found if found in allowed else _unknown(allowed)


def _unknown(allowed: Collection[FileType]) -> Refusal:
    labels = sorted(kind.label for kind in allowed)
    named = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} of {labels[-1]}"
    return Refusal("soort", f"Dit soort bestand nemen wij niet aan. Kies een bestand van het soort {named}.")


def _recognise_zip(content: bytes) -> FileType | Refusal:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if refusal := _check_parts(parts):
                return refusal
            return _kind_of_archive(archive, {part.filename for part in parts})
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return BESCHADIGD


def _check_parts(parts: list[zipfile.ZipInfo]) -> Refusal | None:
    names = [part.filename for part in parts]
    if len(parts) > MEESTE_DELEN or sum(part.file_size for part in parts) > GROOTSTE_INHOUD:
        return TE_VEEL
    if any(part.flag_bits & 1 for part in parts):
        return WACHTWOORD
    if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        return BESCHADIGD
    if any(_ACTIVE.search(name.lower()) for name in names):
        return MACRO
    return None


def _kind_of_archive(archive: zipfile.ZipFile, names: set[str]) -> FileType | Refusal:
    if "mimetype" in names and archive.infolist()[0].filename == "mimetype":
        named = _head(archive, "mimetype")
        return ODT if named.strip() == ODT.content_type.encode() and "content.xml" in names else _unknown(DOSSIER)
    if "[Content_Types].xml" not in names:
        return _unknown(DOSSIER | TABEL)
    types = _head(archive, "[Content_Types].xml").lower()
    if b"macroenabled" in types or b"vbaproject" in types:
        return MACRO
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else _unknown(DOSSIER | TABEL)


def _head(archive: zipfile.ZipFile, name: str, limit: int = 1024 * 1024) -> bytes:
    with archive.open(name) as part:
        return part.read(limit)


def _is_table(content: bytes) -> bool:
    """Text with columns: no control characters, a separator in the first line, and no page or script."""
    text = content.removeprefix(b"\xef\xbb\xbf")
    first = text.lstrip()[:4096].splitlines()[:1]
    if not first or _CONTROL.search(content) or first[0][:1] in {b"<", b"{"} or first[0].startswith(b"#!"):
        return False
    return any(sign in first[0] for sign in (b";", b",", b"\t"))
