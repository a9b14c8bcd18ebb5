"""Destroying agreements whose term of keeping has passed: the row, who had the place, the timeline; and the record."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.geldigheid import BEWAARJAREN
from ondersteuning.models import Overeenkomst
from swv_portal.audit import services as audit

REGEL = f"{BEWAARJAREN} jaar na het einde of het afsluiten van een overeenkomst"


def te_vernietigen_overeenkomsten(*, vandaag: date) -> list[int]:
    """The keys of the agreements that may no longer be kept on ``vandaag``."""
    return list(Overeenkomst.objects.all().te_vernietigen(vandaag).order_by("pk").values_list("pk", flat=True))


def vernietig_overeenkomst(*, pk: int, vandaag: date) -> bool:
    """Destroy one agreement and record it; ``False`` when it is not (or no longer) to be destroyed.

    The pupil's dossier has its own term.  A DWS place stays: it holds no name and belongs to the accounts.
    """
    with transaction.atomic():
        rows = Overeenkomst.objects.all().te_vernietigen(vandaag).select_for_update(of=("self",))
        found = rows.filter(pk=pk).first()
        if found is None:
            return False
        removed = found.delete()[0]
        audit.destroy_for(
            "ondersteuning.overeenkomst", [pk], regel=REGEL, rijen=removed, soort="overeenkomst over een leerling"
        )
        return True
