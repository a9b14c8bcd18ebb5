"""Reading in on screen, in two steps: offer a file and look it over, then confirm or withdraw it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from evaluatie.models import Inlezing
from evaluatie.services.rondes import Inleesverslag, Opdracht, controleer, lees_in
from swv_portal.access.actors import Actor
from swv_portal.common.tables import Fouten
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.services.documents import content_of, delete_documents_of, store_document
from swv_portal.jobs.services.uploads import accept_table

DOCUMENT = "evaluatie.inlezing"
#: How long an offered file waits for a decision; then the nightly clean-up removes it.
BEWAREN = timedelta(days=1)


@dataclass(frozen=True)
class Voorbeeld:
    """An offered file with what it would do."""

    inlezing: Inlezing
    verslag: Inleesverslag


def bied_aan(*, actor: Actor, bestand: Any, opdracht: Opdracht, vandaag: date) -> Inlezing | Fouten | Refusal:
    """Check a file and keep it, encrypted, until it is confirmed.  Nothing is kept of a file that is refused."""
    if actor.user_id is None:
        return Refusal("rol", "U kunt geen antwoorden inlezen.")
    upload = accept_table(bestand)
    if isinstance(upload, Refusal):
        return upload
    checked = controleer(actor=actor, bron=upload.inhoud, opdracht=opdracht)
    if not isinstance(checked, Inleesverslag):
        return checked
    with transaction.atomic():
        inlezing = Inlezing.objects.create(
            ronde_code=opdracht.code,
            titel=opdracht.titel,
            schooljaar=opdracht.schooljaar,
            vragenlijst=opdracht.vragenlijst,
            vervang=opdracht.vervang,
            publiceer=opdracht.publiceer,
            dag=vandaag,
            aanvrager_id=actor.user_id,
        )
        store_document(
            soort=DOCUMENT,
            onderwerp=inlezing,
            naam=f"antwoorden.{upload.extensie}",
            inhoud=upload.inhoud,
            content_type=upload.content_type,
            actor=actor,
            bewaren_tot=vandaag + BEWAREN,
        )
    return inlezing


def voorbeeld(*, actor: Actor, sleutel: Any) -> Voorbeeld | Fouten | Refusal:
    """What an offered file would do, as things are now."""
    inlezing = _zoek(actor, sleutel)
    checked = controleer(actor=actor, bron=_inhoud(inlezing), opdracht=_opdracht(inlezing))
    return Voorbeeld(inlezing, checked) if isinstance(checked, Inleesverslag) else checked


def bevestig(*, actor: Actor, sleutel: Any, vandaag: date) -> Inleesverslag | Fouten | Refusal:
    """Read the offered file in, and let go of it.  Same refusals as ``lees_in``."""
    with transaction.atomic():
        inlezing = _zoek(actor, sleutel, lock=True)
        report = lees_in(actor=actor, bron=_inhoud(inlezing), opdracht=_opdracht(inlezing), vandaag=vandaag)
        if isinstance(report, Inleesverslag):
            _verwijder(inlezing)
        return report


def trek_in(*, actor: Actor, sleutel: Any) -> None:
    """Let go of an offered file without reading it in."""
    with transaction.atomic():
        _verwijder(_zoek(actor, sleutel, lock=True))


def _zoek(actor: Actor, sleutel: Any, *, lock: bool = False) -> Inlezing:
    rows = Inlezing.objects.visible_to(actor.bereik).filter(sleutel=sleutel)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotVisible("niet gevonden")
    return found


def _inhoud(inlezing: Inlezing) -> bytes:
    content = content_of(inlezing, DOCUMENT)
    if content is None:
        raise NotVisible("niet gevonden")
    return content


def _opdracht(inlezing: Inlezing) -> Opdracht:
    return Opdracht(
        inlezing.ronde_code,
        inlezing.titel,
        inlezing.schooljaar,
        inlezing.vragenlijst,
        inlezing.vervang,
        inlezing.publiceer,
    )


def _verwijder(inlezing: Inlezing) -> None:
    delete_documents_of(inlezing._meta.label_lower, [inlezing.pk])
    inlezing.delete()


def ruim_op(*, vandaag: date) -> int:
    """Every night: remove the offers older than a day that nobody decided on, with their files.  Answers how many."""
    with transaction.atomic():
        old = list(Inlezing.objects.filter(dag__lt=vandaag - BEWAREN).select_for_update())
        for inlezing in old:
            _verwijder(inlezing)
        return len(old)
