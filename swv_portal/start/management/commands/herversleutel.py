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
        whole, nothing_there = Stock(), False
        for found in herversleutel(schrijf=not controleer):
            whole += found.stock
            nothing_there |= found.niets_gevonden
            if found.stock.bekeken:
                self.stdout.write(_line(found, controleer=controleer))
        self._name("Niet te lezen", whole.onleesbaar)
        self._name("Lukt niet", whole.mislukt)
        self._name("Weg", whole.weg)
        left = _what_is_left(whole, controleer=controleer)
        if nothing_there:
            left.append("Geen enkel bestand is gevonden. Is de opslag van bestanden er wel?")
        if left:
            raise CommandError(" ".join(left))
        self.stdout.write("Klaar: niets heeft nog een oude sleutel nodig.")
        if whole.weg:
            self.stdout.write(_what_is_gone(len(whole.weg)))

    def _name(self, label: str, places: tuple[str, ...]) -> None:
        for place in places[:MEESTE_REGELS]:
            self.stderr.write(f"{label}: {place}")
        if more := len(places[MEESTE_REGELS:]):
            self.stderr.write(f"{label}: en nog {dutch_number(more)}")


def _line(found: StoreStock, *, controleer: bool) -> str:
    stock = found.stock
    looked = f"{found.naam}: {dutch_number(stock.bekeken)} bekeken"
    old = f"{dutch_number(stock.oud)} met een oude sleutel"
    return f"{looked}, {old}" if controleer else f"{looked}, {dutch_number(stock.vernieuwd)} vernieuwd"


def _what_is_gone(number: int) -> str:
    gone = dutch_count(number, "bestand is weg of leeg", "bestanden zijn weg of leeg")
    return f"{gone}. Staan ze in een backup, zet ze dan terug en start opnieuw, voordat u een sleutel weghaalt."


def _what_is_left(whole: Stock, *, controleer: bool) -> list[str]:
    parts = []
    if whole.oud:
        advice = "Start zonder --controleer." if controleer else "Iemand was ermee bezig. Start opnieuw."
        number = dutch_count(whole.oud, "waarde of bestand heeft", "waarden of bestanden hebben")
        parts.append(f"{number} nog een oude sleutel nodig. {advice}")
    if whole.onleesbaar:
        number = dutch_count(len(whole.onleesbaar), "waarde of bestand is", "waarden of bestanden zijn")
        parts.append(f"{number} met geen van de sleutels te lezen. Haal geen sleutel weg.")
    if whole.mislukt:
        number = dutch_count(len(whole.mislukt), "bestand was", "bestanden waren")
        parts.append(f"{number} niet te openen of te schrijven. Herstel dat en start opnieuw.")
    return parts
