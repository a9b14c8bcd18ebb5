"""The routes to a TLV.  A route says who starts, which schools take part, and which steps its form has.

Route A is the way from a regular school to SO or SBO/IKC (ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par.
6.1.3).  Another route is another ``Route`` here: form, checks, screens and letter read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ondersteuning.domain.plaatsing import Categorie, Kostendrager


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
    """One page of the form: ``naam`` for the address, ``label`` for the eye, and the fields that must be filled."""

    naam: str
    label: str
    verplicht: tuple[tuple[str, str], ...] = ()
    samen: tuple[Samen, ...] = ()


@dataclass(frozen=True)
class Route:
    """``van`` and ``naar`` are kinds of school (as in `kernen`); ``betaler`` pays the place."""

    code: str
    naam: str
    uitleg: str
    van: frozenset[str]
    naar: frozenset[str]
    stappen: tuple[Stap, ...]
    betaler: Kostendrager

    def stap(self, naam: str) -> Stap | None:
        return next((step for step in self.stappen if step.naam == naam), None)

    def nummer(self, naam: str) -> int:
        """The number of a step, from 1."""
        return next(index for index, step in enumerate(self.stappen, start=1) if step.naam == naam)


_STAPPEN_A = (
    Stap(
        "leerling",
        "Leerling",
        (
            ("voornamen", "Voornamen"),
            ("achternaam", "Achternaam"),
            ("geboortedatum", "Geboortedatum"),
            ("groep", "Groep"),
        ),
    ),
    Stap(
        "ouders",
        "Ouders en gezag",
        (("ouder1_naam", "Naam van ouder 1"), ("ouder1_email", "E-mailadres van ouder 1")),
        (
            Samen(
                kop="Vul ouder 2 in, of schrijf waarom er één ouder met gezag is",
                velden=("ouder2_naam", "ouder2_email", "ouder2_telefoon", "een_ouder_reden"),
                een_van=("ouder2_naam", "een_ouder_reden"),
                zin="Vul ouder 2 in, of schrijf waarom er maar één ouder met gezag is.",
                mits=(("ouder2_email", "ouder2_naam"),),
            ),
        ),
    ),
    Stap(
        "school",
        "Ontvangende school",
        (
            ("ontvangende_school", "Ontvangende school"),
            ("categorie", "Categorie"),
            ("eerste_functie", "Functie van de eerste deskundige"),
            ("gewenst_van", "Gewenste begindatum"),
            ("gewenst_tot", "Gewenste einddatum"),
        ),
        (
            Samen(
                kop="Terug naar een gewone school: vul een van deze twee in",
                velden=("terugkeer_moment", "geen_terugkeer_reden"),
                een_van=("terugkeer_moment", "geen_terugkeer_reden"),
                zin="Spreek hierboven een moment af, of schrijf waarom niet.",
            ),
        ),
    ),
    Stap(
        "onderbouwing",
        "Onderbouwing",
        (
            ("onderwijsbehoefte", "Wat heeft de leerling nodig?"),
            ("geboden_hulp", "Wat heeft uw school al gedaan?"),
            ("reden_school", "Waarom past de ontvangende school?"),
            ("stem_leerling", "Wat vindt de leerling, of waarom is die niet gehoord?"),
        ),
    ),
    Stap(
        "deskundige",
        "Tweede deskundige",
        (
            ("tweede_naam", "Naam van de tweede deskundige"),
            ("tweede_functie", "Functie van de tweede deskundige"),
            ("tweede_dienstverband", "Waar werkt deze deskundige?"),
            ("tweede_werkgever", "Werkgever van de tweede deskundige"),
            ("tweede_email", "E-mailadres van de tweede deskundige"),
        ),
    ),
    Stap("controleren", "Controleren"),
)

ROUTE_A = Route(
    code="A",
    naam="van basisschool naar SO of SBO",
    uitleg="De leerling zit op een gewone basisschool en gaat naar het speciaal (basis)onderwijs.",
    van=frozenset({"BAO"}),
    naar=frozenset({"SBO", "SO", "SO-VSO"}),
    stappen=_STAPPEN_A,
    betaler=Kostendrager.SCHOOL,
)

ROUTES: Mapping[str, Route] = {route.code: route for route in (ROUTE_A,)}


def mogelijke_categorieen(*, soort: str, is_ikc: bool) -> tuple[Categorie, ...]:
    """The categories that fit the receiving school (par. 6.1.3).

    SBO is the only one for an SBO, and for every IKC pupil; a school for SO has the categories I, II and III.
    """
    if is_ikc or soort == "SBO":
        return (Categorie.SBO,)
    return (Categorie.LAAG, Categorie.MIDDEN, Categorie.HOOG)
