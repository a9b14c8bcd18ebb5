"""What is done for a pupil who is absent: noting it, in the case or in the case meeting, and that it was done."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.aanwezigheid import AANPAK
from ondersteuning.domain.rollen import ALLEEN_SWV
from ondersteuning.domain.verzuimmelding import OPEN
from ondersteuning.models import Verzuimactie, Verzuimmelding
from ondersteuning.queries.verzuim import is_swv, verzuimrollen
from ondersteuning.services.verzuimmelding import AFGESLOTEN, laad_melding
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version, load_for_update


def noteer_actie(
    *,
    actor: Actor,
    pk: int,
    versie: int | None,
    stap: str,
    wat: str,
    wie: str,
    uiterlijk: date | None,
    vandaag: date,
    overleg: date | None = None,
) -> Verzuimactie | Refusal:
    """Note an action in one of the six steps: what, who does it, by when.  ``overleg``: agreed at that case meeting.

    Refuses ``verouderd`` (the case changed since the form was opened; another action is no change), ``staat`` (closed),
    ``stap``, ``uiterlijk`` (has passed), and ``rol`` (only the SWV notes for a meeting).
    """
    with transaction.atomic():
        row = laad_melding(actor, pk)
        if not verzuimrollen(row, actor.bereik):
            raise NotVisible("niet gevonden")
        if overleg is not None and not is_swv(actor.bereik):
            return ALLEEN_SWV
        if refusal := check_version(row, versie) or _weigering(row, stap, uiterlijk, vandaag):
            return refusal
        action = Verzuimactie.objects.create(
            melding=row, stap=stap, wat=wat, wie=wie, uiterlijk=uiterlijk, afgesproken_op=vandaag, overleg_op=overleg
        )
        where = f" in het casusoverleg van {lange_datum(overleg)}" if overleg is not None else ""
        audit.record(
            actor=actor,
            soort="verzuim.actie",
            onderwerp=row,
            tekst=f"Heeft een actie genoteerd{where}, bij de stap '{AANPAK[stap].lower()}'.",
        )
        return action


def _weigering(row: Verzuimmelding, stap: str, uiterlijk: date | None, vandaag: date) -> Refusal | None:
    if row.staat not in OPEN:
        return AFGESLOTEN
    if stap not in AANPAK:
        return Refusal("stap", "Kies een van de zes stappen.", "stap")
    if uiterlijk is not None and uiterlijk < vandaag:
        return Refusal("uiterlijk", "Deze dag is al voorbij.", "uiterlijk")
    return None


def actie_gedaan(*, actor: Actor, pk: int, actie: int, vandaag: date) -> Verzuimactie | Refusal:
    """An action was done today; saying it again changes nothing.  Refuses ``staat`` (the case is closed)."""
    with transaction.atomic():
        row = laad_melding(actor, pk)
        if not verzuimrollen(row, actor.bereik):
            raise NotVisible("niet gevonden")
        action = load_for_update(row.acties.all(), actie)
        if row.staat not in OPEN:
            return AFGESLOTEN
        if action.gedaan_op is None:
            action.gedaan_op = vandaag
            action.save()
            audit.record(
                actor=actor, soort="verzuim.actie_gedaan", onderwerp=row, tekst="Heeft een actie afgevinkt: gedaan."
            )
        return action
