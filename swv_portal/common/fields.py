"""Fields for what people type: dates, numbers and amounts as they write them, and fields that are needed sometimes."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from swv_portal.common import dates
from swv_portal.common.money import dutch_number

#: Months in full and shortened: 'juni', 'jun'; 'maart' is also 'mrt'.
MAANDEN: Mapping[str, int] = {
    **{naam: nummer for nummer, naam in enumerate(dates.MAANDEN, start=1)},
    **{naam[:3]: nummer for nummer, naam in enumerate(dates.MAANDEN, start=1)},
    "mrt": 3,
    "sept": 9,
}
#: How a number is written, in the sentence about what is no number.
VOORBEELD = "1234,56"
#: The longest thing that can still be a date or a number.
LANGSTE_GETAL = 40

VREEMD_TEKEN = "Er staat een teken in dat wij niet kunnen bewaren. Typ de tekst opnieuw, zonder te plakken."
VERPLICHT = "Vul dit in."


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


def parse_getal(tekst: str, *, voorbeeld: str = VOORBEELD) -> Decimal | str:
    """A number as people write it: ``1.234,56``, ``1234,56``, ``1234.56`` or ``1 234``.  A Dutch sentence when unclear.

    ``1.234`` is refused: it may be twelve hundred or one and a bit.  ``voorbeeld`` is how the sentence writes a number.
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
    return f"Dit is geen getal. Schrijf bijvoorbeeld {voorbeeld}."


def _geen_rare_tekens(value: Any) -> str:
    tekst = str(value)
    if "\x00" in tekst:
        raise ValidationError(VREEMD_TEKEN, code="teken")
    if len(tekst) > LANGSTE_GETAL:
        raise ValidationError("Dit is te lang.", code="te_lang")
    return tekst


class DatumVeld(forms.DateField):
    """A date in one text field.  Accepts what ``parse_datum`` accepts, from ``vroegst`` to ``laatst``.

    Without ``vroegst`` from the first school year that anything here can be about.
    """

    breedte = "invoer-kort"
    default_error_messages = {
        "invalid": "Dit is geen datum. Schrijf de datum als 12-06-2026.",
        "required": "Vul een datum in, bijvoorbeeld 12-06-2026.",
    }

    def __init__(self, *, vroegst: date = date(2000, 8, 1), laatst: date = date(2100, 12, 31), **kwargs: Any) -> None:
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
            else f"Vul hoogstens {decimal_places} {'cijfer' if decimal_places == 1 else 'cijfers'} na de komma in."
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        getal = parse_getal(_geen_rare_tekens(value), voorbeeld=self._voorbeeld())
        if isinstance(getal, str):
            raise ValidationError(getal, code="invalid")
        return getal

    def _voorbeeld(self) -> str:
        """How a number of this field is written: one that can be typed here."""
        return {0: "12", 1: "2,5"}.get(self.decimal_places or 0, VOORBEELD)

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


class EmailVeld(forms.EmailField):
    """An e-mail address, of at most the 254 characters that one can have; an error says how to write it."""

    default_error_messages = {"invalid": "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 254, **kwargs})


def soms_verplicht(veld: forms.Field, *, groep: str = "") -> forms.Field:
    """Make ``veld`` one that is needed in some cases: a half-filled form can be saved, and the page says when.

    Such a field does not say '(niet verplicht)'.  With ``groep`` ('Regel 2') an error names the group it stands in.
    """
    veld.soms_verplicht = True  # type: ignore[attr-defined]
    if groep:
        veld.foutlabel = f"{groep}, {str(veld.label or '').lower()}"  # type: ignore[attr-defined]
    return veld
