"""Starting an application: for which school and pupil, for which institution, at which IKC."""

from typing import Any

from django import forms

from ondersteuning.domain.voorschools import AANLEIDINGNAMEN
from ondersteuning.forms.keuzes import Keuzes, zet_keuzes, zet_scholen
from swv_portal.common.forms import PortalForm


class BeginForm(PortalForm):
    """What every route asks: for which school.  With one school there is nothing to choose."""

    school = forms.TypedChoiceField(label="Voor welke school?", coerce=int)

    def __init__(self, *args: Any, scholen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_scholen(self, scholen)


class NieuweAanvraagForm(BeginForm):
    """A route that starts at the pupil's school: for a known pupil, after a running TLV, or for a new pupil."""

    leerling = forms.ChoiceField(
        label="Voor welke leerling?",
        required=False,
        help_text="Staat de leerling in de lijst, dan vullen wij in wat wij al weten.",
    )

    def __init__(self, *args: Any, leerlingen: Keuzes = (), tlvs: Keuzes = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(f"leerling-{pk}", name) for pk, name in leerlingen]
        running = [(f"tlv-{pk}", name) for pk, name in tlvs]
        if not known and not running:
            del self.fields["leerling"]
            return
        choices: list[Any] = [("", "Een leerling die nog niet in de lijst staat")]
        choices += [("Leerlingen met een TLV naar uw school", running)] if running else []
        choices += [("Leerlingen van uw school", known)] if known else []
        field = self.fields["leerling"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _sleutel(self, soort: str) -> int | None:
        kind, _, key = str(self.cleaned_data.get("leerling") or "").partition("-")
        return int(key) if kind == soort else None

    @property
    def leerling_id(self) -> int | None:
        """The known pupil that was chosen."""
        return self._sleutel("leerling")

    @property
    def vorige(self) -> int | None:
        """The application with the running TLV that was chosen."""
        return self._sleutel("tlv")


class NamensInstellingForm(PortalForm):
    """Route D: the institution, and why it applies."""

    instelling = forms.TypedChoiceField(
        label="Welke jeugdhulpinstelling doet de aanvraag?",
        coerce=int,
        help_text="De contactpersoon krijgt een e-mail met een eigen link. U krijgt een code te zien.",
    )
    aanleiding = forms.ChoiceField(
        label="Wat is de aanleiding?", choices=list(AANLEIDINGNAMEN.items()), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, instellingen: Keuzes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "instelling", instellingen)


class PlaatsingsakkoordForm(BeginForm):
    """A plaatsingsakkoord that an IKC starts."""


class LeegForm(PortalForm):
    """Starting from the SWV: there is nothing to choose yet."""
