"""Messages of the procedure: a verb and a reference, never a name of a child."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from ondersteuning.models import Aanvraag
from ondersteuning.queries.ontvangers import gebruikers_bij
from swv_portal.access.actors import Actor
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail


def _mail(
    aanvraag: Aanvraag, school_id: int | None, rollen: Iterable[Rol], *, zin: str, actor: Actor, dag: date
) -> None:
    url = absolute_url(reverse("ondersteuning:dossier", args=[aanvraag.pk]))
    for user in gebruikers_bij(school_id, rollen, dag):
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
    _mail(aanvraag, aanvraag.verwijzende_school_id, [Rol.IBER], zin=zin, actor=actor, dag=vandaag)


def bericht_aan_ontvangende_school(aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Mail the orthopedagogen of the receiving school, while it takes part."""
    _mail(aanvraag, aanvraag.gevraagde_school_id, [Rol.ORTHOPEDAGOOG], zin=zin, actor=actor, dag=vandaag)
