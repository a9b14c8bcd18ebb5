"""Messages about an agreement: a verb and a reference, never a name of a child."""

from datetime import date

from django.urls import reverse

from kernen.queries import gebruikers_met_rol
from ondersteuning.models import Overeenkomst
from ondersteuning.queries.consulenten import consulent_van
from ondersteuning.queries.mensen import mensen_van_school
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail


def _stuur(row: Overeenkomst, aan: User, *, zin: str, actor: Actor) -> None:
    if aan.pk == actor.user_id:
        return
    enqueue_mail(
        sjabloon="ondersteuning_overeenkomst",
        onderwerp=f"{zin}: overeenkomst {row.kenmerk}",
        context={
            "kenmerk": row.kenmerk,
            "zin": zin,
            "url": absolute_url(reverse("ondersteuning:overeenkomst", args=[row.pk])),
        },
        aan_user=aan,
        actor=actor,
    )


def bericht_aan_directeur(row: Overeenkomst, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Mail who signs for the pupil's school: its directors."""
    for user in gebruikers_met_rol(vandaag, Rol.SCHOOLDIRECTEUR, school=row.school_id):
        _stuur(row, user, zin=zin, actor=actor)


def bericht_aan_school(row: Overeenkomst, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Tell the pupil's school, except the one who did it."""
    for user in mensen_van_school(row.school_id, vandaag):
        _stuur(row, user, zin=zin, actor=actor)


def bericht_aan_andere_school(row: Overeenkomst, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Mail the directors of the other school, while it takes part."""
    if row.gevraagde_school_id is not None:
        for user in gebruikers_met_rol(vandaag, Rol.SCHOOLDIRECTEUR, school=row.gevraagde_school_id):
            _stuur(row, user, zin=zin, actor=actor)


def bericht_aan_swv(row: Overeenkomst, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Tell the SWV: the consulent of the school, or every medewerker when the school has none."""
    consulent = consulent_van(row.school_id, vandaag)
    people = [consulent] if consulent is not None else gebruikers_met_rol(vandaag, Rol.SWV_MEDEWERKER)
    for user in people:
        _stuur(row, user, zin=zin, actor=actor)
