"""The filter of the list of what is asked."""

from django import forms


class GevraagdForm(forms.Form):
    aanvraag = forms.IntegerField(min_value=1, required=False)

    @property
    def gekozen(self) -> int | None:
        """The application in the address; ``None`` when there is none that can be read."""
        self.is_valid()
        found: int | None = self.cleaned_data.get("aanvraag")
        return found
