"""A board starts an application for a pupil of one of its schools."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from kernen.models import School
from ondersteuning.domain.routes import ROUTES, Beginplaats
from ondersteuning.models import Aanvraag, Leerling
from ondersteuning.queries.zoeksleutels import dubbelsleutel
from ondersteuning.services.beginnen import maak_aanvraag
from ondersteuning.services.leerlingen import leg_leerling_aan, loopt_al
from swv_portal.access.actors import Actor
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import NotVisible, load_for_update


def begin_door_bestuur(
    *, actor: Actor, route: str, school_id: int, leerling: Mapping[str, Any], vandaag: date
) -> Aanvraag | Refusal:
    """Start ``route`` for a pupil of ``school_id``, a school of a board that ``actor`` runs.

    ``leerling``: ``voornamen``, ``achternaam`` and ``geboortedatum`` (a date).  A board sees no list of pupils: who
    types the name and birth date that the school knows, gets the dossier that is there; else a new one is made.
    Refuses ``route`` (this kind of school does not fit), ``loopt_al``, ``geboortedatum``.  A school of another board
    does not exist.
    """
    chosen = ROUTES[route]
    with transaction.atomic():
        boards = actor.bereik.plaatsen(*chosen.begin[Beginplaats.BESTUUR])
        rows = School.objects.visible_to(actor.bereik).actief().filter(bestuur_id__in=sorted(boards))
        school = rows.filter(pk=school_id).first()
        if school is None:
            raise NotVisible("niet gevonden")
        if school.soort not in chosen.van:
            return Refusal("route", "Deze aanvraag begint op een andere soort school.", "school")
        pupil = _leerling(actor, school, leerling, vandaag)
        if isinstance(pupil, Refusal):
            return pupil
        return maak_aanvraag(
            actor=actor,
            route=route,
            leerling=pupil,
            vandaag=vandaag,
            verwijzende_school=school,
            indienend_bestuur=school.bestuur,
            ontvangende_school=school if chosen.zelfde_school else None,
        )


def _leerling(actor: Actor, school: School, gegevens: Mapping[str, Any], vandaag: date) -> Leerling | Refusal:
    """The dossier that the school has of this child, locked, or a new one."""
    name = f"{gegevens['voornamen'].strip()} {gegevens['achternaam'].strip()}"
    key = dubbelsleutel(name, gegevens["geboortedatum"])
    known = Leerling.objects.filter(school_id=school.pk, dubbelsleutel=key).order_by("pk").first()
    if known is None:
        return leg_leerling_aan(actor=actor, school=school, gegevens=gegevens, vandaag=vandaag)
    pupil = load_for_update(Leerling.objects.select_related("school"), known.pk)
    return loopt_al(actor, pupil, "achternaam") or pupil
