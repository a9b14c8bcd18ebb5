"""References, file names, addresses and dates are not broken over two lines."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from swv_portal.common.screens import Cel, Gegeven, Kolom, maak_tabel
from swv_portal.common.templatetags.portaal import heel


@pytest.mark.parametrize(
    "woord",
    [
        "A-2627-0037",
        "PO9901-2627-0006",
        "2026-2027",
        "22-11-2026",
        "ouder1-2@duin-en-kern.example",
        "Besluit-A-2627-0014.pdf",
        "uitkomsten-kernen.xlsx",
        "wo 18 november 2026",
        "1 februari 2026",
    ],
)
def test_what_stays_whole(woord):
    assert heel(f"Zie {woord}, en niet meer.") == f'Zie <span class="heel">{woord}</span>, en niet meer.'


@pytest.mark.parametrize("tekst", ["", "Basisschool Krabbaken", "IKC-tarief", "e-mail", "183", "stap 2 van 6", "–"])
def test_other_words_are_left_alone(tekst):
    assert heel(tekst) == tekst


def test_everything_around_it_is_escaped():
    assert heel("<b>A-2627-0001</b> & meer") == '&lt;b&gt;<span class="heel">A-2627-0001</span>&lt;/b&gt; &amp; meer'
    assert heel("<i>geen</i>") == "&lt;i&gt;geen&lt;/i&gt;"
    assert heel(mark_safe("<i>1-2</i>")) == "<i>1-2</i>"


def test_lists_and_summaries_use_it_but_figures_do_not():
    tabel = maak_tabel("T", ["A", "B", Kolom("C", getal=True)], [[Cel("A-2627-0001", "/a/"), "1-2", "1-2"]])
    page = Template('{% include "onderdelen/tabel.html" %}').render(Context({"tabel": tabel}))
    assert '<a href="/a/"><span class="heel">A-2627-0001</span></a>' in page
    assert '<td data-label="B"><span class="heel">1-2</span></td>' in page
    assert 'class="getal">1-2</td>' in page
    regels = [Gegeven("Nummer", "PO9901-2627-0006")]
    page = Template('{% include "onderdelen/samenvatting.html" %}').render(Context({"regels": regels}))
    assert '<dd><span class="heel">PO9901-2627-0006</span></dd>' in page
