"""Forms for people: a code, an invitation, and the own account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from swv_portal.access.models import User
from swv_portal.common.forms import PortalForm


class CodeForm(PortalForm):
    """The second code of a personal link.  What is typed never comes back on the screen."""

    code = forms.CharField(
        label="Code",
        max_length=30,
        help_text="Bijvoorbeeld ABCD-2345. Hoofdletters en streepjes maken niet uit.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class UitnodigingForm(PortalForm):
    """Accepting an invitation: the name, and a password twice."""

    naam = forms.CharField(label="Uw naam", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    wachtwoord = forms.CharField(
        label="Wachtwoord",
        strip=False,
        help_text="Minstens 12 tekens. Een paar losse woorden achter elkaar is sterk en makkelijk te onthouden.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    wachtwoord_nogmaals = forms.CharField(
        label="Wachtwoord nog een keer",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_wachtwoord(self) -> str:
        password = self.cleaned_data["wachtwoord"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "wachtwoord" in values and values["wachtwoord"] != values.get("wachtwoord_nogmaals"):
            self.add_error("wachtwoord_nogmaals", "Dit is niet hetzelfde wachtwoord.")
        return values


class AccountForm(PortalForm):
    """What people change about themselves."""

    naam = forms.CharField(label="Naam", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    dagbericht = forms.BooleanField(
        label="Stuur mij elke werkdag een e-mail met wat ik deze week moet doen",
        required=False,
    )
