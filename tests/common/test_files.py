"""The answer that is a file, and the size of a file in words."""

import pytest

from swv_portal.common.files import bestand_antwoord, grootte


def test_a_file_is_saved_and_kept_nowhere_else():
    answer = bestand_antwoord("uitkomsten-r.xlsx", b"inhoud", "application/x-proef")
    assert answer.content == b"inhoud"
    assert answer["Content-Type"] == "application/x-proef"
    assert answer["Content-Disposition"] == 'attachment; filename="uitkomsten-r.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("naam", "kop"),
    [
        ("Kern Zuid.pdf", 'attachment; filename="Kern Zuid.pdf"'),
        ("één.pdf", "attachment; filename*=utf-8''%C3%A9%C3%A9n.pdf"),
        ('a"b\r\nX: y/../c.pdf', 'attachment; filename="a-b--X- y-..-c.pdf"'),
        ("", 'attachment; filename="bestand"'),
    ],
)
def test_any_name_is_written_as_a_header_may_be(naam, kop):
    assert bestand_antwoord(naam, "", "text/csv")["Content-Disposition"] == kop


@pytest.mark.parametrize(
    ("bytes_", "tekst"), [(25 * 1024 * 1024, "25 MB"), (200_000, "200 kB"), (1024 * 1024, "1 MB"), (999_999, "999 kB")]
)
def test_a_size_is_rounded_down(bytes_, tekst):
    assert grootte(bytes_) == tekst
