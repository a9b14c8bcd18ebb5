"""The signed consent of another SWV, as a file with the application."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.aanvraag import mag_bewerken
from ondersteuning.models import Aanvraag
from ondersteuning.queries.routefeiten import AKKOORD
from ondersteuning.queries.stand import rollen_van
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version
from swv_portal.jobs.services.documents import delete_document, documents_of, store_upload
from swv_portal.jobs.services.uploads import Upload

NIET_OP_DEZE_ROUTE = Refusal("route", "Bij deze aanvraag hoort geen akkoord van een ander samenwerkingsverband.")


def bewaar_akkoord(*, actor: Actor, pk: int, versie: int | None, upload: Upload, vandaag: date) -> Aanvraag | Refusal:
    """Store the consent, encrypted; an earlier file is replaced.  It is kept as long as the application.

    ``upload`` was accepted before.  Refuses: ``verouderd``, ``rol``, ``staat``, ``route``.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        if "akkoord" not in aanvraag.de_route.punten:
            return NIET_OP_DEZE_ROUTE
        refusal = check_version(aanvraag, versie) or mag_bewerken(
            aanvraag.staat, rollen_van(aanvraag, actor), "akkoord"
        )
        if refusal is not None:
            return refusal
        for earlier in documents_of(aanvraag, AKKOORD):
            delete_document(earlier)
        name = f"akkoord-{aanvraag.kenmerk}-{vandaag.isoformat()}"
        store_upload(upload, soort=AKKOORD, onderwerp=aanvraag, naam=name, actor=actor)
        aanvraag.versie += 1
        aanvraag.save(update_fields=["versie", "gewijzigd"])
        audit.record(
            actor=actor,
            soort="aanvraag.akkoord",
            onderwerp=aanvraag,
            tekst="Heeft het akkoord van het andere samenwerkingsverband toegevoegd.",
        )
        return aanvraag
