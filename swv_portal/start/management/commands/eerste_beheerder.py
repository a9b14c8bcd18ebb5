"""The first person of a new installation: from here on, everything goes by the screens."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kernen.models import Roltoekenning, Samenwerkingsverband
from kernen.models.samenwerkingsverband import registratienummer
from kernen.services.rollen import nodig_uit_met_rol
from kernen.services.scholen import bewaar_swv
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.overdracht import BEHEER


class Command(BaseCommand):
    help = "Maakt het samenwerkingsverband aan als het er nog niet is, en nodigt de eerste beheerder per e-mail uit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--naam", required=True, help="de naam van de beheerder")
        parser.add_argument("--swv", help="de naam van het samenwerkingsverband")
        parser.add_argument("--registratienummer", help="zoals PO2704")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = Actor(bereik=BEHEER, label="de installatie")
        self._make_swv(actor, options)
        today = timezone.localdate()
        held = Roltoekenning.objects.op(today).filter(rol=Rol.BEHEERDER, user__is_active=True)
        if held.exists():
            raise CommandError("Er is al een beheerder. Die nodigt anderen uit bij 'Personen'.")
        answer = nodig_uit_met_rol(
            actor=actor,
            email=options["email"],
            naam=options["naam"],
            rol=Rol.BEHEERDER,
            vandaag=today,
            van=today,
        )
        if isinstance(answer, Refusal):
            raise CommandError(answer.zin)
        self.stdout.write("De uitnodiging gaat per e-mail naar de beheerder. Zij werkt veertien dagen.")

    def _make_swv(self, actor: Actor, options: dict[str, Any]) -> None:
        if Samenwerkingsverband.objects.exists():
            return
        if not options["swv"] or not options["registratienummer"]:
            raise CommandError("Er is nog geen samenwerkingsverband: geef --swv en --registratienummer.")
        try:
            registratienummer(options["registratienummer"])
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        values = {"naam": options["swv"], "registratienummer": options["registratienummer"]}
        answer = bewaar_swv(actor=actor, versie=None, waarden=values)
        if isinstance(answer, Refusal):
            raise CommandError(answer.zin)
