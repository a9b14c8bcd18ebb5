"""The settings of ondersteuning."""

from datetime import date

from django import forms

from ondersteuning.domain.besluit import LANGSTE_TERUGNEEM_MINUTEN
from ondersteuning.domain.geldigheid import controleer_patroon
from swv_portal.common.fields import GetalVeld, parse_datum
from swv_portal.common.forms import PortalForm, VersieMixin


class InstellingenForm(VersieMixin, PortalForm):
    nummerpatroon = forms.CharField(
        label="Patroon van het TLV-nummer",
        max_length=60,
        help_text="Gebruik {registratie}, {schooljaar} en {volgnummer:04d}.",
    )
    terugneemminuten = GetalVeld(
        label="Zo lang kunt u een besluit terugnemen (in minuten)",
        min_value=0,
        max_value=LANGSTE_TERUGNEEM_MINUTEN,
        decimal_places=0,
        help_text="Daarna gaat de brief naar de ouders en de scholen. Bij 0 gaat de brief meteen.",
    )
    herinner_na_dagen = GetalVeld(
        label="Dezelfde persoon opnieuw herinneren kan na (dagen)", min_value=1, max_value=60, decimal_places=0
    )
    radar_weken = GetalVeld(
        label="Scholen antwoorden op een vraag over een aflopende TLV binnen (weken)",
        min_value=1,
        max_value=26,
        decimal_places=0,
    )
    bel_weken = GetalVeld(
        label="Na een TLV belt u de ouders binnen (weken)", min_value=1, max_value=26, decimal_places=0
    )
    capaciteit_maanden = GetalVeld(
        label="De capaciteitenlijst van een school is verouderd na (maanden)",
        min_value=1,
        max_value=24,
        decimal_places=0,
    )
    observatie_maanden = GetalVeld(
        label="Een observatieplaats duurt hoogstens (maanden)", min_value=1, max_value=48, decimal_places=0
    )
    symbiose_schooljaren = GetalVeld(
        label="Een symbiose duurt hoogstens (schooljaren)", min_value=1, max_value=8, decimal_places=0
    )
    dws_vanaf_groep = GetalVeld(label="De Day a Week School is vanaf groep", min_value=1, max_value=8, decimal_places=0)
    weken_na_start = GetalVeld(
        label="Formulier D kan tot zo veel weken na de eerste schooldag",
        min_value=0,
        max_value=52,
        decimal_places=0,
        help_text="Voor een leerling die pas op een basisschool is begonnen.",
    )
    expertteam_naam = forms.CharField(
        label="Naam van het expertteam",
        required=False,
        max_length=120,
        help_text="Het expertteam is de tweede deskundige voor een leerling van de Internationale Taalklas.",
    )
    expertteam_email = forms.EmailField(
        label="E-mailadres van het expertteam",
        required=False,
        max_length=254,
        error_messages={"invalid": "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."},
    )
    gelijkgesteld = forms.CharField(
        label="Dagen die gelijk zijn aan een feestdag",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eén datum per regel, bijvoorbeeld 30-05-2025. De overheid maakt deze dagen bekend.",
        max_length=2000,
    )

    def clean_nummerpatroon(self) -> str:
        value = str(self.cleaned_data["nummerpatroon"])
        refusal = controleer_patroon(value)
        if refusal is not None:
            raise forms.ValidationError(refusal.zin)
        return value

    def clean_gelijkgesteld(self) -> list[date]:
        found = []
        for line in str(self.cleaned_data["gelijkgesteld"]).split("\n"):
            if not line.strip():
                continue
            day = parse_datum(line)
            if day is None:
                raise forms.ValidationError(f"'{line.strip()[:40]}' is geen datum. Schrijf bijvoorbeeld 30-05-2025.")
            found.append(day)
        return found
