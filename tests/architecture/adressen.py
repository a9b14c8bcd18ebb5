"""The tables of all apps together, and the addresses that the URL configuration has."""

import importlib
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.matrix import Adres, spread

#: Lower apps first: what a later table builds may stand on what an earlier one built.
APPS = ("access", "start", "jobs", "kernen", "ondersteuning", "financien", "evaluatie")
MODULES = [
    importlib.import_module(f"tests.architecture.matrix_{app}")
    for app in APPS
    if (Path(__file__).parent / f"matrix_{app}.py").exists()
]
ADRESSEN: dict[str, Adres] = {
    key: adres for module in MODULES for naam, given in module.ADRESSEN.items() for key, adres in spread(naam, given)
}
KANARIES = {
    "eigen": "Kwartelzang",
    "zusje": "Wielewaalroep",
    "andere_kern": "Grutterkreet",
    "ander_bestuur": "Tureluurlied",
}


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """``(full name, route)`` of every address; an address without a name shows as ``''`` or ``'app:'``."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield (prefix + (pattern.name or ""), str(pattern.pattern))
        else:
            yield from walk(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def addresses() -> list[tuple[str, str]]:
    """The portal's own addresses.  The technical administration is one block, tested in ``test_admin``."""
    return [(name, route) for name, route in walk(get_resolver()) if not name.startswith("admin:")]


def closed_addresses() -> list[str]:
    return sorted(name for name, adres in ADRESSEN.items() if not adres.open and adres.link is None)


def is_of_allauth(name: str) -> bool:
    return name.startswith(("account_", "mfa_", "socialaccount_"))
