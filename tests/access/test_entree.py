"""Logging in with Entree: off unless configured, and never a way to make an account."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory

from swv_portal.access.actors import PORTAAL
from swv_portal.access.models import User
from swv_portal.access.services.account import heropen_account, sluit_account
from swv_portal.access.services.invitations import AFGESLOTEN, nodig_uit, trek_in
from swv_portal.common.scoping import Rol
from swv_portal.local import paths

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/account/oidc/entree/login/",
    "/account/oidc/entree/login/callback/",
    "/account/saml/entree-saml/login/",
    "/account/saml/entree-saml/acs/",
    "/account/saml/entree-saml/acs/finish/",
    "/account/saml/entree-saml/sls/",
    "/account/saml/entree-saml/metadata/",
)
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "swv_portal.settings.production",
    "SECRET_KEY": "only-for-this-test-" + "z" * 40,
    "ENCRYPTION_KEYS": paths.fernet_key(b"only for this test"),
    "ALLOWED_HOSTS": "portaal.example",
    "SITE_URL": "https://portaal.example",
    "EMAIL_URL": "dummymail://",
    "DEFAULT_FROM_EMAIL": "portaal@portaal.example",
}
ENTREE = {
    "OIDC_SERVER_URL": "https://oidc.entree.example",
    "OIDC_CLIENT_ID": "portaal",
    "OIDC_CLIENT_SECRET": "geheim-van-entree",
    "SAML_METADATA_URL": "https://saml.entree.example/metadata",
    "SAML_ENTITY_ID": "https://saml.entree.example",
    "SAML_NAME": "Entree SAML",
}
SCRIPT = """
import django
django.setup()
from django.conf import settings
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
from django.test import Client
from django.urls import Resolver404, resolve
client = Client(headers={"host": "portaal.example", "x-forwarded-for": "192.0.2.1"})
page = client.get("/account/login/", secure=True)
print(page.status_code, "Inloggen met Entree" in page.content.decode(), "Entree SAML" in page.content.decode())
for path in %r:
    try:
        print(path, resolve(path).url_name)
    except Resolver404:
        print(path, "none")
"""


def ask_production(**more: str) -> list[str]:
    """Start the portal with its production settings and see what is there."""
    from urllib.parse import urlsplit, urlunsplit

    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}"))
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "REDIS_URL", "LANG"}}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT % (ADDRESSES,)],
        env={**kept, **PRODUCTION, "DATABASE_URL": url, **more},
        cwd=paths.BASE,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split("\n")[:-1]


def test_without_configuration_there_is_nothing() -> None:
    lines = ask_production()
    assert lines[0] == "200 False False"
    assert [line.split()[1] for line in lines[1:]] == ["none"] * len(ADDRESSES)
    for path in ADDRESSES:
        assert Client().get(path).status_code == 404
        assert Client().post(path).status_code == 404


def test_with_configuration_it_stands_on_the_login_page() -> None:
    lines = ask_production(**ENTREE)
    assert lines[0] == "200 True True"
    assert [line.split()[1] for line in lines[1:]] == [
        "openid_connect_login",
        "openid_connect_callback",
        "saml_login",
        "saml_acs",
        "saml_finish_acs",
        "saml_sls",
        "saml_metadata",
    ]


@pytest.fixture
def arrive(settings: Any) -> Callable[..., Any]:
    """Somebody comes back from Entree with these addresses: the account that is joined, or the status of the page."""

    app = {"provider_id": "entree", "name": "Entree", "client_id": "portaal", "secret": "x", "settings": {}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    def come(*addresses: tuple[str, bool]) -> User | int:
        request: HttpRequest = RequestFactory().get("/")
        request.session, request.user = SessionStore(), AnonymousUser()
        login = SocialLogin(
            user=User(email=addresses[0][0]),
            account=SocialAccount(provider="entree", uid="leraar@entree"),
            email_addresses=[EmailAddress(email=email, verified=verified) for email, verified in addresses],
        )
        with context.request_context(request):
            try:
                get_adapter().pre_social_login(request, login)
            except ImmediateHttpResponse as answer:
                return int(answer.response.status_code)
        assert SocialAccount.objects.get(uid="leraar@entree").user == login.user
        return login.user

    return come


def test_it_joins_the_account_with_the_verified_address(arrive: Callable[..., Any]) -> None:
    user = User.objects.create_user("leraar@school.example", "paard batterij nietje")
    assert arrive(("Leraar@School.example", True)) == user


@pytest.mark.parametrize(
    "addresses",
    [
        [("leraar@school.example", False)],
        [("vreemd@school.example", True)],
        [("dicht@school.example", True)],
        [("leraar@school.example", True), ("ander@school.example", True)],
    ],
)
def test_otherwise_nobody_comes_in_and_no_account_is_made(
    arrive: Callable[..., Any], addresses: list[tuple[str, bool]]
) -> None:
    User.objects.create_user("leraar@school.example", "paard batterij nietje")
    User.objects.create_user("ander@school.example", "paard batterij nietje")
    User.objects.create_user("dicht@school.example", "paard batterij nietje", is_active=False)
    assert arrive(*addresses) == 403
    assert User.objects.count() == 3
    assert not SocialAccount.objects.exists()


def test_an_invitation_can_be_answered_with_entree(arrive: Callable[..., Any]) -> None:
    invited = nodig_uit(email="nieuw@school.example", naam="Nieuw", actor=PORTAAL)
    assert arrive(("nieuw@school.example", True)) == invited
    user = User.objects.get(email="nieuw@school.example")
    assert user.is_active
    assert not user.has_usable_password()


def test_who_came_with_entree_and_was_sent_away_stays_away(arrive: Callable[..., Any], actor_als: Any) -> None:
    nodig_uit(email="nieuw@school.example", naam="Nieuw", actor=PORTAAL)
    user = arrive(("nieuw@school.example", True))
    boss = actor_als(Rol.BEHEERDER)
    sluit_account(user_id=user.pk, actor=boss)
    assert nodig_uit(email="nieuw@school.example", naam="Nieuw", actor=PORTAAL) == AFGESLOTEN
    assert heropen_account(user_id=user.pk, actor=boss) == user


def test_a_withdrawn_invitation_can_not(arrive: Callable[..., Any]) -> None:
    invited = nodig_uit(email="nieuw@school.example", naam="Nieuw", actor=PORTAAL)
    assert isinstance(invited, User)
    trek_in(user_id=invited.pk, actor=PORTAAL)
    assert arrive(("nieuw@school.example", True)) == 403
    assert not User.objects.get(email="nieuw@school.example").is_active
