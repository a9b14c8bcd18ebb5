"""What the board table decided about a pupil whom no school takes (ondersteuningsplan par. 5.1.4)."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from kernen.models import School, Schoolbestuur
from ondersteuning.domain.rollen import ALLEEN_SWV
from ondersteuning.domain.verzuimmelding import OPEN, Zorgplicht, controleer_zorgplicht
from ondersteuning.models import Verzuimmelding, Zorgplichtbesluit
from ondersteuning.queries.mensen import mensen_van_school
from ondersteuning.services.procedurebericht import bericht
from ondersteuning.services.verzuimmelding import AFGESLOTEN, laad_melding
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version

GEEN_SCHOOL = Refusal("school", "Kies een school die open is.", "school")


def leg_zorgplicht_vast(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    school_id: int,
    besturen: Collection[int],
    besloten_op: date,
    motivering: str,
    vandaag: date,
) -> Verzuimmelding | list[Refusal]:
    """Record which school takes the zorgplicht: from then on that school sees the case and acts in it.

    A later decision takes the place of an earlier one, which stays on record.  Refuses (a list, with the fields):
    ``rol`` (the SWV only), ``verouderd``, ``staat`` (closed), ``school`` (not open), ``controleer_zorgplicht``.
    """
    with transaction.atomic():
        row = laad_melding(actor, pk)
        if refusal := _mag_niet(row, actor, versie):
            return [refusal]
        school = School.objects.visible_to(actor.bereik).actief().filter(pk=school_id).first()
        if school is None:
            return [GEEN_SCHOOL]
        boards = Schoolbestuur.objects.visible_to(actor.bereik).filter(pk__in=set(besturen))
        known = frozenset(boards.values_list("pk", flat=True))
        facts = Zorgplicht(known, school.bestuur_id, besloten_op, motivering, row.gemeld_op, vandaag)
        if refusals := controleer_zorgplicht(facts):
            return refusals
        _leg_vast(row, school, facts, actor)
        _vertel(row, actor, vandaag)
        return row


def _mag_niet(row: Verzuimmelding, actor: Actor, versie: int | None) -> Refusal | None:
    if not actor.bereik.heeft(*SWV_DOSSIER):
        return ALLEEN_SWV
    return check_version(row, versie) or (None if row.staat in OPEN else AFGESLOTEN)


def _leg_vast(row: Verzuimmelding, school: School, besluit: Zorgplicht, actor: Actor) -> None:
    decision = Zorgplichtbesluit.objects.create(
        melding=row,
        school=school,
        besloten_op=besluit.besloten_op,
        motivering=besluit.motivering,
        vastgelegd_door_id=actor.user_id,
    )
    decision.besturen.set(besluit.besturen)
    row.zorgplicht_school = school
    row.versie += 1
    row.save()
    told = f"Heeft vastgelegd wat de bestuurstafel besloot: {school.naam} neemt de zorgplicht."
    audit.record(actor=actor, soort="verzuim.zorgplicht", onderwerp=row, tekst=told)


def _vertel(row: Verzuimmelding, actor: Actor, vandaag: date) -> None:
    """The school that takes the zorgplicht hears it, and the school that reported too."""
    for school in {row.school_id, row.zorgplicht_school_id}:
        bericht(
            row, mensen_van_school(school, vandaag), zin="De bestuurstafel besloot wie de zorgplicht neemt", actor=actor
        )
