"""Putting work in the job table.  Called inside the transaction of what the work belongs to."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from swv_portal.access.actors import Actor
from swv_portal.jobs.doorbell import ring, ring_for_many
from swv_portal.jobs.models import Job
from swv_portal.jobs.models.job import new_group
from swv_portal.jobs.registry import job_kind

#: Longer texts have no place in a job's parameters: those are ids and codes.
LANGSTE_TEKST = 120
#: Longer lists belong in a group of jobs, or in a table.
LANGSTE_LIJST = 10_000


def check_params(value: Any, path: str = "params") -> None:
    """Refuse (``ValueError``) what is not an id or a code: long texts, bytes, objects.  Names only keys."""
    if isinstance(value, str):
        if len(value) > LANGSTE_TEKST:
            raise ValueError(f"{path} is too long for an id or a code")
    elif isinstance(value, Mapping):
        for key, each in value.items():
            check_params(each, f"{path}.{key}")
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        if len(value) > LANGSTE_LIJST:
            raise ValueError(f"{path} is too long a list")
        for each in value:
            check_params(each, f"{path}[]")
    elif value is not None and not isinstance(value, bool | int | float):
        raise ValueError(f"{path} is a {type(value).__name__}, not an id or a code")


def ring_after_commit(*, many: bool = False) -> None:
    """Ring once when this transaction commits, however many jobs it adds."""
    bell = ring_for_many if many else ring
    if not any(function is bell for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(bell)


def enqueue(
    soort: str,
    *,
    params: Mapping[str, Any] | None = None,
    geheim: Any = None,
    actor: Actor | None = None,
    uniek: str | None = None,
    groep: uuid.UUID | None = None,
    niet_voor: datetime | None = None,
    mail_bij_klaar: bool | None = None,
) -> Job:
    """Add a job of kind ``soort``; the doorbell rings when the transaction commits.

    With ``uniek`` there is at most one job of that key (kept for a year): asking again returns the first, and both
    callers may ask at the same time.  ``geheim`` is kept encrypted and wiped when the job is done.  ``mail_bij_klaar``:
    ``True`` mails the requester when it is done or failed, ``False`` never does, ``None`` does when it took over a
    minute.  An unknown ``soort`` is a programming error (``KeyError``); so is what ``check_params`` refuses.
    """
    job_kind(soort)
    check_params(params or {})
    values = {
        "soort": soort,
        "params": dict(params or {}),
        "geheim": geheim,
        "aanvrager_id": actor.user_id if actor else None,
        "groep": groep,
        "voorrang": Job.Voorrang.PERSOON if groep is None else Job.Voorrang.PARTIJ,
        "niet_voor": niet_voor or timezone.now(),
        "mail_bij_klaar": mail_bij_klaar,
    }
    with transaction.atomic():
        if uniek is None:
            job = Job.objects.create(**values)
        else:
            job, made = Job.objects.get_or_create(uniek=uniek, defaults=values)
            if not made:
                return job
        ring_after_commit()
    return job


def enqueue_group(
    soort: str,
    params: Iterable[Mapping[str, Any]],
    *,
    actor: Actor | None = None,
    groep: uuid.UUID | None = None,
    mail_bij_klaar: bool | None = None,
) -> uuid.UUID:
    """Add one job per element of ``params`` under one key, by which their progress is counted.

    One insert per thousand jobs and one ring of the bell.  ``mail_bij_klaar`` counts for the group as a whole.
    """
    job_kind(soort)
    groep = groep or new_group()
    now = timezone.now()
    rows = []
    for each in params:
        check_params(each)
        rows.append(
            Job(
                soort=soort,
                params=dict(each),
                aanvrager_id=actor.user_id if actor else None,
                groep=groep,
                voorrang=Job.Voorrang.PARTIJ,
                niet_voor=now,
                mail_bij_klaar=mail_bij_klaar,
            )
        )
    with transaction.atomic():
        Job.objects.bulk_create(rows, batch_size=1000)
        if rows:
            ring_after_commit(many=len(rows) > 1)
    return groep
