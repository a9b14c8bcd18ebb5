"""Destroying cases of absence whose term of keeping has passed: the case, its actions, the timeline; and the record."""

from datetime import date

from django.db import transaction

from ondersteuning.domain.geldigheid import BEWAARJAREN
from ondersteuning.models import Verzuimmelding
from swv_portal.audit import services as audit

REGEL = f"{BEWAARJAREN} jaar na het afsluiten van een verzuimmelding"


def te_vernietigen_meldingen(*, vandaag: date) -> list[int]:
    """The keys of the cases that may no longer be kept on ``vandaag``."""
    return list(Verzuimmelding.objects.all().te_vernietigen(vandaag).order_by("pk").values_list("pk", flat=True))


def vernietig_melding(*, pk: int, vandaag: date) -> bool:
    """Destroy one case and record it; ``False`` when it is not (or no longer) to be destroyed.

    What was agreed and decided in it goes along.  The pupil's dossier has its own term.
    """
    with transaction.atomic():
        rows = Verzuimmelding.objects.all().te_vernietigen(vandaag).select_for_update(of=("self",))
        found = rows.filter(pk=pk).first()
        if found is None:
            return False
        removed = found.delete()[0]
        audit.destroy_for(
            "ondersteuning.verzuimmelding", [pk], regel=REGEL, rijen=removed, soort="verzuimmelding over een leerling"
        )
        return True
