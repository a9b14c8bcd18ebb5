"""What a route is: who starts it, who takes part, what is asked, what is tested, and what comes out.

Form, checks, screens, letter and tasks read the ``Route`` of an application; they know no route by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ondersteuning.domain.plaatsing import Categorie, Kostendrager, Soort
from swv_portal.common.scoping import Rol


@dataclass(frozen=True)
class Samen:
    """Fields of one step that are asked together, under ``kop``.

    Of ``een_van`` at least one must be filled; ``zin`` is said at the last of them when none is.  ``mits`` are fields
    that must be filled as soon as the other one is, as (field, the other one).
    """

    kop: str
    velden: tuple[str, ...]
    een_van: tuple[str, ...]
    zin: str
    mits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Stap:
    """One page of the form: ``naam`` for the address, ``label`` for the eye, and the fields that must be filled.

    ``extra`` are fields of the page that other routes do not ask, ``zonder`` those that this route leaves out.
    """

    naam: str
    label: str
    verplicht: tuple[tuple[str, str], ...] = ()
    samen: tuple[Samen, ...] = ()
    extra: frozenset[str] = frozenset()
    zonder: frozenset[str] = frozenset()


class Beginplaats(StrEnum):
    """Where somebody holds the role with which an application is started."""

    SCHOOL = "school"
    ONTVANGEND = "ontvangend"
    SWV = "swv"
    BESTUUR = "bestuur"


class Deelnemer(StrEnum):
    """Who is asked for something before the application is handed in."""

    OUDERS = "ouders"
    EERSTE_DESKUNDIGE = "eerste_deskundige"
    PLAATS = "plaats"
    TWEEDE_DESKUNDIGE = "tweede_deskundige"
    INSTELLING = "instelling"


#: The name of the procedure of most routes; see ``procedures.py``.
GEWOON = "aanvraag"
ORTHOPEDAGOOG = frozenset({Rol.ORTHOPEDAGOOG})


@dataclass(frozen=True)
class Route:
    """``van`` and ``naar`` are kinds of school (as in `kernen`).

    ``begin``: who starts, by the place of the role.  Without ``van`` the pupil has no school of ours.  ``alleen_ikc``
    and ``zelfde_school`` limit and widen ``naar``.  ``ontvangers``: the roles that answer for the receiving school.
    ``punten``: the codes of the test list (`toets`) that count.  ``betaler`` pays the place unless the SWV decides
    otherwise, because of ``betaler_reden``.  ``plaats`` is what is recorded after a grant; ``met_nummer``: it is a TLV
    with a number of this SWV.  ``indiener`` (in lists ``indiener_kort``) is how screens call who does the application.
    ``anders``: the route that it becomes when a school of that kind is chosen; such a route has no ``start_zelf``.
    ``procedure`` names its Workflow.
    """

    code: str
    formulier: str
    naam: str
    uitleg: str
    begin: Mapping[Beginplaats, frozenset[Rol]]
    van: frozenset[str]
    naar: frozenset[str]
    stappen: tuple[Stap, ...]
    deelnemers: frozenset[Deelnemer]
    punten: frozenset[str]
    betaler: Kostendrager
    betaler_reden: str
    indiener: str = "de school van de leerling"
    indiener_kort: str = "school"
    benodigd: tuple[str, ...] = ()
    ontvangers: frozenset[Rol] = ORTHOPEDAGOOG
    alleen_ikc: bool = False
    zelfde_school: bool = False
    plaats: Soort = Soort.TLV
    met_nummer: bool = True
    anders: tuple[tuple[str, str], ...] = ()
    start_zelf: bool = True
    procedure: str = GEWOON

    def stap(self, naam: str) -> Stap | None:
        return next((step for step in self.stappen if step.naam == naam), None)

    def nummer(self, naam: str) -> int:
        """The number of a step, from 1."""
        return next(index for index, step in enumerate(self.stappen, start=1) if step.naam == naam)

    def vraagt(self, deelnemer: Deelnemer) -> bool:
        return deelnemer in self.deelnemers

    @property
    def de_indiener(self) -> str:
        """Who does the application, where it is clear which pupil: 'de school', 'het schoolbestuur'."""
        return self.indiener.removesuffix(" van de leerling")

    @property
    def besluitnaam(self) -> str:
        """What a decision on this route gives: 'de toelaatbaarheidsverklaring (TLV)', 'het instroombudget'."""
        if self.plaats is Soort.INSTROOMBUDGET:
            return "het instroombudget"
        if self.plaats is Soort.TLV_BAO:
            return "de TLV op de basisschool"
        return "de toelaatbaarheidsverklaring (TLV)" if self.met_nummer else "het plaatsingsakkoord"

    @property
    def soorten(self) -> frozenset[str]:
        """The kinds of school that can be chosen, those that make it another route included."""
        return self.naar | {kind for kind, _ in self.anders}

    @property
    def categorieen(self) -> tuple[Categorie, ...]:
        """The categories that can be chosen before the school is known; who stays at the basisschool has no SBO."""
        return tuple(each for each in Categorie if self.plaats is not Soort.TLV_BAO or each is not Categorie.SBO)


def mogelijke_categorieen(route: Route, *, soort: str, is_ikc: bool) -> tuple[Categorie, ...]:
    """The categories that fit the receiving school (par. 6.1.3).

    SBO is the only one for an SBO, and for every IKC pupil; a school for SO has the categories I, II and III.  So has
    a pupil who stays at the basisschool, whatever basisschool that is.
    """
    if Categorie.SBO in route.categorieen and (is_ikc or soort == "SBO"):
        return (Categorie.SBO,)
    return (Categorie.LAAG, Categorie.MIDDEN, Categorie.HOOG)
