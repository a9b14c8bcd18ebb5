"""The call with the parents: how it ended, and six questions with a scale and own words."""

from typing import Any

from django import forms

from ondersteuning.domain.evaluatiegesprek import AFLOOPNAMEN, ANTWOORDNAMEN, VRAGEN
from ondersteuning.models import Evaluatiegesprek
from ondersteuning.services.evaluatiegesprekken import Opgave
from swv_portal.common.fields import DatumVeld
from swv_portal.common.forms import PortalForm, VersieMixin, maak_portaal_form


class EvaluatiegesprekForm(VersieMixin, PortalForm):
    afloop = forms.ChoiceField(label="Hoe liep het?", choices=list(AFLOOPNAMEN.items()), widget=forms.RadioSelect)
    op = DatumVeld(label="Gebeld op", help_text="Bijvoorbeeld 12-06-2026")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, question in VRAGEN.items():
            self.fields[f"antwoord_{code}"] = forms.ChoiceField(
                label=question, required=False, choices=list(ANTWOORDNAMEN.items()), widget=forms.RadioSelect
            )
            self.fields[f"toelichting_{code}"] = forms.CharField(
                label=f"In hun eigen woorden: {question[0].lower()}{question[1:]}",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=5000,
            )
        maak_portaal_form(self)

    @property
    def opgave(self) -> Opgave:
        """What was filled in, for the service."""
        data = self.cleaned_data
        return Opgave(
            data["afloop"],
            data["op"],
            {code: data[f"antwoord_{code}"] for code in VRAGEN},
            {code: data[f"toelichting_{code}"] for code in VRAGEN},
        )


def beginwaarden(gesprek: Evaluatiegesprek) -> dict[str, Any]:
    """What the form begins with: what was recorded before, or nothing."""
    found: dict[str, Any] = {"versie": gesprek.versie, "afloop": gesprek.afloop, "op": gesprek.op}
    for answer in gesprek.antwoorden.all() if gesprek.pk else ():
        found[f"antwoord_{answer.vraag}"] = answer.antwoord
        found[f"toelichting_{answer.vraag}"] = answer.toelichting
    return found
