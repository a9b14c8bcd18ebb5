"""Small files of every kind, made by hand."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 20 + b"IEND\xaeB`\x82"
CSV = "﻿brin;naam\r\n99AA;Duinschool\r\n".encode()
TYPES = '<?xml version="1.0"?><Types xmlns="x">{}</Types>'


def archive(parts: dict[str, str | bytes], *, stored_first: bool = False) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for number, (name, content) in enumerate(parts.items()):
            kind = zipfile.ZIP_STORED if stored_first and number == 0 else zipfile.ZIP_DEFLATED
            # An entry without a date: the same bytes, so the same test ids, in every process.
            target.writestr(zipfile.ZipInfo(name), content, kind)
    return stream.getvalue()


def docx(**extra: str | bytes) -> bytes:
    parts = {"[Content_Types].xml": TYPES.format(""), "word/document.xml": "<w:document/>"}
    return archive({**parts, **{name.replace("__", "/"): content for name, content in extra.items()}})


def xlsx() -> bytes:
    return archive({"[Content_Types].xml": TYPES.format(""), "xl/workbook.xml": "<workbook/>"})


def odt(mimetype: str = "application/vnd.oasis.opendocument.text", **extra: str) -> bytes:
    return archive({"mimetype": mimetype, "content.xml": "<office/>", **extra}, stored_first=True)
