"""Everything between 'the servers answer' and 'the portal can start', in one process and only where needed."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from swv_portal.local import paths


class Command(BaseCommand):
    help = "Zet de database en de statische bestanden klaar voor de demo, en laadt de voorbeelddata."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--zonder-voorbeeld", action="store_true", help="laad geen voorbeelddata")

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write("De database is bijgewerkt.")
        if self._static_changed():
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            self._static_file.write_text(self._static_print())
            self.stdout.write("De statische bestanden staan klaar.")
        if not options["zonder_voorbeeld"]:
            call_command("laad_voorbeeld", stdout=self.stdout)

    @property
    def _static_file(self) -> Any:
        folder = paths.VAR / "stand"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / "statisch"

    def _static_print(self) -> str:
        """Changes when a static file is added, removed or changed."""
        digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
        for finder in get_finders():
            for name, storage in finder.list([]):
                digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
        return digest.hexdigest()

    def _static_changed(self) -> bool:
        manifest = paths.VAR / "static" / "staticfiles.json"
        known = self._static_file
        return not (manifest.exists() and known.exists() and known.read_text() == self._static_print())
