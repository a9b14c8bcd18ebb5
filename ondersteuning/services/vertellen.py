"""Telling every party of an application what happened, and keeping in the timeline who was told."""

from dataclasses import dataclass
from datetime import date

from ondersteuning.domain.aanvraag import OUDER
from ondersteuning.models import Aanvraag, Partij
from ondersteuning.queries.partijregels import linkstaten
from ondersteuning.services.berichten import bericht_aan_ontvangende_school, bericht_aan_school
from ondersteuning.services.partijen import houd_link_open, mail_partij
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
    """Mail both schools, the parents and (if it concerns them) the expert; per party a line in the timeline.

    Parents get a mail to look behind their link, which stays open half a year more; who has no link that works can not
    be told this way, and the timeline says so.  Inside a transaction.
    """
    schools = {
        _indiener(aanvraag): bericht_aan_school(
            aanvraag, zin=nieuws.zin, actor=actor, vandaag=vandaag, toelichting=nieuws.toelichting
        ),
        "de ontvangende school": bericht_aan_ontvangende_school(
            aanvraag, zin=nieuws.zin, actor=actor, vandaag=vandaag, toelichting=nieuws.toelichting
        ),
    }
    for who, count in schools.items():
        _noteer(aanvraag, who, nieuws.zin, bool(count), "daar heeft niemand een account", actor)
    parties = [partij for partij in aanvraag.partijen.all() if partij.naam]
    links = linkstaten(parties)
    for partij in parties:
        told = nieuws.zin if partij.soort == OUDER else nieuws.deskundige
        if not told:
            continue
        state = links.get(partij.pk)
        works = partij.link_id is not None and state is not None and state.code != "ingetrokken"
        if works:
            _mail(aanvraag, partij, told, nieuws, actor)
        _noteer(aanvraag, partij.label, told, works, _zonder_link(partij), actor)


def _indiener(aanvraag: Aanvraag) -> str:
    return "de school van de leerling" if aanvraag.indienend_bestuur_id is None else "het schoolbestuur"


def _zonder_link(partij: Partij) -> str:
    return "er is geen link die werkt" + (": stuur het per post" if partij.soort == OUDER else "")


def _mail(aanvraag: Aanvraag, partij: Partij, zin: str, nieuws: Nieuws, actor: Actor) -> None:
    houd_link_open(partij, actor=PORTAAL)
    mail_partij(
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
