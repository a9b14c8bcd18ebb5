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
from html import escape
from io import BytesIO
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from swv_portal.common.money import dutch_number

KLEUREN = ("#0072B2", "#00795A", "#8A3FA0", "#8A6A00", "#5F6B77")
INKT, STIL, LIJN = "#1B2430", "#51606F", "#D5DBE1"
TE_WEINIG = "te weinig antwoorden"
LETTER = "Source Sans 3, sans-serif"

#: Sizes in the drawing: the letter, a row, the longest bar, and the room that a label takes at most.
LETTERMAAT = 15
RIJ = 34
STAAF = 200
LABEL_HOOGSTENS = 172
TEKENS_PER_REGEL = 22
#: How wide a character of the letter is, on average and in bold figures.
TEKEN, CIJFER = 7.8, 8.6
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


def _in_regels(tekst: str, lengte: int = TEKENS_PER_REGEL) -> list[str]:
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


def _omhulsel(titel: str, omschrijving: str, breedte: int, hoogte: int, inhoud: str) -> SafeString:
    uid = _nieuw_id()
    return mark_safe(  # texts are escaped here and by who drew the content
        f'<svg class="grafiek-svg" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {breedte} {hoogte}"'
        f' width="{round(1.1 * breedte)}" height="{round(1.1 * hoogte)}" role="img" aria-labelledby="{uid}-t {uid}-d"'
        f' font-family="{LETTER}" font-size="{LETTERMAAT}" fill="{INKT}"><title id="{uid}-t">{escape(titel)}</title>'
        f'<desc id="{uid}-d">{escape(omschrijving)}</desc>{inhoud}</svg>'
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
    negative value has no bar, only its figures.  ``omschrijving`` says in a sentence what the chart shows.  Labels and
    figures take no more room than they need, so that the letters stay large on a telephone.
    """
    waarden = [Decimal(waarde) for _, waarde in rijen if waarde is not None]
    vol = Decimal(maximum) if maximum else max(waarden, default=Decimal(0))
    labels = [_in_regels(label) for label, _ in rijen]
    links = min(
        LABEL_HOOGSTENS, round(TEKEN * max((len(regel) for regels in labels for regel in regels), default=0)) + 10
    )
    rechts = round(CIJFER * max((len(notatie(waarde, eenheid)) for waarde in waarden), default=0)) + 8
    hoogte = max(1, len(rijen)) * RIJ + 4
    delen = [f'<line x1="{links}" y1="0" x2="{links}" y2="{hoogte - 2}" stroke="{STIL}" stroke-width="1"/>']
    for index, (regels, (_, waarde)) in enumerate(zip(labels, rijen, strict=True)):
        boven = index * RIJ + 4
        delen.append(_label(regels, links - 8, boven))
        delen.append(_staaf(waarde, vol, links, boven, eenheid, KLEUREN[kleur % len(KLEUREN)]))
    return _omhulsel(titel, omschrijving, links + STAAF + rechts, hoogte, "".join(delen))


def _label(regels: Sequence[str], rechterkant: int, boven: int) -> str:
    eerste = boven + (18 if len(regels) == 1 else 10)
    return "".join(
        f'<text x="{rechterkant}" y="{eerste + LETTERMAAT * nummer}" text-anchor="end">{escape(regel)}</text>'
        for nummer, regel in enumerate(regels)
    )


def _staaf(waarde: Decimal | None, vol: Decimal, links: int, boven: int, eenheid: str, kleur: str) -> str:
    if waarde is None:
        return f'<text x="{links + 8}" y="{boven + 18}" fill="{STIL}" font-style="italic">{TE_WEINIG}</text>'
    lengte = 0.0 if vol <= 0 or waarde <= 0 else round(float(min(Decimal(waarde) / vol, Decimal(1))) * STAAF, 1)
    return (
        f'<rect x="{links}" y="{boven + 2}" width="{lengte:g}" height="22" fill="{kleur}"/>'
        f'<text x="{links + lengte + 6:g}" y="{boven + 18}" font-weight="600">{escape(notatie(waarde, eenheid))}</text>'
    )


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
                clip_on=False,  # a marker on the edge is drawn whole
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
                "font.size": 11,
                "text.color": INKT,
                "axes.labelcolor": INKT,
                "xtick.color": INKT,
                "ytick.color": INKT,
            }
        )
        _figure = importlib.import_module("matplotlib.figure").Figure(figsize=(5, 3), layout="constrained")
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
    root.set("class", "grafiek-svg grafiek-lijn")
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
        if naam == "font":  # a shorthand is no presentation attribute: '11px DejaVu Sans'
            maat = next((deel for deel in waarde.split() if deel.endswith("px")), "11px")
            element.set("font-size", maat.removesuffix("px"))
        elif naam and waarde and naam != "font-family":
            element.set(naam, waarde)


def tekst_voor(titel: str, rijen: Sequence[tuple[str, Decimal | None]], eenheid: str = "") -> str:
    """A description for a chart: every row in words, for those who can not see it."""
    regels = ", ".join(f"{label} {notatie(waarde, eenheid)}" for label, waarde in rijen)
    return f"{titel}: {regels or 'geen gegevens'}."
