"""A provider of the sociale kaart, and the filters of its lists."""

from typing import Any

from django import forms

from ondersteuning.domain.sociale_kaart import CATEGORIEEN, STATEN, Opgave, controleer
from ondersteuning.queries.sociale_kaart import Kaartfilter
from swv_portal.common.fields import EmailVeld
from swv_portal.common.forms import PortalForm, VersieMixin, leesbare_tekst


class AanbiederForm(VersieMixin, PortalForm):
    naam = forms.CharField(label="Naam van de aanbieder", max_length=120)
    categorieen = forms.MultipleChoiceField(
        label="Wat biedt deze aanbieder?",
        choices=list(CATEGORIEEN.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies een of meer categorieën.",
        error_messages={"required": "Kies een of meer categorieën."},
    )
    omschrijving = forms.CharField(
        label="Omschrijving",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[leesbare_tekst],
        help_text="Wat doet de aanbieder, en voor wie? Iedereen kan dit lezen: schrijf niets over een kind.",
    )
    plaats = forms.CharField(label="Plaats", max_length=80)
    website = forms.URLField(
        label="Website",
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text="Begint met https://",
        error_messages={"invalid": "Vul een adres in dat begint met https://, zoals https://www.voorbeeld.nl."},
    )
    telefoon = forms.CharField(label="Telefoonnummer", max_length=20, required=False)
    email = EmailVeld(label="E-mailadres", required=False)

    def clean(self) -> dict[str, Any]:
        """Every rule at once, each at its own field; a field that has an error already keeps only that one."""
        data = self.cleaned_data
        texts = {name: str(data.get(name) or "") for name in ("website", "telefoon", "email")}
        for refusal in controleer(Opgave(data.get("categorieen") or [], **texts)):
            unread = refusal.code == "bereikbaar" and {"website", "telefoon", "email"} & self.errors.keys()
            if refusal.veld not in self.errors and not unread:
                self.add_error(refusal.veld, refusal.zin)
        return data


class KaartfilterForm(forms.Form):
    """The filters of a list, from the address; what makes no sense is left out."""

    q = forms.CharField(required=False, max_length=100)
    categorie = forms.ChoiceField(required=False, choices=list(CATEGORIEEN.items()))
    staat = forms.ChoiceField(required=False, choices=list(STATEN.items()))
    letter = forms.CharField(required=False, max_length=1)

    @property
    def filters(self) -> Kaartfilter:
        self.is_valid()
        return Kaartfilter(**{name: self.cleaned_data.get(name, "") for name in ("q", "categorie", "staat", "letter")})
