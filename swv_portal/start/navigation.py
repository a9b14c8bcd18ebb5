"""The main menu per role: at most five items, the same place for the same thing whoever looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from evaluatie.domain.ronde import LEZERS
from swv_portal.common.scoping import ROLNAMEN, SWV_DOSSIER, SWV_GELD, SWV_KERNEN, SWV_ROLLEN, Bereik, Rol

#: More than this does not fit a narrow screen, nor a head.
MEESTE_ONDERDELEN = 5


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


_SCHOOL = frozenset({Rol.IBER, Rol.SCHOOLDIRECTEUR})

#: In order of importance: what does not fit within five is found on the home page and through search.
HOOFDMENU: tuple[Ingang, ...] = (
    Ingang("Aanvragen", "ondersteuning:aanvragen", SWV_DOSSIER | _SCHOOL | {Rol.ORTHOPEDAGOOG}),
    Ingang("Kernplannen", "kernen:kernplannen", SWV_KERNEN | {Rol.KERNVOORZITTER, Rol.SCHOOLDIRECTEUR}),
    Ingang("Geld", "financien:overzicht", SWV_GELD | {Rol.SCHOOLDIRECTEUR, Rol.SCHOOLBESTUURDER}),
    Ingang("Evaluatie", "evaluatie:rondes", SWV_KERNEN | LEZERS),
    Ingang("Plaatsingen", "ondersteuning:plaatsingen", frozenset({Rol.CONTROLLER, Rol.SCHOOLBESTUURDER})),
    Ingang("Personen", "kernen:personen", frozenset({Rol.BEHEERDER})),
    Ingang("Scholen", "kernen:scholen", SWV_ROLLEN | {Rol.SCHOOLBESTUURDER}),
    Ingang("Kernen", "kernen:kernen", SWV_ROLLEN | {Rol.KERNVOORZITTER, Rol.IBER}),
    Ingang("Opdrachten", "jobs:opdrachten", frozenset({Rol.BEHEERDER, Rol.CONTROLLER})),
)

#: The second row, on the pages below ``/ondersteuning/``: the rooms of that app.  Read with ``deelmenu``.
ONDERSTEUNING: tuple[Ingang, ...] = (
    Ingang("Aanvragen", "ondersteuning:aanvragen", SWV_DOSSIER | _SCHOOL | {Rol.ORTHOPEDAGOOG}),
    Ingang("Plaatsingen", "ondersteuning:plaatsingen", SWV_DOSSIER | _SCHOOL),
)

#: What stands in the menu of the person, under the name.
PERSOONSMENU: tuple[Ingang, ...] = (
    Ingang("Mijn account", "access:account", frozenset(Rol)),
    Ingang("Mijn documenten", "jobs:documenten", frozenset(Rol)),
    Ingang("Mijn logboek", "access:logboek", frozenset(Rol)),
    Ingang("Personen en rollen", "kernen:personen", frozenset({Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER})),
    Ingang("Opdrachten", "jobs:opdrachten", frozenset({Rol.SWV_MEDEWERKER, Rol.DIRECTEUR_BESTUURDER})),
    Ingang("Plaatsingen", "ondersteuning:plaatsingen", SWV_DOSSIER | _SCHOOL),
    Ingang("Sociale kaart", "sociale_kaart:lijst", SWV_DOSSIER | _SCHOOL),
    Ingang(
        "Instellingen van de TLV", "ondersteuning:instellingen", frozenset({Rol.BEHEERDER, Rol.DIRECTEUR_BESTUURDER})
    ),
    Ingang("SWV-gebieden", "ondersteuning:swv_gebieden", SWV_DOSSIER | {Rol.BEHEERDER}),
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


def deelmenu(bereik: Bereik, pad: str) -> list[Onderdeel]:
    """The rooms of ondersteuning for these roles, on its own pages; nothing elsewhere, nor when there is one room."""
    if not pad.startswith(_adres("ondersteuning:aanvragen")):
        return []
    found = _eigen(ONDERSTEUNING, bereik)
    return _mark(found, pad) if len(found) > 1 else []


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
