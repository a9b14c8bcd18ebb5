"""Importing DUO's files from the screen (preview first) and from the command line (at once)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kernen import importers
from kernen.domain.duo import Grenzen, maak_grenzen
from kernen.domain.duo_kolommen import SCHOLEN
from kernen.domain.rollen import SCHOLENBEHEER
from kernen.domain.tellingen import teldatum
from kernen.importers import Verschil
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import lange_datum
from swv_portal.common.money import dutch_count, dutch_number
from swv_portal.common.tables import Fouten
from swv_portal.common.tables.files import Bron
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import Slot, wait_turn
from swv_portal.jobs.domain.aanbod import Aanbodsoort
from swv_portal.jobs.models import Aanbod
from swv_portal.jobs.services import aanbod as aanbieden
from swv_portal.jobs.services.uploads import accept_table

#: A file of DUO is large and may wait for a colleague.
DUO = Aanbodsoort("kernen.duo", SCHOLENBEHEER, gedeeld=True, bewaren=timedelta(days=30))
#: Of each group the preview shows this many; the numbers are of all of them.
TOON = 200
VERANDERD = Refusal(
    "veranderd", "De scholen in het portaal zijn intussen gewijzigd. Bekijk het nieuwe voorbeeld en bevestig opnieuw."
)


def bied_aan(
    *,
    actor: Actor,
    soort: str,
    bestand: Any,
    vandaag: date,
    gemeenten: Iterable[str] = (),
    pc4: Iterable[str] = (),
    jaar: int | None = None,
) -> Aanbod | Fouten | Refusal:
    """Keep an uploaded file with what it would change; nothing is written to schools yet.

    Nothing is kept of a file with errors, and of what ``accept_table`` refuses (no table, a virus, not scanned).
    """
    upload = accept_table(bestand)
    if isinstance(upload, Refusal):
        return upload
    limits = maak_grenzen(gemeenten, pc4)
    read = importers.lees(soort, upload.inhoud, limits, jaar)
    if isinstance(read, Fouten):
        return read
    with transaction.atomic():
        importers.zet_klaar(read)
        return aanbieden.bied_aan(
            soort=DUO,
            actor=actor,
            bestanden={aanbieden.BESTAND: upload},
            vandaag=vandaag,
            gegevens=_gegevens(soort, limits, read.jaar),
            voorbeeld=_voorbeeld(importers.vergelijk(read)),
        )


def _gegevens(soort: str, grenzen: Grenzen, jaar: int | None) -> dict[str, Any]:
    return {"soort": soort, "gemeenten": sorted(grenzen.gemeenten), "pc4": sorted(grenzen.pc4), "jaar": jaar}


def _voorbeeld(change: Verschil, gesloten: int = 0) -> dict[str, Any]:
    """The changes as they are shown, and their hash, so that confirming does exactly what was seen."""
    shown: dict[str, Any] = dict(vars(change))
    for name in ("nieuw", "gewijzigd", "verdwenen", "tellingen_gewijzigd", "besturen_anders", "besturen_meer_namen"):
        shown[f"{name}_aantal"] = len(shown[name])
        shown[name] = [vars(item) for item in shown[name][:TOON]]
    return {**shown, "vingerafdruk": change.vingerafdruk, "gesloten": gesloten}


def bevestig(*, actor: Actor, sleutel: UUID, sluit_verdwenen: bool = False) -> Aanbod | Fouten | Refusal:
    """Write what the preview showed, once; ``sluit_verdwenen`` makes the schools gone from the file inactive.

    Refuses ``veranderd`` (the schools changed since the preview; the preview is made anew).
    """

    def write(aanbod: Aanbod) -> Aanbod | Fouten | Refusal:
        wait_turn(Slot.SCHOLEN)
        chosen = aanbod.gegevens
        limits = maak_grenzen(chosen["gemeenten"], chosen["pc4"])
        read = importers.lees(chosen["soort"], aanbieden.inhoud(aanbod), limits, chosen["jaar"])
        if isinstance(read, Fouten):
            return read
        importers.zet_klaar(read)
        change = importers.vergelijk(read)
        if change.vingerafdruk != aanbod.voorbeeld["vingerafdruk"]:
            aanbod.voorbeeld = _voorbeeld(change)
            aanbod.save()
            return VERANDERD
        closed = [item.vestigingscode for item in change.verdwenen] if sluit_verdwenen else []
        importers.schrijf(read, change, closed)
        aanbod.voorbeeld = _voorbeeld(change, len(closed))
        _schrijf_op(aanbod, actor, change, len(closed))
        return aanbod

    return aanbieden.bevestig(soort=DUO, actor=actor, sleutel=sleutel, voer_uit=write)


def importeer(*, actor: Actor, soort: str, bron: Bron, grenzen: Grenzen, jaar: int | None = None) -> Verschil | Fouten:
    """Read a file and write it at once: what the command line does.  All of it, or nothing and the errors."""
    with transaction.atomic():
        wait_turn(Slot.SCHOLEN)
        read = importers.lees(soort, bron, grenzen, jaar)
        if isinstance(read, Fouten):
            return read
        importers.zet_klaar(read)
        change = importers.vergelijk(read)
        importers.schrijf(read, change)
        done = aanbieden.noteer(
            soort=DUO, actor=actor, gegevens=_gegevens(soort, grenzen, read.jaar), voorbeeld=_voorbeeld(change)
        )
        _schrijf_op(done, actor, change, 0)
        return change


def _schrijf_op(aanbod: Aanbod, actor: Actor, change: Verschil, closed: int) -> None:
    text = " ".join(zinnen(aanbod.gegevens["soort"], change, closed))[:500]
    audit.record(actor=actor, soort="import.toegepast", onderwerp=aanbod, tekst=text)


def zinnen(soort: str, change: Verschil, gesloten: int = 0) -> list[str]:
    """What an import did, in sentences for a person."""
    lines = []
    if soort == SCHOLEN:
        lines.append(
            f"Scholen: {_n(len(change.nieuw))} nieuw, {_n(len(change.gewijzigd))} gewijzigd, "
            f"{_n(change.gelijk)} gelijk gebleven."
        )
        if change.verdwenen:
            stays = "die blijft actief" if len(change.verdwenen) == 1 else "die blijven actief"
            what = f"{_n(gesloten)} op niet actief gezet" if gesloten else stays
            lines.append(f"Niet meer in het bestand: {_scholen(len(change.verdwenen))}; {what}.")
    else:
        day = lange_datum(teldatum(change.jaar)) if change.jaar else ""
        lines.append(
            f"Leerlingen op {day}: {_n(change.leerlingen)} op {_scholen(_tellingen(change))}"
            f"{f', waarvan {_scholen(change.minder_dan_vijf)} met minder dan 5' if change.minder_dan_vijf else ''}."
        )
        lines.append(
            f"Tellingen: {_n(change.tellingen_nieuw)} nieuw, {_n(len(change.tellingen_gewijzigd))} gewijzigd, "
            f"{_n(change.gelijk)} gelijk gebleven. Nieuwe scholen: {_n(len(change.nieuw))}."
        )
    if change.besturen:
        lines.append(f"Nieuwe besturen: {_n(len(change.besturen))}.")
    lines += zinnen_over_namen(len(change.besturen_anders), len(change.besturen_meer_namen))
    if change.buiten or change.leeg:
        lines.append(
            f"Overgeslagen: {_scholen(change.buiten)} buiten de grenzen"
            f"{f', {_scholen(change.leeg)} zonder leerlingen' if change.leeg else ''}."
        )
    return lines


def zinnen_over_namen(anders: int, meer_namen: int) -> list[str]:
    """What happens to names of boards that are not simply taken over: of how many boards for each reason."""
    lines = []
    if anders:
        called = dutch_count(anders, "bestuur heet", "besturen heten")
        lines.append(f"{called} in het bestand anders; de naam in het portaal blijft.")
    if meer_namen:
        have = dutch_count(meer_namen, "bestuur heeft", "besturen hebben")
        lines.append(f"{have} in het bestand meer dan één naam; de naam die er het vaakst staat, telt.")
    return lines


def _tellingen(change: Verschil) -> int:
    return change.tellingen_nieuw + len(change.tellingen_gewijzigd) + change.gelijk


def _scholen(number: int) -> str:
    return f"{_n(number)} {'school' if number == 1 else 'scholen'}"


def _n(number: int) -> str:
    return dutch_number(number)
