"""About which pupil a form is: one with a dossier at the school, or one of whom the name is typed."""

from datetime import date
from typing import Any

from django import forms

from ondersteuning.forms.keuzes import Keuzes, zet_keuzes, zet_scholen
from swv_portal.common.fields import DatumVeld, soms_verplicht

NIEUWE_LEERLING = ("voornamen", "achternaam", "geboortedatum")
LEERLINGVELDEN = ("leerling", *NIEUWE_LEERLING)


class LeerlingkeuzeForm(forms.Form):
    """Choose a pupil, or type the name and the birth date of one who is not in the list."""

    leerling = soms_verplicht(
        forms.TypedChoiceField(
            label="Om welke leerling gaat het?",
            coerce=int,
            empty_value=None,
            required=False,
            help_text="Staat de leerling er niet bij? Vul dan de naam en de geboortedatum hieronder in.",
        )
    )
    voornamen = soms_verplicht(forms.CharField(label="Voornamen", max_length=120, required=False))
    achternaam = soms_verplicht(forms.CharField(label="Achternaam", max_length=120, required=False))
    geboortedatum = soms_verplicht(
        DatumVeld(label="Geboortedatum", required=False, vroegst=date(2000, 1, 1), help_text="Bijvoorbeeld 12-06-2018")
    )

    #: Where something else in the form tells who it is, nothing has to be chosen or typed.
    leerling_verplicht = True

    def __init__(self, *args: Any, leerlingen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "leerling", leerlingen, leeg="Een leerling die hier niet bij staat")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        typed = any(data.get(name) for name in NIEUWE_LEERLING)
        if data.get("leerling") is not None and typed:
            self.add_error("leerling", "Kies een leerling uit de lijst, of vul een naam in. Niet allebei.")
        elif data.get("leerling") is None and self.leerling_verplicht and "leerling" not in self.errors:
            for name in NIEUWE_LEERLING:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Vul dit in, of kies een leerling uit de lijst.")
        return data

    @property
    def leerling_id(self) -> int | None:
        """The key of the chosen pupil; ``None`` when a name was typed."""
        chosen: int | None = self.cleaned_data["leerling"]
        return chosen

    @property
    def nieuwe_leerling(self) -> dict[str, Any]:
        """What was typed of a pupil who is not in the list."""
        return {name: self.cleaned_data.get(name) for name in NIEUWE_LEERLING}


class SchoolEnLeerlingForm(LeerlingkeuzeForm):
    """The same, for who may choose from pupils of more than one school."""

    school = forms.TypedChoiceField(label="Op welke school zit de leerling nu?", coerce=int)

    def __init__(self, *args: Any, scholen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_scholen(self, scholen)
        if self.fields["school"].initial:
            self.fields["school"].widget = forms.HiddenInput()
