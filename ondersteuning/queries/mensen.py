"""Who of a school is told that something happened to one of its pupils."""

from collections.abc import Iterable
from datetime import date

from kernen.models import Roltoekenning
from ondersteuning.domain.rollen import SCHOOLROLLEN
from swv_portal.access.models import User
from swv_portal.common.scoping import Rol


def mensen_van_school(school: int | None, vandaag: date) -> list[User]:
    """The IB'ers of a school with an account that is open today, or its directors when there is none.  One query.

    Who must do what only a director may (sign, confirm) is asked as ``gebruikers_met_rol``: this is for telling.
    """
    return mensen_per_school([school], vandaag).get(school, []) if school is not None else []


def mensen_per_school(scholen: Iterable[int], vandaag: date) -> dict[int, list[User]]:
    """The same for more schools at once, in one query; a school that is not in it can not be told."""
    rows = Roltoekenning.objects.op(vandaag).filter(
        rol__in=SCHOOLROLLEN, school_id__in=list(scholen), user__is_active=True
    )
    found: dict[tuple[int, str], dict[int, User]] = {}
    for row in rows.select_related("user").order_by("user_id", "id"):
        if row.school_id is not None:
            found.setdefault((row.school_id, row.rol), {})[row.user_id] = row.user
    return {
        school: list((found.get((school, Rol.IBER)) or found[school, Rol.SCHOOLDIRECTEUR]).values())
        for school, _ in found
    }
