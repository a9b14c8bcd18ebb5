"""Keeping what was published of a round, so that a next publication can be compared with it."""

from datetime import date

from evaluatie.domain.herhaling import Stand
from evaluatie.models import Publicatie, Ronde
from evaluatie.queries import gepubliceerde_standen


def noteer_publicatie(ronde: Ronde, stand: Stand, vandaag: date) -> None:
    """Keep ``stand`` as published, once.  Called by a service, inside its transaction, with the lock on the round."""
    if stand not in gepubliceerde_standen(ronde):
        Publicatie.van_stand(ronde, stand, op=vandaag).save()
