"""Reading the timeline."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.audit.models import Event, Vernietiging

#: Somebody who keeps a dossier open for a while has read it once, and who types for a while has changed it once.
OPNIEUW_NA = timedelta(minutes=15)
BEKEKEN = "Heeft het dossier bekeken."
#: The kind of most readings.
GELEZEN = "gelezen"


@dataclass(frozen=True)
class Regel:
    """One line of a timeline: when, who, what.  ``onderwerp`` ('aanvraag 12') is filled in lists over many objects."""

    tijd: datetime
    wie: str
    tekst: str
    soort: str
    lezen: bool
    onderwerp: str = ""


def _who(event: Event) -> str:
    return str(event.user) if event.user_id else (event.door or "een verwijderd account")


def _line(event: Event, onderwerp: str = "") -> Regel:
    return Regel(event.tijd, _who(event), event.tekst, event.soort, event.lezen, onderwerp)


def _subject_name(label: str, pk: int) -> str:
    """``aanvraag 12``: the word for the model and its key, never what is in it."""
    try:
        word = str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        word = label.rpartition(".")[2]
    return f"{word} {pk}"


def tijdlijn(
    onderwerp: models.Model,
    *,
    met_lezen: bool = True,
    zonder: Collection[str] = (),
    namens: Mapping[str, str] | None = None,
    hoeveel: int = 200,
) -> list[Regel]:
    """The newest ``hoeveel`` events of an object, newest first; ``zonder``: kinds that are left out.  One query.

    ``namens``: per kind who is shown to have done it, for readers who may not know the person.
    """
    events = Event.objects.filter(onderwerp_soort=onderwerp._meta.label_lower, onderwerp_id=onderwerp.pk)
    if not met_lezen:
        events = events.filter(lezen=False)
    if zonder:
        events = events.exclude(soort__in=sorted(zonder))
    lines = [_line(event) for event in events.select_related("user").order_by("-id")[:hoeveel]]
    shown = namens or {}
    return [replace(line, wie=shown.get(line.soort, line.wie)) for line in lines]


def recente_lezingen(actor: Actor, onderwerp_soort: str, tekst: str = BEKEKEN) -> "QuerySet[Event]":
    """What ``actor`` looked at so short ago that looking again adds nothing to the timeline."""
    who: dict[str, int | None] = {"user_id": actor.user_id, "link_id": actor.link_id}
    rows = Event.objects.filter(onderwerp_soort=onderwerp_soort, lezen=True, tekst=tekst, **who)
    return rows.filter(tijd__gte=timezone.now() - OPNIEUW_NA)


def net_gelezen(actor: Actor, model: type[models.Model]) -> Exists:
    """For ``annotate`` on rows of ``model``: whether the timeline of each has this reading already."""
    return Exists(recente_lezingen(actor, model._meta.label_lower).filter(onderwerp_id=OuterRef("pk")))


def eigen_logboek(user_id: int, *, hoeveel: int = 500) -> list[Regel]:
    """What somebody did and looked at, and what others did with that account (AVG art. 15).  One query."""
    events = Event.objects.filter(
        Q(user_id=user_id) | Q(onderwerp_soort="access.user", onderwerp_id=user_id)
    ).select_related("user")
    rows = events.order_by("-id")[:hoeveel]
    return [_line(event, _subject_name(event.onderwerp_soort, event.onderwerp_id)) for event in rows]


@dataclass(frozen=True)
class Vernietigd:
    """One destruction record."""

    tijd: datetime
    soort: str
    regel: str
    rijen: int
    bestanden: int


def vernietigingen(hoeveel: int = 200) -> list[Vernietigd]:
    """What was destroyed, newest first.  One query."""
    rows = Vernietiging.objects.order_by("-id")[:hoeveel]
    return [Vernietigd(each.tijd, each.soort, each.regel, each.rijen, each.bestanden) for each in rows]
