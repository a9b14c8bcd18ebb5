"""What a parent objects to in one part of the application."""

from typing import Any

from django import forms

from swv_portal.common.fields import soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin


class SectiereactieForm(VersieMixin, PortalForm):
    tekst = soms_verplicht(
        forms.CharField(
            label="Wat klopt er niet?",
            help_text="In uw eigen woorden.",
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=5000,
        )
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("tekst"):
            self.fields["tekst"].help_text += " Maakt u dit leeg, dan halen wij uw reactie weg."

    def clean_tekst(self) -> str:
        """Taking away what was written is done by leaving nothing; where nothing stood, that says nothing."""
        text: str = self.cleaned_data["tekst"]
        if not text and not self.initial.get("tekst"):
            raise forms.ValidationError("Schrijf op wat er niet klopt. Klopt alles? Ga dan terug.")
        return text
