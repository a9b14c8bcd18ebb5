"""The texts of a letter: one field for each block, with the rules of the letter at the block that breaks them."""

from typing import Any

from django import forms

from ondersteuning.domain.briefsoorten import BLOKKEN, SOORTEN, Blok, controleer_blokken, schoon
from swv_portal.common.forms import PortalForm, VersieMixin, maak_portaal_form
from swv_portal.common.pdf import not_printable


def _veld(blok: Blok) -> forms.CharField:
    widget: forms.Widget = forms.Textarea(attrs={"rows": blok.regels}) if blok.regels > 1 else forms.TextInput()
    must = " en ".join(f"{{{name}}}" for name in blok.verplicht)
    help_text = f"{blok.uitleg} In deze tekst moet {must} staan." if must else blok.uitleg
    return forms.CharField(
        label=blok.label, required=not blok.mag_leeg, max_length=blok.langst, widget=widget, help_text=help_text
    )


class BriefForm(VersieMixin, PortalForm):
    """The blocks of a letter of kind ``soort``."""

    def __init__(self, *args: Any, soort: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.soort = soort
        for name, blok in SOORTEN[soort].blokken.items():
            self.fields[name] = _veld(blok)
        maak_portaal_form(self)

    @property
    def blokken(self) -> dict[str, str]:
        """What was typed, block by block."""
        return schoon({name: str(self.cleaned_data.get(name, "")) for name in BLOKKEN})

    def clean(self) -> dict[str, Any]:
        """Every rule at once; a field that has an error already keeps only that one."""
        typed, wrong_already = self.blokken, set(self.errors)
        for refusal in controleer_blokken(self.soort, typed):
            if refusal.veld is not None and refusal.veld not in wrong_already:
                self.add_error(refusal.veld, refusal.zin)
        for name, text in typed.items():
            signs = not_printable(text)
            if signs and name not in wrong_already:
                self.add_error(name, f"Dit kan niet in een brief: {' '.join(signs)} Haal deze tekens weg.")
        return self.cleaned_data
