"""The settings of ondersteuning."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from ondersteuning.domain.besluit import LANGSTE_TERUGNEEM_MINUTEN
from ondersteuning.domain.budgetperiode import BUDGETMAANDEN
from ondersteuning.domain.casusoverleg import HOOGSTENS_WEKEN
from ondersteuning.domain.geldigheid import controleer_patroon
from ondersteuning.models.overstap import LANGSTE_BETAALJAREN
from swv_portal.common.fields import DatumVeld, EmailVeld, GetalVeld, parse_datum
from swv_portal.common.forms import PortalForm, VersieMixin


def _aantal(label: str, hoogstens: int, *, vanaf: int = 1, hulp: str = "") -> GetalVeld:
    """A whole number of weeks, months, years ..."""
    return GetalVeld(label=label, min_value=vanaf, max_value=hoogstens, decimal_places=0, help_text=hulp)


class _InstellingenForm(VersieMixin, PortalForm):
    """Settings as one fills them in, from and to the fields of their row."""

    @classmethod
    def beginwaarden(cls, rij: Any) -> dict[str, Any]:
        return {name: getattr(rij, name) for name in cls.base_fields}

    @property
    def waarden(self) -> dict[str, Any]:
        """What goes to the service; a number of weeks or months is a whole one."""
        return {
            name: int(value) if isinstance(value, Decimal) else value
            for name, value in self.cleaned_data.items()
            if name != "versie"
        }


def _regels(tekst: str) -> list[str]:
    return [line.strip() for line in tekst.splitlines() if line.strip()]


class InstellingenForm(_InstellingenForm):
    """About TLV's, agreements, the capaciteitenlijst and calling parents."""

    nummerpatroon = forms.CharField(
        label="Patroon van het TLV-nummer",
        max_length=60,
        help_text="Gebruik {registratie}, {schooljaar} en {volgnummer:04d}.",
    )
    terugneemminuten = _aantal(
        "Zo lang kunt u een besluit terugnemen (in minuten)",
        LANGSTE_TERUGNEEM_MINUTEN,
        vanaf=0,
        hulp="Daarna gaat de brief naar de ouders en de scholen. Bij 0 gaat de brief meteen.",
    )
    herinner_na_dagen = _aantal(
        "Dezelfde persoon opnieuw herinneren kan na (dagen)",
        60,
        hulp="Binnen deze tijd krijgt iemand geen tweede herinnering bij dezelfde aanvraag.",
    )
    radar_weken = _aantal(
        "Scholen antwoorden op een vraag over een aflopende TLV binnen (weken)",
        26,
        hulp="De uiterste dag is nooit later dan de dag waarop de TLV afloopt.",
    )
    bel_weken = _aantal(
        "Na een TLV belt u de ouders binnen (weken)",
        26,
        hulp="Geteld vanaf de dag waarop het besluit bekend is gemaakt.",
    )
    capaciteit_maanden = _aantal(
        "De capaciteitenlijst van een school is verouderd na (maanden)",
        24,
        hulp="Geteld vanaf de dag waarop de school de lijst het laatst bewaarde.",
    )
    observatie_maanden = _aantal(
        "Een observatieplaats duurt hoogstens (maanden)", 48, hulp="Een school kan geen langere periode kiezen."
    )
    symbiose_schooljaren = _aantal(
        "Een symbiose duurt hoogstens (schooljaren)",
        8,
        hulp="Het schooljaar van de begindatum telt mee. Bij 1 eindigt een symbiose uiterlijk op 31 juli daarna.",
    )
    dws_vanaf_groep = _aantal(
        "De Day a Week School is vanaf groep",
        8,
        hulp="Een leerling in een lagere groep kan daar geen plaats krijgen.",
    )
    terugkijken_vanaf = forms.CharField(
        label="Terugkijken op de jaarafspraken met scholen kan vanaf (dag en maand)",
        max_length=5,
        help_text="Elk jaar op deze dag, bijvoorbeeld 01-05. Kies een dag in de laatste helft van het schooljaar.",
    )
    weken_na_start = _aantal(
        "Formulier D kan tot zo veel weken na de eerste schooldag",
        52,
        vanaf=0,
        hulp="Voor een leerling die pas op een basisschool is begonnen.",
    )
    expertteam_naam = forms.CharField(
        label="Naam van het expertteam",
        required=False,
        max_length=120,
        help_text="Het expertteam is de tweede deskundige voor een leerling van de Internationale Taalklas.",
    )
    expertteam_email = EmailVeld(
        label="E-mailadres van het expertteam",
        required=False,
        help_text="Hier komt het verzoek om het tweede advies binnen.",
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

    @classmethod
    def beginwaarden(cls, rij: Any) -> dict[str, Any]:
        return {**super().beginwaarden(rij), "gelijkgesteld": "\n".join(f"{day:%d-%m-%Y}" for day in rij.gelijkgesteld)}

    def clean_gelijkgesteld(self) -> list[date]:
        found = []
        for line in _regels(self.cleaned_data["gelijkgesteld"]):
            day = parse_datum(line)
            if day is None:
                raise forms.ValidationError(f"'{line[:40]}' is geen datum. Schrijf bijvoorbeeld 30-05-2025.")
            found.append(day)
        return found


class OverstapinstellingenForm(_InstellingenForm):
    budgetmaanden = _aantal(
        "Hoeveel maanden loopt een terugplaatsingsbudget?",
        BUDGETMAANDEN,
        hulp="Geteld vanaf de eerste van de maand na de inschrijving op de gewone school.",
    )
    betaaljaren = _aantal(
        "Hoeveel jaar betaalt de oude school een verwijzing na een overstap (bao-bao)?",
        LANGSTE_BETAALJAREN,
        hulp="Geteld vanaf de eerste van de maand na de dag van de overstap.",
    )


class AanwezigheidsinstellingenForm(_InstellingenForm):
    eerste_overleg = DatumVeld(
        label="Op welke dag was of is het eerste casusoverleg?",
        help_text="Vanaf deze dag berekent het portaal de volgende overleggen. Bijvoorbeeld 03-09-2024.",
    )
    overleg_weken = _aantal(
        "Om de hoeveel weken is er casusoverleg?",
        HOOGSTENS_WEKEN,
        hulp="Altijd op dezelfde dag van de week als het eerste overleg.",
    )
    peildagen = forms.CharField(
        label="Op welke vier dagen telt u de thuiszitters?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=100,
        help_text="Elke dag op een eigen regel, als 01-10 (dag en maand).",
    )

    @classmethod
    def beginwaarden(cls, rij: Any) -> dict[str, Any]:
        return {**super().beginwaarden(rij), "peildagen": "\n".join(rij.peildagen)}

    def clean_peildagen(self) -> list[str]:
        return _regels(self.cleaned_data["peildagen"])
