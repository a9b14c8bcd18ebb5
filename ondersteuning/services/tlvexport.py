"""Exporting TLV's: with names it is recorded in the timeline of every dossier."""

from django.db import transaction

from ondersteuning.models import Aanvraag
from ondersteuning.queries.tlvexport import Tlvrij, niet_gebruikte_nummers, tlvs_van
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import Schooljaar

MET_NAAM = "Heeft de TLV geëxporteerd, met de naam van de leerling."


def exporteer_tlvs(*, actor: Actor, jaar: Schooljaar, met_namen: bool) -> list[Tlvrij]:
    """The TLV's of a school year within reach; names only with ``met_namen``, and then every dossier says so.

    The numbers of that year that were not used follow, so that the row has no gap without a reason.
    """
    with transaction.atomic():
        rows = tlvs_van(actor.bereik, jaar, met_namen=met_namen)
        if met_namen and rows:
            audit.record_reads(actor=actor, model=Aanvraag, ids=[row.pk for row in rows], tekst=MET_NAAM)
        return [*rows, *niet_gebruikte_nummers(jaar)]
