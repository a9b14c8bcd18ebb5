from django import forms
from django.core.validators import RegexValidator

from evaluatie.domain.ronde import CODE
from evaluatie.domain.vragenlijst import KERNEVALUATIE, VRAGENLIJSTEN
from evaluatie.services.antwoorden import LANGSTE_TITEL, Inleesverzoek
from swv_portal.common.dates import Schooljaar
from swv_portal.common.file_forms import BestandForm


class InleesForm(BestandForm):
    """A file with answers, and into which round it goes."""

    bestand = forms.FileField(
        label="Bestand met antwoorden",
        help_text="CSV of XLSX. De eerste kolom heet kern, daarna komt een kolom per vraag.",
    )
    vragenlijst = forms.ChoiceField(
        label="Vragenlijst",
        choices=[(code, lijst.titel) for code, lijst in VRAGENLIJSTEN.items()],
        initial=KERNEVALUATIE.code,
    )
    ronde = forms.CharField(
        label="Code van de ronde",
        max_length=40,
        help_text="Kleine letters, cijfers en streepjes, bijvoorbeeld kernen-2024-2025.",
        validators=[RegexValidator(CODE, "Gebruik alleen kleine letters, cijfers en streepjes.")],
    )
    nieuw = forms.BooleanField(
        label="Dit is een nieuwe ronde",
        required=False,
        help_text="Nodig als de code lijkt op die van een ronde die er al is.",
    )
    titel = forms.CharField(
        label="Titel", max_length=LANGSTE_TITEL, help_text="Zo staat de ronde in de lijst en op het rapport."
    )
    schooljaar = forms.CharField(label="Schooljaar", max_length=9, help_text="Bijvoorbeeld 2024-2025")
    vervang = forms.BooleanField(
        label="Vervang de antwoorden als deze ronde er al is",
        required=False,
        help_text="Zijn de uitkomsten al gepubliceerd, dan blijft de ronde met andere antwoorden open.",
    )
    publiceer = forms.BooleanField(
        label="Publiceer de uitkomsten meteen",
        required=False,
        help_text="Voorzitters, IB'ers, scholen en besturen zien dan de uitkomsten. Andere antwoorden kunt u daarna "
        "niet meer publiceren. Zijn nog niet alle antwoorden er, publiceer dan later.",
    )

    def clean_schooljaar(self) -> int:
        try:
            return Schooljaar.lees(self.cleaned_data["schooljaar"]).begin
        except ValueError as error:
            raise forms.ValidationError(str(error), code="schooljaar") from error

    @property
    def verzoek(self) -> Inleesverzoek:
        data = self.cleaned_data
        return Inleesverzoek(
            data["ronde"],
            data["titel"],
            data["schooljaar"],
            data["vragenlijst"],
            data["vervang"],
            data["publiceer"],
            data["nieuw"],
        )
