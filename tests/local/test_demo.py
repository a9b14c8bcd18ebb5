"""What the demo has, and that nothing of it exists when DEMO is off."""

import subprocess
import sys
from copy import deepcopy

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import NoReverseMatch, reverse

from swv_portal.common.scoping import Rol
from swv_portal.local import mailbox, paths
from swv_portal.local.roles import DEMO_ROLLEN, demo_adres, demo_naam

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "swv_portal.settings.production",
    "SECRET_KEY": "x" * 60,
    "ENCRYPTION_KEYS": paths.fernet_key(b"proef"),
    "ALLOWED_HOSTS": "portaal.example",
    "SITE_URL": "https://portaal.example",
    "DATABASE_URL": "postgresql://portal@/portal",
    "REDIS_URL": "redis://redis:6379/0",
    "EMAIL_URL": "dummymail://",
    "DEFAULT_FROM_EMAIL": "portaal@example.nl",
    "PATH": "/usr/bin:/bin",
}
SHOW = """
import django; django.setup()
from django.apps import apps
from django.urls import resolve, Resolver404
try:
    resolve("/demo/post/"); found = True
except Resolver404:
    found = False
print(apps.is_installed("swv_portal.local"), found)
"""


def run(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SHOW]
    return subprocess.run(command, cwd=paths.BASE, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def demo(settings, tmp_path):
    """The demo on, with its addresses, templates and mailbox."""
    templates = deepcopy(django_settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], paths.BASE / "swv_portal" / "local" / "templates"]
    templates[0]["OPTIONS"]["context_processors"].append("swv_portal.local.context.demo")
    settings.DEMO = True
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.local.demo_urls"
    settings.EMAIL_BACKEND = "swv_portal.local.mailbox.MailboxBackend"
    settings.POST_MAP = tmp_path / "post"
    return settings


def test_production_refuses_demo_and_debug():
    for name in ("DEMO", "DEBUG"):
        done = run({**PRODUCTION, name: "on"})
        assert done.returncode != 0
        assert f"{name} cannot be on in production" in done.stderr


def test_production_has_nothing_of_the_demo():
    done = run(PRODUCTION)
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_locally_the_demo_can_be_switched_off(tmp_path):
    local = {
        "PATH": "/usr/bin:/bin",
        "DJANGO_SETTINGS_MODULE": "swv_portal.settings.local",
        "PORTAL_VAR": str(tmp_path),
    }
    assert run({**local, "DEMO": "off"}).stdout.split() == ["False", "False"]
    assert run({**local, "DEMO": "on"}).stdout.split() == ["True", "True"]


@pytest.mark.django_db
def test_without_demo_there_are_no_demo_pages(client):
    get_user_model().objects.create_user(demo_adres(Rol.BEHEERDER), naam="Demo")
    for address in ("/demo/post/", "/demo/inloggen/beheerder/"):
        assert client.post(address).status_code == 404
        assert client.get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("local:post")
    assert b"demo" not in client.get(reverse("account_login")).content.lower()


@pytest.mark.django_db
@pytest.mark.parametrize("rol", DEMO_ROLLEN)
def test_one_click_logs_in_as_the_role(demo, client, rol):
    user = get_user_model().objects.create_user(demo_adres(rol), naam=demo_naam(rol))
    answer = client.post(reverse("local:inloggen", args=[rol.value]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse(django_settings.LOGIN_REDIRECT_URL)
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.django_db
def test_switching_roles_starts_a_new_session(demo, client):
    for rol in (Rol.IBER, Rol.CONTROLLER):
        get_user_model().objects.create_user(demo_adres(rol))
    client.post(reverse("local:inloggen", args=["iber"]))
    client.session["iets"] = "van de IB'er"
    first = client.session.session_key
    client.post(reverse("local:inloggen", args=["controller"]))
    assert client.session.session_key != first
    assert "iets" not in client.session


@pytest.mark.django_db
def test_from_a_page_that_one_may_not_see_one_can_switch_roles(demo, client):
    get_user_model().objects.create_user(demo_adres(Rol.IBER))
    client.post(reverse("local:inloggen", args=["iber"]))
    answer = client.get(reverse("kernen:personen"))
    assert answer.status_code == 403
    assert f'action="{reverse("local:inloggen", args=["beheerder"])}"' in answer.content.decode()


@pytest.mark.django_db
def test_a_login_is_refused_for_a_get_an_unknown_role_and_an_absent_user(demo, client):
    assert client.get(reverse("local:inloggen", args=["iber"])).status_code == 405
    assert client.post(reverse("local:inloggen", args=["koning"])).status_code == 404
    assert client.post(reverse("local:inloggen", args=["iber"])).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_login_by_one_click_needs_the_form_token(demo):
    from django.test import Client

    get_user_model().objects.create_user(demo_adres(Rol.IBER))
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("local:inloggen", args=["iber"])).status_code == 403


@pytest.mark.django_db
def test_the_login_page_offers_every_role(demo, client):
    page = client.get(reverse("account_login")).content.decode()
    for rol in DEMO_ROLLEN:
        assert reverse("local:inloggen", args=[rol.value]) in page


@pytest.mark.django_db
def test_mail_lands_in_the_mailbox_and_can_be_read(demo, client):
    message = EmailMultiAlternatives(
        "Lees: advies 12", "Beste Anne,\n\nEr is één advies.\n", to=["anne@school.example"]
    )
    message.attach_alternative("<p>niet dit</p>", "text/html")
    message.attach("brief.txt", "x", "text/plain")
    assert mail.get_connection().send_messages([message]) == 1
    (found,) = mailbox.messages()
    assert (found.onderwerp, found.aan, found.bijlagen) == ("Lees: advies 12", "anne@school.example", ("brief.txt",))
    listing = client.get(reverse("local:post")).content.decode()
    assert "Lees: advies 12" in listing
    page = client.get(reverse("local:bericht", args=[found.sleutel])).content.decode()
    assert "Er is één advies." in page
    assert "niet dit" not in page


@pytest.mark.django_db
def test_the_mailbox_is_empty_at_first_and_unknown_messages_do_not_exist(demo, client):
    assert "nog geen bericht" in client.get(reverse("local:post")).content.decode()
    assert client.get(reverse("local:bericht", args=["bestaat-niet"])).status_code == 404
    assert mailbox.message("../../geheim") is None


def test_there_is_a_demo_user_for_every_role():
    assert set(DEMO_ROLLEN) == set(Rol)
    assert demo_adres(Rol.SWV_MEDEWERKER) == "swv-medewerker@demo.example"
