"""Importing places: all or nothing, and the same file again changes nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kernen.models import Samenwerkingsverband
from ondersteuning.domain.rollen import DOSSIER_EN_GELD
from ondersteuning.importers.plaatsingen import Plaatsingrij, lees_plaatsingen
from ondersteuning.models import Aanvraag, Plaatsing, Tlvnummer
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.money import dutch_count
from swv_portal.common.tables import Fouten
from swv_portal.common.tables.files import Bron
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.domain.aanbod import Aanbodsoort
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.services import aanbod as aanbieden
from swv_portal.jobs.services.uploads import accept_table

PLAATSINGEN = Aanbodsoort("ondersteuning.plaatsingen", DOSSIER_EN_GELD, gedeeld=True)
MAG_NIET = Refusal("rol", "Alleen het samenwerkingsverband importeert plaatsingen.")
VELDEN = ("school_verwijzend_id", "school_ontvangend_id", "categorie", "soort", "kostendrager", "begin", "einde")
#: As many references are named; the rest is a number.
GENOEMD = 20
_BIJ_TE_WERKEN = ("school_verwijzend", "school_ontvangend", *VELDEN[2:])


@dataclass(frozen=True)
class Verschil:
    """What an import does, or would do: references that are new, changed or the same.  Nothing is ever deleted.

    ``behouden``: those of places that somebody stopped, of which the file has another period; that is not taken over.
    ``niet_gemaakt``: those that the portal gave out itself, and of which there is no place.
    """

    nieuw: tuple[str, ...]
    gewijzigd: tuple[str, ...]
    gelijk: int
    behouden: tuple[str, ...] = ()
    niet_gemaakt: tuple[str, ...] = ()

    @property
    def regels(self) -> tuple[str, ...]:
        return (
            dutch_count(len(self.nieuw), "nieuwe plaatsing", "nieuwe plaatsingen"),
            dutch_count(len(self.gewijzigd), "gewijzigde plaatsing", "gewijzigde plaatsingen"),
            f"{dutch_count(self.gelijk, 'plaatsing was', 'plaatsingen waren')} al gelijk",
        )

    @property
    def waarschuwing(self) -> str:
        """What the file says and is not done, with its references; empty when everything is done."""
        told = []
        if self.behouden:
            which = "Deze plaatsing is" if len(self.behouden) == 1 else "Deze plaatsingen zijn"
            told.append(
                f"{which} eerder gestopt. Begin en einde uit het bestand zijn niet overgenomen: "
                f"{opsomming(self.behouden)}."
            )
        if self.niet_gemaakt:
            which = "Dit nummer is" if len(self.niet_gemaakt) == 1 else "Deze nummers zijn"
            told.append(
                f"{which} van een besluit in dit portaal dat (nog) geen plaatsing gaf, of van een TLV die voor het "
                f"begin is ingetrokken. Wij maken er geen plaatsing van: {opsomming(self.niet_gemaakt)}."
            )
        return " ".join(told)


def opsomming(verwijzingen: Sequence[str]) -> str:
    """How many, and which: the first of them by name."""
    if not verwijzingen:
        return "0"
    more = f" en nog {len(verwijzingen) - GENOEMD}" if len(verwijzingen) > GENOEMD else ""
    return f"{len(verwijzingen)}: {', '.join(verwijzingen[:GENOEMD])}{more}"


def _waarden(plaats: Plaatsing | Plaatsingrij) -> tuple[object, ...]:
    return tuple(getattr(plaats, name) for name in VELDEN)


def _bekend(rijen: Sequence[Plaatsingrij], *, vast: bool) -> dict[str, Plaatsing]:
    """The stored places with these references; ``vast``: locked, so that nobody stops one in the meantime."""
    rows = Plaatsing.objects.filter(verwijzing__in=[row.verwijzing for row in rijen]).order_by("pk")
    return {place.verwijzing: place for place in (rows.select_for_update() if vast else rows)}


def _is_gestopt(plaats: Plaatsing) -> bool:
    """Did somebody end this place: the pupil left, went back to a regular school, or the TLV was withdrawn?"""
    return plaats.vertrokken_op is not None or plaats.ingetrokken_per is not None


def _van_ons(verwijzingen: Collection[str]) -> set[str]:
    """Those of these references that the portal gave out itself.  The place of such a one comes from its decision only.

    A TLV number stays known when its application is destroyed.
    """
    numbers = Tlvnummer.objects.filter(nummer__in=verwijzingen).values_list("nummer", flat=True)
    return {*numbers, *Aanvraag.objects.filter(kenmerk__in=verwijzingen).values_list("kenmerk", flat=True)}


def _vergelijk(rijen: Sequence[Plaatsingrij], *, vast: bool = False) -> tuple[Verschil, list[Plaatsingrij]]:
    """What changes, and the rows to store: a place that somebody stopped keeps its period, or is not made again."""
    stored = _bekend(rijen, vast=vast)
    ours = _van_ons([row.verwijzing for row in rijen if row.verwijzing not in stored])
    new: list[str] = []
    changed: list[str] = []
    kept: list[str] = []
    todo: list[Plaatsingrij] = []
    for row in rijen:
        if row.verwijzing in ours:
            continue
        place, takes = stored.get(row.verwijzing), row
        if place is not None and _is_gestopt(place) and (place.begin, place.einde) != (row.begin, row.einde):
            takes = replace(row, begin=place.begin, einde=place.einde)
            kept.append(row.verwijzing)
        if place is None or _waarden(place) != _waarden(takes):
            (new if place is None else changed).append(row.verwijzing)
            todo.append(takes)
    not_made = tuple(row.verwijzing for row in rijen if row.verwijzing in ours)
    same = len(rijen) - len(todo) - len(not_made)
    return Verschil(tuple(new), tuple(changed), same, tuple(kept), not_made), todo


def vergelijk(rijen: Sequence[Plaatsingrij]) -> Verschil:
    """What is new and what changes, compared with what is stored."""
    return _vergelijk(rijen)[0]


def importeer_plaatsingen(*, actor: Actor, bron: Bron) -> Verschil | Fouten | Refusal:
    """Read a file of places and store it; a place with a known reference is replaced by what the file says.

    Of a place that somebody stopped the period stays as it is: an older file does not know that.  Nor is a place made
    with a number of this portal itself that has none: that TLV was withdrawn before it began, or does not count yet.
    ``Fouten`` (row, column, sentence) when anything is wrong: then nothing is stored.  Refuses ``rol``.
    """
    if not actor.bereik.heeft(*PLAATSINGEN.rollen):
        return MAG_NIET
    rows = lees_plaatsingen(bron)
    if isinstance(rows, Fouten):
        return rows
    with transaction.atomic():
        difference, todo = _vergelijk(rows, vast=True)
        Plaatsing.objects.bulk_create(
            [Plaatsing(verwijzing=row.verwijzing, **{name: getattr(row, name) for name in VELDEN}) for row in todo],
            update_conflicts=True,
            unique_fields=["verwijzing"],
            update_fields=list(_BIJ_TE_WERKEN),
            batch_size=2000,
        )
        if todo or difference.waarschuwing:
            _schrijf_op(actor, difference)
        return difference


def _schrijf_op(actor: Actor, verschil: Verschil) -> None:
    """The import in the timeline of the SWV: how many, never which."""
    swv = Samenwerkingsverband.objects.order_by("pk").first()
    if swv is None:
        return
    counts = {"nieuw": len(verschil.nieuw), "gewijzigd": len(verschil.gewijzigd), "gelijk": verschil.gelijk}
    kept = {"behouden": len(verschil.behouden), "niet_gemaakt": len(verschil.niet_gemaakt)}
    stopped = f" Periode behouden van gestopte plaatsingen: {kept['behouden']}." if kept["behouden"] else ""
    if kept["niet_gemaakt"]:
        stopped += f" Niet gemaakt, want het nummer is van dit portaal: {kept['niet_gemaakt']}."
    audit.record(
        actor=actor,
        soort="plaatsingen.geimporteerd",
        onderwerp=swv,
        tekst=f"Heeft plaatsingen geïmporteerd: {'; '.join(verschil.regels)}.{stopped}",
        gegevens=counts | {name: count for name, count in kept.items() if count},
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
