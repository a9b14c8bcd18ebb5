"""What experts and parents say about an application."""

from typing import Any

from django import forms

from ondersteuning.domain.deskundigen import EERSTE_DESKUNDIGE, FUNCTIENAMEN
from swv_portal.common.forms import PortalForm, VersieMixin


class AdviesForm(PortalForm):
    """What every expert gives: yes or no, an own reasoned text, and that one is really involved."""

    steunt = forms.TypedChoiceField(
        label="Steunt u de plaats op de ontvangende school?",
        choices=[("ja", "Ja"), ("nee", "Nee")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    tekst = forms.CharField(
        label="Uw advies",
        help_text="In uw eigen woorden, met uw redenen.",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=10_000,
    )
    betrokken = forms.BooleanField(label="Ik ben echt betrokken bij deze leerling.")


class EersteAdviesForm(VersieMixin, AdviesForm):
    functie = forms.ChoiceField(
        label="Uw functie",
        choices=[(str(code), FUNCTIENAMEN[code]) for code in sorted(EERSTE_DESKUNDIGE)],
        widget=forms.RadioSelect,
    )
    field_order = ("functie",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steunt"].label = "Steunt u de plaats op uw school?"


class TweedeAdviesForm(AdviesForm):
    niet_in_dienst = forms.BooleanField(label="Ik werk niet bij een van de twee scholen of hun bestuur.")


class ZienswijzeForm(PortalForm):
    eens = forms.TypedChoiceField(
        label="Bent u het eens met de aanvraag?",
        choices=[("ja", "Ja, ik ben het eens"), ("nee", "Nee, ik ben het niet eens")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    tekst = forms.CharField(
        label="Wat wilt u erbij zeggen?",
        help_text="Dit mag in uw eigen woorden. U mag het ook leeg laten.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
    )
