"""Importing places: all or nothing, and the same file again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kernen.models import Samenwerkingsverband
from ondersteuning.importers.plaatsingen import Plaatsingrij, lees_plaatsingen
from ondersteuning.models import Plaatsing, Plaatsingimport
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER, SWV_GELD
from swv_portal.common.tables import Fouten
from swv_portal.common.tables.files import Bron
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible
from swv_portal.jobs.services.documents import content_of, delete_documents_of, store_document
from swv_portal.jobs.services.uploads import accept_table

DOCUMENT = "ondersteuning.plaatsingen"
#: How long an offered file waits for a decision; the next one that is offered, or the night, removes it.
BEWAREN = timedelta(days=1)
MAG_NIET = Refusal("rol", "Alleen het samenwerkingsverband importeert plaatsingen.")
VELDEN = ("school_verwijzend_id", "school_ontvangend_id", "categorie", "soort", "kostendrager", "begin", "einde")
_BIJ_TE_WERKEN = ("school_verwijzend", "school_ontvangend", *VELDEN[2:])


@dataclass(frozen=True)
class Verschil:
    """What an import does, or would do: references that are new, changed or the same.  Nothing is ever deleted."""

    nieuw: tuple[str, ...]
    gewijzigd: tuple[str, ...]
    gelijk: int

    @property
    def regels(self) -> tuple[str, ...]:
        return (
            f"{len(self.nieuw)} nieuwe plaatsingen",
            f"{len(self.gewijzigd)} gewijzigde plaatsingen",
            f"{self.gelijk} plaatsingen waren al gelijk",
        )


def _waarden(plaats: Plaatsing | Plaatsingrij) -> tuple[object, ...]:
    return tuple(getattr(plaats, name) for name in VELDEN)


def vergelijk(rijen: Sequence[Plaatsingrij]) -> Verschil:
    """What is new and what changes, compared with what is stored."""
    stored = {
        place.verwijzing: _waarden(place)
        for place in Plaatsing.objects.filter(verwijzing__in=[row.verwijzing for row in rijen])
    }
    new = tuple(row.verwijzing for row in rijen if row.verwijzing not in stored)
    changed = tuple(
        row.verwijzing for row in rijen if row.verwijzing in stored and stored[row.verwijzing] != _waarden(row)
    )
    return Verschil(new, changed, len(rijen) - len(new) - len(changed))


def importeer_plaatsingen(*, actor: Actor, bron: Bron) -> Verschil | Fouten | Refusal:
    """Read a file of places and store it; a place with a known reference is replaced by what the file says.

    ``Fouten`` (row, column, sentence) when anything is wrong: then nothing is stored.  Refuses ``rol``.
    """
    if not actor.bereik.heeft(*SWV_DOSSIER, *SWV_GELD):
        return MAG_NIET
    rows = lees_plaatsingen(bron)
    if isinstance(rows, Fouten):
        return rows
    with transaction.atomic():
        difference = vergelijk(rows)
        touched = {*difference.nieuw, *difference.gewijzigd}
        Plaatsing.objects.bulk_create(
            [
                Plaatsing(verwijzing=row.verwijzing, **{name: getattr(row, name) for name in VELDEN})
                for row in rows
                if row.verwijzing in touched
            ],
            update_conflicts=True,
            unique_fields=["verwijzing"],
            update_fields=list(_BIJ_TE_WERKEN),
            batch_size=2000,
        )
        if touched:
            _schrijf_op(actor, difference)
        return difference


def _schrijf_op(actor: Actor, verschil: Verschil) -> None:
    """The import in the timeline of the SWV: how many, never which."""
    swv = Samenwerkingsverband.objects.order_by("pk").first()
    if swv is None:
        return
    audit.record(
        actor=actor,
        soort="plaatsingen.geimporteerd",
        onderwerp=swv,
        tekst=f"Heeft plaatsingen geïmporteerd: {'; '.join(verschil.regels)}.",
        gegevens={"nieuw": len(verschil.nieuw), "gewijzigd": len(verschil.gewijzigd), "gelijk": verschil.gelijk},
    )


def bied_aan(*, actor: Actor, bestand: Any, vandaag: date) -> Plaatsingimport | Fouten | Refusal:
    """Check a file that was uploaded and keep it, encrypted, until it is confirmed.  A refused file is not kept."""
    if not actor.bereik.heeft(*SWV_DOSSIER, *SWV_GELD):
        return MAG_NIET
    upload = accept_table(bestand)
    if isinstance(upload, Refusal):
        return upload
    rows = lees_plaatsingen(upload.inhoud)
    if isinstance(rows, Fouten):
        return rows
    with transaction.atomic():
        ruim_aangeboden_op(vandaag=vandaag)
        offered = Plaatsingimport.objects.create(dag=vandaag, aanvrager_id=actor.user_id)
        store_document(
            soort=DOCUMENT,
            onderwerp=offered,
            naam=f"plaatsingen.{upload.extensie}",
            inhoud=upload.inhoud,
            content_type=upload.content_type,
            actor=actor,
            bewaren_tot=vandaag + BEWAREN,
            staat=upload.staat,
        )
        return offered


def voorbeeld(*, actor: Actor, sleutel: Any) -> Verschil | Fouten:
    """What an offered file would do, as things are now."""
    rows = lees_plaatsingen(_inhoud(_zoek(actor, sleutel)))
    return rows if isinstance(rows, Fouten) else vergelijk(rows)


def bevestig(*, actor: Actor, sleutel: Any) -> Verschil | Fouten | Refusal:
    """Import the offered file and let go of it.  Refusals as of ``importeer_plaatsingen``."""
    with transaction.atomic():
        offered = _zoek(actor, sleutel, lock=True)
        answer = importeer_plaatsingen(actor=actor, bron=_inhoud(offered))
        if isinstance(answer, Verschil):
            _verwijder(offered)
        return answer


def laat_gaan(*, actor: Actor, sleutel: Any) -> None:
    """Let go of an offered file without importing it."""
    with transaction.atomic():
        _verwijder(_zoek(actor, sleutel, lock=True))


def ruim_aangeboden_op(*, vandaag: date) -> int:
    """Let go of offered files that nobody confirmed in time; returns how many."""
    with transaction.atomic():
        old = list(Plaatsingimport.objects.select_for_update(skip_locked=True).filter(dag__lt=vandaag - BEWAREN))
        for offered in old:
            _verwijder(offered)
        return len(old)


def _zoek(actor: Actor, sleutel: Any, *, lock: bool = False) -> Plaatsingimport:
    rows = Plaatsingimport.objects.visible_to(actor.bereik).filter(sleutel=sleutel)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotVisible("niet gevonden")
    return found


def _inhoud(offered: Plaatsingimport) -> bytes:
    content = content_of(offered, DOCUMENT)
    if content is None:
        raise NotVisible("niet gevonden")
    return content


def _verwijder(offered: Plaatsingimport) -> None:
    delete_documents_of(offered._meta.label_lower, [offered.pk])
    offered.delete()
