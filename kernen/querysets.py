"""Filters on the rows of kernen, and who may see them.

The kern of a school changes in time.  Where the reach of a role runs through a kern, the memberships that count are
those of today, by the calendar of the database, so that no clock is needed here.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import DateField, Func, Model, Q

from swv_portal.common.scoping import SCHOOL_DOSSIER, SWV_DOSSIER, SWV_ROLLEN, Bereik, Rol, Scope, ScopedQuerySet

if TYPE_CHECKING:
    # Named in strings only: the models import this module.
    from kernen.models import (  # noqa: F401
        Kern,
        Kernbudget,
        Kernlidmaatschap,
        Kernplan,
        Kernsessie,
        Leerlingtelling,
        Menukaartthema,
        Roltoekenning,
        Samenwerkingsverband,
        School,
        Schoolbestuur,
        Uurtarief,
    )

Rij = TypeVar("Rij", bound=Model)

AT_SCHOOL = dict.fromkeys(SCHOOL_DOSSIER, "id")


class Vandaag(Func):
    """The day in the Netherlands by the clock of the database (whose own calendar is that of UTC)."""

    template = "(CURRENT_TIMESTAMP AT TIME ZONE 'Europe/Amsterdam')::date"
    output_field = DateField()


def loopt_op(dag: "date | Func", pad: str = "") -> Q:
    """The period at ``pad`` (``van`` up to, not including, ``tot``) covers ``dag``."""
    return Q(**{f"{pad}van__lte": dag}) & (Q(**{f"{pad}tot__isnull": True}) | Q(**{f"{pad}tot__gt": dag}))


class SamenwerkingsverbandQuerySet(ScopedQuerySet["Samenwerkingsverband"]):
    scope = Scope(alles=frozenset(Rol))


class SchoolbestuurQuerySet(ScopedQuerySet["Schoolbestuur"]):
    scope = Scope(alles=SWV_ROLLEN, via={Rol.SCHOOLBESTUURDER: "id"})


class SchoolQuerySet(ScopedQuerySet["School"]):
    """School people see their own school, boards their schools, chairs the schools of their kern, the SWV all."""

    scope = Scope(alles=SWV_ROLLEN, via={**AT_SCHOOL, Rol.SCHOOLBESTUURDER: "bestuur_id"})

    def visible_to(self, bereik: Bereik) -> Self:
        condition = self.scope.condition(bereik)
        if condition == Q():
            return self
        found = condition or Q(pk__in=[])
        if kernen := bereik.plaatsen(Rol.KERNVOORZITTER):
            found |= Q(pk__in=self.model._base_manager.filter(_lid_van_kern(kernen)).values("pk"))
        return self.filter(found)

    def actief(self) -> Self:
        return self.filter(actief=True)

    def eigen_regio(self) -> Self:
        """Schools inside the region of this SWV."""
        return self.filter(buiten_regio=False)

    def in_kern(self, kern_id: int, dag: date) -> Self:
        """The schools that are in this kern on ``dag``."""
        members = self.model._base_manager.filter(loopt_op(dag, "lidmaatschappen__"), lidmaatschappen__kern_id=kern_id)
        return self.filter(pk__in=members.values("pk"))

    def zoek(self, tekst: str) -> Self:
        """Schools with every word of ``tekst`` in their name, code or place."""
        found = self
        for word in tekst.lower().split():
            found = found.filter(zoektekst__contains=word)
        return found


def _lid_van_kern(kernen: Iterable[int]) -> Q:
    return Q(lidmaatschappen__kern_id__in=sorted(kernen)) & loopt_op(Vandaag(), "lidmaatschappen__")


def _kern_van_school_of_bestuur(bereik: Bereik, pad: str = "") -> Q | None:
    """The kern at ``pad`` holds a school of this person, or a school of this person's board, today."""
    schools = bereik.plaatsen(*SCHOOL_DOSSIER)
    boards = bereik.plaatsen(Rol.SCHOOLBESTUURDER)
    member = Q()
    if schools:
        member |= Q(**{f"{pad}lidmaatschappen__school_id__in": sorted(schools)})
    if boards:
        member |= Q(**{f"{pad}lidmaatschappen__school__bestuur_id__in": sorted(boards)})
    return member & loopt_op(Vandaag(), f"{pad}lidmaatschappen__") if member else None


