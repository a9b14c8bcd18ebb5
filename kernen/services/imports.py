"""Importing DUO's files from the screen (preview first) and from the command line (at once)."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from kernen import importers
from kernen.domain.duo import Grenzen, maak_grenzen
from kernen.domain.duo_kolommen import SCHOLEN
from kernen.domain.rollen import SCHOLENBEHEER, mag
from kernen.importers import Gelezen, Verschil
from kernen.models import Schoolimport
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit
from swv_portal.common.dates import begin_van, lange_datum
from swv_portal.common.money import dutch_number
from swv_portal.common.tables import Fouten
from swv_portal.common.tables.files import Bron
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import load_for_update
from swv_portal.jobs.services.documents import delete_document, read_document, store_document
from swv_portal.jobs.services.uploads import accept_table

TE_LANG = "Niemand bevestigde dit bestand op tijd. Het is niet ingelezen en is verwijderd."
DOCUMENTSOORT = "kernen.importbestand"
#: A file that nobody confirms is removed after this.
BEWAREN = timedelta(days=30)
#: Of each group the preview shows this many; the numbers are of all of them.
TOON = 200
#: One import at a time writes schools: the key of the lock in the database.
_SLOT = 72_041_901
VERANDERD = Refusal(
    "veranderd", "De scholen in het portaal zijn intussen gewijzigd. Bekijk het nieuwe voorbeeld en bevestig opnieuw."
)


def bereid_voor(
    *,
    actor: Actor,
    soort: str,
    bestand: Any,
    gemeenten: Iterable[str] = (),
    pc4: Iterable[str] = (),
    jaar: int | None = None,
) -> Schoolimport | Refusal:
    """Keep an uploaded file (encrypted) with what it would change; nothing is written to schools yet.

    A file with errors gives an import in the state ``geweigerd`` whose preview lists them by row and column.  Refuses
    ``rol`` and, with nothing kept, what ``accept_table`` refuses (no table, a virus, not scanned).
    """
    if refusal := mag(actor.bereik.rollen, SCHOLENBEHEER, "scholen importeren"):
        return refusal
    upload = accept_table(bestand)
    if isinstance(upload, Refusal):
        return upload
    limits = maak_grenzen(gemeenten, pc4)
    read = importers.lees(soort, upload.inhoud, limits, jaar)
    row = Schoolimport(
        soort=soort,
        gemeenten=sorted(limits.gemeenten),
        pc4=sorted(limits.pc4),
        door_id=actor.user_id,
    )
    with transaction.atomic():
        if isinstance(read, Fouten):
            row.staat = Schoolimport.Staat.GEWEIGERD
            row.jaar = jaar
            row.voorbeeld = {
                "fouten": [{"rij": item.rij, "kolom": item.kolom, "zin": item.zin} for item in read],
                "meer": read.meer,
            }
            row.save()
            return row
        row.jaar = read.jaar
        importers.zet_klaar(read)
        _leg_vast(row, importers.vergelijk(read))
        row.save()
        row.document = store_document(
            soort=DOCUMENTSOORT,
            onderwerp=row,
            naam=f"import-{row.pk}.{upload.extensie}",
            inhoud=upload.inhoud,
            content_type=upload.content_type,
            actor=actor,
            bewaren_tot=timezone.localdate() + BEWAREN,
        )
        row.save(update_fields=["document"])
        return row


def _leg_vast(row: Schoolimport, change: Verschil) -> None:
    shown: dict[str, Any] = asdict(change)
    for name in ("nieuw", "gewijzigd", "verdwenen", "tellingen_gewijzigd"):
        shown[f"{name}_aantal"] = len(shown[name])
        shown[name] = shown[name][:TOON]
    row.voorbeeld, row.vingerafdruk = shown, change.vingerafdruk


def bevestig(*, actor: Actor, pk: int, sluit_verdwenen: bool = False) -> Schoolimport | Refusal:
    """Write what the preview showed; ``sluit_verdwenen`` makes the schools that are gone from the file inactive.

    Confirming twice imports once: the second answer is the first.  Refuses ``rol``, ``staat`` (refused or dropped file)
    and ``veranderd`` (the schools changed since the preview; the preview is made anew).
    """
    with transaction.atomic():
        row = load_for_update(Schoolimport.objects.visible_to(actor.bereik), pk)
        if refusal := mag(actor.bereik.rollen, SCHOLENBEHEER, "scholen importeren"):
            return refusal
        if row.staat == Schoolimport.Staat.TOEGEPAST:
            return row
        if row.staat != Schoolimport.Staat.KLAAR or row.document is None:
            return Refusal("staat", "Dit bestand kan niet meer worden ingelezen. Kies het bestand opnieuw.")
        _wacht_op_beurt()
        limits = maak_grenzen(row.gemeenten, row.pc4)
        read = importers.lees(row.soort, read_document(row.document), limits, row.jaar)
        if isinstance(read, Fouten):
            return Refusal("fouten", "Het bestand is niet meer goed te lezen. Kies het bestand opnieuw.")
        importers.zet_klaar(read)
        change = importers.vergelijk(read)
        if change.vingerafdruk != row.vingerafdruk:
            _leg_vast(row, change)
            row.save()
            return VERANDERD
        closed = [item.vestigingscode for item in change.verdwenen] if sluit_verdwenen else []
        importers.schrijf(read, closed)
        document, row.document = row.document, None
        _rond_af(row, actor, change, len(closed))
        delete_document(document)
        return row


def laat_vervallen(*, actor: Actor, pk: int) -> Schoolimport | Refusal:
    """Drop an uploaded file that was not confirmed.  Refuses ``rol`` and, when it was read in already, ``staat``."""
    with transaction.atomic():
        row = load_for_update(Schoolimport.objects.visible_to(actor.bereik), pk)
        if refusal := mag(actor.bereik.rollen, SCHOLENBEHEER, "scholen importeren"):
            return refusal
        if row.staat == Schoolimport.Staat.TOEGEPAST:
            return Refusal("staat", "Dit bestand is al ingelezen.")
        document, row.document = row.document, None
        row.staat = Schoolimport.Staat.VERVALLEN
        row.save()
        if document is not None:
            delete_document(document)
        return row


def ruim_op(*, vandaag: date) -> int:
    """Every night: let go of files that nobody confirmed in time.  Answers how many."""
    limit = begin_van(vandaag - BEWAREN)
    with transaction.atomic():
        rows = Schoolimport.objects.filter(staat=Schoolimport.Staat.KLAAR, aangemaakt__lt=limit).select_for_update()
        old = list(rows)
        for row in old:
            document, row.document = row.document, None
            row.staat = Schoolimport.Staat.VERVALLEN
            row.save()
            if document is not None:
                delete_document(document)
            audit.record(actor=PORTAAL, soort="import.vervallen", onderwerp=row, tekst=TE_LANG)
        return len(old)


def importeer(*, actor: Actor, soort: str, bron: Bron, grenzen: Grenzen, jaar: int | None = None) -> Verschil | Fouten:
    """Read a file and write it at once: what the command line does.  All of it, or nothing and the errors."""
    with transaction.atomic():
        _wacht_op_beurt()
        read = importers.lees(soort, bron, grenzen, jaar)
        if isinstance(read, Fouten):
            return read
        importers.zet_klaar(read)
        change = importers.vergelijk(read)
        importers.schrijf(read)
        row = Schoolimport(
            soort=soort,
            gemeenten=sorted(grenzen.gemeenten),
            pc4=sorted(grenzen.pc4),
            jaar=read.jaar,
            door_id=actor.user_id,
        )
        _leg_vast(row, change)
        _rond_af(row, actor, change, 0)
        return change


def _wacht_op_beurt() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_SLOT])


def _rond_af(row: Schoolimport, actor: Actor, change: Verschil, closed: int) -> None:
    row.staat = Schoolimport.Staat.TOEGEPAST
    row.toegepast_op = timezone.now()
    row.voorbeeld = {**row.voorbeeld, "gesloten": closed}
    row.save()
    audit.record(
        actor=actor, soort="import.toegepast", onderwerp=row, tekst=" ".join(zinnen(row.soort, change, closed))[:500]
    )


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
        day = lange_datum(importers.teldatum(change.jaar)) if change.jaar else ""
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
    if change.buiten or change.leeg:
        lines.append(
            f"Overgeslagen: {_scholen(change.buiten)} buiten de grenzen"
            f"{f', {_scholen(change.leeg)} zonder leerlingen' if change.leeg else ''}."
        )
    return lines


def _tellingen(change: Verschil) -> int:
    return change.tellingen_nieuw + len(change.tellingen_gewijzigd) + change.gelijk


def _scholen(number: int) -> str:
    return f"{_n(number)} {'school' if number == 1 else 'scholen'}"


def _n(number: int) -> str:
    return dutch_number(number)


__all__ = ["Gelezen", "bereid_voor", "bevestig", "importeer", "laat_vervallen", "ruim_op", "zinnen"]
