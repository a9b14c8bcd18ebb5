"""The day of an overstap: from then on the pupil's dossier is with the new school, and a return is done."""

from datetime import date

from ondersteuning.domain.fase import TERUGPLAATSING
from ondersteuning.domain.overstap import DEFINITIEF
from ondersteuning.models import Leerling, Overstap
from ondersteuning.services.leerlingen import volg_terugplaatsing
from ondersteuning.services.schoolperiode import verplaats
from swv_portal.access.actors import Actor


def verplaats_als_het_zover_is(overstap: Overstap, *, actor: Actor, vandaag: date) -> bool:
    """Move the pupil to the new school when the day has come and it was not done yet.  Inside a transaction.

    Done is: the pupil has (had) a period at the new school that began on that day or later.
    """
    day = overstap.overstap_op
    if overstap.staat != DEFINITIEF or day is None or day > vandaag or overstap.naar_school is None:
        return False
    pupil = Leerling.objects.select_for_update().get(pk=overstap.leerling_id)
    if pupil.school_id == overstap.naar_school_id:
        return False
    if pupil.schoolperioden.filter(van__gte=day).exclude(school_id=overstap.van_school_id).exists():
        return False
    verplaats(pupil, overstap.naar_school, per=day, actor=actor, vandaag=vandaag)
    return True


def rond_af_als_het_zover_is(overstap: Overstap, *, actor: Actor, vandaag: date) -> bool:
    """From the day of a terugplaatsing on the pupil is back: the dossier leaves that phase.  Inside a transaction.

    ``False`` when it did so before, or the day has not come.
    """
    day, pupil = overstap.overstap_op, overstap.leerling
    if overstap.staat != DEFINITIEF or day is None or day > vandaag or pupil.fase != TERUGPLAATSING:
        return False
    reason = f"Terugplaatsing {overstap.kenmerk} is klaar: de leerling is terug."
    volg_terugplaatsing(overstap, actor=actor, vandaag=vandaag, reden=reason)
    return pupil.fase != TERUGPLAATSING
