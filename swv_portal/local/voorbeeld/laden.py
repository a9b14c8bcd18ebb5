"""Loads the example data: the loaders of the apps, from the lowest app up, in one transaction."""

import importlib
import importlib.util
import time
from collections.abc import Callable, Iterator
from datetime import date

from django.apps import apps
from django.db import transaction

from swv_portal.local.roles import WACHTWOORD
from swv_portal.local.voorbeeld.context import Context

Loader = Callable[[Context], None]


def loaders() -> Iterator[tuple[str, Loader]]:
    """``(app, laad)`` for every app with a file in this folder, in the order of INSTALLED_APPS: lower apps first."""
    for config in apps.get_app_configs():
        module = f"{__package__}.{config.label}"
        if importlib.util.find_spec(module) is not None:
            yield config.label, importlib.import_module(module).laad


def is_loaded() -> bool:
    """Is there a samenwerkingsverband already, this one or somebody's own?  Then nothing may be added to it."""
    return apps.get_model("kernen", "Samenwerkingsverband").objects.exists()


def load(vandaag: date, say: Callable[[str], None] = lambda _: None) -> bool:
    """Load everything or nothing.  ``False``: there was data already, and nothing was done."""
    with transaction.atomic():
        if is_loaded():
            return False
        context = Context(vandaag=vandaag, wachtwoord=WACHTWOORD)
        for app, laad in loaders():
            begin = time.monotonic()
            laad(context)
            say(f"{app}: geladen in {time.monotonic() - begin:.1f} s")
    return True
