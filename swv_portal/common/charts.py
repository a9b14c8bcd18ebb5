"""Charts as inline SVG: readable without colour, with title and description, without style attributes (strict CSP).

The same SVG goes into PDF's.  Bars are drawn by hand: a matplotlib figure costs 60 ms, thirty of them two seconds.
Lines go through one reused matplotlib ``Figure``.  A value that is ``None`` was kept back because too few people
answered; the chart says so in words.
"""

import importlib
import itertools
import threading
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from swv_portal.common.money import dutch_number

KLEUREN = ("#0072B2", "#00795A", "#8A3FA0", "#8A6A00", "#5F6B77")
INKT, STIL, LIJN = "#1B2430", "#51606F", "#D5DBE1"
TE_WEINIG = "te weinig antwoorden"
LETTER = "Source Sans 3, sans-serif"

BREEDTE = 480
LABEL_BREEDTE = 172
RIJ = 34
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"

_nummers = itertools.count(1)


def _nieuw_id() -> str:
    """An id that no other chart on a page has."""
    return f"grafiek-{next(_nummers)}"


def notatie(waarde: Decimal | None, eenheid: str = "") -> str:
    """A value as it stands beside a bar: ``7,4``, ``62%``, ``€ 1.200``, or that there were too few answers."""
    if waarde is None:
        return TE_WEINIG
    decimals = min(2, max(0, -int(Decimal(waarde).as_tuple().exponent)))
    getal = dutch_number(waarde, decimals)
    if eenheid in ("", "%"):
        return f"{getal}{eenheid}"
    return f"{eenheid}\N{NO-BREAK SPACE}{getal}" if eenheid == "€" else f"{getal}\N{NO-BREAK SPACE}{eenheid}"


def _in_regels(tekst: str, lengte: int = 23) -> list[str]:
    """``tekst`` in at most two lines of ``lengte`` characters; the rest is an ellipsis (the table has it all)."""
    regels = [""]
    for woord in tekst.split():
        kandidaat = f"{regels[-1]} {woord}".strip()
        if len(kandidaat) <= lengte or not regels[-1]:
            regels[-1] = kandidaat
        else:
            regels.append(woord)
    kort = [regel if len(regel) <= lengte else regel[: lengte - 1] + "…" for regel in regels]
    if len(kort) > 2:
        kort = [kort[0], f"{kort[1][: lengte - 1].rstrip()}…"]
    return kort


def _omhulsel(titel: str, omschrijving: str, hoogte: float, inhoud: SafeString) -> SafeString:
    uid = _nieuw_id()
    return format_html(
        '<svg class="grafiek-svg" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}"'
        ' role="img" aria-labelledby="{}-t {}-d" font-family="{}" font-size="14" fill="{}"><title id="{}-t">{}</title>'
        '<desc id="{}-d">{}</desc>{}</svg>',
        BREEDTE,
        hoogte,
        BREEDTE,
        hoogte,
        uid,
        uid,
        LETTER,
        INKT,
        uid,
        titel,
        uid,
        omschrijving,
        inhoud,
    )


def staafdiagram(
    titel: str,
    omschrijving: str,
    rijen: Sequence[tuple[str, Decimal | None]],
    eenheid: str = "",
    maximum: Decimal | int | None = None,
    kleur: int = 0,
) -> SafeString:
    """Horizontal bars, one per row of (label, value), each with its value in figures at the end.

    ``maximum`` is the value of a full bar (10 for a mark, 100 for a percentage); without it the largest value is.  A
    negative value has no bar, only its figures.  ``omschrijving`` says in a sentence what the chart shows.
    """
    waarden = [Decimal(waarde) for _, waarde in rijen if waarde is not None]
    vol = Decimal(maximum) if maximum else max(waarden, default=Decimal(0))
    ruimte = BREEDTE - LABEL_BREEDTE - 84
    delen = []
    for index, (label, waarde) in enumerate(rijen):
        boven = index * RIJ + 4
        delen.append(_rij(label, waarde, boven, _lengte(waarde, vol, ruimte), eenheid, KLEUREN[kleur % len(KLEUREN)]))
    as_lijn = format_html(
        '<line x1="{0}" y1="0" x2="{0}" y2="{1}" stroke="{2}" stroke-width="1"/>',
        LABEL_BREEDTE,
        len(rijen) * RIJ + 2,
        STIL,
    )
    return _omhulsel(titel, omschrijving, max(1, len(rijen)) * RIJ + 4, mark_safe("".join(delen)) + as_lijn)


def _lengte(waarde: Decimal | None, vol: Decimal, ruimte: int) -> float:
    if waarde is None or vol <= 0 or waarde <= 0:
        return 0
    return round(float(min(Decimal(waarde) / vol, Decimal(1))) * ruimte, 1)


def _rij(label: str, waarde: Decimal | None, boven: int, lengte: float, eenheid: str, kleur: str) -> SafeString:
    regels = _in_regels(label)
    eerste = boven + (18 if len(regels) == 1 else 10)
    tekst = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        ((LABEL_BREEDTE - 8, eerste + 15 * nummer, regel) for nummer, regel in enumerate(regels)),
    )
    if waarde is None:
        achter = format_html(
            '<text x="{}" y="{}" fill="{}" font-style="italic">{}</text>',
            LABEL_BREEDTE + 8,
            boven + 18,
            STIL,
            TE_WEINIG,
        )
        return tekst + achter
    staaf = format_html(
        '<rect x="{}" y="{}" width="{}" height="22" fill="{}"/>', LABEL_BREEDTE, boven + 2, lengte, kleur
    )
    cijfer = format_html(
        '<text x="{}" y="{}" font-weight="600">{}</text>',
        round(LABEL_BREEDTE + lengte + 6, 1),
        boven + 18,
        notatie(waarde, eenheid),
    )
    return tekst + staaf + cijfer


