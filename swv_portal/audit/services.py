"""Writing the timeline.  Services call ``record`` inside their own transaction; views of dossiers call ``record_read``."""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.audit.models import Event

#: Somebody who keeps a dossier open for a while has read it once.
LEZEN_OPNIEUW_NA = timedelta(minutes=15)


def subject_kind(onderwerp: models.Model) -> str:
    """The label under which events of this object are found."""
    return onderwerp._meta.label_lower


def record(
    *, actor: Actor, soort: str, onderwerp: models.Model, tekst: str, gegevens: dict[str, Any] | None = None
) -> Event:
    """Record that ``actor`` did ``soort`` (a short code) to ``onderwerp``; ``tekst`` is the sentence people read.

    ``tekst`` and ``gegevens`` hold no name, birth date or free text about a child.
    """
    return Event.objects.create(
        onderwerp_soort=subject_kind(onderwerp),
        onderwerp_id=onderwerp.pk,
        soort=soort,
        tekst=tekst,
        user_id=actor.user_id,
        link_id=actor.link_id,
        door=actor.label,
        gegevens=gegevens or {},
    )


def record_read(*, actor: Actor, onderwerp: models.Model, tekst: str = "Heeft het dossier bekeken.") -> None:
    """Record that ``actor`` looked at ``onderwerp``; looking again within a quarter of an hour adds nothing."""
    kind = subject_kind(onderwerp)
    recent = Event.objects.filter(
        onderwerp_soort=kind,
        onderwerp_id=onderwerp.pk,
        user_id=actor.user_id,
        link_id=actor.link_id,
        lezen=True,
        tekst=tekst,
        tijd__gte=timezone.now() - LEZEN_OPNIEUW_NA,
    )
    with transaction.atomic():
        if not recent.exists():
            Event.objects.create(
                onderwerp_soort=kind,
                onderwerp_id=onderwerp.pk,
                soort="gelezen",
                tekst=tekst,
                user_id=actor.user_id,
                link_id=actor.link_id,
                door=actor.label,
                lezen=True,
            )
