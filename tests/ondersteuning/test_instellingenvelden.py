"""The forms of the settings explain every field, and take whole numbers only."""

import pytest

from ondersteuning.forms.instellingen import AanwezigheidsinstellingenForm, InstellingenForm, OverstapinstellingenForm

FORMULIEREN = (InstellingenForm, OverstapinstellingenForm, AanwezigheidsinstellingenForm)


@pytest.mark.parametrize("form", FORMULIEREN)
def test_every_setting_says_what_it_does(form: type[InstellingenForm]) -> None:
    bare = [name for name, field in form.base_fields.items() if name != "versie" and not field.help_text]
    assert bare == []


@pytest.mark.parametrize(("typed", "good"), [("2", True), ("2,5", False), ("9", False), ("0", False)])
def test_the_rhythm_of_the_case_meeting_is_a_whole_number_of_weeks(typed: str, good: bool) -> None:
    days = "01-10\n01-01\n01-04\n15-06"
    form = AanwezigheidsinstellingenForm(
        {"eerste_overleg": "03-09-2024", "overleg_weken": typed, "peildagen": days, "versie": "1"}
    )
    assert form.is_valid() is good, form.errors
    if good:
        assert form.waarden["overleg_weken"] == 2
        assert isinstance(form.waarden["overleg_weken"], int)
