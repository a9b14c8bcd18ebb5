"""What a parent objects to in one part of the application."""

from django import forms

from swv_portal.common.forms import PortalForm, VersieMixin


class SectiereactieForm(VersieMixin, PortalForm):
    tekst = forms.CharField(
        label="Wat klopt er niet?",
        help_text="In uw eigen woorden. Maakt u dit leeg, dan halen wij uw reactie weg.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5000,
    )
