"""Writing the timeline.  Services call ``record`` inside their own transaction; views of a dossier ``record_read``."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.audit.models import Event, Vernietiging
from swv_portal.audit.queries import BEKEKEN, GELEZEN, OPNIEUW_NA, recente_lezingen

_BLOCK = 1000


def subject_kind(onderwerp: models.Model) -> str:
    """The label under which events of this object are found."""
    return onderwerp._meta.label_lower


def record(
    *, actor: Actor, soort: str, onderwerp: models.Model, tekst: str, gegevens: dict[str, Any] | None = None
) -> Event:
    """Record that ``actor`` did ``soort`` (a short code) to ``onderwerp``; ``tekst`` is the sentence people read.

    ``tekst`` and ``gegevens`` hold no name, birth date or free text about a child.
    """
    return Event.objects.create(
        onderwerp_soort=subject_kind(onderwerp),
        onderwerp_id=onderwerp.pk,
        soort=soort,
        tekst=tekst,
        user_id=actor.user_id,
        link_id=actor.link_id,
        door=actor.label,
        gegevens=gegevens or {},
    )


def record_edit(*, actor: Actor, soort: str, onderwerp: models.Model, tekst: str) -> None:
    """Record what is saved over and over while somebody types: once per quarter of an hour per person.

    What happened in between (somebody else's change, a decision) makes the next save a line of its own.
    """
    changes = Event.objects.filter(onderwerp_soort=subject_kind(onderwerp), onderwerp_id=onderwerp.pk, lezen=False)
    last = changes.order_by("-id").values_list("soort", "user_id", "link_id", "tijd").first()
    same = last is not None and last[:3] == (soort, actor.user_id, actor.link_id)
    if last is None or not same or last[3] < timezone.now() - OPNIEUW_NA:
        record(actor=actor, soort=soort, onderwerp=onderwerp, tekst=tekst)


def record_read(*, actor: Actor, onderwerp: models.Model, tekst: str = BEKEKEN, soort: str = GELEZEN) -> None:
    """Record that ``actor`` looked at ``onderwerp``; looking again within a quarter of an hour adds nothing.

    ``soort``: a kind of its own, for a reading that ``queries.tijdlijn`` tells apart.
    """
    kind, pk = subject_kind(onderwerp), onderwerp.pk
    record_read_of(actor=actor, onderwerp_soort=kind, onderwerp_id=pk, tekst=tekst, soort=soort)


def record_read_of(
    *, actor: Actor, onderwerp_soort: str, onderwerp_id: int, tekst: str = BEKEKEN, soort: str = GELEZEN
) -> None:
    """As ``record_read``, for an object that is known by its label and key only."""
    with transaction.atomic():
        if not recente_lezingen(actor, onderwerp_soort, tekst).filter(onderwerp_id=onderwerp_id).exists():
            _read(actor, onderwerp_soort, onderwerp_id, tekst, soort).save(force_insert=True)


def record_reads(*, actor: Actor, model: type[models.Model], ids: Iterable[int], tekst: str = BEKEKEN) -> None:
    """As ``record_read``, for rows of ``model`` that stand on one page or in one file.  Two queries."""
    kind, keys = model._meta.label_lower, set(ids)
    with transaction.atomic():
        known = recente_lezingen(actor, kind, tekst).filter(onderwerp_id__in=keys)
        new = sorted(keys - set(known.values_list("onderwerp_id", flat=True)))
        Event.objects.bulk_create([_read(actor, kind, key, tekst) for key in new], batch_size=_BLOCK)


def record_new_read(*, actor: Actor, onderwerp: models.Model) -> None:
    """As ``record_read``, for who has asked already (``queries.net_gelezen``) that this reading is not there yet."""
    _read(actor, subject_kind(onderwerp), onderwerp.pk, BEKEKEN).save(force_insert=True)


def _read(actor: Actor, onderwerp_soort: str, onderwerp_id: int, tekst: str, soort: str = GELEZEN) -> Event:
    return Event(
        onderwerp_soort=onderwerp_soort,
        onderwerp_id=onderwerp_id,
        soort=soort,
        tekst=tekst,
        lezen=True,
        user_id=actor.user_id,
        link_id=actor.link_id,
        door=actor.label,
    )


def destroy_for(
    onderwerp_soort: str,
    ids: Iterable[int],
    *,
    regel: str,
    rijen: int,
    bestanden: int = 0,
    soort: str | None = None,
) -> Vernietiging:
    """Delete the timelines of destroyed objects and record the destruction.

    ``onderwerp_soort`` is the model's label, ``ids`` the keys that were destroyed; ``regel`` is the term that asked for
    it, ``rijen`` and ``bestanden`` count what the caller deleted in the same transaction.  ``soort`` names the kind in
    the record when the label says too little.  The record holds counts only.  With nothing destroyed it is an error
    (``ValueError``): a record of nothing proves nothing.
    """
    keys = list(ids)
    if not keys:
        raise ValueError("nothing was destroyed")
    removed = 0
    with transaction.atomic():
        _allow_deletion(True)
        for start in range(0, len(keys), _BLOCK):
            block = keys[start : start + _BLOCK]
            removed += Event.objects.filter(onderwerp_soort=onderwerp_soort, onderwerp_id__in=block).delete()[0]
        _allow_deletion(False)
        return Vernietiging.objects.create(
            soort=soort or onderwerp_soort, regel=regel, rijen=rijen, bestanden=bestanden, gebeurtenissen=removed
        )


def _allow_deletion(allowed: bool) -> None:
    """For this transaction only; the trigger on the table looks at this setting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portaal.vernietiging', %s, true)", ["aan" if allowed else "uit"])
