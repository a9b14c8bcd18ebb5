"""``manage.py exporteer <soort> --formaat ... [--naar bestand] [opties]``: the export of a screen, at the command line.

Without ``--naar`` the file goes to standard output, byte for byte, and what was done to standard error.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from swv_portal.common.tables import Fouten
from swv_portal.jobs.overdracht import exporteurs, kies_soort


class Command(BaseCommand):
    help = "Schrijft gegevens naar een bestand of naar de standaarduitvoer."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="soort", metavar="soort")
        for exporteur in exporteurs().values():
            own = kinds.add_parser(exporteur.soort, help=exporteur.titel, description=exporteur.titel)
            own.add_argument("--formaat", choices=exporteur.formaten, default=exporteur.formaten[0])
            own.add_argument("--naar", type=Path, help="het bestand dat geschreven wordt")
            exporteur.opties(own)

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["soort"] is None:
            raise CommandError(kies_soort("exporteer", exporteurs()))
        exporteur = exporteurs()[options["soort"]]
        result = exporteur.bouw(options)
        if isinstance(result, Fouten):
            raise CommandError("\n".join([*result.zinnen, "Er is niets geschreven."]))
        data = result.encode() if isinstance(result, str) else result
        target: Path | None = options["naar"]
        if target is not None:
            _schrijf(target, data)
            self.stdout.write(f"{exporteur.titel}: {len(data)} bytes geschreven naar {target}.")
            return
        self._naar_uitvoer(data)
        self.stderr.write(f"{exporteur.titel}: {len(data)} bytes.", self.style.NOTICE)

    def _naar_uitvoer(self, data: bytes) -> None:
        raw = getattr(self.stdout._out, "buffer", None)
        if raw is None:  # a caller gave a stream of text
            self.stdout.write(data.decode(errors="replace"), ending="")
            return
        self.stdout.flush()
        raw.write(data)
        raw.flush()


def _schrijf(target: Path, data: bytes) -> None:
    """Write beside it first: an export that fails leaves no half file, and nothing beside it."""
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
            umask = os.umask(0)
            os.umask(umask)
            beside.chmod(0o666 & ~umask)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CommandError(f"{target}: schrijven lukt niet ({error.strerror}).") from error
