"""After a new key: everything is written again with it, so that the old one can go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from swv_portal.common.money import dutch_count, dutch_number
from swv_portal.jobs.services.crypto_stores import Stock
from swv_portal.start.services.herversleutel import StoreStock, herversleutel

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
        whole = Stock()
        for found in herversleutel(schrijf=not controleer):
            whole += found.stock
            if found.stock.bekeken:
                self.stdout.write(_line(found, controleer=controleer))
        for what in whole.onleesbaar[:MEESTE_REGELS]:
            self.stderr.write(f"Niet te lezen: {what}")
        if whole.af:
            self.stdout.write("Klaar: niets heeft nog een oude sleutel nodig.")
            return
        raise CommandError(_what_is_left(whole, controleer=controleer))


def _line(found: StoreStock, *, controleer: bool) -> str:
    stock = found.stock
    looked = f"{found.naam}: {dutch_number(stock.bekeken)} bekeken"
    old = f"{dutch_number(stock.oud)} met een oude sleutel"
    return f"{looked}, {old}" if controleer else f"{looked}, {dutch_number(stock.vernieuwd)} vernieuwd"


def _what_is_left(whole: Stock, *, controleer: bool) -> str:
    parts = []
    if whole.oud:
        advice = "Start zonder --controleer." if controleer else "Iemand was ermee bezig. Start opnieuw."
        number = dutch_count(whole.oud, "waarde of bestand heeft", "waarden of bestanden hebben")
        parts.append(f"{number} nog een oude sleutel nodig. {advice}")
    if whole.onleesbaar:
        number = dutch_count(len(whole.onleesbaar), "waarde of bestand is", "waarden of bestanden zijn")
        parts.append(f"{number} met geen van de sleutels te lezen. Haal geen sleutel weg.")
    return " ".join(parts)
