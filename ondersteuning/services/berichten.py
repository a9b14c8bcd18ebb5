"""Messages of the procedure: a verb and a reference, never a name of a child."""

from datetime import date

from django.urls import reverse

from kernen.queries import gebruikers_met_rol
from ondersteuning.domain.aanvraag import INSTELLING
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.domain.routes import Beginplaats
from ondersteuning.models import Aanvraag
from ondersteuning.queries.mensen import mensen_van_school
from ondersteuning.services.procedurebericht import bericht, bericht_aan_partij, bericht_bij_loslaten
from swv_portal.access.actors import PORTAAL, Actor
from swv_portal.access.models import User
from swv_portal.common.dates import lange_datum
from swv_portal.common.scoping import Rol
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail


def _indienende_school(aanvraag: Aanvraag) -> int | None:
    """The school whose people do the application: that of the pupil, or the receiving one when it starts the route."""
    if aanvraag.verwijzende_school_id is not None:
        return aanvraag.verwijzende_school_id
    return aanvraag.deelnemende_school_id if Beginplaats.ONTVANGEND in aanvraag.de_route.begin else None


def _indieners(aanvraag: Aanvraag, vandaag: date) -> list[User]:
    """The people of the board that does the application, or those of the school."""
    if aanvraag.indienend_bestuur_id is not None:
        return list(gebruikers_met_rol(vandaag, Rol.SCHOOLBESTUURDER, bestuur=aanvraag.indienend_bestuur_id))
    return mensen_van_school(_indienende_school(aanvraag), vandaag)


def bericht_aan_school(aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date, toelichting: str = "") -> int:
    """Mail those who do the application; how many know it then.

    The IB'ers of the school that does it, or its director when it has none; an institution by its link.
    """
    parties = list(aanvraag.partijen.filter(soort=INSTELLING, link_id__isnull=False))
    for party in parties:
        if party.link_id != actor.link_id:
            bericht_aan_partij(party, aanvraag, zin=zin, actor=actor, toelichting=toelichting)
    people = _indieners(aanvraag, vandaag)
    return len(parties) + bericht(aanvraag, people, zin=zin, actor=actor, toelichting=toelichting)


def bericht_aan_school_van_leerling(
    aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date, toelichting: str = ""
) -> int:
    """Mail the pupil's own school when its board does the application; how many know it then."""
    people = mensen_van_school(aanvraag.verwijzende_school_id, vandaag)
    return bericht(aanvraag, people, zin=zin, actor=actor, toelichting=toelichting)


def bericht_aan_ontvangende_school(
    aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date, toelichting: str = ""
) -> int:
    """Mail those who answer for the receiving school, while it takes part; how many know it then."""
    school = aanvraag.gevraagde_school_id
    if school is None:
        return 0
    people = gebruikers_met_rol(vandaag, *aanvraag.de_route.ontvangers, school=school)
    return bericht(aanvraag, people, zin=zin, actor=actor, toelichting=toelichting)


def bericht_bij_terugnemen(aanvraag: Aanvraag, *, zin: str, actor: Actor, vandaag: date) -> None:
    """Mail those who answer for the receiving school, which no longer takes part after this.

    The school reads on when it is the pupil's own, or does the application itself.
    """
    school = aanvraag.gevraagde_school_id
    if school is None:
        return
    route = aanvraag.de_route
    people = gebruikers_met_rol(vandaag, *route.ontvangers, school=school)
    reads_on = school == aanvraag.verwijzende_school_id or Beginplaats.ONTVANGEND in route.begin
    own = gebruikers_met_rol(vandaag, *SCHOOLROLLEN, school=school) if reads_on else ()
    bericht_bij_loslaten(aanvraag, people, ziet_nog=own, zin=zin, actor=actor)


def waarschuw_school(aanvraag: Aanvraag, *, ingetrokken_op: date, vandaag: date) -> None:
    """Mail those who do the application that nobody works on it.

    The IB'ers of the school that does it (without one: its director); of what the SWV started its own people.
    """
    by_swv = aanvraag.indienend_bestuur_id is None and _indienende_school(aanvraag) is None
    staff = gebruikers_met_rol(vandaag, Rol.SWV_MEDEWERKER)
    for user in staff if by_swv else _indieners(aanvraag, vandaag):
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
