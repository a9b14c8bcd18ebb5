"""Messages of the procedure: a verb and a reference, never a name of a child."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from kernen.queries import gebruikers_met_rol
from ondersteuning.domain.aanvraag import INSTELLING
from ondersteuning.domain.routes import Beginplaats
from ondersteuning.models import Aanvraag
from ondersteuning.queries.mensen import mensen_van_school
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.access.models import User
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail


def _bericht(
    aanvraag: Aanvraag,
    school_id: int | None,
    rol: Rol,
    *,
    zin: str,
    actor: Actor,
    vandaag: date,
    toelichting: str = "",
) -> int:
    """Mail those with this role at this school; how many people know it then (who did it, knows it already)."""
    if school_id is None:
        return 0
    people = list(gebruikers_met_rol(vandaag, rol, school=school_id))
    _mail(aanvraag, people, zin=zin, actor=actor, toelichting=toelichting)
    return len(people)


def _bericht_aan_bestuur(aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date, toelichting: str) -> int:
    """Mail the people of the board that does the application; how many know it then."""
    people = list(gebruikers_met_rol(vandaag, Rol.SCHOOLBESTUURDER, bestuur=aanvraag.indienend_bestuur_id))
    _mail(aanvraag, people, zin=zin, actor=actor, toelichting=toelichting)
    return len(people)


def _mail(aanvraag: Aanvraag, people: Iterable[User], *, zin: str, actor: Actor, toelichting: str) -> None:
    url = absolute_url(reverse("ondersteuning:dossier", args=[aanvraag.pk]))
    for user in people:
        if user.pk == actor.user_id:
            continue
        enqueue_mail(
            sjabloon="ondersteuning_bericht",
            onderwerp=f"{zin}: aanvraag {aanvraag.kenmerk}",
            context={"kenmerk": aanvraag.kenmerk, "zin": zin, "toelichting": toelichting, "url": url},
            aan_user=user,
            actor=actor,
        )


def _indienende_school(aanvraag: Aanvraag) -> int | None:
    """The school whose people do the application: that of the pupil, or the receiving one when it starts the route."""
    if aanvraag.verwijzende_school_id is not None:
        return aanvraag.verwijzende_school_id
    return aanvraag.deelnemende_school_id if Beginplaats.ONTVANGEND in aanvraag.de_route.begin else None


def bericht_aan_school(aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date, toelichting: str = "") -> int:
    """Mail those who do the application; how many know it then.

    The IB'ers of the school that does it, or its director when it has none; an institution by its link.
    """
    parties = list(aanvraag.partijen.filter(soort=INSTELLING, link_id__isnull=False))
    for party in parties:
        if party.link_id == actor.link_id:
            continue
        enqueue_mail(
            sjabloon="ondersteuning_partij",
            onderwerp=f"{zin}: aanvraag {aanvraag.kenmerk}",
            context={
                "kenmerk": aanvraag.kenmerk,
                "zin": zin,
                "toelichting": toelichting,
                "school": aanvraag.indienernaam,
            },
            aan_adres=party.email,
            actor=actor,
        )
    if aanvraag.indienend_bestuur_id is not None:
        return len(parties) + _bericht_aan_bestuur(
            aanvraag, zin=zin, actor=actor, vandaag=vandaag, toelichting=toelichting
        )
    school = _indienende_school(aanvraag)
    people = mensen_van_school(school, vandaag)
    _mail(aanvraag, people, zin=zin, actor=actor, toelichting=toelichting)
    return len(people) + len(parties)


def bericht_aan_ontvangende_school(
    aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date, toelichting: str = ""
) -> int:
    """Mail those who answer for the receiving school, while it takes part; how many know it then."""
    school = aanvraag.gevraagde_school_id
    return sum(
        _bericht(aanvraag, school, role, zin=zin, actor=actor, vandaag=vandaag, toelichting=toelichting)
        for role in sorted(aanvraag.de_route.ontvangers)
    )


def waarschuw_school(aanvraag: Aanvraag, *, ingetrokken_op: date, vandaag: date) -> None:
    """Mail those who do the application that nobody works on it.

    The IB'ers of the school that does it (without one: its director); of what the SWV started its own people.
    """
    school = _indienende_school(aanvraag)
    if aanvraag.indienend_bestuur_id is not None:
        people = list(gebruikers_met_rol(vandaag, Rol.SCHOOLBESTUURDER, bestuur=aanvraag.indienend_bestuur_id))
    elif school is None:
        people = list(gebruikers_met_rol(vandaag, Rol.SWV_MEDEWERKER))
    else:
        people = mensen_van_school(school, vandaag)
    for user in people:
        enqueue_mail(
            sjabloon="ondersteuning_verlaten",
            onderwerp=f"Maak af of trek in: aanvraag {aanvraag.kenmerk}",
            context={
                "kenmerk": aanvraag.kenmerk,
                "dag": lange_datum(ingetrokken_op),
                "url": absolute_url(reverse("ondersteuning:dossier", args=[aanvraag.pk])),
            },
            aan_user=user,
            actor=PORTAAL,
        )
