"""Claiming is written in SQL; it takes what the filters on jobs say is to be had, and nothing else."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from swv_portal.jobs.models import Job
from swv_portal.jobs.services.run import claim, claim_next

pytestmark = pytest.mark.django_db
EVEN = timedelta(minutes=1)


def _job(now: datetime, staat: str, *, niet_voor: timedelta, lease: timedelta | None, voorrang: int = 0) -> Job:
    until = None if lease is None else now + lease
    job: Job = Job.objects.create(
        soort="proef", staat=staat, niet_voor=now + niet_voor, lease_tot=until, voorrang=voorrang
    )
    return job


@pytest.mark.parametrize("niet_voor", [-EVEN, EVEN])
@pytest.mark.parametrize(
    ("staat", "lease"),
    [("wacht", None), ("bezig", -EVEN), ("bezig", EVEN), ("klaar", None), ("dood", None), ("gestopt", None)],
)
def test_claim_takes_what_waits_or_was_abandoned(staat: str, lease: timedelta | None, niet_voor: timedelta) -> None:
    now = timezone.now()
    job = _job(now, staat, niet_voor=niet_voor, lease=lease)
    to_be_had = (Job.objects.waiting(now) | Job.objects.abandoned(now)).filter(pk=job.pk).exists()
    taken = claim(job.pk)
    assert (taken is not None) == to_be_had
    job.refresh_from_db()
    if to_be_had:
        assert (job.staat, job.fence, job.pogingen) == ("bezig", 1, 1)
        assert job.lease_tot is not None
        assert job.lease_tot > now
    else:
        assert (job.staat, job.fence, job.pogingen) == (staat, 0, 0)


def test_some_are_to_be_had_and_some_are_not() -> None:
    """What the table above compares with is not the same for every row."""
    now = timezone.now()
    for staat, lease in (("wacht", None), ("bezig", -EVEN), ("bezig", EVEN), ("klaar", None)):
        _job(now, staat, niet_voor=-EVEN, lease=lease)
    assert Job.objects.waiting(now).count() == Job.objects.abandoned(now).count() == 1


def test_claim_next_takes_those_that_wait_in_their_order() -> None:
    now = timezone.now()
    for voorrang in (1, 0):
        for minutes in (3, 5, 5, -2):
            _job(now, "wacht", niet_voor=-EVEN * minutes, lease=None, voorrang=voorrang)
    for staat, lease in (("bezig", -EVEN), ("klaar", None), ("dood", None), ("gestopt", None)):
        _job(now, staat, niet_voor=-EVEN * 9, lease=lease)
    expected = list(Job.objects.waiting(now).order_by("voorrang", "niet_voor", "pk").values_list("pk", flat=True))
    assert len(expected) == 6
    taken = []
    while job := claim_next():
        taken.append(job.pk)
    assert taken == expected
