"""Wrong codes from many sides at once are all counted."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from swv_portal.access.actors import PORTAAL
from swv_portal.access.models import PersoonlijkeLink
from swv_portal.access.services.invitations import neem_aan, nodig_uit
from swv_portal.access.services.links import give_link, open_with_code
from swv_portal.audit.models import Event
from swv_portal.common.workflow import Refusal
from tests.access.urls import SOORT


@pytest.mark.django_db(transaction=True)
def test_ten_tries_are_ten_tries_however_many_come_at_once() -> None:
    given = give_link(soort=SOORT, onderwerp_id=7, naam="ouder 1", geldig_dagen=1, actor=PORTAAL)
    token = given.pad.strip("/").partition("/")[2]

    def guess(number: int) -> bool:
        try:
            return isinstance(open_with_code(token=token, code=f"AAAAAA{number:02d}"), Refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(guess, range(24)))
    assert PersoonlijkeLink.objects.get().pogingen == 10
    assert Event.objects.filter(soort="link.geblokkeerd").count() == 1
    assert isinstance(open_with_code(token=token, code=given.code), Refusal)


@pytest.mark.django_db(transaction=True)
def test_two_who_invite_the_same_person_make_one_account() -> None:
    from swv_portal.access.models import Uitnodiging, User

    def invite(number: int) -> int:
        try:
            user = nodig_uit(email="samen@school.example", naam=f"Samen {number}", actor=PORTAAL)
            assert isinstance(user, User)
            return user.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        made = set(pool.map(invite, range(6)))
    assert len(made) == 1
    assert Uitnodiging.objects.filter(ingetrokken=None).count() == 1
    assert isinstance(neem_aan(token="x" * 43, naam="x", wachtwoord="x"), Refusal)
