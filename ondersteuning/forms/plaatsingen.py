"""Offering a file with places."""

from django import forms

from swv_portal.common.file_forms import BestandForm


class PlaatsingenForm(BestandForm):
    bestand = forms.FileField(label="Bestand met plaatsingen", help_text="CSV of XLSX.")
