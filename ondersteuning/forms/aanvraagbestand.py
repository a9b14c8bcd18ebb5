"""One file with an application."""

from typing import Any

from django import forms

from swv_portal.common.forms import PortalForm, VersieMixin

SOORTEN_BESTAND = "Een PDF, Word-bestand of foto. Wij bewaren het versleuteld, zo lang als de aanvraag."


class AanvraagbestandForm(VersieMixin, PortalForm):
    """Which file; ``label`` says what it is."""

    bestand = forms.FileField(help_text=SOORTEN_BESTAND, max_length=200)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bestand"].label = label
