"""What the home page says of jobs."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from swv_portal.common.scoping import Rol
from swv_portal.jobs.models import Job
from swv_portal.jobs.queries import werk
from swv_portal.jobs.services.enqueue import enqueue

pytestmark = pytest.mark.django_db


def stand(bereik):
    return [deel.stand for deel in werk(bereik, date(2026, 6, 10))]


def test_the_beheerder_reads_what_died_and_what_goes_on(bereik_als, django_assert_num_queries):
    beheerder = bereik_als(Rol.BEHEERDER)
    assert stand(beheerder) == ["Geen opdracht is mislukt. Er loopt niets."]
    jobs = [enqueue("mail", params={}).pk for _ in range(4)]
    Job.objects.filter(pk=jobs[0]).update(staat="dood")
    Job.objects.filter(pk=jobs[1]).update(staat="klaar")
    Job.objects.filter(pk=jobs[2]).update(staat="bezig", lease_tot=timezone.now() + timedelta(minutes=1))
    with django_assert_num_queries(1):
        assert stand(beheerder) == ["1 opdracht is mislukt. 2 lopen of wachten."]


def test_only_the_beheerder_has_this_work(bereik_als):
    for rol in set(Rol) - {Rol.BEHEERDER}:
        assert stand(bereik_als(rol)) == []
