"""Reporting absence, following it, closing it, and what the board table decided."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ondersteuning.domain.aanwezigheid import AANPAK, ALARMNAMEN, EINDES, OORZAKEN, SOORTNAMEN
from ondersteuning.domain.casusoverleg import HOOGSTENS_WEKEN
from ondersteuning.domain.verzuimmelding import STATEN
from ondersteuning.queries.aanwezigheid import OPEN_MELDINGEN, Verzuimfilter
from swv_portal.common.fields import DatumVeld, GetalVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, maak_portaal_form
from swv_portal.common.workflow import Refusal

Keuzes = Sequence[tuple[int, str]]
STAATKEUZES = [(OPEN_MELDINGEN, "Alle open meldingen"), *STATEN.items()]
NIET_OVER_ANDEREN = "Schrijf alleen wat nodig is om te helpen."


class VerzuimForm(PortalForm):
    """The facts of an absence."""

    soort = forms.ChoiceField(
        label="Welk soort verzuim is het?", choices=list(SOORTNAMEN.items()), widget=forms.RadioSelect
    )
    vrijstelling = forms.BooleanField(
        label="De leerling heeft een vrijstelling van de leerplicht",
        help_text="Vrijstelling door de gemeente, volgens de Leerplichtwet.",
        required=False,
    )
    eerste_dag = DatumVeld(
        label="Eerste dag van afwezigheid", help_text="Dreigt thuiszitten nog? Vul dan de dag in waarop u dat merkte."
    )
    laatste_aanwezig = DatumVeld(label="Laatste dag op school", required=False)
    dagen_per_week = GetalVeld(
        label="Hoeveel dagen per week is de leerling afwezig?",
        max_digits=2,
        decimal_places=1,
        min_value=0,
        max_value=5,
        help_text="Van 0 tot en met 5. Vul 0 in als de leerling nog elke dag komt, maar thuiszitten dreigt.",
    )
    oorzaak = forms.ChoiceField(label="Wat is de hoofdoorzaak?", choices=[("", "Kies"), *OORZAKEN.items()])
    toelichting = forms.CharField(
        label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=NIET_OVER_ANDEREN
    )
    bestuur_gemeld_op = DatumVeld(label="Gemeld bij het bestuur op", required=False)
    leerplicht_gemeld_op = DatumVeld(label="Gemeld bij leerplicht op", required=False)

    def weiger_alle(self, refusals: Sequence[Refusal]) -> None:
        for refusal in refusals:
            self.weiger(refusal)


class WijzigForm(VersieMixin, VerzuimForm):
    """The facts of a case that is there."""


class MeldForm(VerzuimForm):
    """A new report: of a pupil with a dossier, or of a pupil whose name and birth date are typed."""

    field_order = ("leerling", "voornamen", "achternaam", "geboortedatum")
    NIEUW = ("voornamen", "achternaam", "geboortedatum")

    leerling = forms.TypedChoiceField(label="Om welke leerling gaat het?", coerce=int, empty_value=None, required=False)
    voornamen = soms_verplicht(forms.CharField(label="Voornamen", max_length=120, required=False))
    achternaam = soms_verplicht(forms.CharField(label="Achternaam", max_length=120, required=False))
    geboortedatum = soms_verplicht(DatumVeld(label="Geboortedatum", required=False, vroegst=date(2000, 1, 1)))

    def __init__(self, *args: Any, leerlingen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["leerling"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Een leerling die hier niet bij staat"), *leerlingen]
        field.help_text = "Staat de leerling er niet bij? Vul dan de naam en de geboortedatum hieronder in."
        soms_verplicht(field)
        maak_portaal_form(self)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("leerling") is None and "leerling" not in self.errors:
            for name in self.NIEUW:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Vul dit in, of kies een leerling uit de lijst.")
        elif any(data.get(name) for name in self.NIEUW):
            self.add_error("leerling", "Kies een leerling uit de lijst, of vul een naam in. Niet allebei.")
        return data

    @property
    def nieuw(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NIEUW}


class AanpakForm(VersieMixin, PortalForm):
    """Where the case is in the six steps, and who of the SWV follows it."""

    aanpak = forms.ChoiceField(label="In welke stap is de aanpak?", choices=list(AANPAK.items()))
    consulent = forms.TypedChoiceField(label="Wie volgt de leerling?", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, consulenten: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["consulent"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Nog niemand"), *consulenten]


class ActieForm(PortalForm):
    stap = forms.ChoiceField(label="Bij welke stap hoort dit?", choices=list(AANPAK.items()))
    wat = forms.CharField(
        label="Wat gaat er gebeuren?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NIET_OVER_ANDEREN,
    )
    wie = forms.CharField(label="Wie doet dit?", max_length=120)
    uiterlijk = DatumVeld(label="Uiterlijk op", required=False)


class AfsluitForm(VersieMixin, PortalForm):
    einde_soort = forms.ChoiceField(
        label="Hoe eindigde het verzuim?", choices=list(EINDES.items()), widget=forms.RadioSelect
    )
    einde_op = DatumVeld(
        label="Vanaf welke dag is de leerling niet meer afwezig?",
        help_text="Op deze dag telt de leerling niet meer mee. Bijvoorbeeld 12-06-2026",
    )
    einde_reden = forms.CharField(
        label="Hoe is het opgelost?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ZorgplichtForm(VersieMixin, PortalForm):
    """What the board table decided."""

    school = forms.TypedChoiceField(label="Welke school neemt de zorgplicht?", coerce=int)
    besturen = forms.TypedMultipleChoiceField(
        label="Welke besturen zaten aan tafel?", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    besloten_op = DatumVeld(label="Op welke dag is dit besloten?")
    motivering = forms.CharField(
        label="Waarom neemt deze school de zorgplicht?", max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, scholen: Keuzes, besturen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("school", [("", "Kies"), *scholen]), ("besturen", list(besturen))):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class AanwezigheidsinstellingenForm(VersieMixin, PortalForm):
    eerste_overleg = DatumVeld(label="Op welke dag was of is het eerste casusoverleg?")
    overleg_weken = forms.IntegerField(
        label="Om de hoeveel weken is er casusoverleg?", min_value=1, max_value=HOOGSTENS_WEKEN
    )
    peildagen = forms.CharField(
        label="Op welke vier dagen telt u de thuiszitters?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=100,
        help_text="Elke dag op een eigen regel, als 01-10 (dag en maand).",
    )

    @property
    def dagen(self) -> list[str]:
        return [line.strip() for line in str(self.cleaned_data["peildagen"]).splitlines() if line.strip()]


class VerzuimfilterForm(forms.Form):
    """The filters of the list, from the address; what makes no sense is left out."""

    q = forms.CharField(required=False, max_length=20)
    staat = forms.ChoiceField(required=False, choices=STAATKEUZES)
    school = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    alarm = forms.ChoiceField(required=False, choices=list(ALARMNAMEN.items()))
    oorzaak = forms.ChoiceField(required=False, choices=list(OORZAKEN.items()))

    @property
    def filters(self) -> Verzuimfilter:
        self.is_valid()
        return Verzuimfilter(**{name: value for name, value in self.cleaned_data.items() if value})


class DagForm(forms.Form):
    """A day in an address (``2026-12-01``), one of those that are offered."""

    dag = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

    def gekozen(self, dagen: Sequence[date], anders: date) -> date:
        self.is_valid()
        day = self.cleaned_data.get("dag")
        return next((each for each in dagen if each == day), anders)
