"""Who of a school gets a message."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from kernen.models import Roltoekenning
from swv_portal.access.models import User
from swv_portal.common.scoping import Rol


def gebruikers_bij(school_id: int | None, rollen: Iterable[Rol], vandaag: date) -> list[User]:
    """The active people who hold one of ``rollen`` at this school on ``vandaag``, each once."""
    if school_id is None:
        return []
    held = Roltoekenning.objects.op(vandaag).filter(school_id=school_id, rol__in=[str(rol) for rol in rollen])
    return list(User.objects.filter(pk__in=held.values(pk_user=F("user_id")), is_active=True).order_by("pk"))
