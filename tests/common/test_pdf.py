"""PDF's: accessible, in Dutch, with our own fonts, and with nothing from outside."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from django.template.engine import Engine
from django.test import override_settings

from swv_portal.common.charts import staafdiagram
from swv_portal.common.pdf import BASIS, PdfError, measure, read_static, render_pdf

TEMPLATE = """{% extends "reports/basis.html" %}{% load portaal %}{% block inhoud %}<h1>{{ titel }}</h1>
<p>Bedrag: {{ bedrag|euro }}, € ffi ½.</p>{{ grafiek }}
<table><caption>Regels</caption><thead><tr><th scope="col">Regel</th><th scope="col">Aantal</th></tr></thead><tbody>
{% for rij in rijen %}<tr><th scope="row">Regel {{ rij }}</th><td>{{ rij }}</td></tr>{% endfor %}</tbody></table>
{{ extra }}{% endblock %}"""


@pytest.fixture
def template(tmp_path, settings):
    (tmp_path / "proef.html").write_text(TEMPLATE)
    config = settings.TEMPLATES[0]
    with override_settings(TEMPLATES=[{**config, "DIRS": [*config["DIRS"], tmp_path]}]):
        Engine.get_default.cache_clear()
        yield "proef.html"
    Engine.get_default.cache_clear()


def context(rows: int, **extra):
    return {
        "swv_naam": "SWV Duinrand",
        "versie": 2,
        "gemaakt_op": date(2026, 6, 12),
        "bedrag": Decimal("8525.67"),
        "rijen": range(rows),
        "grafiek": staafdiagram("Cijfers", "Wat men vindt.", [("a", Decimal(5))]),
        **extra,
    }


def structure(reader: pypdf.PdfReader) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            found.append((node["/S"], node.get("/Alt")))
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_a_pdf_is_accessible_and_says_what_it_is(template):
    reader = pypdf.PdfReader(BytesIO(render_pdf(template, context(80), titel="Beschikking 2024 – De Berk")))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == "Beschikking 2024 – De Berk"
    tags = structure(reader)
    names = [name for name, _ in tags]
    assert names.index("/H1") < names.index("/Table")
    assert names.count("/TH") == 80 + 2 * 3  # the header is repeated on each of the three pages
    assert ("/Figure", "Cijfers") in tags


def test_every_page_has_its_number_and_the_table_its_header(template):
    reader = pypdf.PdfReader(BytesIO(render_pdf(template, context(80), titel="Beschikking")))
    assert len(reader.pages) == 3
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"Pagina {number} van 3" in text
        assert "Versie 2, gemaakt op vr 12 juni 2026" in text
        assert "SWV Duinrand" in text
        assert "Aantal" in text
    assert "€ 8.525,67" in reader.pages[0].extract_text()


def test_only_our_own_fonts_are_in_it(template):
    reader = pypdf.PdfReader(BytesIO(render_pdf(template, context(1), titel="x")))
    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert fonts
    assert all("Source-Sans-3" in name for name in fonts)


def test_the_number_of_pages_is_known_without_making_it(template):
    assert measure(template, context(2), titel="x", onderdelen=[])[0] == 1
    assert measure(template, context(80), titel="x", onderdelen=[])[0] == 3


def test_what_somebody_typed_is_text_in_a_pdf(template):
    data = render_pdf(template, context(1, extra="<img src='file:///etc/passwd'>"), titel="x")
    assert "file:///etc/passwd" in pypdf.PdfReader(BytesIO(data)).pages[0].extract_text()


def test_a_pdf_without_a_title_is_refused(template):
    with pytest.raises(ValueError, match="title"):
        render_pdf(template, context(1), titel=" ")


def test_our_own_files_are_served():
    content, kind = read_static(BASIS + "img/favicon.svg")
    assert content.startswith(b"<svg")
    assert kind == "image/svg+xml"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/static/img/favicon.svg",
        "https://example.org/static/img/favicon.svg",
        "https://portaal.invalid/media/geheim.pdf",
        "data:image/png;base64,AAAA",
        BASIS + "img/bestaat-niet.svg",
    ],
)
def test_nothing_else_is_fetched(url):
    with pytest.raises(PdfError):
        read_static(url)


@pytest.mark.parametrize("pad", ["../manage.py", "%2e%2e/manage.py", "/etc/passwd"])
def test_a_path_that_climbs_out_gives_nothing(pad):
    with pytest.raises(Exception, match=r"outside|does not exist|not one of|only use"):
        read_static(BASIS + pad)
