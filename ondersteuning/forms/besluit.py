"""What moves an application on: a step with nothing to fill in, with a reason, and the decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ondersteuning.domain.betaler import Betaalreden, Keuze, keuzes
from ondersteuning.domain.geldigheid import mogelijke_einden
from ondersteuning.domain.plaatsing import Soort
from ondersteuning.forms.keuzes import zet_keuzes
from swv_portal.common.dates import lange_datum
from swv_portal.common.fields import DatumVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin


class VersieForm(VersieMixin, PortalForm):
    """A step without anything to fill in."""


class ToelichtingForm(VersieMixin, PortalForm):
    """A step that says why, or what is needed."""

    toelichting = forms.CharField(label="Toelichting", widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000)

    def __init__(
        self, *args: Any, label: str = "Toelichting", verplicht: bool = True, hulp: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["toelichting"].label = label
        self.fields["toelichting"].help_text = hulp
        self.fields["toelichting"].required = verplicht
        soms_verplicht(self.fields["toelichting"])


class AanvullingForm(ToelichtingForm):
    uiterlijk = DatumVeld(label="Uiterlijk aanvullen op")


class BesluitForm(VersieMixin, PortalForm):
    """The decision, with the period that was asked for; the rules say when a motivation is needed."""

    besluit = forms.ChoiceField(
        label="Uw besluit", choices=[("ken_toe", "Toekennen"), ("weiger", "Weigeren")], widget=forms.RadioSelect
    )
    geldig_van = DatumVeld(label="Geldig van", vroegst=date(2015, 1, 1))
    geldig_tot = DatumVeld(label="Geldig tot en met", vroegst=date(2015, 1, 1))
    motivering = soms_verplicht(
        forms.CharField(
            label="Motivering",
            help_text="Nodig als u weigert, of toekent terwijl een partij het niet eens is. Komt in de brief.",
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=10_000,
        )
    )

    betaler = soms_verplicht(forms.ChoiceField(label="Wie betaalt de plaats", choices=keuzes(), required=False))
    vorige_school = soms_verplicht(
        forms.TypedChoiceField(
            label="Vorige school",
            help_text="Alleen als een vorige school betaalt: bao-bao, of een school die eerder verwees.",
            coerce=int,
            empty_value=None,
            required=False,
        )
    )
    betaler_toelichting = soms_verplicht(
        forms.CharField(
            label="Waarom die betaalt",
            help_text="Nodig als dit bij deze aanvraag anders is dan gebruikelijk.",
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2000,
        )
    )

    def __init__(
        self,
        *args: Any,
        scholen: Sequence[tuple[int, str]] = (),
        plaats: Soort = Soort.TLV,
        tegen_ouders: bool = False,
        **kwargs: Any,
    ) -> None:
        """``plaats``: what a grant gives decides the period.  ``tegen_ouders``: every grant needs a motivation."""
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "vorige_school", scholen, leeg="–")
        begin = self.initial.get("geldig_van")
        if tegen_ouders:
            self.fields["motivering"].help_text = "Bij een eenzijdige aanvraag altijd nodig. Komt in de brief."
        if plaats is Soort.TLV_BAO:
            self.fields["geldig_tot"].help_text = "De laatste dag van het schooljaar: 31 juli."
        elif plaats is not Soort.TLV:
            self.fields["geldig_van"].help_text = "De eerste schooldag van de leerling."
            self.fields["geldig_tot"].help_text = "Twee jaar, vanaf de eerste van de maand daarna."
        elif begin:
            days = ", ".join(lange_datum(day) for day in mogelijke_einden(begin)[:3])
            self.fields["geldig_tot"].help_text = f"Altijd een 31 juli. Bij deze begindatum bijvoorbeeld {days}."

    def clean(self) -> dict[str, Any]:
        """Who refuses need not fill in a period."""
        if self.cleaned_data.get("besluit") == "weiger":
            for name in ("geldig_van", "geldig_tot", "betaler", "vorige_school", "betaler_toelichting"):
                self.errors.pop(name, None)
        return self.cleaned_data

    @property
    def betaling(self) -> Keuze | None:
        """Who pays, as it was filled in; ``None``: as usual for the route."""
        reason = self.cleaned_data.get("betaler")
        if not reason:
            return None
        words = str(self.cleaned_data.get("betaler_toelichting") or "")
        return Keuze(Betaalreden(reason), words, self.cleaned_data.get("vorige_school"))


class VerlengForm(ToelichtingForm):
    uiterlijk = DatumVeld(label="Besluit uiterlijk op")


class IntrekForm(VersieMixin, PortalForm):
    """Withdrawing a TLV: from which day, and why."""

    per = DatumVeld(label="Vanaf welke dag geldt de TLV niet meer?")
    reden = forms.CharField(
        label="Waarom trekt u de TLV in?",
        help_text="Komt in de brief aan de ouders en de scholen.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
    )
