"""The independent investigation that the SWV has made for a one-sided application."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from ondersteuning.domain.eenzijdig import beoordeel_onderzoek
from ondersteuning.models import Aanvraag, Onderzoek
from ondersteuning.queries.routefeiten import ONDERZOEKSVERSLAG
from ondersteuning.queries.stand import werkgevers
from ondersteuning.services.aanvraagbestand import vervang
from ondersteuning.services.stappen import beslis, laad, zet
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.uploads import Upload

VELDEN = ("onderzoeker", "werkgever", "afgerond_op", "conclusie", "tekst")
NIET_OP_DEZE_ROUTE = Refusal("route", "Dit hoort alleen bij een eenzijdige aanvraag.")
IN_DE_TOEKOMST = Refusal("op", "De dag waarop het onderzoek klaar was, ligt niet na vandaag.", "afgerond_op")


def leg_onderzoek_vast(
    *, actor: Actor, pk: int, versie: int | None, gegevens: Mapping[str, Any], upload: Upload | None, vandaag: date
) -> Aanvraag | Refusal:
    """Record the investigation, or correct it; ``upload`` (accepted before) replaces an earlier report.

    ``gegevens``: ``VELDEN``, with ``afgerond_op`` a date.  Refuses ``route``, ``rol``, ``staat``, ``verouderd``, and
    what ``beoordeel_onderzoek`` refuses.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        if "onderzoek" not in aanvraag.de_route.punten:
            return NIET_OP_DEZE_ROUTE
        answer = beslis(actor, aanvraag, "leg_onderzoek_vast", versie=versie, vandaag=vandaag)
        if isinstance(answer, Refusal):
            return answer
        refusal = _bezwaar(aanvraag, gegevens, vandaag)
        if refusal is not None:
            return refusal
        values = {name: gegevens[name] for name in VELDEN}
        Onderzoek.objects.update_or_create(aanvraag=aanvraag, defaults={**values, "vastgelegd_door_id": actor.user_id})
        if upload is not None:
            vervang(aanvraag, ONDERZOEKSVERSLAG, upload, actor=actor, vandaag=vandaag)
        zet(aanvraag, answer[0], vandaag=vandaag)
        aanvraag.save()
        audit.record(
            actor=actor,
            soort="aanvraag.onderzoek",
            onderwerp=aanvraag,
            tekst="Heeft het onafhankelijk onderzoek vastgelegd.",
        )
        return aanvraag


def _bezwaar(aanvraag: Aanvraag, gegevens: Mapping[str, Any], vandaag: date) -> Refusal | None:
    ended = gegevens["afgerond_op"]
    if ended is not None and ended > vandaag:
        return IN_DE_TOEKOMST
    return beoordeel_onderzoek(
        onderzoeker=gegevens["onderzoeker"],
        werkgever=gegevens["werkgever"],
        op=ended,
        conclusie=gegevens["conclusie"],
        tekst=gegevens["tekst"],
        betrokken=tuple(werkgevers(aanvraag)),
    )
