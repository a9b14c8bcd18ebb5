"""The alarms of four weeks and three months: who hears of them, and that it happens once."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from kernen.queries import gebruikers_met_rol
from ondersteuning.domain.aanwezigheid import ALARMNAMEN, LANDELIJKE_WEKEN, Alarm, alarm_op
from ondersteuning.domain.rollen import SCHOOLROLLEN
from ondersteuning.models import Verzuimmelding
from ondersteuning.queries.mensen import mensen_van_school
from ondersteuning.services.procedurebericht import bericht
from swv_portal.access.actors import PORTAAL
from swv_portal.access.models import User
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER, Rol


def te_alarmeren(*, vandaag: date) -> list[int]:
    """The keys of the open cases of which an alarm holds that was not sent yet."""
    rows = _zonder_alarm(vandaag).order_by("pk").only("pk", "eerste_dag", "dagen_per_week", *_VELD.values())
    return [row.pk for row in rows if _te_sturen(row, vandaag) is not None]


_VELD = {Alarm.VIER_WEKEN: "vier_weken_gemeld_op", Alarm.DRIE_MAANDEN: "drie_maanden_gemeld_op"}


def _zonder_alarm(vandaag: date) -> "QuerySet[Verzuimmelding]":
    long = Verzuimmelding.objects.all().open().filter(eerste_dag__lte=vandaag - timedelta(weeks=LANDELIJKE_WEKEN))
    return long.filter(Q(vier_weken_gemeld_op__isnull=True) | Q(drie_maanden_gemeld_op__isnull=True))


def _te_sturen(row: Verzuimmelding, vandaag: date) -> Alarm | None:
    """The heaviest alarm that holds, when it was not sent yet."""
    alarm = alarm_op(row.eerste_dag, vandaag, dagen_per_week=row.dagen_per_week)
    return alarm if alarm is not None and getattr(row, _VELD[alarm]) is None else None


def alarmeer(*, pk: int, vandaag: date) -> Alarm | None:
    """Tell the school and the SWV about one case; ``None`` when there is nothing (any more) to tell.

    Of a case that was reported late only the heaviest alarm is sent; the lighter one counts as sent.
    """
    with transaction.atomic():
        row = _zonder_alarm(vandaag).select_for_update(of=("self",)).filter(pk=pk).first()
        alarm = _te_sturen(row, vandaag) if row is not None else None
        if row is None or alarm is None:
            return None
        row.vier_weken_gemeld_op = row.vier_weken_gemeld_op or vandaag
        if alarm is Alarm.DRIE_MAANDEN:
            row.drie_maanden_gemeld_op = vandaag
        # No new version: who has the case open at night can go on with it.
        row.save(update_fields=list(_VELD.values()))
        sentence = f"Een leerling is {ALARMNAMEN[alarm]} afwezig"
        bericht(row, _mensen(row, vandaag), zin=sentence, actor=PORTAAL)
        audit.record(
            actor=PORTAAL,
            soort="verzuim.alarm",
            onderwerp=row,
            tekst=f"Alarm: de leerling is {ALARMNAMEN[alarm]} afwezig.",
        )
        return alarm


def _mensen(row: Verzuimmelding, vandaag: date) -> list[User]:
    """The consulent (without one: everybody of the SWV who can be it), the schools involved, and who reported it.

    Who reported it hears of it as long as that person can read the case.
    """
    staff = list(gebruikers_met_rol(vandaag, Rol.SWV_MEDEWERKER))
    found = [user for user in staff if user.pk == row.consulent_id] or staff
    found += mensen_van_school(row.school_id, vandaag) + mensen_van_school(row.zorgplicht_school_id, vandaag)
    if row.gemeld_door_id is not None:
        at_school = gebruikers_met_rol(vandaag, *SCHOOLROLLEN, school=row.school_id)
        readers = at_school | gebruikers_met_rol(vandaag, *SWV_DOSSIER)
        found += readers.filter(pk=row.gemeld_door_id)
    return list({user.pk: user for user in found}.values())
