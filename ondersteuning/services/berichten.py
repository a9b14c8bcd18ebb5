"""Messages of the procedure: a verb and a reference, never a name of a child."""

from datetime import date

from django.urls import reverse

from kernen.queries import gebruikers_met_rol
from ondersteuning.models import Aanvraag
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail


def _bericht(aanvraag: Aanvraag, school_id: int | None, rol: Rol, *, zin: str, actor: Actor, vandaag: date) -> None:
    if school_id is None:
        return
    url = absolute_url(reverse("ondersteuning:dossier", args=[aanvraag.pk]))
    for user in gebruikers_met_rol(vandaag, rol, school=school_id):
        if user.pk == actor.user_id:
            continue
        enqueue_mail(
            sjabloon="ondersteuning_bericht",
            onderwerp=f"{zin}: aanvraag {aanvraag.kenmerk}",
            context={"kenmerk": aanvraag.kenmerk, "zin": zin, "url": url},
            aan_user=user,
            actor=actor,
        )


def bericht_aan_school(aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Mail the IB'ers of the pupil's school, except the one who did it."""
    _bericht(aanvraag, aanvraag.verwijzende_school_id, Rol.IBER, zin=zin, actor=actor, vandaag=vandaag)


def bericht_aan_ontvangende_school(aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Mail the orthopedagogen of the receiving school, while it takes part."""
    _bericht(aanvraag, aanvraag.gevraagde_school_id, Rol.ORTHOPEDAGOOG, zin=zin, actor=actor, vandaag=vandaag)


def waarschuw_school(aanvraag: Aanvraag, *, ingetrokken_op: date, vandaag: date) -> None:
    """Mail the IB'ers of the pupil's school (without one: its director) that nobody works on this application."""
    school = aanvraag.verwijzende_school_id
    people = list(gebruikers_met_rol(vandaag, Rol.IBER, school=school))
    for user in people or gebruikers_met_rol(vandaag, Rol.SCHOOLDIRECTEUR, school=school):
        enqueue_mail(
            sjabloon="ondersteuning_verlaten",
            onderwerp=f"Maak af of trek in: aanvraag {aanvraag.kenmerk}",
            context={
                "kenmerk": aanvraag.kenmerk,
                "dag": lange_datum(ingetrokken_op),
                "url": absolute_url(reverse("ondersteuning:dossier", args=[aanvraag.pk])),
            },
            aan_user=user,
            actor=PORTAAL,
        )
