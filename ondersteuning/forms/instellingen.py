"""The settings of ondersteuning."""

from datetime import date

from django import forms

from ondersteuning.domain.geldigheid import controleer_patroon
from swv_portal.common.fields import parse_datum
from swv_portal.common.forms import PortalForm, VersieMixin


class InstellingenForm(VersieMixin, PortalForm):
    nummerpatroon = forms.CharField(
        label="Patroon van het TLV-nummer",
        max_length=60,
        help_text="Gebruik {registratie}, {schooljaar} en {volgnummer:04d}.",
    )
    gelijkgesteld = forms.CharField(
        label="Dagen die gelijk zijn aan een feestdag",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eén datum per regel, bijvoorbeeld 30-05-2025. De overheid maakt deze dagen bekend.",
        max_length=2000,
    )

    def clean_nummerpatroon(self) -> str:
        value = str(self.cleaned_data["nummerpatroon"])
        refusal = controleer_patroon(value)
        if refusal is not None:
            raise forms.ValidationError(refusal.zin)
        return value

    def clean_gelijkgesteld(self) -> list[date]:
        found = []
        for line in str(self.cleaned_data["gelijkgesteld"]).split("\n"):
            if not line.strip():
                continue
            day = parse_datum(line)
            if day is None:
                raise forms.ValidationError(f"'{line.strip()[:40]}' is geen datum. Schrijf bijvoorbeeld 30-05-2025.")
            found.append(day)
        return found
