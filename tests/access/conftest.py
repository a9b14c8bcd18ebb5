from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from swv_portal.access.actors import PORTAAL
from swv_portal.access.links import LinkKind, register_link_kind
from swv_portal.access.services.links import Uitgegeven, give_link
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.run import run
from tests.access.urls import ANDERE_SOORT, SOORT


def _start_ouder(link: object) -> str:
    return "/test/ouder/"


def _start_deskundige(link: object) -> str:
    return "/test/deskundige/"


@pytest.fixture(autouse=True)
def kinds() -> None:
    register_link_kind(LinkKind(SOORT, _start_ouder))
    register_link_kind(LinkKind(ANDERE_SOORT, _start_deskundige))


@pytest.fixture
def post(db: None) -> Callable[[], list[Any]]:
    """Do what a worker does with the mails that were asked for; gives everything that was sent."""

    def work() -> list[Any]:
        for job in Job.objects.filter(soort="mail", staat="wacht").order_by("pk"):
            assert run(job.pk) == "done"
        return list(mail.outbox)

    return work


@pytest.fixture
def uitgegeven(db: None) -> Uitgegeven:
    """A link for 'ouder 1' to row 7, valid for six weeks."""
    return give_link(soort=SOORT, onderwerp_id=7, naam="ouder 1", geldig_dagen=42, actor=PORTAAL)


@pytest.fixture
def geopend(uitgegeven: Uitgegeven) -> Client:
    """A browser in which the code was entered."""
    client = Client()
    assert client.post(uitgegeven.pad, {"code": uitgegeven.code}).status_code == 302
    return client
