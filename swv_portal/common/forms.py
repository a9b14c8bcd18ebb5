"""Forms as all our pages draw them: Dutch messages, dates and amounts as people type them, refusals at their field."""

import re
import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.http import QueryDict

from swv_portal.common import dates
from swv_portal.common.money import dutch_number
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import GEEN_VERSIE, ZONDER_VERSIE

#: Months in full and shortened: 'juni', 'jun'; 'maart' is also 'mrt'.
MAANDEN: Mapping[str, int] = {
    **{naam: nummer for nummer, naam in enumerate(dates.MAANDEN, start=1)},
    **{naam[:3]: nummer for nummer, naam in enumerate(dates.MAANDEN, start=1)},
    "mrt": 3,
    "sept": 9,
}
#: The longest text that somebody may type where nothing else is said.
LANGSTE_TEKST = 20_000
#: The longest thing that can still be a date or a number.
LANGSTE_GETAL = 40

#: The hidden field with the one-time key of a form that makes something.
FORMULIERSLEUTEL = "formuliersleutel"

TE_LANG = "De tekst heeft %(show_value)d tekens. Er passen er %(limit_value)d."
VREEMD_TEKEN = "Er staat een teken in dat wij niet kunnen bewaren. Typ de tekst opnieuw, zonder te plakken."
VERPLICHT = "Vul dit in."

#: Control characters, and those that turn the direction of the text around them: what one reads is not what is there.
_NIET_OP_EEN_REGEL = re.compile(r"[\x01-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_NIET_IN_TEKST = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def een_regel(tekst: str) -> None:
    """A validator: the text is one line, such as a name that stands in mails, timelines and letters."""
    if _NIET_OP_EEN_REGEL.search(tekst):
        raise ValidationError(VREEMD_TEKEN, code="teken")


def leesbare_tekst(tekst: str) -> None:
    """A validator for a text of more lines: it reads as it was typed, also in a letter."""
    if _NIET_IN_TEKST.search(tekst):
        raise ValidationError(VREEMD_TEKEN, code="teken")


def parse_datum(tekst: str) -> date | None:
    """A date as people write it: ``12-06-2026``, ``12/6/2026``, ``12 juni 2026``, ``vr 12 jun 2026``, ``2026-06-12``.

    ``None`` when it is not a date, or the year is not written in full: '26 could be either century.
    """
    kort = re.sub(r"^(ma|di|wo|do|vr|za|zo)[a-z]*\s+", "", tekst.strip().lower())
    if gevonden := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", kort):
        jaar, maand, dag = (int(deel) for deel in gevonden.groups())
    elif gevonden := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", kort):
        dag, maand, jaar = (int(deel) for deel in gevonden.groups())
    elif gevonden := re.fullmatch(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})", kort):
        dag, maand, jaar = int(gevonden[1]), MAANDEN.get(gevonden[2], 0), int(gevonden[3])
    else:
        return None
    try:
        return date(jaar, maand, dag)
    except ValueError:
        return None


def parse_getal(tekst: str) -> Decimal | str:
    """A number as people write it: ``1.234,56``, ``1234,56``, ``1234.56`` or ``1 234``.  A Dutch sentence when unclear.

    ``1.234`` is refused: it may be twelve hundred or one and a bit.
    """
    kort = re.sub(r"[\s\u00a0\u202f]", "", tekst).replace("€", "").replace("\u2212", "-")
    if kort.endswith((",-", ",--")):
        kort = kort.rstrip("-").rstrip(",")
    if re.fullmatch(r"-?\d+", kort):
        return Decimal(kort)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", kort) or re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}", kort):
        return Decimal(kort.replace(".", "").replace(",", "."))
    if re.fullmatch(r"-?\d{1,3}[.]\d{3}", kort):
        zonder, komma = kort.replace(".", ""), kort.replace(".", ",")
        return f"Dit is niet duidelijk. Bedoelt u {zonder} of {komma}? Schrijf het getal zonder punt."
    if re.fullmatch(r"-?\d+[.,]\d+", kort):
        return Decimal(kort.replace(",", "."))
    return "Dit is geen getal. Schrijf bijvoorbeeld 1234,56."


def _geen_rare_tekens(value: Any) -> str:
    tekst = str(value)
    if "\x00" in tekst:
        raise ValidationError(VREEMD_TEKEN, code="teken")
    if len(tekst) > LANGSTE_GETAL:
        raise ValidationError("Dit is te lang.", code="te_lang")
    return tekst