class ViaKernQuerySet(ScopedQuerySet[Rij]):
    """Chairs see their kern, school people and boards the kernen that their schools are in today, the SWV all."""

    scope = Scope(alles=SWV_ROLLEN, via={Rol.KERNVOORZITTER: "kern_id"})
    #: Where the kern stands, seen from the model.
    pad = "kern__"

    def visible_to(self, bereik: Bereik) -> Self:
        condition = self.scope.condition(bereik)
        if condition == Q():
            return self
        found = condition or Q(pk__in=[])
        if (member := _kern_van_school_of_bestuur(bereik, self.pad)) is not None:
            found |= self._als_lid(Q(pk__in=self.model._base_manager.filter(member).values("pk")))
        return self.filter(found)

    def _als_lid(self, lid: Q) -> Q:
        """What of a kern's rows somebody sees who is only a member of it."""
        return lid


class KernQuerySet(ViaKernQuerySet["Kern"]):
    scope = Scope(alles=SWV_ROLLEN, via={Rol.KERNVOORZITTER: "id"})
    pad = ""


class KernlidmaatschapQuerySet(ViaKernQuerySet["Kernlidmaatschap"]):
    """Which schools are in the kern."""


class KernbudgetQuerySet(ViaKernQuerySet["Kernbudget"]):
    """What a kern may spend."""


class KernsessieQuerySet(ViaKernQuerySet["Kernsessie"]):
    """The meetings of a kern."""


class KernplanQuerySet(ViaKernQuerySet["Kernplan"]):
    """Until it is established a kernplan is between the chair and the SWV; then the schools and boards see it too."""

    def _als_lid(self, lid: Q) -> Q:
        return lid & Q(staat="vastgesteld")


class LeerlingtellingQuerySet(ScopedQuerySet["Leerlingtelling"]):
    """Counts are seen by who sees the school."""

    scope = Scope(
        alles=SWV_ROLLEN,
        via={**dict.fromkeys(SCHOOL_DOSSIER, "school_id"), Rol.SCHOOLBESTUURDER: "school__bestuur_id"},
    )

    def visible_to(self, bereik: Bereik) -> Self:
        condition = self.scope.condition(bereik)
        if condition == Q():
            return self
        found = condition or Q(pk__in=[])
        if kernen := bereik.plaatsen(Rol.KERNVOORZITTER):
            member = Q(school__lidmaatschappen__kern_id__in=sorted(kernen))
            rows = self.model._base_manager.filter(member & loopt_op(Vandaag(), "school__lidmaatschappen__"))
            found |= Q(pk__in=rows.values("pk"))
        return self.filter(found)


class RoltoekenningQuerySet(ScopedQuerySet["Roltoekenning"]):
    """Who holds which role is seen by those of the SWV who give roles, and at a school by its director."""

    scope = Scope(
        alles=SWV_DOSSIER | {Rol.BEHEERDER},
        via={Rol.SCHOOLDIRECTEUR: "school_id", Rol.KERNVOORZITTER: "kern_id", Rol.SCHOOLBESTUURDER: "bestuur_id"},
    )

    def op(self, dag: date) -> Self:
        """Roles that are held on ``dag``."""
        return self.filter(loopt_op(dag))


class MenukaartthemaQuerySet(ScopedQuerySet["Menukaartthema"]):
    """Everybody with a role reads the menukaart."""

    scope = Scope(alles=frozenset(Rol))


class UurtariefQuerySet(ScopedQuerySet["Uurtarief"]):
    """Everybody with a role reads the tariffs per hour."""

    scope = Scope(alles=frozenset(Rol))
