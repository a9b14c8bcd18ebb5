"""What a parent objects to in one part of an application, written by the personal link."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import OUDER
from ondersteuning.domain.sectiereactie import delen, mag_reageren
from ondersteuning.models import Sectiereactie
from ondersteuning.services.adviezen import laad_via_link
from ondersteuning.services.berichten import bericht_aan_school
from ondersteuning.services.stappen import wachtend_besluit
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version


def reageer(
    *, actor: Actor, partij_pk: int, sectie: str, versie: int | None, tekst: str, vandaag: date
) -> Sectiereactie | Refusal:
    """Store what this parent objects to in part ``sectie``; an empty text takes it back.

    The school hears of the first one only.  Whoever decides now must look again: the version of the application moves.
    Refuses: ``sectie``, ``staat``, ``verouderd`` (written in another window meanwhile).
    """
    with transaction.atomic():
        aanvraag, partij = laad_via_link(actor, partij_pk, OUDER)
        refusal = mag_reageren(aanvraag.staat, sectie, aanvraag.de_route)
        if refusal is not None:
            return refusal
        own = {row.sectie: row for row in aanvraag.sectiereacties.filter(partij=partij)}
        first = not any(each.vervallen_op is None for each in own.values())
        row = own.get(sectie) or Sectiereactie(aanvraag=aanvraag, partij=partij, sectie=sectie)
        refusal = check_version(row, versie)
        if refusal is not None:
            return refusal
        row.tekst, row.geschreven_op, row.vervallen_op = tekst.strip(), vandaag, None
        row.na_besluit = wachtend_besluit(aanvraag)
        row.versie += 1
        row.save()
        aanvraag.versie += 1
        aanvraag.save(update_fields=["versie", "gewijzigd"])
        what = "geschreven wat er niet klopt" if row.tekst else "de eigen reactie weggehaald"
        audit.record(
            actor=actor,
            soort="aanvraag.sectiereactie",
            onderwerp=aanvraag,
            tekst=f"Heeft bij '{delen(aanvraag.de_route)[sectie]}' {what}.",
        )
        if first and row.tekst:
            sentence = "Volgens een ouder klopt een deel niet"
            bericht_aan_school(aanvraag, zin=sentence, actor=actor, vandaag=vandaag)
        return row
