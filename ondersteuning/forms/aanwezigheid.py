"""Reporting absence, following it, closing it, and what the board table decided."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ondersteuning.domain.aanwezigheid import AANPAK, ALARMNAMEN, EINDES, OORZAKEN, SOORTNAMEN
from ondersteuning.domain.verzuimmelding import STATEN
from ondersteuning.forms.keuzes import Keuzes, zet_keuzes
from ondersteuning.forms.leerlingkeuze import LEERLINGVELDEN, LeerlingkeuzeForm
from ondersteuning.queries.aanwezigheid import OPEN_MELDINGEN, Verzuimfilter
from swv_portal.common.fields import DatumVeld, GetalVeld
from swv_portal.common.forms import PortalForm, VersieMixin
from swv_portal.common.workflow import Refusal

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
        max_digits=6,
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


class MeldForm(LeerlingkeuzeForm, VerzuimForm):
    """A new report: of a pupil with a dossier, or of a pupil whose name and birth date are typed."""

    field_order = LEERLINGVELDEN


class AanpakForm(VersieMixin, PortalForm):
    """Where the case is in the six steps, and who of the SWV follows it."""

    aanpak = forms.ChoiceField(label="In welke stap is de aanpak?", choices=list(AANPAK.items()))
    consulent = forms.TypedChoiceField(label="Wie volgt de leerling?", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, consulenten: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "consulent", consulenten, leeg="Nog niemand")


class ActieForm(VersieMixin, PortalForm):
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
        zet_keuzes(self, "school", scholen)
        zet_keuzes(self, "besturen", besturen, leeg=None)


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
