"""Importing places: all or nothing, and the same file again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from ondersteuning.importers.plaatsingen import Plaatsingrij, lees_plaatsingen
from ondersteuning.models import Plaatsing
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import SWV_DOSSIER, SWV_GELD
from swv_portal.common.tables import Fouten
from swv_portal.common.tables.files import Bron
from swv_portal.common.workflow import Refusal

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
        return difference
