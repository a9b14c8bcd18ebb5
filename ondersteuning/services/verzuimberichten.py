"""Mails about absence: a verb and a reference, never a name of a child."""

from collections.abc import Iterable

from django.urls import reverse

from ondersteuning.models import Verzuimmelding
from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail


def bericht(melding: Verzuimmelding, mensen: Iterable[User], *, zin: str, actor: Actor) -> int:
    """Mail these people ``zin`` and the way to the case, except the one who did it; how many were mailed."""
    url = absolute_url(reverse("ondersteuning:verzuimmelding", args=[melding.pk]))
    told = [user for user in mensen if user.pk != actor.user_id]
    for user in told:
        enqueue_mail(
            sjabloon="ondersteuning_verzuim",
            onderwerp=f"{zin}: melding {melding.kenmerk}",
            context={"kenmerk": melding.kenmerk, "zin": zin, "url": url},
            aan_user=user,
            actor=actor,
        )
    return len(told)