class DatumVeld(forms.DateField):
    """A date in one text field.  Accepts what ``parse_datum`` accepts, from ``vroegst`` to ``laatst``."""

    breedte = "invoer-kort"
    default_error_messages = {
        "invalid": "Dit is geen datum. Schrijf de datum als 12-06-2026.",
        "required": "Vul een datum in, bijvoorbeeld 12-06-2026.",
    }

    def __init__(self, *, vroegst: date = date(1900, 1, 1), laatst: date = date(2100, 12, 31), **kwargs: Any) -> None:
        self.vroegst, self.laatst = vroegst, laatst
        kwargs.setdefault("help_text", "Bijvoorbeeld 12-06-2026")
        kwargs.setdefault("widget", forms.DateInput(format="%d-%m-%Y", attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, date):
            return super().to_python(value)
        dag = parse_datum(_geen_rare_tekens(value))
        if dag is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not self.vroegst <= dag <= self.laatst:
            raise ValidationError(
                f"Kies een datum van {self.vroegst:%d-%m-%Y} tot en met {self.laatst:%d-%m-%Y}.", code="bereik"
            )
        return dag


class GetalVeld(forms.DecimalField):
    """A number in Dutch notation (see ``parse_getal``), with at most ``decimal_places`` digits after the comma."""

    breedte = "invoer-kort"
    default_error_messages = {
        "max_digits": "Dit getal is te groot.",
        "max_whole_digits": "Dit getal is te groot.",
        "max_value": "Vul een getal in dat niet hoger is dan %(limit_value)s.",
        "min_value": "Vul een getal in dat niet lager is dan %(limit_value)s.",
        "required": VERPLICHT,
    }

    def __init__(self, *, max_digits: int = 12, decimal_places: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)
        self.error_messages["max_decimal_places"] = (
            "Vul een heel getal in, zonder komma."
            if decimal_places == 0
            else f"Vul hoogstens {decimal_places} cijfers na de komma in."
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        getal = parse_getal(_geen_rare_tekens(value))
        if isinstance(getal, str):
            raise ValidationError(getal, code="invalid")
        return getal

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            decimals = max(0, -int(Decimal(value).as_tuple().exponent)) if self.decimal_places else 0
            return dutch_number(value, min(decimals, self.decimal_places or 0)).replace(".", "")
        return value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        return {}  # no min, max and step: the field is text, the server checks


class BedragVeld(GetalVeld):
    """An amount in euros, to the cent, not negative unless ``min_value`` says so."""

    voorzetsel = "€"
    breedte = "invoer-bedrag"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", Decimal(0))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return dutch_number(value, 2)
        return value


def soms_verplicht(veld: forms.Field, *, groep: str = "") -> forms.Field:
    """Make ``veld`` one that is needed in some cases: a half-filled form can be saved, and the page says when.

    Such a field does not say '(niet verplicht)'.  With ``groep`` ('Regel 2') an error names the group it stands in.
    """
    veld.soms_verplicht = True  # type: ignore[attr-defined]
    if groep:
        veld.foutlabel = f"{groep}, {str(veld.label or '').lower()}"  # type: ignore[attr-defined]
    return veld


class PortalForm(forms.Form):
    """The base of every form.  Drawn with ``{% crispy form %}``: no form tag, no token, an error summary on top."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        maak_portaal_form(self)

    @property
    def helper(self) -> FormHelper:
        return portaal_helper()

    def weiger(self, refusal: Refusal) -> None:
        """Put the refusal of a service at its field, or above the form when it has none."""
        weiger(self, refusal)


def lees_versie(tekst: str) -> int:
    """The version in a hidden field; ``GEEN_VERSIE``, which fits no row, when there is none that can be read."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else GEEN_VERSIE


def lees_sleutel(tekst: str) -> uuid.UUID | None:
    """The one-time key in a hidden field; ``None`` for anything else."""
    return uuid.UUID(hex=tekst) if re.fullmatch(r"[0-9a-f]{32}", tekst) else None


class VersieVeld(forms.Field):
    """The version as it was sent.  It is never an error of the field: the service refuses it, as it does a conflict."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        return lees_versie(str(value or ""))


class VersieMixin(forms.Form):
    """A hidden ``versie``: the version of the row that the form was opened with, for ``check_version``."""

    versie = VersieVeld(required=False)

    @property
    def versie_van_formulier(self) -> int:
        return int(self.cleaned_data["versie"])


def portaal_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.include_media = False
    return helper


def maak_portaal_form(form: forms.BaseForm) -> None:
    """Dutch messages and limits for the fields of any form, also those that the framework made.

    A form that adds fields after ``super().__init__()`` calls it again; doing it twice changes nothing.
    """
    for field in form.fields.values():
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = _verplicht(field)
        if isinstance(field, forms.CharField):
            _begrens(field)


def _verplicht(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return "Zet hier een vinkje."
    if isinstance(field, forms.FileField):
        return "Kies een bestand."
    return "Maak een keuze." if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) else VERPLICHT


def _begrens(field: forms.CharField) -> None:
    for validator in field.validators:
        if isinstance(validator, ProhibitNullCharactersValidator):
            validator.message = VREEMD_TEKEN
        elif isinstance(validator, MaxLengthValidator):
            validator.message = TE_LANG
    if isinstance(field.widget, forms.TextInput) and een_regel not in field.validators:
        field.validators = [*field.validators, een_regel]
    if isinstance(field.widget, forms.Textarea) and leesbare_tekst not in field.validators:
        field.validators = [*field.validators, leesbare_tekst]
    # A browser cuts what is pasted at ``maxlength`` without a word; the server keeps it and says how much is too long.
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs.pop("maxlength", None)
    if field.max_length is None and not any(isinstance(v, MaxLengthValidator) for v in field.validators):
        field.validators = [*field.validators, MaxLengthValidator(LANGSTE_TEKST, TE_LANG)]


def weiger(form: forms.BaseForm, refusal: Refusal) -> None:
    """Put the refusal of a service on a form: at its field when the form has it, else above the form."""
    veld = refusal.veld if refusal.veld in form.fields else None
    form.add_error(veld, ValidationError(refusal.zin, code=refusal.code))
    if refusal == ZONDER_VERSIE and form.initial.get("versie"):
        # The page is drawn on the version of now, so that who looked it over can send it.
        typed = QueryDict(mutable=True)
        typed.update(form.data)
        typed["versie"] = str(form.initial["versie"])
        form.data = typed
