"""The day on which a granted TLV or budget begins: from then on the pupil is at the receiving school."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q

from ondersteuning.domain.aanvraag import TOEGEKEND
from ondersteuning.models import Aanvraag, Leerling
from ondersteuning.services.schoolperiode import verplaats
from swv_portal.access.actors import PORTAAL

#: Nights that were missed are made up for this long.
INHALEN_DAGEN = 31


def toekenningen_voor_de_nacht(*, vandaag: date) -> list[int]:
    """The keys of the grants of which the day came, and of which the pupil is not at the receiving school."""
    rows = Aanvraag.objects.filter(
        staat=TOEGEKEND,
        geldig_van__lte=vandaag,
        geldig_van__gte=vandaag - timedelta(days=INHALEN_DAGEN),
        ontvangende_school__isnull=False,
    ).exclude(leerling__school_id=F("ontvangende_school_id"))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def doe_de_dag(*, pk: int, vandaag: date) -> bool:
    """Move the pupil of one grant; ``False`` when that is not (or no longer) to be done."""
    with transaction.atomic():
        aanvraag = Aanvraag.objects.select_for_update().filter(pk=pk).first()
        return aanvraag is not None and verplaats_na_toekenning(aanvraag, vandaag=vandaag)


def verplaats_na_toekenning(aanvraag: Aanvraag, *, vandaag: date) -> bool:
    """Move the pupil to the receiving school when the day has come, once.  Inside a transaction, on a locked row.

    Not of a TLV that was refused or withdrawn, not of who stays at the own school, and not of a pupil who was at the
    receiving school already since that day, or went elsewhere in the meantime.
    """
    day, receiver = aanvraag.geldig_van, aanvraag.ontvangende_school
    if aanvraag.staat != TOEGEKEND or day is None or day > vandaag or receiver is None or aanvraag.blijft_op_school:
        return False
    pupil = Leerling.objects.select_for_update().get(pk=aanvraag.leerling_id)
    if pupil.school_id == receiver.pk or _ging_al(pupil, aanvraag, receiver.pk, day):
        return False
    aanvraag.leerling = verplaats(pupil, receiver, per=day, actor=PORTAAL, vandaag=vandaag)
    return True


def _ging_al(leerling: Leerling, aanvraag: Aanvraag, naar: int, dag: date) -> bool:
    """Was the pupil at the receiving school since ``dag``, or is it no longer where the application found it?

    Of a pupil without a school the application does not say where it was: what happened after the decision counts.
    """
    there = leerling.schoolperioden.filter(school_id=naar)
    if there.filter(Q(tot__isnull=True) | Q(tot__gt=dag)).exists():
        return True
    if aanvraag.verwijzende_school_id is not None:
        return leerling.school_id != aanvraag.verwijzende_school_id
    if leerling.school_id is None:
        return False
    return leerling.schoolperioden.filter(tot__isnull=True, van__gte=aanvraag.besloten_op or dag).exists()
