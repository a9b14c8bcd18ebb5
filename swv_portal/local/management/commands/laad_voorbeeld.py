"""Load the example data into an empty database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from swv_portal.local.voorbeeld.laden import load


class Command(BaseCommand):
    help = "Laadt de voorbeelddata in een lege database. Is er al een samenwerkingsverband, dan gebeurt er niets."

    def handle(self, *args: Any, **options: Any) -> None:
        if load(timezone.localdate(), self.stdout.write):
            self.stdout.write("De voorbeelddata is geladen.")
        else:
            self.stdout.write(
                "Er is al een samenwerkingsverband; er is niets geladen. Opnieuw beginnen: make demo RESET=1"
            )
