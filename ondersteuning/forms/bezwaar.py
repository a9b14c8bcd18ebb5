"""An objection: recording it, and its steps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from ondersteuning.domain.bezwaar import (
    GEVOLGNAMEN,
    STUKNAMEN,
    TEGENNAMEN,
    UITKOMSTNAMEN,
    bezwaarmakers,
    uitkomst_met_uitleg,
)
from ondersteuning.forms.aanvraagbestand import SOORTEN_BESTAND
from ondersteuning.forms.besluit import ToelichtingForm, VersieForm
from ondersteuning.forms.keuzes import zet_keuzes
from swv_portal.common.fields import DatumVeld
from swv_portal.common.forms import PortalForm, VersieMixin
from swv_portal.common.words import met_hoofdletter

VROEGST = date(2015, 1, 1)


class InhoudForm(PortalForm):
    """What an objection says, and when it came in."""

    bezwaarmaker = forms.ChoiceField(label="Van wie is het bezwaar?")
    ontvangen_op = DatumVeld(label="Ontvangen op", vroegst=VROEGST)
    poststempel_op = DatumVeld(
        label="Op de post gedaan op",
        help_text="De datum van het poststempel. Nodig als de brief na de termijn binnenkwam.",
        required=False,
        vroegst=VROEGST,
    )
    gronden = forms.CharField(
        label="Waarom is deze partij het er niet mee eens?",
        help_text="Nog geen redenen? Laat dit leeg en vraag om wat ontbreekt.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
    )

    def __init__(self, *args: Any, ouders: Mapping[str, str], nu: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = bezwaarmakers(ouders, nu=nu)
        zet_keuzes(self, "bezwaarmaker", [(code, met_hoofdletter(word)) for code, word in named.items()])


class BezwaarForm(InhoudForm):
    """What came in.  The file is the letter itself, when there is one."""

    tegen = forms.ChoiceField(label="Tegen welk besluit?", widget=forms.RadioSelect)
    bestand = forms.FileField(label="De brief zelf", help_text=SOORTEN_BESTAND, required=False)
    field_order = ("tegen", "bezwaarmaker", "ontvangen_op", "poststempel_op", "gronden", "bestand")

    def __init__(self, *args: Any, tegen: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "tegen", [(code, met_hoofdletter(TEGENNAMEN[code])) for code in tegen], leeg=None)


class WijzigBezwaarForm(VersieMixin, InhoudForm):
    """The same, put right; the defence and the advice only when they were recorded (``met``)."""

    verweer_op = DatumVeld(label="Verweer verstuurd op", vroegst=VROEGST)
    advies_op = DatumVeld(label="Advies ontvangen op", vroegst=VROEGST)
    advies = forms.CharField(
        label="Wat adviseert de commissie?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        required=False,
    )

    def __init__(self, *args: Any, met: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"verweer_op", "advies_op", "advies"} - set(met):
            del self.fields[name]


class BezwaarstukForm(VersieMixin, PortalForm):
    """A document that belongs to the objection."""

    soort = forms.ChoiceField(
        label="Wat voor document is dit?",
        choices=[(code, met_hoofdletter(name)) for code, name in STUKNAMEN.items()],
        widget=forms.RadioSelect,
    )
    bestand = forms.FileField(label="Het document", help_text=SOORTEN_BESTAND)


class DagForm(VersieForm):
    """A step that happened on a day."""

    dag = DatumVeld(label="Op welke dag?", vroegst=VROEGST)


class AdviesForm(ToelichtingForm):
    dag = DatumVeld(label="Op welke dag kwam het advies binnen?", vroegst=VROEGST)


class HerstelForm(ToelichtingForm):
    """Asking to repair an omission: when, until when, and what is missing."""

    gevraagd_op = DatumVeld(label="Gevraagd op", vroegst=VROEGST)
    uiterlijk = DatumVeld(label="Uiterlijk herstellen op", vroegst=VROEGST)
    field_order = ("gevraagd_op", "uiterlijk", "toelichting")


class BeslisForm(ToelichtingForm):
    """The decision on an objection.  Only consequences that are possible now are offered."""

    uitkomst = forms.ChoiceField(
        label="Beslissing",
        choices=[(code, met_hoofdletter(uitkomst_met_uitleg(code))) for code in UITKOMSTNAMEN],
        widget=forms.RadioSelect,
    )
    gevolg = forms.ChoiceField(label="Wat betekent dat voor het besluit?", widget=forms.RadioSelect)
    field_order = ("uitkomst", "gevolg", "toelichting")

    def __init__(self, *args: Any, gevolgen: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "gevolg", [(code, met_hoofdletter(GEVOLGNAMEN[code])) for code in gevolgen], leeg=None)
