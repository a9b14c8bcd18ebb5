"""The day of an overstap: from then on the pupil's dossier is with the new school, and a return is done."""

from datetime import date

from ondersteuning.domain.fase import TERUGPLAATSING
from ondersteuning.domain.overstap import DEFINITIEF, is_elders
from ondersteuning.models import Leerling, Overstap
from ondersteuning.queries.overstap import geval_van
from ondersteuning.services.leerlingen import volg_terugplaatsing
from ondersteuning.services.schoolperiode import verplaats
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit


def verplaats_als_het_zover_is(overstap: Overstap, *, actor: Actor, vandaag: date) -> bool:
    """Move the pupil to the new school when the day has come and it was not done yet.  Inside a transaction.

    Done is: the pupil has (had) a period at the new school that began on that day or later.  A pupil who is at a third
    school by now stays there, and the SWV is told.  Who went to any school after that was said, stays there too:
    somebody who knew of it moved the pupil.
    """
    day, new = overstap.overstap_op, overstap.naar_school
    if overstap.staat != DEFINITIEF or day is None or day > vandaag or new is None:
        return False
    pupil = Leerling.objects.select_for_update().get(pk=overstap.leerling_id)
    since = pupil.schoolperioden.filter(van__gte=day)
    if pupil.school_id == new.pk or since.filter(school=new).exists():
        return False
    if is_elders(pupil.school_id, van=overstap.van_school_id, naar=new.pk, stond_op=overstap.stond_op_id):
        _laat_staan(overstap, pupil, actor=actor, vandaag=vandaag)
        return False
    told = overstap.niet_verplaatst_op
    if told is not None and since.filter(van__gt=told).exists():
        return False
    home = [school for school in (overstap.van_school_id, overstap.stond_op_id) if school is not None]
    if since.filter(school__isnull=False).exclude(school_id__in=home).exists():
        return False
    overstap.leerling = verplaats(pupil, new, per=day, actor=actor, vandaag=vandaag)
    _zet(overstap, None)
    return True


def _laat_staan(overstap: Overstap, leerling: Leerling, *, actor: Actor, vandaag: date) -> None:
    """The pupil stays where somebody put it.  Told once, in both timelines, and as a task of the SWV."""
    if overstap.niet_verplaatst_op is not None:
        return
    _zet(overstap, vandaag)
    case = geval_van(overstap)
    told = "De leerling was op de dag van de overstap al op een andere school en is niet overgezet."
    audit.record(actor=actor, soort=f"{case.soort}.niet_verplaatst", onderwerp=case, tekst=told)
    audit.record(actor=actor, soort="leerling.niet_verplaatst", onderwerp=leerling, tekst=told)


def _zet(overstap: Overstap, dag: date | None) -> None:
    # An update, not a save: what the night finds is no change of the case.
    if overstap.niet_verplaatst_op != dag:
        overstap.niet_verplaatst_op = dag
        Overstap.objects.filter(pk=overstap.pk).update(niet_verplaatst_op=dag)


def rond_af_als_het_zover_is(overstap: Overstap, *, actor: Actor, vandaag: date) -> bool:
    """From the day of a terugplaatsing on the dossier leaves that phase: the pupil is back.  Inside a transaction.

    It leaves that phase too when the pupil went elsewhere.  ``False`` when it did so before, or the day has not come.
    """
    day, pupil = overstap.overstap_op, overstap.leerling
    if overstap.staat != DEFINITIEF or day is None or day > vandaag or pupil.fase != TERUGPLAATSING:
        return False
    back = pupil.school_id == overstap.naar_school_id
    told = "de leerling is terug" if back else "de leerling is op een andere school"
    reason = f"De terugplaatsing is klaar: {told}."
    volg_terugplaatsing(overstap, actor=actor, vandaag=vandaag, reden=reason)
    return pupil.fase != TERUGPLAATSING
