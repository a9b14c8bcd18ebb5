"""The documents of a pupil's dossier, and which of them go with an application."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import CONCEPT, mag_bewerken
from ondersteuning.domain.leerling import Documentsoort
from ondersteuning.models import Aanvraag, Leerling, Leerlingdocument
from ondersteuning.queries.leerlingdossier import NIET_TE_ZIEN, kiesbare_documenten
from ondersteuning.queries.stand import rollen_bij
from ondersteuning.services.leerlingen import bewaar, laad_leerling
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, check_version
from swv_portal.jobs.services.documents import delete_document, store_upload
from swv_portal.jobs.services.uploads import Upload

#: The kind of the stored file, see ``DocumentKind`` in ``apps.py``.
LEERLINGDOCUMENT = "ondersteuning.leerlingdocument"
#: Which step of the form the documents go with: they may be chosen as long as that may be changed.
STAP = "onderbouwing"
#: What the file is called when it is fetched: a name of our own, which never holds the name of a child.
BESTANDSNAMEN = {
    Documentsoort.OPP: "opp",
    Documentsoort.VERSLAG: "verslag",
    Documentsoort.KINDFORMULIER: "formulier-van-het-kind",
    Documentsoort.ANDERS: "document",
}


def voeg_document_toe(
    *, actor: Actor, pk: int, soort: str, datum: date, upload: Upload, vandaag: date
) -> Leerlingdocument | Refusal:
    """Store an accepted file in the dossier.  Refuses ``toekomst``: a document is not from after today."""
    with transaction.atomic():
        pupil = laad_leerling(actor, pk)
        if datum > vandaag:
            return Refusal("toekomst", "Deze datum ligt in de toekomst. Vul de datum van het document in.", "datum")
        name = f"{BESTANDSNAMEN[Documentsoort(soort)]}-{datum.isoformat()}"
        stored = store_upload(upload, soort=LEERLINGDOCUMENT, onderwerp=pupil, naam=name, actor=actor)
        row = Leerlingdocument.objects.create(leerling=pupil, document=stored, soort=soort, datum=datum)
        bewaar(pupil, vandaag=vandaag)
        audit.record(
            actor=actor,
            soort="leerling.document",
            onderwerp=pupil,
            tekst=f"Heeft een document toegevoegd: {stored.naam}.",
        )
        return row


def verwijder_document(
    *, actor: Actor, pk: int, document: int, versie: int | None, vandaag: date
) -> Leerling | Refusal:
    """Delete a document and its file.  Refuses ``verouderd``, ``in_gebruik`` (it went out with an application)."""
    with transaction.atomic():
        pupil = laad_leerling(actor, pk)
        row = pupil.documenten.select_related("document").filter(pk=document).first()
        if row is None:
            raise NotVisible("niet gevonden")
        refusal = check_version(pupil, versie)
        if refusal is not None:
            return refusal
        used = row.aanvragen.exclude(staat=CONCEPT).order_by("pk")
        if used.exists():
            seen = used.filter(pk__in=Aanvraag.objects.visible_to(actor.bereik)).first()
            which = f"aanvraag {seen.kenmerk}" if seen is not None else NIET_TE_ZIEN
            return Refusal("in_gebruik", f"Dit document hoort bij {which} en blijft daarom bewaard.")
        name = row.document.naam
        delete_document(row.document)
        bewaar(pupil, vandaag=vandaag)
        audit.record(
            actor=actor,
            soort="leerling.document_weg",
            onderwerp=pupil,
            tekst=f"Heeft een document verwijderd: {name}.",
        )
        return pupil


def kies_documenten(*, actor: Actor, pk: int, versie: int | None, documenten: Collection[int]) -> Aanvraag | Refusal:
    """Say which documents of the pupil go with application ``pk``: its parties can then fetch them.

    Refuses ``rol``/``staat`` (may not change the application now) and ``verouderd``.  Documents of another pupil, and
    of one who is at another school by now, do not exist.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        refusal = mag_bewerken(aanvraag.staat, rollen_bij(aanvraag, actor.bereik), STAP)
        if refusal is None:
            refusal = check_version(aanvraag, versie)
        if refusal is not None:
            return refusal
        chosen = set(documenten)
        rows = list(kiesbare_documenten(actor.bereik, aanvraag).filter(pk__in=chosen))
        if len(rows) != len(chosen):
            raise NotVisible("niet gevonden")
        aanvraag.leerlingdocumenten.set(rows)
        aanvraag.versie += 1
        aanvraag.save(update_fields=["versie", "gewijzigd"])
        audit.record(
            actor=actor,
            soort="aanvraag.documenten",
            onderwerp=aanvraag,
            tekst=f"Heeft gekozen welke documenten bij de aanvraag horen ({len(rows)}).",
        )
        return aanvraag
