"""Who at the SWV handles an application."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from ondersteuning.models import Aanvraag
from ondersteuning.queries.werklijst import behandelaars
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail


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
        if behandelaar not in {None, actor.user_id}:
            _bericht(aanvraag, behandelaar, actor)
        return aanvraag


def _tekst(actor: Actor, behandelaar: int | None) -> str:
    if behandelaar is None:
        return "Heeft de aanvraag weer vrijgegeven: niemand behandelt hem."
    if behandelaar == actor.user_id:
        return "Neemt de aanvraag in behandeling."
    return "Heeft de aanvraag bij een collega neergelegd."


def _bericht(aanvraag: Aanvraag, behandelaar: int | None, actor: Actor) -> None:
    enqueue_mail(
        sjabloon="ondersteuning_bericht",
        onderwerp=f"Behandel: aanvraag {aanvraag.kenmerk}",
        context={
            "kenmerk": aanvraag.kenmerk,
            "zin": "Behandel",
            "url": absolute_url(reverse("ondersteuning:dossier", args=[aanvraag.pk])),
        },
        aan_user=behandelaar,
        actor=actor,
    )
