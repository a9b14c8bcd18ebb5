"""Keyed hashes of names and birth dates: to find and compare without readable names in the database."""

import re
import unicodedata
from datetime import date

from django.utils.crypto import salted_hmac

_SALT = "ondersteuning.leerling"


def _sleutel(tekst: str) -> str:
    return salted_hmac(_SALT, tekst, algorithm="sha256").hexdigest()[:32]


def naamdelen(tekst: str) -> list[str]:
    """The words of a name as they are compared: lower case, without accents and signs."""
    plain = unicodedata.normalize("NFKD", tekst.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.findall(r"[^\W_]+", letters)


def zoeksleutels(tekst: str) -> list[str]:
    """A key for every word of a name, each once."""
    return sorted({_sleutel(f"deel:{part}") for part in naamdelen(tekst)})


def dubbelsleutel(naam: str, geboortedatum: date | None) -> str:
    """One key for name and birth date together; empty as long as one of the two is unknown."""
    parts = naamdelen(naam)
    if not parts or geboortedatum is None:
        return ""
    return _sleutel(f"dubbel:{' '.join(parts)}:{geboortedatum.isoformat()}")
