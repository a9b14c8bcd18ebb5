"""What the address of a page says it is about."""

from django import forms


class AanvraagInAdresForm(forms.Form):
    """``?aanvraag=``: the application that a list is limited to, or that somebody came from."""

    aanvraag = forms.IntegerField(min_value=1, required=False)

    @property
    def gekozen(self) -> int | None:
        """The application in the address; ``None`` when there is none that can be read."""
        self.is_valid()
        found: int | None = self.cleaned_data.get("aanvraag")
        return found
