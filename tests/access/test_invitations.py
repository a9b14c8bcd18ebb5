"""Invitations: who gets a mail, what a link in it does, and when it stops."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from swv_portal.access.actors import PORTAAL
from swv_portal.access.models import Uitnodiging, User
from swv_portal.access.queries import invitations_of
from swv_portal.access.services.account import heropen_account, sluit_account
from swv_portal.access.services.invitations import AFGESLOTEN, GEEN_ADRES, neem_aan, nodig_uit, trek_in
from swv_portal.common.scoping import Rol
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.models import Job
from swv_portal.jobs.services.run import run

pytestmark = pytest.mark.django_db

ADRES = "nieuw@school.example"
WACHTWOORD = "paard batterij nietje juist"


@pytest.fixture
def invite(django_capture_on_commit_callbacks: Any) -> Callable[..., str]:
    """Invite somebody and give the path of the link in the mail that a worker sent."""

    def send(email: str = ADRES) -> str:
        mail.outbox.clear()
        assert isinstance(nodig_uit(email=email, naam="Nieuw Persoon", actor=PORTAAL), User)
        for job in Job.objects.filter(soort="mail", staat="wacht"):
            assert run(job.pk) == "done"
        assert [message.to for message in mail.outbox] == [[email]]
        found = re.search(r"http://\S+?(/uitnodiging/\S+/)", mail.outbox[0].body)
        assert found, mail.outbox[0].body
        return found[1]

    return send


def answers(**changes: str) -> dict[str, str]:
    return {"naam": "Nieuw Persoon", "wachtwoord": WACHTWOORD, "wachtwoord_nogmaals": WACHTWOORD, **changes}


def test_accepting_makes_the_account(invite: Callable[..., str]) -> None:
    path = invite()
    user = User.objects.get(email=ADRES)
    assert not user.is_active
    assert invitations_of([user.pk])[user.pk].code == "open"
    assert "Nieuw Persoon" not in mail.outbox[0].subject
    assert mail.outbox[0].body.startswith("Beste Nieuw Persoon,")
    client = Client()
    for _ in range(5):
        assert client.get(path).status_code == 200
    accepted = client.post(path, answers(), headers={"origin": "http://testserver"})  # as a browser sends it
    assert (accepted.status_code, accepted["Location"]) == (302, "/account/login/")
    user.refresh_from_db()
    assert user.is_active
    assert user.check_password(WACHTWOORD)
    assert invitations_of([user.pk])[user.pk].code == "gebruikt"
    client.post("/account/login/", {"login": ADRES.upper(), "password": WACHTWOORD})
    assert client.get("/mijn-account/").status_code == 200


def test_a_link_works_once(invite: Callable[..., str]) -> None:
    path = invite()
    Client().post(path, answers())
    again = Client().post(path, answers(wachtwoord="een heel ander wachtwoord", wachtwoord_nogmaals="x"))
    assert again.status_code == 404
    assert User.objects.get(email=ADRES).check_password(WACHTWOORD)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wachtwoord": "kort", "wachtwoord_nogmaals": "kort"}, "wachtwoord"),
        ({"wachtwoord": "123456789012345", "wachtwoord_nogmaals": "123456789012345"}, "wachtwoord"),
        ({"wachtwoord": "nieuw@school.example", "wachtwoord_nogmaals": "nieuw@school.example"}, "wachtwoord"),
        ({"wachtwoord_nogmaals": "iets anders"}, "wachtwoord_nogmaals"),
        ({"naam": ""}, "naam"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(invite: Callable[..., str], changes: dict[str, str], field: str) -> None:
    response = Client().post(invite(), answers(**changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.get(email=ADRES).is_active


def test_old_withdrawn_replaced_and_unknown_all_look_the_same(invite: Callable[..., str]) -> None:
    def answer(path: str) -> bytes:
        response = Client().get(path)
        assert response.status_code == 404
        assert Client().post(path, answers()).status_code == 404
        return bytes(response.content)

    first = invite()
    second = invite()
    pages = [answer(first), answer("/uitnodiging/" + "a" * 43 + "/")]
    Uitnodiging.objects.filter(ingetrokken=None).update(verloopt=timezone.now() - timedelta(seconds=1))
    pages.append(answer(second))
    third = invite()
    trek_in(user_id=User.objects.get(email=ADRES).pk, actor=PORTAAL)
    pages.append(answer(third))
    masked = {re.sub(rb'X-CSRFToken": "\w+"', b"", page) for page in pages}
    assert len(masked) == 1
    assert not User.objects.get(email=ADRES).is_active


def test_it_is_valid_for_fourteen_days(invite: Callable[..., str]) -> None:
    invite()
    row = Uitnodiging.objects.get()
    assert timedelta(days=13, hours=23) < row.verloopt - timezone.now() <= timedelta(days=14)


def test_the_token_is_stored_as_a_hash_only(invite: Callable[..., str]) -> None:
    token = invite().strip("/").partition("/")[2]
    assert len(token) == 43
    assert token not in str(list(Uitnodiging.objects.values()))
    assert token not in str(list(Job.objects.values("params", "geheim", "uniek", "fout"))), "wiped when it is sent"


def test_somebody_with_an_account_gets_no_mail(als: Any) -> None:
    known = als(Rol.IBER).user
    assert nodig_uit(email=known.email.upper(), naam="Iemand Anders", actor=PORTAAL) == known
    assert not Job.objects.filter(soort="mail").exists()
    known.refresh_from_db()
    assert known.naam != "Iemand Anders"


@pytest.mark.parametrize("email", ["", "geen adres", "a@b", "x" * 300 + "@school.example"])
def test_what_is_no_address_is_refused(email: str) -> None:
    assert nodig_uit(email=email, naam="x", actor=PORTAAL) == GEEN_ADRES
    assert not User.objects.exists()


def test_a_closed_account_stays_closed(als: Any, actor_als: Any) -> None:
    person = User.objects.create_user("weg@school.example", WACHTWOORD)
    boss = actor_als(Rol.BEHEERDER)
    client = Client()
    client.force_login(person)
    assert client.get("/mijn-account/").status_code == 200
    assert isinstance(sluit_account(user_id=person.pk, actor=boss), User)
    assert client.get("/mijn-account/").status_code == 302, "out at the next request"
    assert nodig_uit(email=person.email, naam="x", actor=PORTAAL) == AFGESLOTEN
    assert isinstance(heropen_account(user_id=person.pk, actor=boss), User)
    assert isinstance(sluit_account(user_id=boss.user_id, actor=boss), Refusal)


def test_a_password_is_checked_in_the_service_too(invite: Callable[..., str]) -> None:
    token = invite().strip("/").partition("/")[2]
    refusal = neem_aan(token=token, naam="Nieuw", wachtwoord="kort")
    assert isinstance(refusal, Refusal)
    assert refusal.veld == "wachtwoord"
