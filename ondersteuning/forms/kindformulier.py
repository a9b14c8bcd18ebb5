"""The form of the child: a face and five questions in plain words, or why there are no answers."""

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ondersteuning.domain.kindformulier import GEVOELENS, VRAGEN
from ondersteuning.services.kindformulieren import Opgave
from swv_portal.common.fields import soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin
from swv_portal.common.icons import icoon

#: Longer than this no child writes; it is also what a parent writes down for it.
LANGSTE_ANTWOORD = 2000


def _gezichten() -> list[tuple[str, SafeString]]:
    """A face of our own with its word: not every computer has a letter for it."""
    return [(code, format_html("{} {}", icoon(f"gezicht_{code}"), name)) for code, name in GEVOELENS.items()]


def _antwoord(code: str) -> forms.Field:
    """A question that may be skipped: the page says so once, above all of them."""
    return soms_verplicht(
        forms.CharField(
            label=VRAGEN[code], required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=LANGSTE_ANTWOORD
        )
    )


class KindForm(VersieMixin, PortalForm):
    gevoel = soms_verplicht(
        forms.ChoiceField(
            label="Hoe vind je het op school?",
            required=False,
            choices=[*_gezichten(), ("", "Dat zeg ik liever niet")],
            widget=forms.RadioSelect,
        )
    )
    goed = _antwoord("goed")
    moeilijk = _antwoord("moeilijk")
    helpt = _antwoord("helpt")
    waar = _antwoord("waar")
    nog = _antwoord("nog")
    geen_reden = forms.CharField(
        label="Alleen voor de volwassene: waarom kon het kind niets zeggen?",
        help_text="Vul dit alleen in als hierboven niets staat.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LANGSTE_ANTWOORD,
    )

    @property
    def opgave(self) -> Opgave:
        """What was filled in, for the service."""
        data = self.cleaned_data
        return Opgave(data["gevoel"], {code: data[code] for code in VRAGEN}, data["geen_reden"])
