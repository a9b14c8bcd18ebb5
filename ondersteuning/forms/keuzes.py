"""Choices that come from the database, put on a field."""

from collections.abc import Iterable
from typing import Any

from django import forms

#: Key and label, as queries give them.
Keuzes = Iterable[tuple[Any, str]]
MAAK_EEN_KEUZE = "Maak een keuze"


def zet_keuzes(form: forms.Form, veld: str, keuzes: Keuzes, *, leeg: str | None = MAAK_EEN_KEUZE) -> None:
    """The choices of a field, after the words for none; ``leeg=None``: one must be chosen from what is there."""
    field = form.fields[veld]
    if isinstance(field, forms.ChoiceField):
        none = [] if leeg is None else [("", leeg)]
        field.choices = [*none, *((str(key), label) for key, label in keuzes)]


def zet_scholen(form: forms.Form, scholen: Keuzes) -> None:
    """The schools of this person in the field ``school``; the only one is chosen already."""
    choices = list(scholen)
    zet_keuzes(form, "school", choices, leeg=None)
    if len(choices) == 1:
        form.fields["school"].initial = choices[0][0]
