"""The form of the child: filled in with a parent, by the personal link, or with the school or the institution."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ondersteuning.domain import kindformulier as regels
from ondersteuning.domain.aanvraag import INDIENERS, OUDER
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Aanvraag, Kindformulier
from ondersteuning.queries.stand import rollen_van
from ondersteuning.services.adviezen import laad_via_link
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version

ALLEEN_INDIENER = Refusal("rol", "Alleen de ouders en wie de aanvraag doet, vullen dit in met het kind.")


@dataclass(frozen=True)
class Opgave:
    """What was filled in: a face, the answers by the code of their question, or why there are none."""

    gevoel: str
    antwoorden: Mapping[str, str]
    geen_reden: str


def vul_in_als_ouder(
    *, actor: Actor, partij_pk: int, versie: int | None, opgave: Opgave, vandaag: date
) -> Kindformulier | Refusal:
    """A parent fills in the form with the child.  Refuses as ``_bewaar``."""
    with transaction.atomic():
        aanvraag, partij = laad_via_link(actor, partij_pk, OUDER)
        return _bewaar(actor, aanvraag, partij.label, versie=versie, opgave=opgave, vandaag=vandaag)


def vul_in_als_indiener(
    *, actor: Actor, pk: int, versie: int | None, opgave: Opgave, vandaag: date
) -> Kindformulier | Refusal:
    """The school fills in the form with the child, or the institution that does the application (by its link).

    Refuses ``rol``, and as ``_bewaar``.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        roles = rollen_van(aanvraag, actor)
        if not roles & (INDIENERS | SCHOOLROLLEN):
            return ALLEEN_INDIENER
        who = regels.vult_in_als(roles, met_link=actor.link_id is not None)
        return _bewaar(actor, aanvraag, who, versie=versie, opgave=opgave, vandaag=vandaag)


def _bewaar(
    actor: Actor, aanvraag: Aanvraag, wie: str, *, versie: int | None, opgave: Opgave, vandaag: date
) -> Kindformulier | Refusal:
    """Store it.  Refuses: ``staat``, ``van_een_ander``, ``verouderd``, ``leeg``, ``allebei``."""
    row = Kindformulier.objects.filter(aanvraag=aanvraag).first() or Kindformulier(aanvraag=aanvraag)
    refusal = (
        regels.mag_invullen(aanvraag.staat, wie, ingevuld_met=row.ingevuld_met, is_gehoord=row.gehoord)
        or check_version(row, versie)
        or regels.controleer(opgave.gevoel, opgave.antwoorden, opgave.geen_reden)
    )
    if refusal is not None:
        return refusal
    row.gevoel, row.geen_reden = opgave.gevoel, opgave.geen_reden.strip()
    for code in regels.VRAGEN:
        setattr(row, code, opgave.antwoorden.get(code, "").strip())
    row.ingevuld_met, row.ingevuld_op = wie, vandaag
    row.versie += 1
    row.save()
    aanvraag.versie += 1
    aanvraag.save(update_fields=["versie", "gewijzigd"])
    audit.record(
        actor=actor,
        soort="aanvraag.kindformulier",
        onderwerp=aanvraag,
        tekst="Heeft het formulier van het kind ingevuld of gewijzigd.",
    )
    return row
