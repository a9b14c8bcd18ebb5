"""Looking one postcode up in the table of SWV areas."""

from django import forms

from ondersteuning.domain.welk_swv import GEEN_PC4, PC4


class Pc4Veld(forms.CharField):
    """The four digits of a postcode, and never more: letters are refused."""

    def clean(self, value: str | None) -> str:
        text = super().clean(value)
        if text and not PC4.fullmatch(text):
            raise forms.ValidationError(GEEN_PC4)
        return str(text)


class ZoekForm(forms.Form):
    """From the address."""

    pc4 = Pc4Veld(required=False)
