"""The call with the parents after a grant, as somebody of the SWV records it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ondersteuning.domain.evaluatiegesprek import VRAGEN, Afloop, controleer
from ondersteuning.domain.rollen import ALLEEN_SWV
from ondersteuning.models import Aanvraag, Evaluatiegesprek, Gespreksantwoord
from ondersteuning.queries.evaluatiegesprekken import gesprek_weigering
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version


@dataclass(frozen=True)
class Opgave:
    """How the call ended and when; per question the answer and the own words, both by the code of the question."""

    afloop: str
    op: date
    antwoorden: Mapping[str, str]
    toelichtingen: Mapping[str, str]


def leg_gesprek_vast(
    *, actor: Actor, pk: int, versie: int | None, opgave: Opgave, vandaag: date
) -> Evaluatiegesprek | Refusal:
    """Record the call about application ``pk``, or change what was recorded.

    Refuses: ``rol``, ``geen_overstap``, ``verouderd``, and what ``controleer`` refuses.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        refusal = _mag(actor, aanvraag)
        if refusal is not None:
            return refusal
        row = Evaluatiegesprek.objects.filter(aanvraag=aanvraag).first() or Evaluatiegesprek(aanvraag=aanvraag)
        refusal = check_version(row, versie) or controleer(
            opgave.afloop,
            opgave.op,
            opgave.antwoorden,
            opgave.toelichtingen,
            bekendgemaakt=aanvraag.bekendgemaakt_op or vandaag,
            vandaag=vandaag,
        )
        if refusal is not None:
            return refusal
        row.afloop, row.op, row.door_id = opgave.afloop, opgave.op, actor.user_id
        row.versie += 1
        row.save()
        _vervang_antwoorden(row, opgave)
        audit.record(
            actor=actor,
            soort="aanvraag.evaluatiegesprek",
            onderwerp=aanvraag,
            tekst="Heeft het evaluatiegesprek met de ouders vastgelegd.",
        )
        return row


def _mag(actor: Actor, aanvraag: Aanvraag) -> Refusal | None:
    if not actor.bereik.heeft(*SWV_DOSSIER):
        return ALLEEN_SWV
    return gesprek_weigering(aanvraag)


def _vervang_antwoorden(gesprek: Evaluatiegesprek, opgave: Opgave) -> None:
    gesprek.antwoorden.all().delete()
    if opgave.afloop != Afloop.GESPROKEN:
        return
    Gespreksantwoord.objects.bulk_create(
        Gespreksantwoord(
            gesprek=gesprek,
            vraag=code,
            antwoord=opgave.antwoorden[code],
            toelichting=opgave.toelichtingen.get(code, "").strip(),
        )
        for code in VRAGEN
    )
