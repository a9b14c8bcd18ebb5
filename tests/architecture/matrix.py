"""The vocabulary of the matrix: places, addresses, and who gets what.  The tables are in ``matrix_<app>.py``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from swv_portal.common.scoping import SWV_ROLLEN, Rol

PLEKKEN = ("eigen", "zusje", "andere_kern", "ander_bestuur")
OVERAL = frozenset(PLEKKEN)
EIGEN = frozenset({"eigen"})
#: The schools of the own kern, and those of the own board.
KERN = frozenset({"eigen", "zusje"})
BESTUUR = frozenset({"eigen", "zusje", "andere_kern"})

#: Of which places a role may meet the canary at all, whatever the address.
KENT: Mapping[Rol, frozenset[str]] = {
    **dict.fromkeys(SWV_ROLLEN, OVERAL),
    Rol.IBER: EIGEN,
    Rol.SCHOOLDIRECTEUR: EIGEN,
    Rol.ORTHOPEDAGOOG: EIGEN,
    Rol.KERNVOORZITTER: KERN,
    Rol.SCHOOLBESTUURDER: BESTUUR,
}


@dataclass
class Plek:
    """One of the four places.  ``kanarie`` is a word that may turn up only where this place's things may be seen."""

    naam: str
    school: Any
    kern: Any
    bestuur: Any
    kanarie: str
    dingen: dict[str, Any] = field(default_factory=dict)


@dataclass
class Wereld:
    """The places, the people (one per role, all at ``eigen``), and room for what belongs to no place."""

    plekken: dict[str, Plek]
    personen: dict[Rol, Any]
    dingen: dict[str, Any] = field(default_factory=dict)

    @property
    def eigen(self) -> Plek:
        return self.plekken["eigen"]


@dataclass(frozen=True)
class Adres:
    """Who gets an address.

    ``rollen``: at which places a role gets it (404 at the others).  ``mag_niet``: at which places a role may look but
    not do this (403).  ``anders``: what somebody logged in gets whose role is in neither.  ``args``: the arguments of
    the address for a place; ``None`` when it has no object.  ``open``: for everybody, logged in or not.  ``link``: for
    people with the personal link that this gives for a place, and for nobody else.  ``kent``: which canaries a role
    (``None``: a visitor) may meet here, when that differs from ``KENT``.
    """

    rollen: Mapping[Rol, frozenset[str]] = field(default_factory=dict)
    args: Callable[[Plek], dict[str, Any]] | None = None
    methoden: tuple[str, ...] = ("GET",)
    data: Callable[[Plek], dict[str, Any]] | None = None
    query: str = ""
    mag_niet: Mapping[Rol, frozenset[str]] = field(default_factory=dict)
    anders: int = 403
    open: bool = False
    link: Callable[[Plek], Any] | None = None
    kent: Mapping[Rol | None, frozenset[str]] = field(default_factory=dict)


def spread(naam: str, given: "Adres | tuple[Adres, ...]") -> list[tuple[str, Adres]]:
    """An address that differs per method or per kind of object has several rows: ``naam``, ``naam#2`` and so on."""
    rows = given if isinstance(given, tuple) else (given,)
    return [(naam if number == 1 else f"{naam}#{number}", row) for number, row in enumerate(rows, start=1)]


#: Everybody who is logged in, whatever the role.
IEDEREEN = dict.fromkeys(Rol, OVERAL)


def verwacht(adres: Adres, rol: Rol, plek: str, *, heeft_object: bool) -> int:
    """What ``rol`` gets at ``plek`` (one of ``PLEKKEN``, or ``afwezig``): 200 stands for every kind of yes."""
    if rol in adres.rollen:
        if not heeft_object or plek in adres.rollen[rol]:
            return 200
        return 403 if plek in adres.mag_niet.get(rol, ()) else 404
    if rol in adres.mag_niet:
        return 403 if not heeft_object or plek in adres.mag_niet[rol] else 404
    return adres.anders
