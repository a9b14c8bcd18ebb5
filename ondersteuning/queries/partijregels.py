"""Everybody who takes part in an application, how far they are, and how their links are doing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from ondersteuning.domain import aanvraag as procedure
from ondersteuning.domain.aanzet import verzoeken
from ondersteuning.domain.besluit import kwam_na_besluit
from ondersteuning.domain.deskundigen import FUNCTIENAMEN
from ondersteuning.domain.routes import Deelnemer
from ondersteuning.domain.stand import Bemanning, Stand
from ondersteuning.models import Aanvraag, Partij, Zienswijze
from swv_portal.access.queries import LinkStaat, links_voor
from swv_portal.common.dates import datum, lange_datum
from swv_portal.common.screens import Status

#: The kinds of personal links of this app, per kind of party.
LINKSOORTEN = {
    procedure.OUDER: "ondersteuning.ouder",
    procedure.TWEEDE_DESKUNDIGE: "ondersteuning.deskundige",
    procedure.INSTELLING: "ondersteuning.instelling",
}


@dataclass(frozen=True)
class Partijregel:
    """One who takes part: who, what was done or is asked, and (for the school and the SWV) how the link is doing."""

    label: str
    naam: str
    wat: str
    status: Status
    partij_id: int | None = None
    link: str = ""
    link_actief: bool = False
    mag_link: bool = False


def linkstaten(parties: Iterable[Partij]) -> dict[int, LinkStaat]:
    """Per party the state of its newest link.  One query: every kind of party is a row of the same table."""
    return links_voor(LINKSOORTEN.values(), [party.pk for party in parties])


def partijregels(aanvraag: Aanvraag, facts: Stand, *, met_links: bool) -> list[Partijregel]:
    """Everybody who takes part and how far they are."""
    parties = [party for party in aanvraag.partijen.all() if party.naam]
    links = linkstaten(parties) if met_links else {}
    views = {view.partij_id: view for view in aanvraag.zienswijzen.all() if view.vervallen_op is None}
    lines = []
    asks_place = facts.route.vraagt(Deelnemer.PLAATS)
    if not facts.route.vraagt(Deelnemer.INSTELLING):
        label = facts.route.indiener_kort.capitalize()
        who = aanvraag.indienernaam
        lines.append(Partijregel(label, who, "doet de aanvraag", _indiener_status(aanvraag, facts)))
    twice = facts.eigen_school and not asks_place and aanvraag.indienend_bestuur_id is None
    if aanvraag.ontvangende_school is not None and not twice:
        lines.append(_ontvangend(aanvraag, aanvraag.ontvangende_school.naam, facts))
    for party in parties:
        state = links.get(party.pk)
        if party.soort == procedure.INSTELLING:
            what, tone = f"doet de aanvraag voor {aanvraag.indienernaam}", _indiener_status(aanvraag, facts)
        else:
            what, tone = _partij_tekst(party, facts, views.get(party.pk), met_links)
            what += _na_besluit(aanvraag, views.get(party.pk))
        lines.append(
            Partijregel(
                party.label.capitalize(),
                party.naam,
                what,
                tone,
                party.pk if met_links else None,
                _linktekst(aanvraag, party, state),
                bool(state and state.code == "actief"),
                met_links and procedure.mag_uitnodigen(aanvraag.staat, party.soort) is None,
            )
        )
    return lines


def _ontvangend(aanvraag: Aanvraag, naam: str, facts: Stand) -> Partijregel:
    """The receiving school: is its part done, as far as the route asks for it?"""
    asked = facts.route.vraagt(Deelnemer.EERSTE_DESKUNDIGE)
    done = facts.plaats is True and (facts.eerste_advies is not None or not asked)
    done = done or not facts.route.vraagt(Deelnemer.PLAATS)
    return Partijregel(
        "Ontvangende school" if facts.route.vraagt(Deelnemer.PLAATS) or not facts.eigen_school else "School",
        naam,
        _ontvangend_tekst(aanvraag, facts),
        Status("klaar", "goed") if done else Status("nog niet klaar", "bezig"),
    )


def _na_besluit(aanvraag: Aanvraag, view: Zienswijze | None) -> str:
    """That a parent signed when the decision was taken already, and its letter did not go out yet."""
    if view is None:
        return ""
    late = kwam_na_besluit(aanvraag.staat, na_besluit=view.na_besluit, besluit_keer=aanvraag.besluit_keer)
    return "; dit kwam na het besluit binnen" if late else ""


def _linktekst(aanvraag: Aanvraag, party: Partij, state: LinkStaat | None) -> str:
    if state is not None and state.code == "actief":
        link = f"link werkt tot {datum(timezone.localdate(state.verloopt))}"
    elif party.soort == procedure.OUDER and aanvraag.staat in procedure.BESLOTEN:
        link = "er is geen link die werkt: geef een nieuwe link, of stuur de brief van het besluit per post"
    else:
        link = f"link {state.label}" if state else "er is geen link"
    invited = f"uitgenodigd op {datum(party.uitgenodigd_op)}" if party.uitgenodigd_op else "nog niet uitgenodigd"
    return invited if party.uitgenodigd_op is None and state is None else f"{invited}; {link}"


def _indiener_status(aanvraag: Aanvraag, facts: Stand) -> Status:
    if any(asked.wacht and asked.wie == facts.route.indiener for asked in verzoeken(aanvraag.staat, facts)):
        return Status("aan zet", "bezig")
    return Status("klaar", "goed") if aanvraag.ingediend_op else Status("wacht", "neutraal")


def _ontvangend_tekst(aanvraag: Aanvraag, facts: Stand) -> str:
    if aanvraag.staat == procedure.BIJ_PARTIJEN and facts.bemanning is Bemanning.NIEMAND:
        return "er is nog geen orthopedagoog met een account"
    if not facts.route.vraagt(Deelnemer.PLAATS):
        return "de leerling blijft hier" if facts.eigen_school else "krijgt de leerling"
    place = {True: "plaats bevestigd", False: "geen plaats", None: "plaats nog niet bevestigd"}[facts.plaats]
    if not facts.route.vraagt(Deelnemer.EERSTE_DESKUNDIGE):
        return place
    advice = "advies gegeven" if facts.eerste_advies else "advies nog niet gegeven"
    return f"{advice}; {place}"


def _partij_tekst(party: Partij, facts: Stand, view: Zienswijze | None, met_woorden: bool) -> tuple[str, Status]:
    if party.soort == procedure.TWEEDE_DESKUNDIGE:
        function = FUNCTIENAMEN.get(party.functie, "")
        if facts.tweede_advies is not None:
            return f"{function}; advies gegeven op {lange_datum(facts.tweede_advies.gegeven_op)}", Status(
                "klaar", "goed"
            )
        return f"{function}; advies nog niet gegeven", Status("nog niet klaar", "bezig")
    if view is None:
        return "heeft niet getekend", Status("niet getekend", "let_op")
    agrees = Status("gezien, eens", "goed") if view.eens else Status("gezien, niet eens", "let_op")
    words = f", met de woorden: {view.tekst.rstrip('.')}" if view.tekst and met_woorden else ""
    return f"heeft 'voor gezien' getekend op {lange_datum(view.gezien_op)}{words}", agrees
