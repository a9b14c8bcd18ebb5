"""Reading the timeline."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from swv_portal.audit.models import Event


@dataclass(frozen=True)
class Regel:
    """One line of a timeline: when, who, what."""

    tijd: datetime
    wie: str
    tekst: str
    soort: str
    lezen: bool


def _line(event: Event) -> Regel:
    who = str(event.user) if event.user_id else (event.door or "een verwijderd account")
    return Regel(tijd=event.tijd, wie=who, tekst=event.tekst, soort=event.soort, lezen=event.lezen)


def tijdlijn(onderwerp: models.Model, *, met_lezen: bool = True, hoeveel: int = 200) -> list[Regel]:
    """The newest ``hoeveel`` events of an object, newest first.  One query."""
    events = Event.objects.filter(onderwerp_soort=onderwerp._meta.label_lower, onderwerp_id=onderwerp.pk)
    if not met_lezen:
        events = events.filter(lezen=False)
    return [_line(event) for event in events.select_related("user").order_by("-id")[:hoeveel]]
