"""Who at the SWV handles an application."""

from datetime import date

from django.db import transaction

from ondersteuning.models import Aanvraag
from ondersteuning.queries.werklijst import behandelaars
from ondersteuning.services.procedurebericht import bericht
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version


def wijs_toe(
    *, actor: Actor, pk: int, versie: int | None, behandelaar: int | None, vandaag: date
) -> Aanvraag | Refusal:
    """Give the application to ``behandelaar`` (a user of the SWV), or to nobody; a colleague is told by mail.

    Refuses: ``rol``, ``verouderd``, ``behandelaar`` (not somebody who handles dossiers).
    """
    if not actor.bereik.heeft(*SWV_DOSSIER):
        return Refusal("rol", "Alleen het samenwerkingsverband verdeelt de aanvragen.")
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        refusal = check_version(aanvraag, versie)
        if refusal is not None:
            return refusal
        if behandelaar is not None and behandelaar not in {key for key, _ in behandelaars(vandaag)}:
            return Refusal("behandelaar", "Kies iemand die aanvragen behandelt.", "behandelaar")
        if aanvraag.behandelaar_id == behandelaar:
            return aanvraag
        aanvraag.behandelaar_id = behandelaar
        aanvraag.versie += 1
        aanvraag.save()
        audit.record(
            actor=actor,
            soort="aanvraag.behandelaar",
            onderwerp=aanvraag,
            tekst=_tekst(actor, behandelaar),
            gegevens={"behandelaar": behandelaar},
        )
        if aanvraag.behandelaar is not None:
            bericht(aanvraag, [aanvraag.behandelaar], zin="Behandel", actor=actor)
        return aanvraag


def _tekst(actor: Actor, behandelaar: int | None) -> str:
    if behandelaar is None:
        return "Heeft de aanvraag weer vrijgegeven: niemand behandelt hem."
    if behandelaar == actor.user_id:
        return "Neemt de aanvraag in behandeling."
    return "Heeft de aanvraag bij een collega neergelegd."
