"""The main menu per role: at most five items, the same place for the same thing whoever looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from evaluatie.domain.ronde import LEZERS
from ondersteuning.domain.rollen import (
    AANVRAAGLEZERS,
    CIJFERLEZERS,
    DOSSIER_EN_BEHEER,
    DOSSIER_EN_GELD,
    DOSSIERLEZERS,
    INSTELLERS,
    SCHOOL_EN_SWV,
)
from swv_portal.common.scoping import ROLNAMEN, SWV_DOSSIER, SWV_GELD, SWV_KERNEN, SWV_ROLLEN, Bereik, Rol

#: More than this does not fit a narrow screen, nor a head.
MEESTE_ONDERDELEN = 5
#: As many of the second row; the others stand under 'Meer'.
MEESTE_KAMERS = 5


@dataclass(frozen=True)
class Onderdeel:
    """One item of a menu; ``actief`` marks where one is."""

    label: str
    url: str
    actief: bool = False


@dataclass(frozen=True)
class Ingang:
    """An item before it is drawn: the name of its URL, and which roles find it in the menu."""

    label: str
    naam: str
    rollen: frozenset[Rol]


#: In order of importance: what does not fit within five is found on the home page and through search.
HOOFDMENU: tuple[Ingang, ...] = (
    Ingang("Aanvragen", "ondersteuning:aanvragen", AANVRAAGLEZERS),
    Ingang("Kernplannen", "kernen:kernplannen", SWV_KERNEN | {Rol.KERNVOORZITTER, Rol.SCHOOLDIRECTEUR}),
    Ingang("Geld", "financien:overzicht", SWV_GELD | {Rol.SCHOOLDIRECTEUR, Rol.SCHOOLBESTUURDER}),
    Ingang("Evaluatie", "evaluatie:rondes", SWV_KERNEN | LEZERS),
    Ingang("Plaatsingen", "ondersteuning:plaatsingen", frozenset({Rol.CONTROLLER, Rol.SCHOOLBESTUURDER})),
    Ingang("Personen", "kernen:personen", frozenset({Rol.BEHEERDER})),
    Ingang("Scholen", "kernen:scholen", SWV_ROLLEN | {Rol.SCHOOLBESTUURDER}),
    Ingang("Kernen", "kernen:kernen", SWV_ROLLEN | {Rol.KERNVOORZITTER, Rol.IBER}),
    Ingang("Opdrachten", "jobs:opdrachten", frozenset({Rol.BEHEERDER, Rol.CONTROLLER})),
)

#: The second row, on the pages below ``/ondersteuning/``: the rooms of that app, the daily ones first.  Read with
#: ``deelmenu``; what does not fit stands under 'Meer'.
ONDERSTEUNING: tuple[Ingang, ...] = (
    Ingang("Werklijst", "ondersteuning:werklijst", SWV_DOSSIER),
    Ingang("Leerlingen", "ondersteuning:leerlingen", SCHOOL_EN_SWV),
    Ingang("Aanvragen", "ondersteuning:aanvragen", AANVRAAGLEZERS),
    Ingang("Gevraagd", "ondersteuning:gevraagd", SCHOOL_EN_SWV),
    Ingang("Aanwezigheid", "ondersteuning:aanwezigheid", SCHOOL_EN_SWV),
    Ingang("Overstap en terugplaatsing", "ondersteuning:overstappen", SCHOOL_EN_SWV),
    Ingang("Overeenkomsten", "ondersteuning:overeenkomsten", DOSSIERLEZERS),
    Ingang("Consulenten", "ondersteuning:consulenten", SCHOOL_EN_SWV),
    Ingang("Evaluatie met ouders", "ondersteuning:evaluatiegesprekken", SWV_DOSSIER),
    Ingang("TLV's die aflopen", "ondersteuning:radar", SWV_DOSSIER),
    Ingang("Bezwaren", "ondersteuning:bezwaren", SWV_DOSSIER),
    Ingang("Plaatsingen", "ondersteuning:plaatsingen", SCHOOL_EN_SWV),
    Ingang("Te factureren", "ondersteuning:te_factureren", DOSSIER_EN_GELD),
    Ingang("Cijfers", "ondersteuning:cijfers", CIJFERLEZERS),
    Ingang("Adviezen als lid", "ondersteuning:bestuursadviezen", frozenset({Rol.SCHOOLBESTUURDER})),
    Ingang("Leden van de AV", "ondersteuning:avleden", SWV_DOSSIER),
    Ingang("Brieven", "ondersteuning:brieven", DOSSIER_EN_BEHEER),
    Ingang("Instellingen van ondersteuning", "ondersteuning:alle_instellingen", DOSSIER_EN_BEHEER),
    Ingang("Jeugdhulpinstellingen", "ondersteuning:jeugdhulpinstellingen", SWV_DOSSIER),
)

#: What stands in the menu of the person, under the name.
PERSOONSMENU: tuple[Ingang, ...] = (
    Ingang("Mijn account", "access:account", frozenset(Rol)),
    Ingang("Mijn documenten", "jobs:documenten", frozenset(Rol)),
    Ingang("Mijn logboek", "access:logboek", frozenset(Rol)),
    Ingang("Personen en rollen", "kernen:personen", frozenset({Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER})),
    Ingang("Opdrachten", "jobs:opdrachten", frozenset({Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER})),
    Ingang("Plaatsingen", "ondersteuning:plaatsingen", SCHOOL_EN_SWV),
    Ingang("Sociale kaart", "sociale_kaart:lijst", SCHOOL_EN_SWV),
    Ingang("Instellingen van ondersteuning", "ondersteuning:alle_instellingen", INSTELLERS),
    Ingang("Vernietigingen", "start:vernietigingen", frozenset({Rol.BEHEERDER, Rol.DIRECTEUR_BESTUURDER})),
    Ingang("Instellingen", "kernen:instellingen", frozenset({Rol.BEHEERDER, Rol.DIRECTEUR_BESTUURDER})),
)


@cache
def _adres(naam: str) -> str:
    """The address behind a name; finding it again for every item of every page costs more than drawing the menu."""
    return reverse(naam)


def hoofdmenu(bereik: Bereik, pad: str) -> list[Onderdeel]:
    """At most five items for these roles; ``pad`` says where one is."""
    return _mark(_eigen(HOOFDMENU, bereik)[:MEESTE_ONDERDELEN], pad)


@dataclass(frozen=True)
class Deelmenu:
    """The second row: what is always seen, and what stands under 'Meer'."""

    rij: tuple[Onderdeel, ...] = ()
    meer: tuple[Onderdeel, ...] = ()

    @property
    def alle(self) -> tuple[Onderdeel, ...]:
        return self.rij + self.meer


def deelmenu(bereik: Bereik, pad: str) -> Deelmenu:
    """The rooms of ondersteuning for these roles, on its own pages; nothing elsewhere, nor when there is one room.

    The room where one is always stands in the row.
    """
    if not pad.startswith(_adres("ondersteuning:aanvragen")):
        return Deelmenu()
    found = _mark(_eigen(ONDERSTEUNING, bereik), pad)
    if len(found) <= MEESTE_KAMERS + 1:  # 'Meer' with one item under it is no shorter
        return Deelmenu(tuple(found) if len(found) > 1 else ())
    hidden = [item for item in found[MEESTE_KAMERS:] if not item.actief]
    return Deelmenu(tuple(item for item in found if item not in hidden), tuple(hidden))


def persoonsmenu(bereik: Bereik, pad: str) -> list[Onderdeel]:
    """What everybody finds under the own name, roles or not, and what some roles find there too."""
    return _mark(_eigen(PERSOONSMENU, bereik), pad)


def rollen_label(bereik: Bereik) -> str:
    """The roles of a person in words, in the order in which the house names them."""
    return ", ".join(naam for rol, naam in ROLNAMEN.items() if rol in bereik.rollen)


def _eigen(ingangen: Iterable[Ingang], bereik: Bereik) -> list[tuple[str, str]]:
    """Label and address of the items of these roles; an item for every role is there without a role too."""
    everybody = frozenset(Rol)
    return [
        (ingang.label, _adres(ingang.naam))
        for ingang in ingangen
        if ingang.rollen == everybody or bereik.heeft(*ingang.rollen)
    ]


def _mark(items: list[tuple[str, str]], pad: str) -> list[Onderdeel]:
    """Active is the item whose address is the longest that ``pad`` begins with."""
    here = max((url for _label, url in items if pad.startswith(url)), key=len, default="")
    return [Onderdeel(label, url, bool(here) and url == here) for label, url in items]
