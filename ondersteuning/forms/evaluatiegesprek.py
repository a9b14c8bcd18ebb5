"""The call with the parents: how it ended, and six questions with a scale and own words."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.html import format_html

from ondersteuning.domain.evaluatiegesprek import (
    AFLOOPNAMEN,
    ANTWOORDNAMEN,
    KIES_EEN_ANTWOORD,
    VRAGEN,
    zonder_antwoord,
)
from ondersteuning.models import Evaluatiegesprek
from ondersteuning.services.evaluatiegesprekken import Opgave
from swv_portal.common.fields import DatumVeld, soms_verplicht
from swv_portal.common.forms import PortalForm, VersieMixin, maak_portaal_form, portaal_helper


class EvaluatiegesprekForm(VersieMixin, PortalForm):
    afloop = forms.ChoiceField(label="Hoe liep het?", choices=list(AFLOOPNAMEN.items()), widget=forms.RadioSelect)
    op = DatumVeld(label="Gebeld op", help_text="Bijvoorbeeld 12-06-2026")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, question in VRAGEN.items():
            answer = forms.ChoiceField(
                label=question, required=False, choices=list(ANTWOORDNAMEN.items()), widget=forms.RadioSelect
            )
            words = forms.CharField(
                label=format_html('In hun eigen woorden<span class="visually-hidden">: {}</span>', question),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=5000,
            )
            self.fields[f"antwoord_{code}"], self.fields[f"toelichting_{code}"] = soms_verplicht(answer), words
        maak_portaal_form(self)

    @property
    def helper(self) -> FormHelper:
        """Each question with the words of the parents in a box of its own."""
        helper = portaal_helper()
        boxes = (
            Div(Field(f"antwoord_{code}", wrapper_class="naast"), f"toelichting_{code}", css_class="paneel")
            for code in VRAGEN
        )
        helper.layout = Layout("afloop", "op", *boxes, "versie")
        return helper

    def clean(self) -> dict[str, Any]:
        """Every question without an answer is named at once."""
        answers = {code: self.cleaned_data.get(f"antwoord_{code}", "") for code in VRAGEN}
        for code in zonder_antwoord(self.cleaned_data.get("afloop", ""), answers):
            if f"antwoord_{code}" not in self.errors:
                self.add_error(f"antwoord_{code}", KIES_EEN_ANTWOORD)
        return self.cleaned_data

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
