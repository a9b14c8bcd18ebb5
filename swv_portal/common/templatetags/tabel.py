"""Rows of a table and options of a filter, put together in Python: a template's loops and conditions cost four times
as much."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from swv_portal.common.icons import icoon
from swv_portal.common.screens import Cel, Rij
from swv_portal.common.templatetags.portaal import heel, kan_breken

register = template.Library()


def _veilig(tekst: str) -> str:
    """A text as it may stand in HTML; nearly all are plain strings, which need nothing of Django."""
    return escape(tekst) if type(tekst) is str else conditional_escape(tekst)


@register.simple_tag
def tabelrijen(rijen: Sequence[Rij]) -> SafeString:
    """The ``<tr>``'s of ``onderdelen/tabel.html``: the first cell of a row is its heading."""
    return mark_safe("".join([_rij(rij) for rij in rijen]))  # every text is escaped below


@register.simple_tag
def grafiekrijen(rijen: Sequence[Sequence[str]]) -> SafeString:
    """The ``<tr>``'s of the table beside a chart: a heading and figures."""
    return mark_safe("".join([_grafiekrij(rij) for rij in rijen]))  # every text is escaped below


@register.simple_tag
def opties(keuzes: Iterable[tuple[object, str]], gekozen: object) -> SafeString:
    """The ``<option>``'s of a filter from (value, label); values are compared as text, ``None`` chooses nothing."""
    chosen = None if gekozen is None else str(gekozen)
    return mark_safe("".join([_optie(str(waarde), label, chosen) for waarde, label in keuzes]))  # escaped below


@register.simple_tag
def filterkeuze(
    naam: str, label: str, keuzes: Iterable[tuple[object, str]], gekozen: object, alle: str = "Alle"
) -> SafeString:
    """A choice among the filters above a list; ``alle`` says what an empty choice means."""
    return mark_safe(  # the texts are escaped here and in ``opties``
        f'<div class="veld"><label class="form-label" for="id_{naam}">{_veilig(label)}</label>'
        f'<select class="form-select" id="id_{naam}" name="{naam}"><option value="">{_veilig(alle)}</option>'
        f"{opties(keuzes, gekozen)}</select></div>"
    )


def _optie(waarde: str, label: str, gekozen: str | None) -> str:
    selected = " selected" if waarde == gekozen else ""
    return f'<option value="{escape(waarde)}"{selected}>{_veilig(label)}</option>'


def _grafiekrij(rij: Sequence[str]) -> str:
    figures = "".join([f'<td class="getal">{_veilig(waarde)}</td>' for waarde in rij[1:]])
    return f'<tr><th scope="row">{_veilig(rij[0])}</th>{figures}</tr>'


def _rij(rij: Rij) -> str:
    first, *others = rij.cellen
    opening = '<tr class="totaal">' if rij.totaal else "<tr>"
    below = f'<br><span class="gedempt onder">{_veilig(first.onder)}</span>' if first.onder else ""
    heading = f'<th scope="row"{_getal(first)}>{_link(first)}{below}</th>'
    return f"{opening}{heading}{''.join([_cel(cel) for cel in others])}</tr>\n"


def _cel(cel: Cel) -> str:
    label = _label(cel.label) if cel.label else ""
    if cel.toon:
        inhoud = f'<span class="status status-{cel.toon}">{icoon(cel.toon)}{_veilig(cel.tekst)}</span>'
    else:
        inhoud = _link(cel)
    return f"<td{label}{_getal(cel)}>{inhoud}</td>"


@lru_cache(maxsize=512)
def _label(kolom: str) -> str:
    """The name of a column, which comes back in every row."""
    return f' data-label="{escape(kolom)}"'


def _getal(cel: Cel) -> str:
    return ' class="getal"' if cel.getal else ""


def _link(cel: Cel) -> str:
    tekst = heel(cel.tekst) if kan_breken(cel.tekst) and not cel.getal else _veilig(cel.tekst)
    return f'<a href="{escape(cel.url)}">{tekst}</a>' if cel.url else tekst
