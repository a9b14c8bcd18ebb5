"""The name of the SWV, for screens, letters and mails.  The app that holds it registers how to find it."""

from collections.abc import Callable

from django.core.cache import cache

ZONDER_NAAM = "Portaal passend onderwijs"

#: It stands above every page and changes once in years.
_SLEUTEL, _BEWAREN = "common.swv_naam", 60

_source: list[Callable[[], str]] = []


def register_swv_naam(source: Callable[[], str]) -> None:
    """Called once, in ``AppConfig.ready()``, by the app that holds the settings of the SWV."""
    if _source and _source[0] is not source:
        raise RuntimeError("the source of the name of the SWV is already registered")
    _source[:] = [source]


def swv_naam() -> str:
    """The name of this installation's SWV; a general one while nobody filled it in.  Remembered for a minute."""
    known: str | None = cache.get(_SLEUTEL)
    if known is None:
        known = (_source[0]() if _source else "") or ZONDER_NAAM
        cache.set(_SLEUTEL, known, _BEWAREN)
    return known


def vergeet_swv_naam() -> None:
    """Whoever changes the name calls this after the transaction."""
    cache.delete(_SLEUTEL)
