"""After a new key: everything is written again with it, so that the old one can go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from swv_portal.common.crypto_stores import Telling
from swv_portal.common.money import dutch_count, dutch_number
from swv_portal.start.services.herversleutel import Uitkomst, herversleutel

#: More than this of what no key fits is not named.
MEESTE_REGELS = 20


class Command(BaseCommand):
    help = (
        "Schrijft alles wat versleuteld is opnieuw met de eerste sleutel van ENCRYPTION_KEYS, en maakt de zoeksleutels "
        "van leerlingen opnieuw. Mag terwijl het portaal draait, en mag worden afgebroken en opnieuw gestart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--controleer", action="store_true", help="tel wat nog een oude sleutel nodig heeft")

    def handle(self, *args: Any, controleer: bool, **options: Any) -> None:
        whole = Telling()
        for found in herversleutel(schrijf=not controleer):
            whole += found.telling
            if found.telling.bekeken:
                self.stdout.write(_line(found, controleer=controleer))
        for what in whole.onleesbaar[:MEESTE_REGELS]:
            self.stderr.write(f"Niet te lezen: {what}")
        if whole.af:
            self.stdout.write("Klaar: niets heeft nog een oude sleutel nodig.")
            return
        raise CommandError(_what_is_left(whole, controleer=controleer))


def _line(found: Uitkomst, *, controleer: bool) -> str:
    telling = found.telling
    looked = f"{found.naam}: {dutch_number(telling.bekeken)} bekeken"
    old = f"{dutch_number(telling.oud)} met een oude sleutel"
    return f"{looked}, {old}" if controleer else f"{looked}, {dutch_number(telling.vernieuwd)} vernieuwd"


def _what_is_left(whole: Telling, *, controleer: bool) -> str:
    parts = []
    if whole.oud:
        verb = "heeft", "hebben"
        advice = "Start zonder --controleer." if controleer else "Iemand was ermee bezig. Start opnieuw."
        parts.append(f"{dutch_count(whole.oud, verb[0], verb[1])} nog een oude sleutel nodig. {advice}")
    if whole.onleesbaar:
        number = dutch_count(len(whole.onleesbaar), "waarde of bestand is", "waarden of bestanden zijn")
        parts.append(f"{number} met geen van de sleutels te lezen. Haal geen sleutel weg.")
    return " ".join(parts)
