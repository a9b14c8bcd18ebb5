"""Forms as all our pages draw them: Dutch messages and limits, refusals at their field, the version they came with."""

import re
import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.http import QueryDict

from swv_portal.common.fields import VERPLICHT, VREEMD_TEKEN
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import GEEN_VERSIE, ZONDER_VERSIE

#: The longest text that somebody may type where nothing else is said.
LANGSTE_TEKST = 20_000

#: The hidden field with the one-time key of a form that makes something.
FORMULIERSLEUTEL = "formuliersleutel"

TE_LANG = "De tekst heeft %(show_value)d tekens. Er passen er %(limit_value)d."

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
