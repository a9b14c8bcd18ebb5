"""Importing the table of SWV areas: it is replaced as a whole, or nothing happens."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kernen.models import Samenwerkingsverband
from ondersteuning.domain.rollen import DOSSIER_EN_BEHEER
from ondersteuning.importers.swv_gebieden import lees_swv_gebieden
from ondersteuning.models import SwvGebied
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.money import dutch_count
from swv_portal.common.tables import Fouten
from swv_portal.common.tables.files import Bron
from swv_portal.common.workflow import Refusal

MAG_NIET = Refusal("rol", "Alleen het samenwerkingsverband leest de SWV-gebieden in.")


@dataclass(frozen=True)
class Vervangen:
    """What the new table changed: postcodes that are new, changed, gone or the same."""

    nieuw: int
    gewijzigd: int
    weg: int
    gelijk: int

    @property
    def regels(self) -> tuple[str, ...]:
        return (
            dutch_count(self.nieuw, "nieuwe postcode", "nieuwe postcodes"),
            dutch_count(self.gewijzigd, "gewijzigde postcode", "gewijzigde postcodes"),
            f"{dutch_count(self.weg, 'postcode', 'postcodes')} niet meer in de tabel",
            f"{dutch_count(self.gelijk, 'postcode was', 'postcodes waren')} al gelijk",
        )


def importeer_swv_gebieden(*, actor: Actor, bron: Bron, vandaag: date) -> Vervangen | Fouten | Refusal:
    """Replace the whole table by what the file says.

    ``Fouten`` (row, column, sentence) when anything is wrong: then the old table stays.  Refuses ``rol``.
    """
    if not actor.bereik.heeft(*DOSSIER_EN_BEHEER):
        return MAG_NIET
    rows = lees_swv_gebieden(bron)
    if isinstance(rows, Fouten):
        return rows
    with transaction.atomic():
        # Two imports at once: the second waits here, and replaces the table of the first.
        swv = Samenwerkingsverband.objects.select_for_update().order_by("pk").first()
        before = {pc4: (code, name) for pc4, code, name in SwvGebied.objects.values_list("pc4", "swv_code", "swv_naam")}
        after = {row.pc4: (row.swv_code, row.swv_naam) for row in rows}
        done = _vergelijk(before, after)
        SwvGebied.objects.all().delete()
        SwvGebied.objects.bulk_create(
            [
                SwvGebied(pc4=row.pc4, swv_code=row.swv_code, swv_naam=row.swv_naam, ingelezen_op=vandaag)
                for row in rows
            ],
            batch_size=2000,
        )
        if swv is not None:
            audit.record(
                actor=actor,
                soort="swvgebieden.geimporteerd",
                onderwerp=swv,
                tekst=f"Heeft de SWV-gebieden ingelezen: {'; '.join(done.regels)}.",
                gegevens={"nieuw": done.nieuw, "gewijzigd": done.gewijzigd, "weg": done.weg, "gelijk": done.gelijk},
            )
        return done


def _vergelijk(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> Vervangen:
    both = before.keys() & after.keys()
    same = sum(before[pc4] == after[pc4] for pc4 in both)
    return Vervangen(len(after) - len(both), len(both) - same, len(before) - len(both), same)
