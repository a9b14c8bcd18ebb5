"""How allauth behaves here: nobody signs up, federated logins only join accounts that exist, secrets are encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest
from django.shortcuts import render

from swv_portal.access.actors import PORTAAL
from swv_portal.access.models import User
from swv_portal.access.services.invitations import neem_aan_met_entree
from swv_portal.common.crypto import decrypt, encrypt
from swv_portal.common.workflow import Refusal
from swv_portal.jobs.services.mail import enqueue_mail


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an invitation only; mails go out by a worker.  Messages in the house's own words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Dit account is uitgezet. Vraag uw samenwerkingsverband om hulp.",
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Controleer beide.",
        "enter_current_password": "Vul uw huidige wachtwoord in.",
        "incorrect_code": "Deze code klopt niet. Kijk of u de nieuwste code hebt.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "invalid_login": "Inloggen lukte niet. Probeer het opnieuw.",
        "invalid_password_reset": "Deze link is te oud, of u hebt hem al gebruikt.",
        "rate_limited": "U deed dit te vaak. Wacht een paar minuten en probeer het opnieuw.",
        "too_many_login_attempts": "U probeerde dit te vaak. Wacht een paar minuten en probeer het opnieuw.",
        "same_as_current": "Kies iets anders dan het nu is.",
        "unknown_email": "Dit e-mailadres kennen wij niet.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Ask for the mail instead of sending it.

        So the answer takes as long for an address without an account, and does not wait for a mail server.
        """
        request = allauth_context.request
        values = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        message = self.render_mail(template_prefix, email, values)
        enqueue_mail(
            sjabloon="account",
            onderwerp=str(message.subject),
            context={"tekst": message.body},
            aan_adres=email,
            actor=PORTAAL,
        )


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A login by Entree belongs to the account with the same e-mail address, or to none; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join the login to the account it belongs to, the first time.  One wording for every reason it can not."""
        if sociallogin.is_existing:
            return
        user = user_for(sociallogin)
        if user is None:
            raise ImmediateHttpResponse(render(request, "access/geen_account.html", status=403))
        sociallogin.connect(request, user)


def user_for(sociallogin: SocialLogin) -> User | None:
    """The account whose address the provider says is verified; who was invited and did not answer yet does so now.

    ``None`` without such an address, for a closed account, and when the addresses belong to two accounts.
    """
    verified = {address.email.lower() for address in sociallogin.email_addresses if address.verified}
    found = list(User.objects.filter(email__in=verified)[:2])
    if len(found) != 1:
        return None
    user = found[0]
    if not user.is_active:
        answer = neem_aan_met_entree(user_id=user.pk)
        return None if isinstance(answer, Refusal) else answer
    return user


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are stored encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "U kunt deze tweede stap niet uitzetten.",
        "cannot_generate_recovery_codes": "Stel eerst de app of een passkey in.",
        "incorrect_code": "Deze code klopt niet. Kijk of u de nieuwste code hebt.",
        "unverified_email": "Bevestig eerst uw e-mailadres.",
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text.encode("ascii")).decode()
