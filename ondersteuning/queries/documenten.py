"""Who may fetch the documents of an application."""

from typing import Any

from ondersteuning.domain.aanvraag import OUDER
from ondersteuning.models import Aanvraag, Partij
from swv_portal.common.scoping import Bereik


def mag_ophalen(bereik: Bereik, document: Any) -> bool:
    """Whoever sees the application sees its letters."""
    return Aanvraag.objects.visible_to(bereik).filter(pk=document.onderwerp_id).exists()


def link_mag_ophalen(link: Any, document: Any) -> bool:
    """A parent fetches the letters of the own application, as long as that link is the newest; an expert gets none."""
    own = Partij.objects.filter(pk=link.onderwerp_id, link_id=link.pk, aanvraag_id=document.onderwerp_id)
    return own.filter(soort=OUDER).exists()
