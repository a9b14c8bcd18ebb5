"""Who may see what: the reach (``Bereik``) of a person, and querysets that keep to it.

A person holds roles, and each role stays tied to its place: an IB'er at one school is not an IB'er at another.  A
``Bereik`` is built once per request (and anew in every job) from the roles that are valid that day.  Every queryset of
a scoped model declares its ``scope``: which roles may look, and by which path a role's place is reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q


class Rol(StrEnum):
    """The roles of the field.  Each is held at one kind of place, see ``PLAATS``."""

    SWV_MEDEWERKER = "swv_medewerker"
    DIRECTEUR_BESTUURDER = "directeur_bestuurder"
    CONTROLLER = "controller"
    BEHEERDER = "beheerder"
    IBER = "iber"
    SCHOOLDIRECTEUR = "schooldirecteur"
    ORTHOPEDAGOOG = "orthopedagoog"
    KERNVOORZITTER = "kernvoorzitter"
    SCHOOLBESTUURDER = "schoolbestuurder"


ROLNAMEN: Mapping[str, str] = {
    Rol.SWV_MEDEWERKER: "SWV-medewerker",
    Rol.DIRECTEUR_BESTUURDER: "directeur-bestuurder",
    Rol.CONTROLLER: "controller",
    Rol.BEHEERDER: "beheerder",
    Rol.IBER: "IB'er",
    Rol.SCHOOLDIRECTEUR: "schooldirecteur",
    Rol.ORTHOPEDAGOOG: "orthopedagoog",
    Rol.KERNVOORZITTER: "kernvoorzitter",
    Rol.SCHOOLBESTUURDER: "schoolbestuurder",
}

#: The kind of place at which a role is held: the SWV itself, a school, a kern or a board.
PLAATS: Mapping[str, str] = {
    Rol.SWV_MEDEWERKER: "swv",
    Rol.DIRECTEUR_BESTUURDER: "swv",
    Rol.CONTROLLER: "swv",
    Rol.BEHEERDER: "swv",
    Rol.IBER: "school",
    Rol.SCHOOLDIRECTEUR: "school",
    Rol.ORTHOPEDAGOOG: "school",
    Rol.KERNVOORZITTER: "kern",
    Rol.SCHOOLBESTUURDER: "bestuur",
}

#: Everybody who works at the SWV itself.
SWV_ROLLEN = frozenset({Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER, Rol.CONTROLLER, Rol.BEHEERDER})
#: Those of the SWV who handle dossiers of children.
SWV_DOSSIER = frozenset({Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER})
#: Those outside the SWV who read dossiers of children, each at the own place.
SCHOOL_DOSSIER = frozenset({Rol.IBER, Rol.SCHOOLDIRECTEUR, Rol.ORTHOPEDAGOOG})
#: Those of the SWV who handle money.
SWV_GELD = frozenset({Rol.CONTROLLER, Rol.DIRECTEUR_BESTUURDER})
#: Those of the SWV who handle kernen and evaluations.
SWV_KERNEN = frozenset({Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER})


@dataclass(frozen=True)
class Toekenning:
    """One role at one place.  ``plaats_id`` is ``None`` exactly when the place is the SWV itself."""

    rol: Rol
    plaats_id: int | None = None


@dataclass(frozen=True)
class Bereik:
    """Everything that one person may reach today.  An anonymous visitor has the empty reach."""

    user_id: int | None = None
    toekenningen: frozenset[Toekenning] = field(default_factory=frozenset)

    @cached_property
    def rollen(self) -> frozenset[Rol]:
        return frozenset(toekenning.rol for toekenning in self.toekenningen)

    def heeft(self, *rollen: Rol) -> bool:
        """Does this person hold one of ``rollen``, at whatever place?"""
        return bool(self.rollen & set(rollen))

    def plaatsen(self, *rollen: Rol) -> frozenset[int]:
        """The places (ids of schools, kernen or boards) at which one of ``rollen`` is held."""
        return frozenset(t.plaats_id for t in self.toekenningen if t.rol in rollen and t.plaats_id is not None)

    def rollen_bij(
        self, *, school: int | None = None, bestuur: int | None = None, kern: int | None = None
    ) -> frozenset[Rol]:
        """The roles that count for an object at these places, the roles at the SWV included."""
        at = {"school": school, "bestuur": bestuur, "kern": kern}
        return frozenset(
            t.rol
            for t in self.toekenningen
            if PLAATS[t.rol] == "swv" or (t.plaats_id is not None and at[PLAATS[t.rol]] == t.plaats_id)
        )


NIEMAND = Bereik()


@dataclass(frozen=True)
class Scope:
    """Who may look at a model: ``alles`` sees every row, ``via`` gives per role the path(s) to the id of its place."""

    alles: frozenset[Rol] = frozenset()
    via: Mapping[Rol, str | tuple[str, ...]] = field(default_factory=dict)

    def condition(self, bereik: Bereik) -> Q | None:
        """The rows that ``bereik`` reaches; ``None`` means no row at all, an empty ``Q`` every row."""
        if bereik.rollen & self.alles:
            return Q()
        found: Q | None = None
        for rol, paths in self.via.items():
            places = bereik.plaatsen(rol)
            for path in (paths,) if isinstance(paths, str) else paths:
                if places:
                    part = Q(**{f"{path}__in": sorted(places)})
                    found = part if found is None else found | part
        return found


Row = TypeVar("Row", bound=models.Model)


class ScopedQuerySet(models.QuerySet[Row]):
    """A queryset that can be limited to what somebody may see.  Paths must be single-valued, or rows would repeat."""

    scope: ClassVar[Scope]

    def visible_to(self, bereik: Bereik) -> Self:
        condition = self.scope.condition(bereik)
        return self.none() if condition is None else self.filter(condition)
