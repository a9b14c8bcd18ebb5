"""The list of institutions with a mandate."""

from datetime import date

from django import forms

from swv_portal.common.fields import DatumVeld, EmailVeld
from swv_portal.common.forms import PortalForm, VersieMixin


class InstellingForm(VersieMixin, PortalForm):
    naam = forms.CharField(label="Naam van de instelling", max_length=120)
    contactpersoon = forms.CharField(
        label="Contactpersoon", max_length=120, help_text="Deze persoon krijgt de link om een aanvraag in te vullen."
    )
    email = EmailVeld(label="E-mailadres van de contactpersoon")
    gemandateerd_van = DatumVeld(label="Gemandateerd van", vroegst=date(2014, 8, 1))
    gemandateerd_tot = DatumVeld(
        label="Gemandateerd tot en met",
        required=False,
        vroegst=date(2014, 8, 1),
        help_text="Laat leeg zolang het mandaat loopt. Een instelling blijft altijd in de lijst.",
    )
