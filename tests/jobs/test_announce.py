"""A mail for who waited long, once, when the last of it is done."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from swv_portal.jobs.models import Job
from swv_portal.jobs.registry import Permanent
from swv_portal.jobs.services.enqueue import enqueue, enqueue_group
from swv_portal.jobs.services.run import run
from tests.factories.kernen import PersoonFactory


def _mails() -> list[Job]:
    return list(Job.objects.filter(soort="mail").order_by("pk"))


def _long_ago() -> None:
    Job.objects.update(aangemaakt=timezone.now() - timedelta(seconds=61))


@pytest.mark.parametrize(
    ("asked", "long", "mails"), [(None, False, 0), (None, True, 1), (True, False, 1), (False, True, 0)]
)
def test_asked_for_or_long(db, job_kind, bells, actor, asked, long, mails):
    job = enqueue(job_kind(), actor=actor, mail_bij_klaar=asked)
    if long:
        _long_ago()
    run(job.pk)
    assert len(_mails()) == mails
    if mails:
        (found,) = _mails()
        assert found.params == {"sjabloon": "jobs_klaar", "user": actor.user_id}
        assert found.geheim["onderwerp"] == f"Bekijk het resultaat: opdracht {job.pk}"
        assert found.geheim["context"]["url"].endswith(f"/opdrachten/{job.pk}/")


def test_it_says_when_it_failed(db, job_kind, bells, actor):
    def handler(context):
        raise Permanent("Dat kan niet.")

    job = enqueue(job_kind(handler), actor=actor, mail_bij_klaar=True)
    run(job.pk)
    assert _mails()[0].geheim["onderwerp"] == f"Bekijk wat niet is gelukt: opdracht {job.pk}"


def test_work_of_the_portal_itself_tells_nobody(db, job_kind, bells, actor):
    run(enqueue(job_kind(), mail_bij_klaar=True).pk)
    run(enqueue(job_kind(naam="stil", voor_aanvrager=False), actor=actor, mail_bij_klaar=True).pk)
    assert _mails() == []


def test_a_group_gives_one_mail_when_the_last_one_ended(db, job_kind, bells, actor):
    def handler(context):
        if context.params["n"] == 2:
            raise Permanent("Dat kan niet.")

    groep = enqueue_group(job_kind(handler), [{"n": n} for n in range(3)], actor=actor, mail_bij_klaar=True)
    jobs = list(Job.objects.filter(groep=groep).order_by("pk"))
    for job in jobs[:2]:
        run(job.pk)
        assert _mails() == []
    run(jobs[2].pk)
    (found,) = _mails()
    assert found.geheim["context"]["mislukt"] == 1
    assert str(groep) in found.geheim["context"]["url"]


def test_stopping_the_last_one_ends_the_group(db, job_kind, bells, actor):
    from swv_portal.access.actors import Actor
    from swv_portal.common.scoping import Bereik, Rol, Toekenning
    from swv_portal.jobs.services.manage import stop_job

    groep = enqueue_group(job_kind(), [{"n": 1}, {"n": 2}], actor=actor, mail_bij_klaar=True)
    first, last = Job.objects.filter(groep=groep).order_by("pk")
    run(first.pk)
    staff = Actor(bereik=Bereik(actor.user_id, frozenset({Toekenning(Rol.BEHEERDER)})), user_id=actor.user_id)
    stop_job(actor=staff, pk=last.pk)
    assert _mails()[0].geheim["context"]["mislukt"] == 1


@pytest.mark.django_db(transaction=True)
def test_two_that_end_together_give_one_mail(job_kind, bells):
    """Neither sees the other as done while both are finishing; still exactly one of them is the last."""
    from swv_portal.access.actors import Actor

    together = threading.Barrier(2)

    def handler(context):
        return lambda: together.wait(5)

    actor = Actor(user_id=PersoonFactory().pk)
    groep = enqueue_group(job_kind(handler), [{"n": 1}, {"n": 2}], actor=actor, mail_bij_klaar=True)
    outcomes = []

    def work(pk: int) -> None:
        try:
            outcomes.append(run(pk))
        finally:
            connection.close()

    ids = Job.objects.filter(groep=groep).values_list("pk", flat=True)
    threads = [threading.Thread(target=work, args=[pk]) for pk in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(15)
    assert outcomes == ["done", "done"]
    assert len(_mails()) == 1
