"""What a file is, told by its content.  Without a database."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain import filetypes
from swv_portal.jobs.domain.filetypes import CSV, DOCX, DOSSIER, JPEG, ODT, PDF, PNG, TABEL, XLSX, FileType
from tests.jobs import files


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.PDF, PDF),
        (files.JPEG, JPEG),
        (files.PNG, PNG),
        (files.CSV, CSV),
        ("naam,gemeente\nDuinschool,Zandvoort".encode("cp1252"), CSV),
        (files.docx(), DOCX),
        (files.xlsx(), XLSX),
        (files.odt(), ODT),
    ],
)
def test_known_kinds(content, kind):
    assert filetypes.recognise(content) == kind


MACROS = [
    files.docx(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
    files.archive({"[Content_Types].xml": files.TYPES.format("x.macroEnabled.main+xml"), "word/document.xml": "x"}),
    files.archive({"[Content_Types].xml": files.TYPES.format(""), "word/document.xml": "x", "word/activeX/a.bin": "x"}),
    files.odt(**{"Basic/script-lc.xml": "x"}),
    files.archive(
        {"[Content_Types].xml": files.TYPES.format(""), "word/document.xml": "x", "word/embeddings/a.EXE": "x"}
    ),
]


@pytest.mark.parametrize("content", MACROS)
def test_macros_are_refused(content):
    assert filetypes.recognise(content) == filetypes.MACRO


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.PDF[:-8], "beschadigd"),
        (files.PNG[:20], "beschadigd"),
        (files.JPEG[:10], "beschadigd"),
        (files.docx()[:60], "beschadigd"),
        (b"PK\x03\x04 and nothing else", "beschadigd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "wachtwoord"),
        (b"MZ\x90\x00 a program", "soort"),
        (b"<html><script>alert(1)</script>;</html>", "soort"),
        (b"<svg onload=x;>", "soort"),
        (b"#!/bin/sh;\nrm -rf /", "soort"),
        (b'{"a": 1, "b": 2}', "soort"),
        (b"a;b\x00c", "soort"),
        (b"zomaar een tekst", "soort"),
        (files.archive({"a.txt": "x"}), "soort"),
        (files.odt("application/vnd.oasis.opendocument.presentation"), "soort"),
        (files.archive({"[Content_Types].xml": files.TYPES.format(""), "ppt/presentation.xml": "x"}), "soort"),
        (files.archive({f"{n}": "" for n in range(3001)}), "te_veel"),
        (files.archive({"[Content_Types].xml": "x", "../../etc/passwd": "x", "word/document.xml": "x"}), "beschadigd"),
        (files.archive({"/etc/passwd": "x", "word/document.xml": "x"}), "beschadigd"),
    ],
)
def test_refusals(content, code):
    found = filetypes.recognise(content)
    assert isinstance(found, Refusal)
    assert found.code == code


def test_a_bomb_is_not_unpacked():
    """Three hundred megabytes of zeros are three hundred kilobytes in the file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        target.writestr("[Content_Types].xml", files.TYPES.format(""))
        with target.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(260):
                part.write(bytes(1024 * 1024))
    assert filetypes.recognise(stream.getvalue()) == filetypes.TE_VEEL


def test_a_password_is_refused():
    content = bytearray(files.docx())
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):  # set the flag 'encrypted' in every header
        start = 0
        while (found := content.find(sign, start)) >= 0:
            offset = found + (6 if sign == b"PK\x03\x04" else 8)
            struct.pack_into("<H", content, offset, 1)
            start = found + 4
    assert filetypes.recognise(bytes(content)) == filetypes.WACHTWOORD


def test_what_is_not_allowed_here_says_what_is():
    found = filetypes.check_allowed(XLSX, DOSSIER)
    assert isinstance(found, Refusal)
    assert found.zin == (
        "Dit soort bestand nemen wij niet aan. Kies een bestand van het soort "
        "LibreOffice (odt), PDF, Word (docx), afbeelding (png) of foto (jpg)."
    )
    assert filetypes.check_allowed(XLSX, TABEL) == XLSX
    alone = filetypes.check_allowed(XLSX, {PDF})
    assert isinstance(alone, Refusal)
    assert alone.zin.endswith("van het soort PDF.")


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_whatever_comes_there_is_an_answer(content, start):
    assert isinstance(filetypes.recognise(start + content), FileType | Refusal)
