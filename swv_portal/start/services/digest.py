"""The daily mail: what somebody is to do this week.  On working days, and only when there is something to do."""

import uuid
from datetime import date

from django.urls import reverse

from swv_portal.access.actors import PORTAAL
from swv_portal.access.models import User
from swv_portal.access.reach import bereik_voor
from swv_portal.common.dates import datum_met_afstand
from swv_portal.common.tasks import Taak
from swv_portal.common.terms import geen_werkdag
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.enqueue import enqueue_group
from swv_portal.jobs.services.mail import absolute_url, enqueue_mail
from swv_portal.start.queries import Inbox, inbox_van

PERSOON = "start.dagbericht_persoon"
#: A mail is a reminder, not the list: more than this stands behind the link.
MEESTE_TAKEN = 20


def ask_all(dag: date) -> uuid.UUID | None:
    """Add one job per person who wants the mail; none in the weekend and on holidays.  Inside a transaction."""
    if geen_werkdag(dag):
        return None
    wanted = User.objects.filter(is_active=True, dagbericht=True).order_by("pk").values_list("pk", flat=True)
    return enqueue_group(PERSOON, [{"user": pk, "dag": dag.isoformat()} for pk in wanted], actor=PORTAAL)


def inbox_for_mail(user_id: int, dag: date) -> Inbox | None:
    """The inbox as it is now, for somebody who still wants the mail and has something to do; otherwise ``None``."""
    if not User.objects.filter(pk=user_id, is_active=True, dagbericht=True).exists():
        return None
    inbox = inbox_van(bereik_voor(user_id, dag), dag)
    return inbox if inbox.aantal else None


def ask_mail(*, user_id: int, dag: date, inbox: Inbox) -> Job:
    """Have the mail of one day sent to one person: at most one a day.  Inside a transaction."""
    late, week = len(inbox.te_laat), len(inbox.deze_week)
    return enqueue_mail(
        sjabloon="dagbericht",
        onderwerp=f"Bekijk uw taken: {late} te laat, {week} deze week",
        context={
            "te_laat": [_line(taak, dag) for taak in inbox.te_laat[:MEESTE_TAKEN]],
            "deze_week": [_line(taak, dag) for taak in inbox.deze_week[:MEESTE_TAKEN]],
            "meer": max(0, late - MEESTE_TAKEN) + max(0, week - MEESTE_TAKEN),
            "url": absolute_url(reverse("start:thuis")),
            "uitzetten": absolute_url(reverse("access:account")),
        },
        aan_user=user_id,
        actor=PORTAAL,
        uniek=f"dagbericht:{user_id}:{dag}",
    )


def _line(taak: Taak, dag: date) -> str:
    return f"{taak.titel}, {datum_met_afstand(taak.deadline, dag)}" if taak.deadline else taak.titel
