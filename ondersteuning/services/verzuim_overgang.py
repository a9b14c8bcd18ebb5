"""The absence of a pupil who goes to another school: the new school follows it, or it ends."""

from datetime import date

from kernen.models import School
from ondersteuning.domain.geldigheid import bewaren_tot
from ondersteuning.domain.verzuimmelding import AFGESLOTEN, OPEN
from ondersteuning.models import Leerling, Verzuimmelding
from ondersteuning.queries.mensen import mensen_van_school
from ondersteuning.services.procedurebericht import bericht
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit

ANDERE_SCHOOL = "De leerling ging naar een andere school, buiten ons samenwerkingsverband."


def neem_verzuim_mee(leerling: Leerling, naar: School | None, *, per: date, actor: Actor, vandaag: date) -> None:
    """The open case goes along to ``naar``, where the pupil is from ``per``; at a school of elsewhere it is closed.

    The former school no longer sees it, also when that took the zorgplicht: that goes with the enrolment (WPO art. 40).
    Without a new school the case stays where it is.  Inside the transaction that moves the pupil.
    """
    if naar is None:
        return
    outside = naar.buiten_regio or bool(naar.swv_code)
    for row in Verzuimmelding.objects.select_for_update().filter(leerling=leerling, staat__in=sorted(OPEN)):
        row.versie += 1
        if outside:
            _sluit(row, per=per, actor=actor, vandaag=vandaag)
        else:
            _geef_door(row, naar, actor=actor, vandaag=vandaag)


def _geef_door(row: Verzuimmelding, naar: School, *, actor: Actor, vandaag: date) -> None:
    row.school = naar
    if row.zorgplicht_school_id != naar.pk:
        row.zorgplicht_school = None
    row.save()
    told = f"De leerling ging naar {naar.naam}. Die school volgt de melding verder."
    audit.record(actor=actor, soort="verzuim.school", onderwerp=row, tekst=told)
    bericht(row, mensen_van_school(naar.pk, vandaag), zin="Deze leerling staat nu bij uw school", actor=actor)


def _sluit(row: Verzuimmelding, *, per: date, actor: Actor, vandaag: date) -> None:
    row.staat = AFGESLOTEN
    row.einde_soort, row.einde_op, row.einde_reden = "andere_plek", max(per, row.eerste_dag), ANDERE_SCHOOL
    row.afgesloten_op, row.bewaren_tot = vandaag, bewaren_tot(vandaag)
    row.save()
    audit.record(actor=actor, soort="verzuim.sluit_af", onderwerp=row, tekst=ANDERE_SCHOOL)
