"""What can be imported and exported at the command line.  The apps register theirs in ``AppConfig.ready()``.

The commands mirror the screens and call the same services and queries.  Whoever can run ``manage.py`` administers the
installation, and works with the reach ``BEHEER``.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from swv_portal.common.scoping import SWV_ROLLEN, Bereik, Toekenning
from swv_portal.common.tables import Fouten

#: The reach of somebody at the command line of the server: every role at the SWV itself.
BEHEER = Bereik(None, frozenset(Toekenning(rol) for rol in SWV_ROLLEN))

Opties = Mapping[str, Any]


def geen_opties(parser: ArgumentParser) -> None:
    """For an import or export that needs no options of its own."""


@dataclass(frozen=True)
class Verslag:
    """What an import did, as Dutch sentences for a person."""

    regels: tuple[str, ...]


@dataclass(frozen=True)
class Importeur:
    """``voer_uit`` gets the file and the options; all of it happens, or nothing and the ``Fouten`` say why."""

    soort: str
    titel: str
    voer_uit: Callable[[Path, Opties], Verslag | Fouten]
    opties: Callable[[ArgumentParser], None] = geen_opties


@dataclass(frozen=True)
class Exporteur:
    """``bouw`` gets the options, ``formaat`` among them, and returns the whole file, or why it can not be made."""

    soort: str
    titel: str
    formaten: tuple[str, ...]
    bouw: Callable[[Opties], bytes | str | Fouten]
    opties: Callable[[ArgumentParser], None] = geen_opties


_importeurs: dict[str, Importeur] = {}
_exporteurs: dict[str, Exporteur] = {}


def registreer_importeur(importeur: Importeur) -> None:
    if _importeurs.setdefault(importeur.soort, importeur) != importeur:
        raise RuntimeError(f"import {importeur.soort} is registered twice")


def registreer_exporteur(exporteur: Exporteur) -> None:
    if _exporteurs.setdefault(exporteur.soort, exporteur) != exporteur:
        raise RuntimeError(f"export {exporteur.soort} is registered twice")


def importeurs() -> dict[str, Importeur]:
    return dict(sorted(_importeurs.items()))


def exporteurs() -> dict[str, Exporteur]:
    return dict(sorted(_exporteurs.items()))


def kies_soort(opdracht: str, soorten: Mapping[str, Importeur | Exporteur]) -> str:
    """What somebody reads who named no kind: every kind with what it is."""
    lines = [f"  {kind}: {item.titel}" for kind, item in soorten.items()]
    return "\n".join([f"Noem een soort: manage.py {opdracht} <soort>. Dit zijn de soorten:", *lines])
