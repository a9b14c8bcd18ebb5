"""The list of members, choosing two of them, and their advice."""

from typing import Any

from django import forms

from ondersteuning.forms.keuzes import Keuzes, zet_keuzes
from swv_portal.common.forms import PortalForm, VersieMixin


class LidForm(PortalForm):
    """Somebody who runs a board, to put on the list; the key is 'user-board'."""

    persoon = forms.ChoiceField(label="Wie is lid van de algemene vergadering?")

    def __init__(self, *args: Any, personen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "persoon", personen)

    @property
    def sleutels(self) -> tuple[int, int]:
        """The keys of the person and of the board."""
        user, _, board = self.cleaned_data["persoon"].partition("-")
        return int(user), int(board)


class LedenForm(VersieMixin, PortalForm):
    """Which two members are asked."""

    leden = forms.TypedMultipleChoiceField(
        label="Welke twee leden vraagt u om advies?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leden van het bestuur dat de zorgplicht heeft, staan er niet bij.",
    )

    def __init__(self, *args: Any, leden: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "leden", leden, leeg=None)


class BestuursadviesForm(PortalForm):
    """An own, reasoned yes or no."""

    steunt = forms.TypedChoiceField(
        label="Moet er extra budget komen voor deze leerling?",
        choices=[("ja", "Ja"), ("nee", "Nee")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    tekst = forms.CharField(
        label="Waarom vindt u dit?",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Het samenwerkingsverband leest dit met uw naam, het bestuur van de leerling zonder uw naam.",
    )
