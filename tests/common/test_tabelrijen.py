from django.template import engines
from django.utils.safestring import mark_safe

from swv_portal.common.screens import Cel, Kolom, Status, maak_tabel


def render(tabel) -> str:
    return engines["django"].from_string('{% include "onderdelen/tabel.html" %}').render({"tabel": tabel})


def test_a_row_has_a_heading_links_figures_and_statuses():
    tabel = maak_tabel(
        "Scholen",
        ["School", "Kern", Kolom("Leerlingen", getal=True), "Status"],
        [[Cel("De Duif", "/kernen/scholen/1/"), Cel("Oost", "/kernen/2/"), "210", Status("Klaar", "goed")]],
    )
    page = render(tabel)
    assert '<tr><th scope="row"><a href="/kernen/scholen/1/">De Duif</a></th>' in page
    assert '<td data-label="Kern"><a href="/kernen/2/">Oost</a></td>' in page
    assert '<td data-label="Leerlingen" class="getal">210</td>' in page
    assert '<td data-label="Status"><span class="status status-goed"><svg class="icoon"' in page
    assert "</svg>Klaar</span></td></tr>" in page


def test_every_text_is_escaped_unless_it_is_safe_already():
    evil = '<b>"x"</b>'
    safe = mark_safe("<em>mag</em>")
    page = render(maak_tabel("T", ["A", evil], [[evil, Cel(evil, f"/?q={evil}")], [safe, "x"]]))
    assert "<b>" not in page
    assert "&lt;b&gt;&quot;x&quot;&lt;/b&gt;" in page
    assert 'href="/?q=&lt;b&gt;&quot;x&quot;&lt;/b&gt;"' in page
    assert "<em>mag</em>" in page


def test_the_total_is_marked():
    page = render(maak_tabel("T", ["A", Kolom("B", getal=True)], [["x", "1"]], totaal=["Totaal", "1"]))
    assert '<tr class="totaal"><th scope="row">Totaal</th><td data-label="B" class="getal">1</td></tr>' in page
