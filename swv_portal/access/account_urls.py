"""The addresses of allauth that the portal uses, and no others: no sign-up, no changing of e-mail addresses.

Their names are allauth's own, without a namespace.  Those of Entree exist only when it is configured.
"""

from allauth.account import views as account
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("niet-actief/", account.account_inactive, name="account_inactive"),
    # allauth's pages name this address; the adapter keeps it closed.
    path("aanmelden/", account.signup, name="account_signup"),
    path("bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("wachtwoord/wijzigen/", account.password_change, name="account_change_password"),
    path("wachtwoord/instellen/", account.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("extern/login/afgebroken/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("extern/login/mislukt/", social.login_error, name="socialaccount_login_error"),
    path("extern/aanmelden/", social.signup, name="socialaccount_signup"),
    path("extern/", social.connections, name="socialaccount_connections"),
]

for provider in ("saml", "openid_connect"):
    if provider in settings.SOCIALACCOUNT_PROVIDERS:
        urlpatterns.append(path("", include(f"allauth.socialaccount.providers.{provider}.urls")))
