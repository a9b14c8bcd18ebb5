"""A form that makes something makes it once, however often it is sent: twice clicked, reloaded, or back and again.

The form carries a random key (``{% formuliersleutel %}``).  The key is stored in the transaction of what is made, under
a unique constraint: who comes second, also at the same moment and in another process, waits for the first, does
nothing, and is shown what the first made.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import transaction

from swv_portal.access.actors import Actor
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Formuliersleutel

Made = TypeVar("Made")

ZONDER_SLEUTEL = Refusal(
    "sleutel",
    "Dit formulier kwam niet heel bij ons aan. Er is niets gedaan. Kijk het na en verstuur het opnieuw.",
)


@dataclass(frozen=True)
class Once(Generic[Made]):
    """What a form made: where to find it, and the thing itself; ``None`` when an earlier sending made it."""

    pad: str
    gemaakt: Made | None

    @property
    def eerder(self) -> bool:
        """Was this form sent before?"""
        return self.gemaakt is None


def once(
    *,
    actor: Actor,
    soort: str,
    sleutel: uuid.UUID | None,
    maak: Callable[[], Made | Refusal],
    pad: Callable[[Made], str],
) -> Once[Made] | Refusal:
    """Call ``maak`` (a service) unless this person sent this form before; in both cases say where the result is.

    ``soort`` names the form (``financien.bereken``), ``sleutel`` is what it carried, ``pad`` gives the path (ids only)
    of what was made.  A refusal of ``maak``, or an exception, leaves the key unused.  Refuses ``sleutel`` when there
    is none.  Only for people with an account (``ValueError``).
    """
    if actor.user_id is None:
        raise ValueError("a form key belongs to somebody with an account")
    if sleutel is None:
        return ZONDER_SLEUTEL
    with transaction.atomic():
        # An insert that meets the same key in another open transaction waits until that one ends.
        claim, is_new = Formuliersleutel.objects.get_or_create(user_id=actor.user_id, soort=soort, sleutel=sleutel)
        if not is_new:
            return Once(claim.pad, None)
        made = maak()
        if isinstance(made, Refusal):
            claim.delete()
            return made
        claim.pad = pad(made)
        claim.save(update_fields=["pad"])
        return Once(claim.pad, made)