# ---- lines, by matplotlib --------------------------------------------------------------------------------------------

_lock = threading.Lock()
_figure: Any = None
#: Besides colour, lines differ in dash and marker.
STREPEN = ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)))
TEKENS = ("o", "s", "^", "D", "v")


def lijndiagram(
    titel: str,
    omschrijving: str,
    punten: Sequence[str],
    lijnen: Sequence[tuple[str, Sequence[Decimal | None]]],
    eenheid: str = "",
    minimum: Decimal | int | None = None,
    maximum: Decimal | int | None = None,
) -> SafeString:
    """Lines over ``punten`` (years, months); each line has a name and as many values as there are points.

    A missing value breaks the line.  At most five lines; more can not be told apart.
    """
    if len(lijnen) > len(KLEUREN):
        raise ValueError("at most five lines in one chart")
    if any(len(waarden) != len(punten) for _, waarden in lijnen):
        raise ValueError("every line needs a value, or None, at every point")
    with _lock:
        figure = _leeg_figuur()
        axes = figure.subplots()
        for index, (naam, waarden) in enumerate(lijnen):
            axes.plot(
                range(len(punten)),
                [float("nan") if waarde is None else float(waarde) for waarde in waarden],
                color=KLEUREN[index],
                linestyle=STREPEN[index],
                marker=TEKENS[index],
                label=naam,
                linewidth=2,
            )
        _maak_assen(axes, punten, eenheid, minimum, maximum, met_legenda=len(lijnen) > 1)
        return figuur_naar_svg(figure, titel, omschrijving)


def _leeg_figuur() -> Any:
    global _figure
    if _figure is None:
        matplotlib = importlib.import_module("matplotlib")
        matplotlib.use("svg")
        matplotlib.rcParams.update(
            {
                "svg.fonttype": "none",
                "svg.hashsalt": "portaal",
                "font.size": 10.5,
                "text.color": INKT,
                "axes.labelcolor": INKT,
                "xtick.color": INKT,
                "ytick.color": INKT,
            }
        )
        _figure = importlib.import_module("matplotlib.figure").Figure(figsize=(5, 2.9), layout="constrained")
    _figure.clear()
    return _figure


def _maak_assen(
    axes: Any,
    punten: Sequence[str],
    eenheid: str,
    minimum: Decimal | int | None,
    maximum: Decimal | int | None,
    *,
    met_legenda: bool,
) -> None:
    ticker = importlib.import_module("matplotlib.ticker")
    axes.set_xticks(range(len(punten)), list(punten))
    axes.set_ylim(bottom=None if minimum is None else float(minimum), top=None if maximum is None else float(maximum))
    axes.yaxis.set_major_formatter(ticker.FuncFormatter(lambda value, _: notatie(Decimal(f"{value:.6g}"), eenheid)))
    axes.grid(axis="y", color=LIJN)
    for rand in ("top", "right", "left"):
        axes.spines[rand].set_visible(False)
    if met_legenda:
        axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=3, handlelength=3)


def figuur_naar_svg(figure: Any, titel: str, omschrijving: str) -> SafeString:
    """A matplotlib figure as inline SVG: unique ids, attributes in place of styles, a title and a description."""
    buffer = BytesIO()
    figure.savefig(
        buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
    )
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(buffer.getvalue(), parser)  # our own text, no entities
    uid = _nieuw_id()
    for naam in ("metadata", "style"):
        for element in list(root.iter(SVG + naam)):
            element.getparent().remove(element)
    for element in root.iter():
        if isinstance(element.tag, str):
            _ontdoe_van_stijl(element, uid)
    root.set("class", "grafiek-svg")
    root.set("role", "img")
    root.set("aria-labelledby", f"{uid}-t {uid}-d")
    root.set("font-family", LETTER)
    for naam, einde, tekst in (("desc", "d", omschrijving), ("title", "t", titel)):
        element = etree.Element(SVG + naam, id=f"{uid}-{einde}")
        element.text = tekst
        root.insert(0, element)
    etree.cleanup_namespaces(root)
    return mark_safe(etree.tostring(root, encoding="unicode"))  # serialised by lxml, texts escaped


def _ontdoe_van_stijl(element: Any, uid: str) -> None:
    if element.get("id"):
        element.set("id", f"{uid}-{element.get('id')}")
    for naam, waarde in list(element.attrib.items()):
        if "url(#" in waarde:
            element.set(naam, waarde.replace("url(#", f"url(#{uid}-"))
        elif naam in (XLINK, "href") and waarde.startswith("#"):
            element.set(naam, f"#{uid}-{waarde[1:]}")
    for regel in (element.attrib.pop("style", None) or "").split(";"):
        naam, _, waarde = regel.partition(":")
        naam, waarde = naam.strip(), waarde.strip()
        if naam == "font":  # a shorthand is no presentation attribute: '10.5px DejaVu Sans'
            maat = next((deel for deel in waarde.split() if deel.endswith("px")), "10.5px")
            element.set("font-size", maat.removesuffix("px"))
        elif naam and waarde and naam != "font-family":
            element.set(naam, waarde)


def tekst_voor(titel: str, rijen: Sequence[tuple[str, Decimal | None]], eenheid: str = "") -> str:
    """A description for a chart: every row in words, for those who can not see it."""
    regels = ", ".join(f"{label} {notatie(waarde, eenheid)}" for label, waarde in rijen)
    return f"{titel}: {regels or 'geen gegevens'}."
