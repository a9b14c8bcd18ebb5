"""The own account: name, daily mail, own log; the second factor; and what nobody may learn from the outside."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from swv_portal.access.actors import Actor
from swv_portal.access.models import User
from swv_portal.audit import services as audit
from swv_portal.audit.models import Event
from swv_portal.common.scoping import SWV_ROLLEN, Rol
from swv_portal.jobs.models import Job

pytestmark = pytest.mark.django_db
WACHTWOORD = "paard batterij nietje juist"


def test_name_and_daily_mail(als: Any) -> None:
    client = als(Rol.IBER)
    assert client.user.dagbericht
    assert client.post("/mijn-account/", {"naam": "Nieuwe Naam"})["Location"] == "/mijn-account/"
    client.user.refresh_from_db()
    assert (client.user.naam, client.user.dagbericht) == ("Nieuwe Naam", False)
    assert Event.objects.filter(soort="account.gewijzigd").count() == 1
    client.post("/mijn-account/", {"naam": "Nieuwe Naam"})
    assert Event.objects.filter(soort="account.gewijzigd").count() == 1, "nothing changed, nothing recorded"
    assert client.post("/mijn-account/", {"naam": "", "dagbericht": "on"}).status_code == 422
    client.user.refresh_from_db()
    assert not client.user.dagbericht


def test_the_own_log_holds_the_own_lines_only(als: Any) -> None:
    me, other = als(Rol.SWV_MEDEWERKER), als(Rol.SWV_MEDEWERKER)
    audit.record(actor=Actor(user_id=me.user.pk), soort="a", onderwerp=other.user, tekst="=Mijn regel.")
    audit.record(actor=Actor(user_id=other.user.pk), soort="b", onderwerp=other.user, tekst="Regel van een ander.")
    audit.record_read(actor=Actor(user_id=me.user.pk), onderwerp=other.user)
    page = me.get("/mijn-logboek/").content.decode()
    assert "=Mijn regel." in page
    assert "Heeft het dossier bekeken." in page
    assert "Regel van een ander." not in page

    response = me.get("/mijn-logboek/mijn-logboek.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 3
    assert rows[2][3] == "'=Mijn regel.", "a text that looks like a formula is text"
    assert "attachment" in response["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(me.get("/mijn-logboek/mijn-logboek.xlsx").content))
    values = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "=Mijn regel." in values
    assert "Regel van een ander." not in values
    assert me.get("/mijn-logboek/mijn-logboek.exe").status_code == 404


@pytest.mark.parametrize("rol", list(Rol))
def test_staff_needs_a_second_factor_where_it_is_obligatory(als: Any, settings: Any, rol: Rol) -> None:
    settings.TWEEDE_FACTOR_VERPLICHT = True
    client = als(rol)
    must = rol in SWV_ROLLEN
    for path in ("/", "/zoeken/", "/mijn-account/", "/bestaat-niet/"):
        response = client.get(path)
        sent_away = response.status_code == 302 and response["Location"] == "/account/2fa/"
        assert sent_away == must, path
    assert client.post("/mijn-account/", {"naam": "x"}).status_code == 302
    client.user.refresh_from_db()
    assert (client.user.naam == "x") != must, "nothing can be done without it"
    assert client.get("/account/2fa/").status_code == 200
    assert client.get("/gezond/").status_code == 200


def test_an_administrator_without_a_role_needs_it_too(settings: Any) -> None:
    settings.TWEEDE_FACTOR_VERPLICHT = True
    client = Client()
    client.force_login(User.objects.create_superuser("techniek@swv.example", WACHTWOORD))
    assert client.get("/technisch-beheer/")["Location"] == "/account/2fa/"


def test_with_a_second_factor_the_door_is_open_and_the_code_is_asked(settings: Any) -> None:
    from kernen.models import Roltoekenning
    from tests.factories.kernen import geef_rol

    settings.TWEEDE_FACTOR_VERPLICHT = True
    user = User.objects.create_user("staf@swv.example", WACHTWOORD)
    geef_rol(user, Rol.SWV_MEDEWERKER)
    assert Roltoekenning.objects.filter(user=user).exists()
    secret = totp.generate_totp_secret()
    stored = totp.TOTP.activate(user, secret).instance
    codes = RecoveryCodes.activate(user).get_unused_codes()
    assert secret not in str(stored.data), "the secret is stored encrypted"
    client = Client()
    answer = client.post("/account/login/", {"login": user.email, "password": WACHTWOORD})
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert client.get("/").status_code == 302, "half a login is no login"
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    now = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    client.post("/account/2fa/authenticate/", {"code": now})
    assert client.get("/").status_code == 200

    other = Client()
    other.post("/account/login/", {"login": user.email, "password": WACHTWOORD})
    other.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert other.get("/").status_code == 200
    third = Client()
    third.post("/account/login/", {"login": user.email, "password": WACHTWOORD})
    third.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert third.get("/").status_code == 302, "a recovery code works once"


_MASK = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"')


def _page(response: Any) -> tuple[int, str, str]:
    text = (
        _MASK.sub("", response.content.decode())
        .replace("bestaat@school.example", "…")
        .replace("niemand@school.example", "…")
    )
    return response.status_code, response.get("Location", ""), text


def test_nobody_learns_which_addresses_have_an_account(post: Callable[[], list[Any]]) -> None:
    User.objects.create_user("bestaat@school.example", WACHTWOORD)
    User.objects.create_user("dicht@school.example", WACHTWOORD, is_active=False)
    answers = {}
    for email in ("bestaat@school.example", "niemand@school.example"):
        wrong = {"login": email, "password": "fout wachtwoord hier"}
        answers[email] = [
            _page(Client().post("/account/login/", wrong)),
            _page(Client().post("/account/wachtwoord/vergeten/", {"email": email})),
            _page(Client().post("/account/aanmelden/", {"email": email, "password1": "x", "password2": "x"})),
        ]
    assert answers["bestaat@school.example"] == answers["niemand@school.example"]
    closed = _page(
        Client().post("/account/login/", {"login": "dicht@school.example", "password": "fout wachtwoord hier"})
    )
    assert closed[0] == answers["niemand@school.example"][0][0]
    assert mail.outbox == [], "nothing is sent while somebody waits: that would show in how long it takes"
    sent = post()
    assert [message.to for message in sent] == [["bestaat@school.example"], ["niemand@school.example"]]
    assert ["account/wachtwoord/nieuw" in message.body for message in sent] == [True, False]


def test_a_password_can_be_chosen_anew_by_mail(post: Callable[[], list[Any]]) -> None:
    user = User.objects.create_user("bestaat@school.example", WACHTWOORD)
    Client().post("/account/wachtwoord/vergeten/", {"email": user.email})
    found = re.search(r"(/account/wachtwoord/nieuw/\S+/)", post()[-1].body)
    assert found
    assert found[1].rpartition("-")[2].strip("/") not in str(list(Job.objects.values()))
    client = Client()
    form = client.get(found[1], follow=True)
    path = form.request["PATH_INFO"]
    new = "een splinternieuw wachtwoord"
    assert client.post(path, {"password1": new, "password2": new}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)
    assert client.get("/mijn-account/").status_code == 302, "one still has to log in, with the second factor"
    assert Client().get(found[1], follow=True).context["token_fail"], "and the link works once"


def test_logging_in_too_often_is_braked(settings: Any) -> None:
    from django.core.cache import cache

    from swv_portal.settings import base

    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    cache.clear()
    User.objects.create_user("bestaat@school.example", WACHTWOORD)
    for _ in range(6):
        Client().post("/account/login/", {"login": "bestaat@school.example", "password": "fout wachtwoord hier"})
    client = Client()
    client.post("/account/login/", {"login": "bestaat@school.example", "password": WACHTWOORD})
    assert client.get("/mijn-account/").status_code == 302, "also the right password waits, after five wrong ones"


def test_nobody_signs_up() -> None:
    answer = Client().post(
        "/account/aanmelden/", {"email": "vreemd@school.example", "password1": WACHTWOORD, "password2": WACHTWOORD}
    )
    assert answer.status_code == 200
    assert not User.objects.filter(email="vreemd@school.example").exists()
    for path in ("/account/email/", "/account/signup/", "/account/social/signup/", "/account/3rdparty/signup/"):
        assert Client().get(path).status_code == 404
