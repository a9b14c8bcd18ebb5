"""The filters of the list of applications."""

from typing import Any

from django import forms


class AanvraagfilterForm(forms.Form):
    """The filters of the list, from the address; what makes no sense is left out."""

    q = forms.CharField(required=False, max_length=100)
    staat = forms.CharField(required=False, max_length=20)
    school = forms.IntegerField(required=False, min_value=1)
    categorie = forms.CharField(required=False, max_length=4)

    @property
    def waarden(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data
