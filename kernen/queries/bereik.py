"""From roles to reach, and who holds which role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kernen.models import Roltoekenning
from swv_portal.access.models import User
from swv_portal.common.dates import datum
from swv_portal.common.scoping import ROLNAMEN, Bereik, Rol, Toekenning


def bereik_voor(user_id: int, vandaag: date) -> Bereik:
    """The reach of a person on ``vandaag``: every role held that day, tied to its place.  One query.

    A closed account reaches nothing, also not through work that it asked for before.
    """
    rows = (
        Roltoekenning.objects.op(vandaag)
        .filter(user_id=user_id, user__is_active=True)
        .values_list("rol", "school_id", "kern_id", "bestuur_id")
    )
    return Bereik(
        user_id,
        frozenset(Toekenning(Rol(rol), school or kern or bestuur) for rol, school, kern, bestuur in rows),
    )


@dataclass(frozen=True, slots=True)
class Rolregel:
    """A role as a screen shows it."""

    pk: int
    code: Rol
    user_id: int
    wie: str
    email: str
    rol: str
    plaats: str
    periode: str
    loopt: bool


def _periode(rol: Roltoekenning) -> str:
    return f"{datum(rol.van)} tot {datum(rol.tot)}" if rol.tot else f"sinds {datum(rol.van)}"


def rolregels(rollen: "QuerySet[Roltoekenning]", vandaag: date) -> list[Rolregel]:
    """Roles with their person and place, for a screen.  One query."""
    found = rollen.select_related("user", "school", "kern", "bestuur").order_by("user__naam", "user_id", "rol", "id")
    return [
        Rolregel(
            rol.pk,
            Rol(rol.rol),
            rol.user_id,
            str(rol.user),
            rol.user.email,
            ROLNAMEN[rol.rol],
            rol.plaatsnaam,
            _periode(rol),
            rol.van <= vandaag and (rol.tot is None or rol.tot > vandaag),
        )
        for rol in found
    ]


def rollen_bij(
    bereik: Bereik, vandaag: date, *, school: int | None = None, kern: int | None = None, bestuur: int | None = None
) -> list[Rolregel]:
    """Who works at a place today, as far as ``bereik`` may know."""
    place = Q(school_id=school) if school else Q(kern_id=kern) if kern else Q(bestuur_id=bestuur)
    return rolregels(Roltoekenning.objects.visible_to(bereik).op(vandaag).filter(place), vandaag)


def gefilterde_personen(q: str, rol: str, vandaag: date) -> "QuerySet[User]":
    """Accounts by name: with ``q`` in name or address, and with that role today."""
    found = User.objects.order_by("naam", "id")
    if q:
        found = found.filter(Q(naam__icontains=q) | Q(email__icontains=q))
    if rol in ROLNAMEN:
        found = found.filter(pk__in=Roltoekenning.objects.op(vandaag).filter(rol=rol).values("user_id"))
    return found


def rollen_per_persoon(personen: list[int], vandaag: date) -> dict[int, list[str]]:
    """Per person the roles of today with their place, as text.  One query."""
    found: dict[int, list[str]] = {}
    for row in rolregels(Roltoekenning.objects.op(vandaag).filter(user_id__in=personen), vandaag):
        found.setdefault(row.user_id, []).append(f"{row.rol} ({row.plaats})")
    return found


def voorzitters(vandaag: date, kernen: "list[int] | None" = None) -> dict[int, str]:
    """The names of the chairs per kern today; the name of a chair is known to everybody in the kern."""
    rows = Roltoekenning.objects.op(vandaag).filter(rol=Rol.KERNVOORZITTER)
    if kernen is not None:
        rows = rows.filter(kern_id__in=kernen)
    found: dict[int, list[str]] = {}
    for rol in rows.select_related("user").order_by("id"):
        if rol.kern_id is not None:
            found.setdefault(rol.kern_id, []).append(str(rol.user))
    return {kern: ", ".join(names) for kern, names in found.items()}


def houders_per_school(vandaag: date, rol: Rol, scholen: Iterable[int]) -> dict[int, list[tuple[int, bool]]]:
    """Per school who holds ``rol`` there today: (key of the account, is it active).  One query."""
    found: dict[int, list[tuple[int, bool]]] = {}
    rows = Roltoekenning.objects.op(vandaag).filter(rol=rol, school_id__in=list(scholen)).order_by("id")
    for school, user, active in rows.values_list("school_id", "user_id", "user__is_active"):
        found.setdefault(school, []).append((user, active))
    return found


def gebruikers_met_rol(
    vandaag: date, *rollen: Rol, school: int | None = None, kern: int | None = None, bestuur: int | None = None
) -> "QuerySet[User]":
    """The active accounts that hold one of ``rollen`` today (at that place, when given): whom to send a mail."""
    rows = Roltoekenning.objects.op(vandaag).filter(rol__in=rollen)
    for field, pk in (("school_id", school), ("kern_id", kern), ("bestuur_id", bestuur)):
        if pk is not None:
            rows = rows.filter(**{field: pk})
    return User.objects.filter(pk__in=rows.values("user_id"), is_active=True).order_by("id")
