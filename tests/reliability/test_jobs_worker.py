"""One real worker: it hears the bell, does the work, and tells how far it is."""

import pytest
from django.db import transaction

from swv_portal.jobs.models import Job
from swv_portal.jobs.queries import group_progress
from swv_portal.jobs.services.enqueue import enqueue, enqueue_group
from swv_portal.jobs.services.mail import enqueue_mail
from tests.conftest import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_bell_is_enough(celery_worker_process) -> None:
    """No beat here: what was asked for in a transaction is done after it, all of it, by the bell alone."""
    with transaction.atomic():
        groep = enqueue_group("jobs.opruimen", [{"nummer": nummer} for nummer in range(12)])
        single = enqueue("jobs.opruimen")
        mail = enqueue_mail(sjabloon="jobs_klaar", onderwerp="Bekijk opdracht 1", aan_adres="lezer@test.example")
    wait_until(lambda: group_progress(groep).af, 30, "the group")
    wait_until(lambda: not Job.objects.open().exists(), 10, "the rest")
    assert group_progress(groep).klaar == 12
    single.refresh_from_db()
    mail.refresh_from_db()
    assert (single.staat, mail.staat, mail.geheim) == ("klaar", "klaar", None)
    assert set(Job.objects.values_list("pogingen", flat=True)) == {1}
