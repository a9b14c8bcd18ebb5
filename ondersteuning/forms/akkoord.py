"""The signed consent of another SWV."""

from django import forms

from swv_portal.common.forms import PortalForm, VersieMixin


class AkkoordbestandForm(VersieMixin, PortalForm):
    bestand = forms.FileField(
        label="Het getekende akkoord", help_text="Een PDF, een foto of een Word-bestand.", max_length=200
    )
