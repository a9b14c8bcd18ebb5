"""Who may fetch the documents of an application."""

from typing import Any

from ondersteuning.domain.aanvraag import CONCEPT, INGETROKKEN, OUDER, TWEEDE_DESKUNDIGE
from ondersteuning.models import Aanvraag, Bezwaar, Leerling, Leerlingdocument, Partij
from swv_portal.common.scoping import SWV_DOSSIER, Bereik, Rol


def mag_ophalen(bereik: Bereik, document: Any) -> bool:
    """Whoever sees the application sees its letters."""
    return Aanvraag.objects.visible_to(bereik).filter(pk=document.onderwerp_id).exists()


def bestuurlijk_mag_ophalen(bereik: Bereik, document: Any) -> bool:
    """What came of a conflict is not for the school that is asked for a place: only for who does it, and the SWV."""
    rows = Aanvraag.objects.visible_to(bereik).filter(pk=document.onderwerp_id)
    if bereik.heeft(*SWV_DOSSIER):
        return rows.exists()
    return rows.filter(indienend_bestuur_id__in=sorted(bereik.plaatsen(Rol.SCHOOLBESTUURDER))).exists()


def link_mag_ophalen(link: Any, document: Any) -> bool:
    """A parent fetches the letters of the own application, as long as that link is the newest; an expert gets none."""
    own = Partij.objects.filter(pk=link.onderwerp_id, link_id=link.pk, aanvraag_id=document.onderwerp_id)
    return own.filter(soort=OUDER).exists()


def bezwaar_mag_ophalen(bereik: Bereik, document: Any) -> bool:
    """The letter of an objection is for who handles it."""
    return Bezwaar.objects.visible_to(bereik).filter(pk=document.onderwerp_id).exists()


def leerlingdocument_mag_ophalen(bereik: Bereik, document: Any) -> bool:
    """Whoever sees the dossier of the pupil, or an application for which the school chose this document."""
    if Leerling.objects.visible_to(bereik).filter(pk=document.onderwerp_id).exists():
        return True
    chosen = Leerlingdocument.objects.filter(document=document).values("aanvragen")
    return Aanvraag.objects.visible_to(bereik).filter(pk__in=chosen).exists()


def link_mag_leerlingdocument_ophalen(link: Any, document: Any) -> bool:
    """A parent or the second expert, by the newest link, as long as the application can be read with it."""
    chosen = Leerlingdocument.objects.filter(document=document).values("aanvragen")
    readers = Partij.objects.filter(soort__in=[OUDER, TWEEDE_DESKUNDIGE], aanvraag_id__in=chosen)
    own = readers.filter(pk=link.onderwerp_id, link_id=link.pk)
    return own.exclude(aanvraag__staat__in=[CONCEPT, INGETROKKEN]).exists()
