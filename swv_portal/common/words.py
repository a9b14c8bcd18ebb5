"""Words as they stand in a sentence."""


def met_hoofdletter(tekst: str) -> str:
    """The same with a capital first, and nothing else changed: 'de school van Noor' is 'De school van Noor'."""
    return tekst[:1].upper() + tekst[1:]
