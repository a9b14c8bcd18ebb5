"""Charts that can be read without seeing them, under the strict Content-Security-Policy."""

import re
from decimal import Decimal

import pytest
from lxml import etree

from swv_portal.common.charts import KLEUREN, lijndiagram, notatie, staafdiagram, tekst_voor

SVG = "{http://www.w3.org/2000/svg}"
RIJEN = [("IB'er", Decimal("7.4")), ("Ouder & <kind>", None), ("Leraar", Decimal(10))]
LIJNEN = [("Lumpsum", [Decimal(100), None, Decimal(300)]), ("Overig & <rest>", [Decimal(1), Decimal(2), Decimal(3)])]


def bars():
    return staafdiagram("Cijfers", "Wat men vindt.", RIJEN, maximum=10)


def lines():
    return lijndiagram("Budget", "Per jaar.", ["2023", "2024", "2025"], LIJNEN, "€", 0)


@pytest.mark.parametrize("draw", [bars, lines])
def test_a_chart_is_well_formed_named_and_without_styles(draw):
    svg = draw()
    root = etree.fromstring(svg)
    assert root.get("role") == "img"
    named = [root.find(f".//*[@id='{part}']").text for part in root.get("aria-labelledby").split()]
    assert all(named)
    assert not list(root.iter(SVG + "style"))
    assert not any("style" in element.attrib for element in root.iter())
    assert "<script" not in svg


@pytest.mark.parametrize("draw", [bars, lines])
def test_ids_are_unique_over_two_of_the_same_chart(draw):
    ids = re.findall(r' id="([^"]+)"', draw() + draw())
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("draw", [bars, lines])
def test_references_point_inside_the_chart_itself(draw):
    root = etree.fromstring(draw())
    ids = {element.get("id") for element in root.iter()}
    used = re.findall(r"url\(#([^)]+)\)|href=\"#([^\"]+)\"", etree.tostring(root, encoding="unicode"))
    assert {a or b for a, b in used} <= ids


def test_bars_are_in_proportion_and_never_longer_than_full():
    svg = staafdiagram("x", "y", [("a", Decimal(5)), ("b", Decimal(10)), ("c", Decimal(30))], maximum=10)
    widths = [float(element.get("width")) for element in etree.fromstring(svg).iter(SVG + "rect")]
    assert widths[0] * 2 == pytest.approx(widths[1])
    assert widths[1] == widths[2]


def test_a_missing_value_is_words_and_not_a_bar():
    root = etree.fromstring(bars())
    assert len(list(root.iter(SVG + "rect"))) == 2
    assert "te weinig antwoorden" in [element.text for element in root.iter(SVG + "text")]


@pytest.mark.parametrize("waarde", [Decimal(0), Decimal(-5)])
def test_nothing_and_less_than_nothing_have_no_length(waarde):
    svg = staafdiagram("x", "y", [("a", waarde)])
    assert [element.get("width") for element in etree.fromstring(svg).iter(SVG + "rect")] == ["0"]


def test_no_rows_is_a_chart_without_bars():
    assert etree.fromstring(staafdiagram("x", "y", [])).find(SVG + "rect") is None


def test_lines_differ_in_more_than_colour():
    svg = lines()
    assert KLEUREN[0].lower() in svg
    assert KLEUREN[1].lower() in svg
    assert "stroke-dasharray" in svg
    assert "Overig &amp; &lt;rest&gt;" in svg


@pytest.mark.parametrize(
    ("lijnen", "deel"),
    [([(str(i), [Decimal(1)]) for i in range(6)], "five"), ([("a", [Decimal(1), Decimal(2)])], "every point")],
)
def test_lines_that_can_not_be_read_are_refused(lijnen, deel):
    with pytest.raises(ValueError, match=deel):
        lijndiagram("x", "y", ["2024"], lijnen)


@pytest.mark.parametrize(
    ("waarde", "eenheid", "tekst"),
    [
        (None, "%", "te weinig antwoorden"),
        (Decimal("7.40"), "", "7,40"),
        (Decimal(62), "%", "62%"),
        (Decimal(1200), "€", "€\N{NO-BREAK SPACE}1.200"),
        (Decimal(3), "uur", "3\N{NO-BREAK SPACE}uur"),
    ],
)
def test_values_in_dutch(waarde, eenheid, tekst):
    assert notatie(waarde, eenheid) == tekst


def test_the_description_names_every_row():
    assert tekst_voor("Cijfers", RIJEN) == "Cijfers: IB'er 7,4, Ouder & <kind> te weinig antwoorden, Leraar 10."
