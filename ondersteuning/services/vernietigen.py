"""Destroying dossiers whose term of keeping has passed: rows, files, timelines, links; and the record of it."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.geldigheid import BEWAARJAREN
from ondersteuning.domain.verlaten import NABEWAREN_DAGEN, bewaren_tot
from ondersteuning.models import Aanvraag, Leerling, Partij
from ondersteuning.queries.partijregels import LINKSOORTEN
from swv_portal.access.services.links import destroy_links
from swv_portal.audit import services as audit
from swv_portal.jobs.services.documents import delete_document, documents_of

REGEL = f"{BEWAARJAREN} jaar na het einde van de TLV of het afsluiten van de aanvraag"
REGEL_VERLATEN = (
    f"{NABEWAREN_DAGEN} dagen na het intrekken van een aanvraag die een jaar lang niemand wijzigde of indiende"
)


def te_vernietigen(*, vandaag: date) -> list[int]:
    """The keys of the dossiers that may no longer be kept on ``vandaag``."""
    return list(Aanvraag.objects.all().te_vernietigen(vandaag).order_by("pk").values_list("pk", flat=True))


def vernietig(*, pk: int, vandaag: date) -> bool:
    """Destroy one dossier and record it; ``False`` when it is not (or no longer) to be destroyed.

    Gone are the application with its parties, advices, signatures and requests, the pupil when no other application
    needs it, the files, the personal links, and the timelines of all these.  The TLV number stays, so that it is never
    given out again; a place stays too, without its application: it holds no name and belongs to the accounts.
    """
    with transaction.atomic():
        found = Aanvraag.objects.all().te_vernietigen(vandaag).select_for_update(of=("self",)).filter(pk=pk).first()
        if found is None:
            return False
        rule = _regel(found)
        files = list(documents_of(found))
        for document in files:
            delete_document(document)
        link_ids = _vernietig_links(found)
        pupil_id, key = found.leerling_id, found.pk
        rows = found.delete()[0]
        if not Aanvraag.objects.filter(leerling_id=pupil_id).exists():
            rows += Leerling.objects.filter(pk=pupil_id).delete()[0]
        if link_ids:
            audit.destroy_for(
                "access.persoonlijkelink", link_ids, regel=rule, rijen=len(link_ids), soort="persoonlijke links"
            )
        audit.destroy_for(
            "ondersteuning.aanvraag",
            [key],
            regel=rule,
            rijen=rows,
            bestanden=len(files),
            soort="dossier van een leerling",
        )
        return True


def _regel(aanvraag: Aanvraag) -> str:
    """The term that asks for it: that of an abandoned application when the portal withdrew it."""
    closed = aanvraag.afgesloten_op
    warned = aanvraag.verlaten_gewaarschuwd_op is not None
    return REGEL_VERLATEN if warned and closed and aanvraag.bewaren_tot == bewaren_tot(closed) else REGEL


def _vernietig_links(aanvraag: Aanvraag) -> list[int]:
    found: list[int] = []
    for kind, link_kind in LINKSOORTEN.items():
        parties = list(Partij.objects.filter(aanvraag=aanvraag, soort=kind).values_list("pk", flat=True))
        found += destroy_links(soort=link_kind, onderwerp_ids=parties)
    return found
