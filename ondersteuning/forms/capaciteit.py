"""What a school says of its eight groups, on one page."""

from dataclasses import dataclass
from typing import Any

from django import forms

from ondersteuning.domain.capaciteit import GROEPEN, LANGSTE_TOELICHTING, SOORTEN, STANDNAMEN, Groepsstand
from ondersteuning.queries.capaciteit import NIET_INGEVULD, Capaciteitfilter
from swv_portal.common.fields import soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, maak_portaal_form
from swv_portal.common.workflow import Refusal

STANDKEUZES = [("", NIET_INGEVULD), *STANDNAMEN.items()]


@dataclass(frozen=True)
class Groepvelden:
    kop: str
    velden: tuple[forms.BoundField, ...]


class CapaciteitForm(VersieMixin, PortalForm):
    """Eight rows: ``stand_1`` and ``toelichting_1`` up to those of group 8."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for groep in GROEPEN:
            label = f"Groep {groep}"
            choice = forms.ChoiceField(label="Is er plaats?", choices=STANDKEUZES, required=False)
            text = forms.CharField(label="Toelichting", max_length=LANGSTE_TOELICHTING, required=False)
            # A browser cuts what is pasted at ``maxlength`` without a word; the server says how much is too long.
            text.widget.attrs.pop("maxlength", None)
            self.fields[f"stand_{groep}"] = soms_verplicht(choice, groep=label)
            self.fields[f"toelichting_{groep}"] = soms_verplicht(text, groep=label)
        maak_portaal_form(self)

    @property
    def groepen(self) -> list[Groepvelden]:
        return [
            Groepvelden(f"Groep {groep}", (self[f"stand_{groep}"], self[f"toelichting_{groep}"])) for groep in GROEPEN
        ]

    @property
    def ingevuld(self) -> dict[int, Groepsstand]:
        """What was sent, per group.  Of a form without errors."""
        data = self.cleaned_data
        return {groep: Groepsstand(data[f"stand_{groep}"], data[f"toelichting_{groep}"]) for groep in GROEPEN}

    def weiger_alle(self, refusals: list[Refusal]) -> None:
        for refusal in refusals:
            self.weiger(refusal)


class CapaciteitfilterForm(forms.Form):
    """The filters of the public list, from the address; what makes no sense is left out."""

    gemeente = forms.CharField(required=False, max_length=80)
    soort = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in SOORTEN])
    groep = forms.IntegerField(required=False, min_value=GROEPEN[0], max_value=GROEPEN[-1])
    school = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    @property
    def filters(self) -> Capaciteitfilter:
        self.is_valid()
        return Capaciteitfilter(**{name: value for name, value in self.cleaned_data.items() if value})
