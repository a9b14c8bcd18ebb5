"""Beginning and changing an overstap, the start meeting, and what a director declares."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from ondersteuning.domain.overstap import SOORTNAMEN, STATEN
from ondersteuning.domain.terugplaatsing import AANWEZIGNAMEN, HERKOMSTNAMEN
from ondersteuning.forms.keuzes import Keuzes, zet_keuzes
from ondersteuning.forms.leerlingkeuze import LEERLINGVELDEN, SchoolEnLeerlingForm
from swv_portal.common.fields import DatumVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, portaal_helper

VROEGST = date(2015, 1, 1)


class OverstapfilterForm(forms.Form):
    """The filters of the list, from the address; what makes no sense is left out."""

    q = forms.CharField(required=False, max_length=20)
    soort = forms.ChoiceField(required=False, choices=list(SOORTNAMEN.items()))
    staat = forms.ChoiceField(required=False, choices=[("lopend", ""), *STATEN.items()])

    @property
    def waarden(self) -> dict[str, str]:
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


def _sleutel(waarde: str) -> int | None:
    return int(waarde) if waarde else None


class _Plan(PortalForm):
    """Where to, when, and why."""

    naar_school = forms.TypedChoiceField(label="Naar welke school gaat de leerling?", coerce=_sleutel, empty_value=None)
    overstap_op = DatumVeld(
        label="Eerste dag op de nieuwe school",
        vroegst=VROEGST,
        help_text="De dag waarop de leerling daar is ingeschreven.",
    )
    reden = forms.CharField(
        label="Waarom stapt de leerling over?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, naar: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "naar_school", naar)

    @property
    def gegevens(self) -> dict[str, Any]:
        """What goes to the service."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"versie", "school"}}


class _Tlv(forms.Form):
    tlv = forms.CharField(
        label="TLV-nummer",
        max_length=40,
        help_text="De TLV waarmee de leerling nu op uw school zit. Het nummer staat in de brief.",
    )
    herkomst = forms.ChoiceField(
        label="Waar zat de leerling eerder op school?",
        choices=list(HERKOMSTNAMEN.items()),
        widget=forms.RadioSelect,
        help_text="Hiervan hangt af of de nieuwe school een budget krijgt.",
    )


class _Toestemming(forms.Form):
    toestemming_op = DatumVeld(label="Ouders gaven toestemming op", required=False, vroegst=VROEGST)
    toestemming = forms.CharField(
        label="Wie gaf toestemming, en hoe?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld: beide ouders, in het gesprek op school.",
    )


_LEERLING = ("De leerling", "school", *LEERLINGVELDEN)


class TerugplaatsingForm(VersieMixin, _Tlv, _Plan):
    """The plan of a terugplaatsing."""

    field_order = ("tlv", "herkomst", "naar_school", "overstap_op", "reden")


class NieuweTerugplaatsingForm(SchoolEnLeerlingForm, _Tlv, _Plan):
    """The pupil and the plan at once."""

    leerling_verplicht = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "leerling"
        ].help_text = "Kent het portaal de aanvraag van deze TLV, dan hoeft u geen leerling te kiezen."

    @property
    def helper(self) -> FormHelper:
        helper = portaal_helper()
        helper.layout = Layout(
            Fieldset("De TLV", "tlv"),
            Fieldset(*_LEERLING),
            Fieldset("Het plan", "herkomst", "naar_school", "overstap_op", "reden"),
        )
        return helper


class BaoBaoForm(VersieMixin, _Toestemming, _Plan):
    """The plan of a bao-bao overstap, with the consent of the parents."""

    field_order = ("naar_school", "overstap_op", "reden", "toestemming_op", "toestemming")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        soms_verplicht(self.fields["toestemming_op"])


class NieuweBaoBaoForm(SchoolEnLeerlingForm, _Toestemming, _Plan):
    """The pupil and the plan at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        soms_verplicht(self.fields["toestemming_op"])

    @property
    def helper(self) -> FormHelper:
        helper = portaal_helper()
        helper.layout = Layout(
            Fieldset(*_LEERLING),
            Fieldset("Het plan", "naar_school", "overstap_op", "reden"),
            Fieldset("De ouders", "toestemming_op", "toestemming"),
        )
        return helper


class GesprekForm(VersieMixin, _Toestemming, PortalForm):
    """The start meeting of all parties.  What is missing may be filled in later, by either school."""

    gesprek_op = DatumVeld(label="Wanneer was het startgesprek?", required=False, vroegst=VROEGST)
    aanwezig = forms.MultipleChoiceField(
        label="Wie waren erbij?",
        required=False,
        choices=list(AANWEZIGNAMEN.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="De ouders en beide scholen horen erbij te zijn.",
    )
    anderen = forms.CharField(label="Wie waren er nog meer bij?", required=False, max_length=500)
    afspraken = forms.CharField(
        label="Wat is er afgesproken?", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )

    field_order = ("gesprek_op", "aanwezig", "anderen", "afspraken", "toestemming_op", "toestemming")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("gesprek_op", "aanwezig", "afspraken", "toestemming_op"):
            soms_verplicht(self.fields[name])

    @property
    def gegevens(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "versie"}


class VerklaringForm(VersieMixin, PortalForm):
    """What a director declares of a bao-bao overstap."""

    extra_behoeften = forms.BooleanField(label="De leerling heeft extra ondersteuning nodig.", required=False)
    geen_verhuizing = forms.BooleanField(label="De leerling stapt niet over door een verhuizing.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            soms_verplicht(field)


class VertrekForm(VersieMixin, PortalForm):
    """The day on which a pupil with a budget left; the SWV may empty it again."""

    vertrokken_op = DatumVeld(label="Op welke dag vertrok de leerling?", vroegst=VROEGST)

    def __init__(self, *args: Any, mag_leeg: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if mag_leeg:
            field = self.fields["vertrokken_op"]
            field.required = False
            field.help_text = "Laat leeg als de leerling toch niet is vertrokken."
