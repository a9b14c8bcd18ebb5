"""The rows of the example applications, gathered in memory and written table by table."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time

from ondersteuning.models import Aanvraag, Aanvulling, Advies, Leerling, Partij, Zienswijze
from swv_portal.audit.models import Event
from swv_portal.common.dates import NEDERLAND
from swv_portal.local.voorbeeld.ondersteuning_links import Gebeurtenis


@dataclass
class Bouw:
    """What is gathered before it is written in bulk."""

    leerlingen: list[Leerling] = field(default_factory=list)
    aanvragen: list[Aanvraag] = field(default_factory=list)
    partijen: list[Partij] = field(default_factory=list)
    adviezen: list[Advies] = field(default_factory=list)
    zienswijzen: list[Zienswijze] = field(default_factory=list)
    aanvullingen: list[Aanvulling] = field(default_factory=list)
    gebeurtenissen: list[Gebeurtenis] = field(default_factory=list)


@contextmanager
def _tijd_zelf() -> Iterator[None]:
    """The time of an event is normally that of writing it; the example tells of the past."""
    column = Event._meta.get_field("tijd")
    column.auto_now_add = False
    try:
        yield
    finally:
        column.auto_now_add = True


def schrijf_tijdlijnen(bouw: Bouw) -> None:
    rows = sorted(bouw.gebeurtenissen, key=lambda item: (item[1], item[2]))
    with _tijd_zelf():
        Event.objects.bulk_create(
            Event(
                tijd=datetime.combine(day, time(hour, 5 + row.pk % 50), tzinfo=NEDERLAND),
                onderwerp_soort=row._meta.label_lower,
                onderwerp_id=row.pk,
                soort=kind,
                tekst=sentence,
                user=None if isinstance(who, str) else who,
                door=who if isinstance(who, str) else "",
            )
            for row, day, hour, kind, sentence, who in rows
        )
