"""An objection: recording it, and its steps."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from ondersteuning.domain.bezwaar import GEVOLGNAMEN, TEGENNAMEN, UITKOMSTNAMEN, bezwaarmakers
from ondersteuning.forms.besluit import ToelichtingForm, VersieForm
from ondersteuning.forms.keuzes import zet_keuzes
from swv_portal.common.fields import DatumVeld
from swv_portal.common.forms import PortalForm
from swv_portal.common.words import met_hoofdletter

VROEGST = date(2015, 1, 1)


class BezwaarForm(PortalForm):
    """What came in.  The file is the letter itself, when there is one."""

    tegen = forms.ChoiceField(label="Tegen welk besluit?", widget=forms.RadioSelect)
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
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
    )
    bestand = forms.FileField(label="De brief zelf", help_text="PDF, Word of een foto.", required=False)

    def __init__(self, *args: Any, tegen: Sequence[str], ouders: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "bezwaarmaker", bezwaarmakers(ouders).items(), leeg=None)
        zet_keuzes(self, "tegen", [(code, met_hoofdletter(TEGENNAMEN[code])) for code in tegen], leeg=None)


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
        choices=[(c, met_hoofdletter(n)) for c, n in UITKOMSTNAMEN.items()],
        widget=forms.RadioSelect,
    )
    gevolg = forms.ChoiceField(label="Wat betekent dat voor de TLV?", widget=forms.RadioSelect)
    field_order = ("uitkomst", "gevolg", "toelichting")

    def __init__(self, *args: Any, gevolgen: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_keuzes(self, "gevolg", [(code, met_hoofdletter(GEVOLGNAMEN[code])) for code in gevolgen], leeg=None)
