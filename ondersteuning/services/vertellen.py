"""Telling every party of an application what happened, and keeping in the timeline who was told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ondersteuning.domain.aanvraag import INSTELLING, OUDER
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.queries.partijregels import linkstaten
from ondersteuning.services.berichten import (
    bericht_aan_ontvangende_school,
    bericht_aan_school,
    bericht_aan_school_van_leerling,
)
from ondersteuning.services.partijen import houd_link_open
from ondersteuning.services.procedurebericht import bericht_aan_partij
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.audit import services as audit


@dataclass(frozen=True)
class Nieuws:
    """What is told: ``zin`` to schools and parents, ``deskundige`` to the second expert (empty: not told).

    ``sleutel`` keeps the same news from being sent twice; ``toelichting`` is a sentence below it, without a name.
    """

    zin: str
    sleutel: str
    deskundige: str = ""
    toelichting: str = ""


def vertel_partijen(aanvraag: Aanvraag, nieuws: Nieuws, *, actor: Actor, vandaag: date) -> None:
    """Mail who does the application, both schools, the parents and (if it concerns them) the expert.

    Per party a line in the timeline.  Parents get a mail to look behind their link, which stays open half a year more;
    who has no link that works can not be told this way, and the timeline says so.  Inside a transaction.
    """
    words: dict[str, Any] = {"zin": nieuws.zin, "actor": actor, "vandaag": vandaag, "toelichting": nieuws.toelichting}
    told = {_indiener(aanvraag): bericht_aan_school(aanvraag, **words)}
    if aanvraag.indienend_bestuur_id is not None:
        told["de school van de leerling"] = bericht_aan_school_van_leerling(aanvraag, **words)
    if aanvraag.gevraagde_school_id is not None:
        told["de ontvangende school"] = bericht_aan_ontvangende_school(aanvraag, **words)
    for who, count in told.items():
        _noteer(aanvraag, who, nieuws.zin, bool(count), "daar heeft niemand een account", actor)
    # An institution is among those who do the application: it was told above.
    parties = [partij for partij in aanvraag.partijen.all() if partij.naam and partij.soort != INSTELLING]
    links = linkstaten(parties)
    for partij in parties:
        sentence = nieuws.zin if partij.soort == OUDER else nieuws.deskundige
        if not sentence:
            continue
        state = links.get(partij.pk)
        works = partij.link_id is not None and state is not None and state.code != "ingetrokken"
        if works:
            _mail(aanvraag, partij, sentence, nieuws, actor)
        _noteer(aanvraag, partij.label, sentence, works, _zonder_link(partij), actor)


def _indiener(aanvraag: Aanvraag) -> str:
    """Who does the application, in a line of the timeline."""
    return aanvraag.de_route.indiener


def _zonder_link(partij: Partij) -> str:
    return "er is geen link die werkt" + (": stuur het per post" if partij.soort == OUDER else "")


def _mail(aanvraag: Aanvraag, partij: Partij, zin: str, nieuws: Nieuws, actor: Actor) -> None:
    houd_link_open(partij, actor=PORTAAL)
    bericht_aan_partij(
        partij,
        aanvraag,
        zin=zin,
        actor=actor if actor.user_id else None,
        uniek=f"{nieuws.sleutel}-partij-{partij.pk}",
        toelichting=nieuws.toelichting if partij.soort == OUDER else "",
    )


def _noteer(aanvraag: Aanvraag, wie: str, zin: str, gelukt: bool, waarom_niet: str, actor: Actor) -> None:
    what = f"Bericht gestuurd aan {wie}: {zin}." if gelukt else f"Geen bericht aan {wie}: {waarom_niet}."
    audit.record(actor=actor, soort="aanvraag.bericht", onderwerp=aanvraag, tekst=what)
