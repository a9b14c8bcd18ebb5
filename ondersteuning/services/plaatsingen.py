"""Importing places: all or nothing, and the same file again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kernen.models import Samenwerkingsverband
from ondersteuning.importers.plaatsingen import Plaatsingrij, lees_plaatsingen
from ondersteuning.models import Plaatsing
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.money import dutch_count
from swv_portal.common.scoping import SWV_DOSSIER, SWV_GELD
from swv_portal.common.tables import Fouten
from swv_portal.common.tables.files import Bron
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain.aanbod import Aanbodsoort
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.services import aanbod as aanbieden
from swv_portal.jobs.services.uploads import accept_table

PLAATSINGEN = Aanbodsoort("ondersteuning.plaatsingen", SWV_DOSSIER | SWV_GELD, gedeeld=True)
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
            dutch_count(len(self.nieuw), "nieuwe plaatsing", "nieuwe plaatsingen"),
            dutch_count(len(self.gewijzigd), "gewijzigde plaatsing", "gewijzigde plaatsingen"),
            f"{dutch_count(self.gelijk, 'plaatsing was', 'plaatsingen waren')} al gelijk",
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
    if not actor.bereik.heeft(*PLAATSINGEN.rollen):
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


def bied_aan(*, actor: Actor, bestand: Any, vandaag: date) -> Aanbod | Fouten | Refusal:
    """Check a file that was uploaded and keep it until it is confirmed.  A refused file is not kept."""
    upload = accept_table(bestand)
    if isinstance(upload, Refusal):
        return upload
    rows = lees_plaatsingen(upload.inhoud)
    if isinstance(rows, Fouten):
        return rows
    return aanbieden.bied_aan(soort=PLAATSINGEN, actor=actor, bestanden={aanbieden.BESTAND: upload}, vandaag=vandaag)


def voorbeeld(aanbod: Aanbod) -> Verschil | Fouten:
    """What an offered file would do, as things are now."""
    rows = lees_plaatsingen(aanbieden.inhoud(aanbod))
    return rows if isinstance(rows, Fouten) else vergelijk(rows)


def bevestig(*, actor: Actor, sleutel: UUID) -> Verschil | Fouten | Refusal:
    """Import the offered file, once.  Refusals as of ``importeer_plaatsingen``."""

    def read(aanbod: Aanbod) -> Verschil | Fouten | Refusal:
        return importeer_plaatsingen(actor=actor, bron=aanbieden.inhoud(aanbod))

    return aanbieden.bevestig(soort=PLAATSINGEN, actor=actor, sleutel=sleutel, voer_uit=read)
