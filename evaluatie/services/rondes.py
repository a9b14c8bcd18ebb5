"""Writing rounds: closing and reopening them."""

from datetime import date

from django.db import transaction

from evaluatie.domain.ronde import GESLOTEN, RONDE
from evaluatie.models import Ronde
from evaluatie.queries import feiten, ondergrond
from evaluatie.services.publicaties import noteer_publicatie
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version, load_for_update


def zet_stap(*, actor: Actor, pk: int, stap: str, versie: int | None, vandaag: date) -> Ronde | Refusal:
    """Take a step of ``evaluatie.domain.ronde.RONDE`` with a round: close and publish it, or reopen it."""
    with transaction.atomic():
        ronde = load_for_update(Ronde.objects.visible_to(actor.bereik), pk)
        if refusal := check_version(ronde, versie):
            return refusal
        step = RONDE.decide(stap, ronde.staat, actor.bereik.rollen, feiten(ronde))
        if isinstance(step, Refusal):
            return step
        ronde.staat = step.naar
        ronde.gesloten_op = vandaag if step.naar == GESLOTEN else None
        ronde.versie += 1
        ronde.save()
        if step.naar == GESLOTEN:
            noteer_publicatie(ronde, ondergrond(ronde).afdruk)
        sentence = "Gesloten en gepubliceerd." if step.naar == GESLOTEN else "Heropend; de uitkomsten zijn verborgen."
        audit.record(actor=actor, soort=f"ronde.{step.naam}", onderwerp=ronde, tekst=sentence)
        return ronde
