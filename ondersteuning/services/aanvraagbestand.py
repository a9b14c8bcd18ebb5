"""A file that belongs to an application: the consent of another SWV, what shows that there was mediation, a report."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import mag_bewerken
from ondersteuning.models import Aanvraag
from ondersteuning.queries.routefeiten import AKKOORD, BEMIDDELINGSVERSLAG
from ondersteuning.queries.stand import rollen_van
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version
from swv_portal.jobs.services.documents import delete_document, documents_of, store_upload
from swv_portal.jobs.services.uploads import Upload


@dataclass(frozen=True)
class Bestandsoort:
    """One kind: the part of the form that it belongs to, the kind of document, and the line in the timeline."""

    deel: str
    document: str
    gebeurtenis: str
    tekst: str


AKKOORDBESTAND = Bestandsoort(
    "akkoord", AKKOORD, "aanvraag.akkoord", "Heeft het akkoord van het andere samenwerkingsverband toegevoegd."
)
BEMIDDELINGSBESTAND = Bestandsoort(
    "bemiddeling",
    BEMIDDELINGSVERSLAG,
    "aanvraag.bemiddelingsverslag",
    "Heeft een bestand over de bemiddeling toegevoegd.",
)
NIET_OP_DEZE_ROUTE = Refusal("route", "Dit bestand hoort niet bij deze aanvraag.")


def bewaar_bestand(
    *, actor: Actor, pk: int, soort: Bestandsoort, versie: int | None, upload: Upload, vandaag: date
) -> Aanvraag | Refusal:
    """Add the file, for who may change that part of the application; an earlier one is replaced.

    ``upload`` was accepted before.  Refuses: ``route``, ``verouderd``, ``rol``, ``staat``.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        if soort.deel not in aanvraag.de_route.punten:
            return NIET_OP_DEZE_ROUTE
        roles = rollen_van(aanvraag, actor)
        refusal = check_version(aanvraag, versie) or mag_bewerken(aanvraag.staat, roles, soort.deel)
        if refusal is not None:
            return refusal
        vervang(aanvraag, soort.document, upload, actor=actor, vandaag=vandaag)
        aanvraag.versie += 1
        aanvraag.save(update_fields=["versie", "gewijzigd"])
        audit.record(actor=actor, soort=soort.gebeurtenis, onderwerp=aanvraag, tekst=soort.tekst)
        return aanvraag


def vervang(aanvraag: Aanvraag, document: str, upload: Upload, *, actor: Actor, vandaag: date) -> None:
    """Store the file, encrypted, in the place of an earlier one; it is kept as long as the application."""
    for earlier in documents_of(aanvraag, document):
        delete_document(earlier)
    name = f"{document.rsplit('.', 1)[-1]}-{aanvraag.kenmerk}-{vandaag.isoformat()}"
    store_upload(upload, soort=document, onderwerp=aanvraag, naam=name, actor=actor)
