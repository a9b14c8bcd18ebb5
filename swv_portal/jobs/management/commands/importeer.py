"""``manage.py importeer <soort> <bestand> [opties]``: the import of a screen, at the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from swv_portal.common.memory import settle
from swv_portal.common.tables import Fouten
from swv_portal.jobs.overdracht import importeurs, kies_soort


class Command(BaseCommand):
    help = "Leest een bestand in. Alles of niets: bij een fout verandert er niets."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="soort", metavar="soort")
        for importeur in importeurs().values():
            own = kinds.add_parser(importeur.soort, help=importeur.titel, description=importeur.titel)
            own.add_argument("bestand", type=Path, help="CSV of XLSX")
            importeur.opties(own)

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["soort"] is None:
            raise CommandError(kies_soort("importeer", importeurs()))
        bestand: Path = options["bestand"]
        if not bestand.is_file():
            raise CommandError(f"{bestand}: dit bestand bestaat niet.")
        settle()  # a large file is many objects at once, and none of them a circle
        result = importeurs()[options["soort"]].voer_uit(bestand, options)
        if isinstance(result, Fouten):
            lines = [f"{bestand.name}: {zin}" for zin in result.zinnen]
            raise CommandError("\n".join([*lines, "Er is niets ingelezen."]))
        for regel in result.regels:
            self.stdout.write(regel)
