"""The form of an application as it can be read, part by part, and what the SWV asked to be completed."""

from collections.abc import Iterable
from dataclasses import dataclass

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.deskundigen import FUNCTIENAMEN
from ondersteuning.domain.plaatsing import CATEGORIENAMEN
from ondersteuning.domain.welk_swv import WOONTNAMEN, Woont
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.queries.formulier import geboortedatum_van
from swv_portal.common.dates import datum, lange_datum
from swv_portal.common.screens import Gegeven


@dataclass(frozen=True)
class Sectie:
    """A part of the form as it can be read: a heading and its answers."""

    kop: str
    regels: list[Gegeven]
    stap: str = ""


def secties(aanvraag: Aanvraag, *, met_contact: bool) -> list[Sectie]:
    """The form as it can be read.  Addresses and telephone numbers only for the school and the SWV."""
    return [
        Sectie("Leerling", _leerling(aanvraag, met_contact), "leerling"),
        Sectie("Ouders en gezag", _ouders(aanvraag, met_contact), "ouders"),
        Sectie("Ontvangende school", _school(aanvraag), "school"),
        Sectie("Onderbouwing", _onderbouwing(aanvraag), "onderbouwing"),
        Sectie("Tweede deskundige", _deskundigen(aanvraag, met_contact), "deskundige"),
    ]


def _leerling(aanvraag: Aanvraag, met_adres: bool) -> list[Gegeven]:
    born = geboortedatum_van(aanvraag)
    lines = [
        Gegeven("Voornamen", aanvraag.leerling.voornamen),
        Gegeven("Achternaam", aanvraag.leerling.achternaam),
        Gegeven("Geboortedatum", lange_datum(born) if born else ""),
        Gegeven("Groep", aanvraag.groep),
    ]
    if met_adres:
        lines.append(Gegeven("Postcode van het woonadres", aanvraag.woon_pc4))
    if met_adres and aanvraag.nergens_ingeschreven:
        lines.append(Gegeven("Ingeschreven op een school", "nog nergens"))
    if met_adres and aanvraag.woont_in_gebied:
        lines.append(Gegeven("Woont in ons gebied", WOONTNAMEN[Woont(aanvraag.woont_in_gebied)].lower()))
    return lines


def _ouders(aanvraag: Aanvraag, met_contact: bool) -> list[Gegeven]:
    parents = [party for party in aanvraag.partijen.all() if party.soort == procedure.OUDER and party.naam]
    lines = [line for parent in parents for line in _contact(parent, met_contact)]
    if aanvraag.een_ouder_reden:
        lines.append(Gegeven("Waarom één ouder", aanvraag.een_ouder_reden))
    return lines


def _school(aanvraag: Aanvraag) -> list[Gegeven]:
    period = ""
    if aanvraag.gewenst_van and aanvraag.gewenst_tot:
        period = f"{lange_datum(aanvraag.gewenst_van)} tot en met {lange_datum(aanvraag.gewenst_tot)}"
    back = lange_datum(aanvraag.terugkeer_moment) if aanvraag.terugkeer_moment else ""
    return [
        Gegeven("Ontvangende school", aanvraag.ontvangende_school.naam if aanvraag.ontvangende_school else ""),
        Gegeven("Categorie", CATEGORIENAMEN.get(aanvraag.categorie, "")),
        Gegeven("Functie van de eerste deskundige", FUNCTIENAMEN.get(aanvraag.eerste_functie, "")),
        Gegeven("Gewenste periode", period),
        Gegeven("Mogelijke terugkeer", back or aanvraag.geen_terugkeer_reden),
    ]


def _onderbouwing(aanvraag: Aanvraag) -> list[Gegeven]:
    heard = "Wat de leerling vindt" if aanvraag.leerling_gehoord else "Waarom de leerling niet is gehoord"
    return [
        Gegeven("Wat heeft de leerling nodig?", aanvraag.onderwijsbehoefte),
        Gegeven("Wat heeft de school al gedaan?", aanvraag.geboden_hulp),
        Gegeven("Waarom past de ontvangende school?", aanvraag.reden_school),
        Gegeven(heard, aanvraag.stem_leerling),
    ]


def _deskundigen(aanvraag: Aanvraag, met_contact: bool) -> list[Gegeven]:
    experts = [party for party in aanvraag.partijen.all() if party.soort == procedure.TWEEDE_DESKUNDIGE]
    return [line for expert in experts for line in _deskundige(expert, met_contact)]


def _contact(party: Partij, met_contact: bool) -> Iterable[Gegeven]:
    yield Gegeven(f"Naam van {party.label}", party.naam)
    if met_contact:
        yield Gegeven(f"E-mailadres van {party.label}", party.email)
        if party.telefoon:
            yield Gegeven(f"Telefoonnummer van {party.label}", party.telefoon)


def _deskundige(party: Partij, met_contact: bool) -> Iterable[Gegeven]:
    yield Gegeven("Naam", party.naam)
    yield Gegeven("Functie", FUNCTIENAMEN.get(party.functie, ""))
    yield Gegeven("Werkgever", party.werkgever)
    if met_contact:
        yield Gegeven("E-mailadres", party.email)
        if party.telefoon:
            yield Gegeven("Telefoonnummer", party.telefoon)


def aanvullingen(aanvraag: Aanvraag) -> list[Sectie]:
    """The requests for completion with their answers."""
    found = []
    for item in aanvraag.aanvullingen.all():
        lines = [
            Gegeven("Uiterlijk", datum(item.uiterlijk)),
            Gegeven("Wat er ontbreekt", item.vraag),
            Gegeven(
                "Antwoord", item.antwoord or ("afgesloten zonder antwoord" if item.aangevuld_op else "nog niet gegeven")
            ),
        ]
        found.append(Sectie(f"Aanvulling gevraagd op {lange_datum(item.gevraagd_op)}", lines))
    return found
