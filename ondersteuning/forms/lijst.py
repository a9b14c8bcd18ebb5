"""Starting an application, and the filters of the list."""

from collections.abc import Iterable
from typing import Any

from django import forms

from swv_portal.common.forms import PortalForm


class NieuweAanvraagForm(PortalForm):
    school = forms.TypedChoiceField(label="Voor welke school?", coerce=int)

    def __init__(self, *args: Any, scholen: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(scholen)
        field = self.fields["school"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]


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
