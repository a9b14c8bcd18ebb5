"""Words as they stand in a sentence."""

from swv_portal.common.words import met_hoofdletter


def test_only_the_first_letter_changes() -> None:
    assert met_hoofdletter("de school van Noor Duin (SBO)") == "De school van Noor Duin (SBO)"
    assert met_hoofdletter("Ouder 1") == "Ouder 1"
    assert met_hoofdletter("") == ""
