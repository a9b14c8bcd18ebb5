"""The routes to a TLV, or to what comes in its place.

Ondersteuningsplan SWV PO Zuid-Kennemerland 2024-2028, par. 6.1.3 (forms A, B and D, plaatsingsakkoord), 8.1.2 and
8.1.6 (who pays).  Another route is another ``Route`` here: form, checks, screens and letter read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ondersteuning.domain import formulierstappen as formulier
from ondersteuning.domain.plaatsing import Kostendrager, Soort
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.route import Beginplaats, Deelnemer, Route, Samen, Stap, mogelijke_categorieen
from swv_portal.common.scoping import SWV_DOSSIER, Rol

__all__ = ["ROUTES", "Beginplaats", "Deelnemer", "Route", "Samen", "Stap", "met", "mogelijke_categorieen", "route_bij"]

_SPECIAAL = frozenset({"SBO", "SO", "SO-VSO"})
_TRIADE = frozenset({Deelnemer.OUDERS, Deelnemer.EERSTE_DESKUNDIGE, Deelnemer.PLAATS, Deelnemer.TWEEDE_DESKUNDIGE})
_OUDERS = frozenset({"leerling_gehoord", "ouders_uitgenodigd", "ouders_gezien", "triade"})
_TWEEDE = frozenset({"tweede_advies", "tweede_onafhankelijk", "tweede_betrokken"})
PUNTEN_A = _OUDERS | _TWEEDE | {"formulier", "eerste_advies", "plaats", "categorie", "geldigheid", "terugkeer"}

ROUTE_A = Route(
    code="A",
    formulier="A",
    naam="van basisschool naar SO of SBO",
    uitleg="De leerling zit op een gewone basisschool en gaat naar het speciaal (basis)onderwijs.",
    begin={Beginplaats.SCHOOL: SCHOOLROLLEN},
    van=frozenset({"BAO"}),
    naar=_SPECIAAL,
    stappen=formulier.STAPPEN_A,
    deelnemers=_TRIADE,
    punten=PUNTEN_A,
    betaler=Kostendrager.SCHOOL,
    betaler_reden="De verwijzende school koopt de plaats in (par. 8.1.2).",
    benodigd=(
        "de gegevens van alle ouders met gezag",
        "de school waar de leerling naartoe gaat, en de categorie",
        "een tweede deskundige die bij de leerling betrokken is",
    ),
)

ROUTE_B = Route(
    code="B",
    formulier="B",
    naam="van SO, SBO of IKC naar SO, SBO of IKC",
    uitleg="De leerling zit op het speciaal (basis)onderwijs. De leerling gaat naar een andere speciale school, of "
    "blijft langer op uw school (verlenging).",
    begin={Beginplaats.SCHOOL: SCHOOLROLLEN},
    van=_SPECIAAL,
    naar=_SPECIAAL,
    zelfde_school=True,
    stappen=formulier.STAPPEN_B,
    deelnemers=_TRIADE,
    punten=PUNTEN_A,
    betaler=Kostendrager.SCHOOL,
    betaler_reden="De school die eerder verwees, blijft betalen (par. 8.1.2).",
    benodigd=(
        "het nummer en de einddatum van de TLV van nu",
        "de gegevens van alle ouders met gezag",
        "een tweede deskundige die bij de leerling betrokken is",
    ),
)

_BEGIN_D = {Beginplaats.SWV: SWV_DOSSIER}
_UITLEG_D = (
    "De leerling zat nog niet op school, is pas begonnen, of komt van de Internationale Taalklas. Een gemandateerde "
    "jeugdhulpinstelling doet de aanvraag. De leerling gaat naar het speciaal (basis)onderwijs, of met "
    "instroombudget naar een basisschool."
)
_BENODIGD_D = ("de jeugdhulpinstelling die de aanvraag doet", "de aanleiding van de aanvraag")

ROUTE_D = Route(
    code="D",
    formulier="D",
    naam="vanuit de jeugdhulp naar SO of SBO",
    uitleg=_UITLEG_D,
    begin=_BEGIN_D,
    van=frozenset(),
    naar=_SPECIAAL,
    stappen=formulier.STAPPEN_D,
    deelnemers=_TRIADE | {Deelnemer.INSTELLING},
    punten=PUNTEN_A | {"mandaat", "aanleiding"},
    betaler=Kostendrager.SWV,
    betaler_reden="Een aanvraag vanuit de jeugdhulp (route D) betaalt het samenwerkingsverband (par. 8.1.2).",
    indiener="de jeugdhulpinstelling",
    indiener_kort="instelling",
    benodigd=_BENODIGD_D,
    anders=(("BAO", "DI"),),
)

ROUTE_D_INSTROOM = Route(
    code="DI",
    formulier="D",
    naam="vanuit de jeugdhulp naar een basisschool met instroombudget",
    uitleg=_UITLEG_D,
    begin=_BEGIN_D,
    van=frozenset(),
    naar=frozenset({"BAO"}),
    stappen=formulier.STAPPEN_D_INSTROOM,
    deelnemers=(_TRIADE - {Deelnemer.EERSTE_DESKUNDIGE}) | {Deelnemer.INSTELLING},
    punten=_OUDERS | _TWEEDE | {"formulier", "plaats", "mandaat", "aanleiding", "budget_afgestemd"},
    betaler=Kostendrager.SWV,
    betaler_reden="Het instroombudget betaalt het samenwerkingsverband (par. 8.1.5).",
    indiener="de jeugdhulpinstelling",
    indiener_kort="instelling",
    benodigd=_BENODIGD_D,
    ontvangers=SCHOOLROLLEN,
    plaats=Soort.INSTROOMBUDGET,
    met_nummer=False,
    anders=tuple((kind, "D") for kind in sorted(_SPECIAAL)),
    start_zelf=False,
)

ROUTE_PLAATSINGSAKKOORD = Route(
    code="PA",
    formulier="plaatsingsakkoord",
    naam="leerling uit een ander samenwerkingsverband naar het IKC",
    uitleg="De leerling woont in het gebied van een ander samenwerkingsverband en gaat naar een IKC bij ons. Dat "
    "andere samenwerkingsverband geeft de TLV en betaalt de plaats.",
    begin={Beginplaats.SWV: SWV_DOSSIER, Beginplaats.ONTVANGEND: SCHOOLROLLEN},
    van=frozenset(),
    naar=frozenset({"SBO"}),
    alleen_ikc=True,
    stappen=formulier.STAPPEN_PLAATSINGSAKKOORD,
    deelnemers=frozenset(),
    punten=frozenset({"formulier", "akkoord", "ander_swv", "categorie", "geldigheid"}),
    betaler=Kostendrager.ANDER_SWV,
    betaler_reden="Het samenwerkingsverband waar de leerling woont, betaalt de plaats (par. 6.1.3 en 8.1.6).",
    indiener="wie het plaatsingsakkoord invult",
    indiener_kort="invuller",
    benodigd=(
        "het TLV-nummer van het andere samenwerkingsverband",
        "het getekende akkoord van het andere samenwerkingsverband, als bestand",
    ),
    met_nummer=False,
    procedure="plaatsingsakkoord",
)

ROUTE_EENZIJDIG = Route(
    code="EZ",
    formulier="eenzijdige aanvraag",
    naam="eenzijdige aanvraag door het schoolbestuur",
    uitleg="Het bestuur besloot om de leerling te verwijderen. Ouders en school zijn het niet eens over speciaal "
    "onderwijs. Eerst is er bemiddeling. Daarna laten wij een onafhankelijk onderzoek doen.",
    begin={Beginplaats.BESTUUR: frozenset({Rol.SCHOOLBESTUURDER})},
    van=frozenset({"BAO"}) | _SPECIAAL,
    naar=_SPECIAAL,
    stappen=formulier.STAPPEN_EENZIJDIG,
    deelnemers=_TRIADE,
    punten=PUNTEN_A | {"bemiddeling", "onderzoek"},
    betaler=Kostendrager.SCHOOL,
    betaler_reden="De verwijzende school koopt de plaats in (par. 8.1.2).",
    indiener="het schoolbestuur",
    indiener_kort="bestuur",
    benodigd=(
        "het besluit om de leerling te verwijderen",
        "wat er aan bemiddeling was, of wat de landelijke onderwijsconsulenten deden",
        "de gegevens van alle ouders met gezag",
        "een tweede deskundige die bij de leerling betrokken is",
    ),
    procedure="eenzijdig",
)

_PUNTEN_TLV_BAO = frozenset(
    {"formulier", "leerling_gehoord", "ouders_uitgenodigd", "ouders_gezien", "categorie", "schooljaar", "unaniem"}
)

ROUTE_TLV_BAO = Route(
    code="TB",
    formulier="TLV op BAO",
    naam="TLV op de basisschool (medisch of chronisch)",
    uitleg="De leerling kreeg een ongeluk of heeft een ernstige chronische ziekte. De leerling blijft op de "
    "basisschool, met extra budget voor één schooljaar.",
    begin={Beginplaats.BESTUUR: frozenset({Rol.SCHOOLBESTUURDER})},
    van=frozenset({"BAO"}),
    naar=frozenset({"BAO"}),
    zelfde_school=True,
    stappen=formulier.STAPPEN_TLV_BAO,
    deelnemers=frozenset({Deelnemer.OUDERS}),
    punten=_PUNTEN_TLV_BAO,
    betaler=Kostendrager.SWV,
    betaler_reden="Het samenwerkingsverband maakt extra budget vrij (par. 6.1.3 en 8.1.4).",
    indiener="het schoolbestuur",
    indiener_kort="bestuur",
    benodigd=("wat er met de leerling is, en welke hulp de leerling nodig heeft", "de gegevens van alle ouders"),
    ontvangers=frozenset(),
    plaats=Soort.TLV_BAO,
    met_nummer=False,
    procedure="tlv_bao",
)

ROUTE_TLV_BAO_VERLENGING = replace(
    ROUTE_TLV_BAO,
    code="TBV",
    naam="nog een schooljaar TLV op de basisschool",
    begin={Beginplaats.SCHOOL: SCHOOLROLLEN},
    punten=_PUNTEN_TLV_BAO | {"ouders_akkoord"},
    indiener="de school van de leerling",
    indiener_kort="school",
    start_zelf=False,
)

ROUTES: Mapping[str, Route] = {
    route.code: route
    for route in (
        ROUTE_A,
        ROUTE_B,
        ROUTE_D,
        ROUTE_D_INSTROOM,
        ROUTE_PLAATSINGSAKKOORD,
        ROUTE_EENZIJDIG,
        ROUTE_TLV_BAO,
        ROUTE_TLV_BAO_VERLENGING,
    )
}


def route_bij(code: str, soort: str) -> str:
    """The code of the route when a school of kind ``soort`` is chosen: the same, or the one that it becomes."""
    return dict(ROUTES[code].anders).get(soort, code)


def met(*, deelnemer: Deelnemer | None = None, begin: Beginplaats | None = None) -> list[str]:
    """The codes of the routes that ask this one, or that are started there: for queries."""
    found: Iterable[Route] = ROUTES.values()
    if deelnemer is not None:
        found = (route for route in found if route.vraagt(deelnemer))
    if begin is not None:
        found = (route for route in found if begin in route.begin)
    return sorted(route.code for route in found)


#: Routes that a board may do; on no other one an application is in its reach.
VAN_BESTUUR = tuple(met(begin=Beginplaats.BESTUUR))
#: Routes that end in extra budget at the regular school itself.
OP_BASISSCHOOL = tuple(sorted(route.code for route in ROUTES.values() if route.plaats is Soort.TLV_BAO))
#: Routes that end in something else than a TLV with a number of this SWV.
ZONDER_NUMMER = tuple(sorted(route.code for route in ROUTES.values() if not route.met_nummer))
#: Routes that end in a place with a TLV, whoever gave it its number.
MET_TLV = tuple(sorted(route.code for route in ROUTES.values() if route.plaats is Soort.TLV))
#: Routes that end in a budget, whose period does not end on a 31 July.
MET_BUDGET = tuple(sorted(route.code for route in ROUTES.values() if route.plaats is Soort.INSTROOMBUDGET))
