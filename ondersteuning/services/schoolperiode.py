"""Which school a pupil is at: the open period and ``Leerling.school`` always say the same."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from kernen.models import School
from ondersteuning.domain.leerling import controleer_overdracht
from ondersteuning.domain.rollen import ALLEEN_SWV
from ondersteuning.models import Leerling, Schoolperiode
from ondersteuning.queries.oude_school import wat_ligt_er_nog
from ondersteuning.services.leerlingen import bewaar, laad_leerling
from ondersteuning.services.overeenkomst_stappen import beeindig_bij_vertrek
from ondersteuning.services.vertrek import stop_budgetten
from ondersteuning.services.verzuim_overgang import neem_verzuim_mee
from swv_portal.access.actors import Actor
from swv_portal.audit import services as audit
from swv_portal.common.scoping import SWV_DOSSIER
from swv_portal.common.workflow import Refusal
from swv_portal.common.writing import check_version

GEEN_SCHOOL = Refusal("school", "Kies een school.", "school")


def draag_over(
    *, actor: Actor, pk: int, versie: int | None, school: int, per: date, vandaag: date
) -> Leerling | Refusal:
    """The SWV moves the dossier to another school, where the pupil is from ``per``.

    The former school keeps what it filed itself and sees nothing newer.  Refuses ``rol``, ``verouderd``, ``school``,
    ``zelfde_school``, ``toekomst``, ``te_vroeg``, ``loopt_nog`` (the former school has to finish something first).
    """
    with transaction.atomic():
        pupil = laad_leerling(actor, pk)
        if not actor.bereik.heeft(*SWV_DOSSIER):
            return ALLEEN_SWV
        refusal = check_version(pupil, versie)
        if refusal is not None:
            return refusal
        new = School.objects.visible_to(actor.bereik).actief().filter(pk=school).first()
        if new is None:
            return GEEN_SCHOOL
        return _bezwaar(pupil, new, per, vandaag) or verplaats(pupil, new, per=per, actor=actor, vandaag=vandaag)


def _bezwaar(leerling: Leerling, school: School, per: date, vandaag: date) -> Refusal | None:
    since = leerling.schoolperioden.filter(tot__isnull=True).values_list("van", flat=True).first()
    refusal = controleer_overdracht(
        per=per, vandaag=vandaag, sinds=since, zelfde_school=school.pk == leerling.school_id
    )
    if refusal is not None:
        return refusal
    left = wat_ligt_er_nog(leerling)
    if not left:
        return None
    sentence = f"Bij de huidige school ligt nog {', '.join(left)}. Laat de school dat eerst indienen of intrekken."
    return Refusal("loopt_nog", sentence)


def verplaats(leerling: Leerling, school: School | None, *, per: date, actor: Actor, vandaag: date) -> Leerling:
    """From ``per`` the pupil is at ``school``.  Inside a transaction, on a pupil that was loaded locked.

    For procedures that know it: that the day is right was decided there.  What ran at the former school ends or goes
    along: budgets stop with the month, agreements stop or are withdrawn, absence goes to the new school.  What only the
    former school can finish is told in the timeline and becomes a task of the SWV (``queries.oude_school``).
    """
    left = wat_ligt_er_nog(leerling)
    leerling.schoolperioden.filter(van__gte=per).delete()
    leerling.schoolperioden.filter(Q(tot__isnull=True) | Q(tot__gt=per)).update(tot=per)
    Schoolperiode.objects.create(leerling=leerling, school=school, van=per)
    leerling.school = school
    bewaar(leerling, vandaag=vandaag)
    told = f"Heeft het dossier overgedragen aan {school.naam if school else 'niemand: nog niet op school'}."
    if left:
        # No reference: the new school reads this line, and not what the former one filed.
        told += " Bij de vorige school ligt nog een aanvraag of overstap."
    audit.record(actor=actor, soort="leerling.school", onderwerp=leerling, tekst=told)
    stop_budgetten(leerling, school, per=per, actor=actor, vandaag=vandaag)
    beeindig_bij_vertrek(leerling, school, per=per, actor=actor, vandaag=vandaag)
    neem_verzuim_mee(leerling, school, per=per, actor=actor, vandaag=vandaag)
    return leerling
