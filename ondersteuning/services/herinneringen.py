"""Reminding who must act on an application."""

from dataclasses import replace
from datetime import date

from django.db import transaction

from kernen.queries import gebruikers_met_rol
from ondersteuning.domain.besluit import staat_voor
from ondersteuning.domain.herinneringen import PARTIJEN, Vraag, Wie, mag_herinneren, mag_iemand_herinneren
from ondersteuning.models import Aanvraag, Herinnering, Partij
from ondersteuning.models.advies import EERSTE, TWEEDE
from ondersteuning.queries.herinneringen import laatste_herinnering, vraag_aan, vraag_aan_ontvanger, vraag_aan_school
from ondersteuning.queries.partijregels import linkstaten
from ondersteuning.queries.stand import instellingen, rollen_bij
from ondersteuning.services.berichten import bericht_aan_ontvangende_school, bericht_aan_school
from ondersteuning.services.procedurebericht import bericht_aan_partij
from ondersteuning.services.stappen import laad
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible


def herinner(*, actor: Actor, pk: int, wie: str, vandaag: date) -> Vraag | Refusal:
    """Mail who must act that something is asked: ``wie`` is ``partij-<key>``, ``ontvangend`` or ``school``.

    A mail to somebody with a personal link holds no link and no name.  Refuses ``rol``, and what ``mag_herinneren``
    refuses: nothing is asked any more, nobody can be reached, reminded too short ago.
    """
    with transaction.atomic():
        aanvraag = laad(actor, pk)
        party = _partij(aanvraag, wie)
        who = PARTIJEN[party.soort] if party else _wie(wie)
        refusal = mag_iemand_herinneren(rollen_bij(aanvraag, actor.bereik), who)
        if refusal is not None:
            return refusal
        asked = _vraag(aanvraag, who, party, vandaag)
        refusal = mag_herinneren(
            staat_voor(aanvraag.staat, is_swv=False),
            asked,
            laatste=laatste_herinnering(aanvraag, who, party),
            vandaag=vandaag,
            na_dagen=instellingen().herinner_na_dagen,
        )
        if refusal is not None:
            return refusal
        Herinnering.objects.create(aanvraag=aanvraag, wie=str(who), partij=party, op=vandaag, door_id=actor.user_id)
        _verstuur(aanvraag, asked, party, actor=actor, vandaag=vandaag)
        audit.record(
            actor=actor, soort="aanvraag.herinnerd", onderwerp=aanvraag, tekst=f"Heeft {asked.label} herinnerd."
        )
        return asked


def _wie(wie: str) -> Wie:
    if wie not in {Wie.ONTVANGEND, Wie.SCHOOL}:
        raise NotVisible("niet gevonden")
    return Wie(wie)


def _partij(aanvraag: Aanvraag, wie: str) -> Partij | None:
    kind, _, key = wie.partition("-")
    if kind != "partij":
        return None
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    party = aanvraag.partijen.filter(pk=number).first()
    if party is None:
        raise NotVisible("niet gevonden")
    return party


def _vraag(aanvraag: Aanvraag, wie: Wie, party: Partij | None, vandaag: date) -> Vraag:
    """What is asked of this party, and whether it can be reached."""
    advices = set(aanvraag.adviezen.filter(vervallen_op__isnull=True).values_list("soort", flat=True))
    if party is not None:
        seen = party.zienswijzen.filter(vervallen_op__isnull=True).exists()
        state = linkstaten([party]).get(party.pk)
        asked = vraag_aan(party, staat=aanvraag.staat, tweede_advies=TWEEDE in advices, gezien=seen)
        return _bereikbaar(asked, bool(party.email) and state is not None and state.code == "actief")
    if wie is Wie.ONTVANGEND:
        receiver = aanvraag.ontvangende_school
        asked = vraag_aan_ontvanger(
            route=aanvraag.route,
            sinds=aanvraag.voorgelegd_op if aanvraag.gevraagde_school_id else None,
            eerste_advies=EERSTE in advices,
            plaats=aanvraag.plaats_bevestigd,
            school=receiver.naam if receiver else "",
        )
        return _bereikbaar(asked, _heeft_account(aanvraag.gevraagde_school_id, vandaag, *aanvraag.de_route.ontvangers))
    since = aanvraag.aanvullingen.filter(aangevuld_op__isnull=True).values_list("gevraagd_op", flat=True).first()
    return _bereikbaar(vraag_aan_school(since, route=aanvraag.route), _is_er_iemand(aanvraag, vandaag))


def _is_er_iemand(aanvraag: Aanvraag, vandaag: date) -> bool:
    """Is there an account at who does the application: the board, or the school?"""
    if aanvraag.indienend_bestuur_id is not None:
        board = aanvraag.indienend_bestuur_id
        return gebruikers_met_rol(vandaag, Rol.SCHOOLBESTUURDER, bestuur=board).exists()
    return _heeft_account(aanvraag.verwijzende_school_id, vandaag, Rol.IBER)


def _bereikbaar(vraag: Vraag, bereikbaar: bool) -> Vraag:
    return replace(vraag, bereikbaar=bereikbaar)


def _heeft_account(school_id: int | None, vandaag: date, *rollen: Rol) -> bool:
    return school_id is not None and gebruikers_met_rol(vandaag, *rollen, school=school_id).exists()


def _verstuur(aanvraag: Aanvraag, asked: Vraag, party: Partij | None, *, actor: Actor, vandaag: date) -> None:
    if party is not None:
        bericht_aan_partij(party, aanvraag, zin=asked.zin, actor=actor)
    elif asked.wie is Wie.ONTVANGEND:
        bericht_aan_ontvangende_school(aanvraag, zin=asked.zin, actor=actor, vandaag=vandaag)
    else:
        bericht_aan_school(aanvraag, zin=asked.zin, actor=actor, vandaag=vandaag)
