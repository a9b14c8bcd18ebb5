"""Taking in what somebody sends: the content counts, and a refusal says what to do."""

import pytest

from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain.filetypes import TABEL
from swv_portal.jobs.services.documents import Upload, accept_upload, read_document, store_upload
from swv_portal.jobs.services.uploads import accept_table
from tests.jobs import files
from tests.jobs.documents import actor_of, uploaded

pytestmark = pytest.mark.usefixtures("own_folder")


def test_a_good_file_is_taken_without_its_name(user):
    upload = accept_upload(uploaded(files.PDF))
    assert isinstance(upload, Upload)
    assert "Jansen" not in repr(upload)
    document = store_upload(upload, soort="proef", onderwerp=user, naam="verslag-ouders", actor=actor_of(user))
    assert (document.naam, document.content_type, document.staat) == ("verslag-ouders.pdf", "application/pdf", "goed")
    assert read_document(document) == files.PDF


def test_the_content_counts_and_not_the_name():
    upload = accept_upload(uploaded(files.docx(), "verslag.pdf"))
    assert isinstance(upload, Upload)
    assert upload.extensie == "docx"


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (b"", {}, "leeg"),
        (b"  \n ", {}, "leeg"),
        (files.PDF, {"max_bytes": 10}, "te_groot"),
        (b"MZ program", {}, "soort"),
        (files.PDF, {"allowed": TABEL}, "soort"),
        (files.PDF[:-8], {}, "beschadigd"),
    ],
)
def test_refusals_have_a_sentence_and_a_field(content, options, code):
    found = accept_upload(uploaded(content), veld="bijlage", **options)
    assert isinstance(found, Refusal)
    assert (found.code, found.veld) == (code, "bijlage")


@pytest.mark.parametrize(
    ("content", "zin"),
    [
        (b"brin;naam\n99AA;\0\n", "Rij 2: Hier staat een NUL-teken. Dit is geen tekstbestand."),
        ("brin;naam\n".encode("utf-16"), "Het bestand is opgeslagen als UTF-16. Sla het op als CSV UTF-8 of als XLSX."),
        (b"brin;naam\n99AA;\x01\n", "Rij 2: Hier staan tekens die niet in een tekstbestand horen."),
        (files.PDF, "Dit is een PDF. Sla het op als CSV of XLSX."),
        (files.PDF[:-8], "Dit is een PDF. Sla het op als CSV of XLSX."),
        (files.PNG, "Dit is een afbeelding. Sla het op als CSV of XLSX."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "Dit is een oud Excel-bestand (.xls)"),
        (files.docx(), "Kies een bestand van het soort Excel (xlsx) of tabel (csv)."),
        (b"zomaar een tekst", "Kies een bestand van het soort Excel (xlsx) of tabel (csv)."),
    ],
)
def test_what_is_no_table_hears_how_to_save_it_as_one(content, zin):
    found = accept_table(uploaded(content), veld="bijlage")
    assert isinstance(found, Refusal)
    assert zin in found.zin
    assert "Word" not in found.zin
    assert found.veld == "bijlage"


def test_a_size_that_lies_does_not_help():
    file = uploaded(files.PDF + b"\n" * 100)
    file.size = 5
    assert isinstance(accept_upload(file, max_bytes=50), Refusal)
