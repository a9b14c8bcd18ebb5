"""Keeping what was published of a round, so that a next publication can be compared with it."""

from datetime import date

from evaluatie.domain.herhaling import Antwoordbeeld
from evaluatie.models import Publicatie, Ronde
from evaluatie.queries import gepubliceerde_beelden


def noteer_publicatie(ronde: Ronde, beeld: Antwoordbeeld, vandaag: date) -> None:
    """Keep ``beeld`` as published, once.  Called by a service, inside its transaction, with the lock on the round."""
    if beeld not in gepubliceerde_beelden(ronde):
        Publicatie.van_beeld(ronde, beeld, op=vandaag).save()
