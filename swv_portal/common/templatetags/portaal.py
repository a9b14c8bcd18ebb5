"""Filters and tags of the screens: Dutch notation for money, numbers and dates, icons, and the error summary."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from swv_portal.common import dates
from swv_portal.common.forms import FORMULIERSLEUTEL, lees_sleutel
from swv_portal.common.icons import icoon
from swv_portal.common.money import dutch_amount, dutch_number

register = template.Library()
register.simple_tag(icoon)


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None


@register.filter
def euro(value: Any, decimals: int = 2) -> str:
    """``8525.67`` becomes ``€ 8.525,67``.  Nothing at all becomes an empty string."""
    number = _decimal(value)
    return "" if number is None else dutch_amount(number, decimals)


@register.filter
def getal(value: Any, decimals: int = 0) -> str:
    """``21747`` becomes ``21.747``; the argument says how many digits stand after the comma."""
    number = _decimal(value)
    return "" if number is None else dutch_number(number, decimals)


def _dag(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@register.filter
def datum(value: date | datetime | None) -> str:
    return dates.datum(_dag(value)) if value else ""


@register.filter
def datumtijd(value: datetime | None) -> str:
    """``vr 12 juni 2026, 14.05 uur``."""
    return dates.datum_met_tijd(value) if value else ""


@register.filter
def termijn(value: date | datetime | None, vandaag: date | None = None) -> str:
    """A term with its countdown.  The argument is the day it is seen; without it, today in the Netherlands."""
    return dates.datum_met_afstand(_dag(value), vandaag or timezone.localdate()) if value else ""


@register.filter
def is_te_laat(value: date | datetime | None) -> bool:
    return bool(value) and _dag(value) < timezone.localdate()  # type: ignore[arg-type]


#: What makes a word one that stays whole.
_ONDEELBAAR = re.compile(r"@|\d-|-\d|\d [a-z]+ \d{4}|-.*\.(?:pdf|xlsx|csv|json)")
#: A date with its day, or one word with what words consist of in references, file names and addresses.
_WOORD = re.compile(r"(?:(?:ma|di|wo|do|vr|za|zo) )?\d{1,2} [a-z]+ \d{4}|[\w@][\w.@+-]*\w")


def kan_breken(tekst: str) -> bool:
    """Whether there may be something in a text for ``heel``; a quick look, for most cells of a list hold nothing."""
    return "-" in tekst or "@" in tekst or " 20" in tekst


@register.filter
def heel(value: Any) -> SafeString:
    """Text in which a reference, a file name, an e-mail address or a date is not broken over two lines."""
    tekst = str(value)
    if hasattr(value, "__html__") or not kan_breken(tekst):
        return conditional_escape(value)
    if " " not in tekst and _ONDEELBAAR.search(tekst) and _WOORD.fullmatch(tekst):
        return mark_safe(f'<span class="heel">{escape(tekst)}</span>')  # nearly always: one reference in one cell
    parts, einde = [], 0
    for woord in _WOORD.finditer(tekst):
        if _ONDEELBAAR.search(woord[0]):
            parts.append(f'{escape(tekst[einde : woord.start()])}<span class="heel">{escape(woord[0])}</span>')
            einde = woord.end()
    return mark_safe("".join([*parts, escape(tekst[einde:])]))  # every part is escaped above


@dataclass(frozen=True)
class Veldfout:
    """One line of the error summary: what is wrong, and the id of the field to go to (empty: the whole form)."""

    anker: str
    label: str
    zin: str

    @property
    def regel(self) -> str:
        """The line as it is read: ``Regel 2, uren: dit is geen getal.``"""
        if not self.label:
            return self.zin
        if self.label.endswith(("?", ".", ":", "!")):
            return f"{self.label} {self.zin}"
        # After our own colon the sentence goes on; a name that is all capitals keeps them.
        begin = self.zin[:1].lower() if self.zin[1:2].islower() or self.zin[1:2] == " " else self.zin[:1]
        return f"{self.label}: {begin}{self.zin[1:]}"


def _anker(form: BaseForm, naam: str) -> str:
    field = form[naam]
    # A group of radio buttons or boxes has no id of its own: the first choice is where the cursor goes.
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")


@register.simple_tag
def foutenlijst(form: BaseForm | None) -> Sequence[Veldfout]:
    """The error summary of a form, once: a second request for the same form gives nothing."""
    if form is None or getattr(form, "overzicht_getoond", False):
        return []
    lijst = fouten(form)
    if lijst:
        form.overzicht_getoond = True  # type: ignore[attr-defined]
    return lijst


def fouten(form: BaseForm | None) -> Sequence[Veldfout]:
    """All errors of a form in the order of its fields, those of the form as a whole first."""
    if form is None or not getattr(form, "is_bound", False):
        return []
    found = [Veldfout("", "", str(zin)) for zin in form.non_field_errors()]
    for naam in form.fields:
        field = form[naam]
        label = getattr(field.field, "foutlabel", "") or str(field.label)
        found += [Veldfout("" if field.is_hidden else _anker(form, naam), label, str(zin)) for zin in field.errors]
    return found


@register.simple_tag(takes_context=True)
def titel_voorvoegsel(context: template.Context) -> str:
    """``Fout: `` in the title of a page on which something was refused, so that it is heard first."""
    form = context.get("form")
    mis = bool(fouten(form) if isinstance(form, BaseForm) else ()) or bool(context.get("weigering"))
    return "Fout: " if mis else ""


@register.simple_tag(takes_context=True)
def formuliersleutel(context: template.Context, *, nieuw: bool = False) -> SafeString:
    """The hidden one-time key of a form that makes something: sent twice, it makes one thing.

    A form that comes back because something was refused keeps the key it was sent with.  ``nieuw`` is for an answer
    that offers to do it once more: there the key that was sent is spent.
    """
    request = None if nieuw else context.get("request")
    sent = lees_sleutel(request.POST.get(FORMULIERSLEUTEL, "")) if request is not None else None
    return format_html('<input type="hidden" name="{}" value="{}">', FORMULIERSLEUTEL, (sent or uuid.uuid4()).hex)


@register.simple_tag
def veld(field: BoundField, label: str | None = None, hulp: str | None = None) -> SafeString:
    """One field of a form that is not ours (logging in), with a label and a help text of our own."""
    if label is not None:
        field.label = label
    if hulp is not None:
        field.help_text = hulp
    field.field.widget.attrs.pop("placeholder", None)
    return render_to_string("bootstrap5/field.html", {"field": field, "form_show_labels": True})
