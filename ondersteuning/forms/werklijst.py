"""The filters of the worklist, and who handles an application."""

from typing import Any

from django import forms

from ondersteuning.domain.werklijst import BEHANDELINGNAMEN, WERKSOORTNAMEN
from ondersteuning.forms.keuzes import zet_keuzes
from ondersteuning.queries.werklijst import Werkfilter
from swv_portal.common.fields import soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin


class WerkfilterForm(forms.Form):
    """The filters in the address; what makes no sense is left out."""

    soort = forms.ChoiceField(choices=list(WERKSOORTNAMEN.items()), required=False)
    van = forms.ChoiceField(choices=list(BEHANDELINGNAMEN.items()), required=False)

    @property
    def filters(self) -> Werkfilter:
        self.is_valid()
        return Werkfilter(self.cleaned_data.get("soort", ""), self.cleaned_data.get("van", ""))


class BehandelaarForm(VersieMixin, PortalForm):
    behandelaar = soms_verplicht(
        forms.TypedChoiceField(label="Wie behandelt deze aanvraag?", required=False, coerce=int, empty_value=None)
    )

    def __init__(self, *args: Any, behandelaars: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "behandelaar", behandelaars, leeg="Niemand")
